// Small systems of equations, sixteen side by side, in float64.

// memory^exponent, lane by lane.
CGK_INLINE void power(const cgk_d16 *memory, int exponent, cgk_d16 *result) {
  cgk_d16 factor = *memory, product = splat(1);
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2) product *= factor;
    factor *= factor;
  }
  *result = product;
}

CGK_INLINE void root(cgk_d16 *v) {
#if __has_builtin(__builtin_elementwise_sqrt)
  *v = __builtin_elementwise_sqrt(*v);
#else
  for (int l = 0; l < CGK_LANES; l++) (*v)[l] = sqrt((*v)[l]);
#endif
}

// Keeps the lanes of v where the condition holds, and gives NaN elsewhere.
CGK_INLINE void keep_where(cgk_d16 *v, const cgk_l16 *condition) {
  const cgk_d16 none = splat(NAN);
  *v = (cgk_d16)(((cgk_l16)*v & *condition) | ((cgk_l16)none & ~*condition));
}

// Whether any lane holds a bit.
CGK_INLINE int any_lane(const cgk_l16 *v) {
#if __has_builtin(__builtin_reduce_or)
  return __builtin_reduce_or(*v) != 0;
#else
  long long any = 0;
  for (int l = 0; l < CGK_LANES; l++) any |= (*v)[l];
  return any != 0;
#endif
}

// Whether any usable lane is below a limit.
CGK_INLINE int any_below(const cgk_d16 *v, const cgk_d16 *limit, const cgk_l16 *usable) {
  const cgk_l16 is_below = (*v < *limit) & *usable;
  return any_lane(&is_below);
}

// Whether the kept rows are one segment.
CGK_INLINE int is_unbroken(const cgk_design *d) { return d->edge_count == 2; }

// Where the kept rows of a strip are not all the same.
static void find_varying(const cgk_design *d, const float *strip, cgk_l16 *varies) {
  const cgk_f16 first = *(const cgk_f16_loose *)(strip + (long)d->volume[0] * CGK_LANES);
  cgk_i16 differs = {0};
  for (int t = 1; t < d->rows; t++)
    differs |= *(const cgk_f16_loose *)(strip + (long)d->volume[t] * CGK_LANES) != first;
  *varies = __builtin_convertvector(differs, cgk_l16);
}

// A symmetric positive definite matrix: a diagonal less square (u u' + w w'), or the factor of
// Cholesky with one over its diagonal.
typedef struct {
  int size;
  const cgk_d16 *factor;
  const cgk_d16 *inverse_diagonal;
  const double *u, *w;
  cgk_d16 square, inner_uu, inner_uw, inner_ww;
} solver;

// Prepares Woodbury's identity; inverse_diagonal holds the diagonal and is inverted in place.
static void prepare_rank_two(solver *s, cgk_d16 *diagonal) {
  cgk_d16 uu = splat(1), uw = splat(0), ww = splat(1);
  for (int j = 0; j < s->size; j++) {
    diagonal[j] = 1.0 / diagonal[j];
    const cgk_d16 share = s->square * diagonal[j];
    uu -= share * (s->u[j] * s->u[j]);
    uw -= share * (s->u[j] * s->w[j]);
    ww -= share * (s->w[j] * s->w[j]);
  }
  const cgk_d16 determinant = 1.0 / (uu * ww - uw * uw);
  s->inner_uu = ww * determinant;
  s->inner_uw = -uw * determinant;
  s->inner_ww = uu * determinant;
  s->inverse_diagonal = diagonal;
  s->factor = 0;
}

static void solve_rank_two(const solver *s, const cgk_d16 *b, cgk_d16 *x) {
  cgk_d16 u = splat(0), w = splat(0);
  for (int j = 0; j < s->size; j++) {
    x[j] = b[j] * s->inverse_diagonal[j];
    u += x[j] * s->u[j];
    w += x[j] * s->w[j];
  }
  const cgk_d16 for_u = s->square * (s->inner_uu * u + s->inner_uw * w);
  const cgk_d16 for_w = s->square * (s->inner_uw * u + s->inner_ww * w);
  for (int j = 0; j < s->size; j++)
    x[j] += (for_u * s->u[j] + for_w * s->w[j]) * s->inverse_diagonal[j];
}

// Factors the lower triangle of a matrix in place, rows of `size`; a lane whose matrix is not
// positive definite becomes NaN.
static void factor(cgk_d16 *a, int size) {
  for (int j = 0; j < size; j++) {
    const cgk_d16 *row = a + (long)j * size;
    cgk_d16 sum = row[j];
    for (int k = 0; k < j; k++) sum -= row[k] * row[k];
    root(&sum);
    const cgk_d16 inverse = 1.0 / sum;
    a[(long)j * size + j] = inverse;
    int i = j + 1;
    for (; i + 4 <= size; i += 4) {
      cgk_d16 *p = a + (long)i * size, *q = p + size, *r = q + size, *s = r + size;
      cgk_d16 e = p[j], f = q[j], g = r[j], h = s[j];
      for (int k = 0; k < j; k++) {
        const cgk_d16 v = row[k];
        e -= p[k] * v, f -= q[k] * v, g -= r[k] * v, h -= s[k] * v;
      }
      p[j] = e * inverse, q[j] = f * inverse, r[j] = g * inverse, s[j] = h * inverse;
    }
    for (; i < size; i++) {
      cgk_d16 *p = a + (long)i * size;
      cgk_d16 e = p[j];
      for (int k = 0; k < j; k++) e -= p[k] * row[k];
      p[j] = e * inverse;
    }
  }
}

static void solve_factored(const cgk_d16 *lower, int size, const cgk_d16 *b, cgk_d16 *x) {
  for (int i = 0; i < size; i++) {
    cgk_d16 sum = b[i];
    for (int k = 0; k < i; k++) sum -= lower[(long)i * size + k] * x[k];
    x[i] = sum * lower[(long)i * size + i];
  }
  for (int i = size - 1; i >= 0; i--) {
    x[i] *= lower[(long)i * size + i];
    for (int k = 0; k < i; k++) x[k] -= lower[(long)i * size + k] * x[i];
  }
}

static void solve(const solver *s, const cgk_d16 *b, cgk_d16 *x) {
  if (s->factor)
    solve_factored(s->factor, s->size, b, x);
  else
    solve_rank_two(s, b, x);
}

// h'G^-1 h of one row of numbers; solved is scratch.
static void quadratic_form(const solver *s, const double *h, cgk_d16 *solved,
                           cgk_d16 *result) {
  cgk_d16 sum = splat(0);
  if (s->factor) {
    // Half of the way is enough: the square of the whitened row.
    for (int i = 0; i < s->size; i++) {
      cgk_d16 left = splat(h[i]);
      for (int k = 0; k < i; k++) left -= s->factor[(long)i * s->size + k] * solved[k];
      solved[i] = left * s->factor[(long)i * s->size + i];
      sum += solved[i] * solved[i];
    }
  } else {
    cgk_d16 u = splat(0), w = splat(0);
    for (int j = 0; j < s->size; j++) {
      const cgk_d16 scaled = h[j] * s->inverse_diagonal[j];
      sum += h[j] * scaled;
      u += s->u[j] * scaled;
      w += s->w[j] * scaled;
    }
    sum += s->square * (u * (s->inner_uu * u + s->inner_uw * w) + w * (s->inner_uw * u + s->inner_ww * w));
  }
  *result = sum;
}
