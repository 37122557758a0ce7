// Weighted least squares of sixteen voxels, each with its own weights.

// What one solution needs: n x 16 weights (0 where there is no value), residuals and leverages.
typedef struct {
  const cgr_design *design;
  cgr_d16 *y, *weight, *residual, *leverage;
  // The lower triangle of X'WX, factored; one over its diagonal stands on the diagonal.
  cgr_d16 *factor;
  cgr_d16 *estimate, *whitened;
} weighted_fit;

// Takes memory from scratch, and returns where the rest starts.
static cgr_d16 *place_fit(const cgr_design *d, void *scratch, weighted_fit *f) {
  const long n = d->participants, p = d->columns;
  cgr_d16 *next = scratch;
  f->design = d;
  f->y = next, next += n;
  f->weight = next, next += n;
  f->residual = next, next += n;
  f->leverage = next, next += n;
  f->factor = next, next += p * p;
  f->estimate = next, next += p;
  f->whitened = next, next += p;
  return next;
}

// L^-1 of a row of numbers, for the factor L of X'WX.
CGR_INLINE void whiten(const weighted_fit *f, const double *row, cgr_d16 *result) {
  const int p = f->design->columns;
  for (int j = 0; j < p; j++) {
    cgr_d16 sum = splat(row[j]);
    for (int k = 0; k < j; k++) sum -= f->factor[j * p + k] * result[k];
    result[j] = sum * f->factor[j * p + j];
  }
}

// Factors X'WX. A lane whose weights leave the design without its rank becomes NaN.
static void factor_gram(weighted_fit *f) {
  const cgr_design *d = f->design;
  const int p = d->columns;
  const cgr_d16 none = splat(NAN);
  for (int j = 0; j < p * p; j++) f->factor[j] = splat(0);
  for (int i = 0; i < d->participants; i++) {
    const double *x = d->design + (long)i * p;
    for (int j = 0; j < p; j++) {
      const cgr_d16 share = f->weight[i] * x[j];
      for (int k = 0; k <= j; k++) f->factor[j * p + k] += share * x[k];
    }
  }
  for (int j = 0; j < p; j++) {
    cgr_d16 sum = f->factor[j * p + j];
    const cgr_d16 least = 1e-10 * sum;
    for (int k = 0; k < j; k++) sum -= f->factor[j * p + k] * f->factor[j * p + k];
    const cgr_l16 is_positive = (sum > least) & (sum > 0.0);
    choose(&is_positive, &sum, &none, &sum);
    root(&sum);
    const cgr_d16 inverse = 1.0 / sum;
    f->factor[j * p + j] = inverse;
    for (int i = j + 1; i < p; i++) {
      cgr_d16 rest = f->factor[i * p + j];
      for (int k = 0; k < j; k++) rest -= f->factor[i * p + k] * f->factor[j * p + k];
      f->factor[i * p + j] = rest * inverse;
    }
  }
}

// Solves for the estimates, the residuals, and the leverages w x'(X'WX)^-1 x.
static void solve_weighted(weighted_fit *f) {
  const cgr_design *d = f->design;
  const int p = d->columns;
  factor_gram(f);
  for (int j = 0; j < p; j++) f->estimate[j] = splat(0);
  for (int i = 0; i < d->participants; i++) {
    const cgr_d16 share = f->weight[i] * f->y[i];
    for (int j = 0; j < p; j++) f->estimate[j] += share * d->design[(long)i * p + j];
  }
  for (int j = 0; j < p; j++) {
    cgr_d16 sum = f->estimate[j];
    for (int k = 0; k < j; k++) sum -= f->factor[j * p + k] * f->estimate[k];
    f->estimate[j] = sum * f->factor[j * p + j];
  }
  for (int j = p - 1; j >= 0; j--) {
    cgr_d16 sum = f->estimate[j];
    for (int k = j + 1; k < p; k++) sum -= f->factor[k * p + j] * f->estimate[k];
    f->estimate[j] = sum * f->factor[j * p + j];
  }
  for (int i = 0; i < d->participants; i++) {
    const double *x = d->design + (long)i * p;
    cgr_d16 fitted = splat(0), square = splat(0);
    whiten(f, x, f->whitened);
    for (int j = 0; j < p; j++) {
      fitted += x[j] * f->estimate[j];
      square += f->whitened[j] * f->whitened[j];
    }
    f->residual[i] = f->y[i] - fitted;
    f->leverage[i] = f->weight[i] * square;
  }
}

// c'beta.
CGR_INLINE void contrast_effect(const weighted_fit *f, const double *c, cgr_d16 *effect) {
  *effect = splat(0);
  for (int j = 0; j < f->design->columns; j++) *effect += c[j] * f->estimate[j];
}

// (X'WX)^-1 c.
CGR_INLINE void solve_contrast(const weighted_fit *f, const double *c, cgr_d16 *result) {
  const int p = f->design->columns;
  whiten(f, c, result);
  for (int j = p - 1; j >= 0; j--) {
    cgr_d16 sum = result[j];
    for (int k = j + 1; k < p; k++) sum -= f->factor[k * p + j] * result[k];
    result[j] = sum * f->factor[j * p + j];
  }
}

// Reads a strip; a value that is no number, or goes with a variance that is none, becomes 0 and
// its place in `present` 0.
static void read_present(const cgr_design *d, const float *effects, const float *variances,
                         cgr_d16 *y, cgr_d16 *variance, cgr_d16 *present) {
  const cgr_d16 none = splat(0), one = splat(1);
  for (int i = 0; i < d->participants; i++) {
    const cgr_d16 value = __builtin_convertvector(
      *(const cgr_f16_loose *)(effects + (long)i * CGR_LANES), cgr_d16);
    cgr_l16 is_there = value - value == 0.0;
    if (variances) {
      const cgr_d16 s = __builtin_convertvector(
        *(const cgr_f16_loose *)(variances + (long)i * CGR_LANES), cgr_d16);
      is_there &= (s - s == 0.0) & (s > 0.0);
      choose(&is_there, &s, &one, &variance[i]);
    }
    choose(&is_there, &value, &none, &y[i]);
    choose(&is_there, &one, &none, &present[i]);
  }
}
