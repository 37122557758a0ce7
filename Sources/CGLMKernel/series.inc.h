// The series of a strip: read, projected, and what the projection leaves.

// What is known of a strip before any fit.
typedef struct {
  // The kept rows less a shift, the sums of their neighbours, and the least-squares residuals.
  LANES *y, *neighbours, *residuals;
  // Z'y and Z'Sy.
  LANES *projections, *neighbour_projections;
  // What was taken out; the sum of squares of what was left, and of products of its neighbours.
  cgk_d16 shift, squares, beside;
  // Where a voxel varies and is finite.
  cgk_l16 varies;
} NAME(series);

// Places a series in the scratch; returns what follows it.
CGK_INLINE void *NAME(place)(const cgk_design *d, void *scratch, NAME(series) *s) {
  LANES *next = scratch;
  s->y = next, next += d->rows;
  s->neighbours = next, next += d->rows;
  s->residuals = next, next += d->rows;
  s->projections = next, next += d->rank;
  s->neighbour_projections = next, next += d->rank;
  const size_t used = (size_t)((char *)next - (char *)scratch);
  return (char *)scratch + (used + sizeof(cgk_d16) - 1) / sizeof(cgk_d16) * sizeof(cgk_d16);
}

// About the mean of the kept rows, where the design can give it back: the mean of four of them, which
// is the very value of a constant voxel.
CGK_INLINE void NAME(find_shift)(const cgk_design *d, const float *strip, LANES *shift) {
  cgk_f16 some = {0};
  for (int quarter = 0; quarter < 4; quarter++) {
    const long row = (long)quarter * (d->rows - 1) / 3;
    some += *(const cgk_f16_loose *)(strip + (long)d->volume[row] * CGK_LANES);
  }
  *shift = __builtin_convertvector(some, LANES) * (REAL)(0.25 * d->spans_constant);
}

// Keeps what was found while a strip was read.
CGK_INLINE void NAME(end_reading)(const cgk_design *d, const float *strip, const LANES *shift,
                                  const cgk_d16 *squares, NAME(series) *s) {
  s->shift = CGK_FLOAT64(*shift);
  s->squares = *squares;
  s->varies = *squares < (double)INFINITY;
  if (d->spans_constant) {
    s->varies &= *squares > 0;
  } else {
    cgk_l16 varies;
    find_varying(d, strip, &varies);
    s->varies &= varies;
  }
}

// Reads the kept rows.
static void NAME(read)(const cgk_design *d, const float *strip, NAME(series) *s) {
  LANES shift;
  NAME(find_shift)(d, strip, &shift);
  cgk_d16 squares = splat(0);
  for (int start = 0; start < d->rows; start += CGK_CHUNK) {
    const int end = start + CGK_CHUNK < d->rows ? start + CGK_CHUNK : d->rows;
    LANES chunk = {0};
    for (int t = start; t < end; t++) {
      const cgk_f16 v = *(const cgk_f16_loose *)(strip + (long)d->volume[t] * CGK_LANES);
      const LANES y = __builtin_convertvector(v, LANES) - shift;
      s->y[t] = y;
      chunk += y * y;
    }
    squares += CGK_FLOAT64(chunk);
  }
  NAME(end_reading)(d, strip, &shift, &squares, s);
}

// Reads the kept rows of an unbroken stretch with the sums of their neighbours, in one go.
static void NAME(read_unbroken)(const cgk_design *d, const float *strip, NAME(series) *s) {
  LANES shift;
  NAME(find_shift)(d, strip, &shift);
  const float *row = strip + (long)d->volume[0] * CGK_LANES;
  cgk_d16 squares = splat(0), beside = splat(0);
  LANES last = {0}, before = {0};
  for (int start = 0; start < d->rows; start += CGK_CHUNK) {
    const int end = start + CGK_CHUNK < d->rows ? start + CGK_CHUNK : d->rows;
    LANES chunk = {0}, chunk_beside = {0};
    for (int t = start; t < end; t++, row += CGK_LANES) {
      const LANES y = __builtin_convertvector(*(const cgk_f16_loose *)row, LANES) - shift;
      s->y[t] = y;
      chunk += y * y;
      chunk_beside += y * last;
      if (t > 0) s->neighbours[t - 1] = before + y;
      before = last;
      last = y;
    }
    squares += CGK_FLOAT64(chunk);
    beside += CGK_FLOAT64(chunk_beside);
  }
  s->neighbours[d->rows - 1] = before;
  s->beside = beside;
  NAME(end_reading)(d, strip, &shift, &squares, s);
}

// to = S from.
static void NAME(add_neighbours)(const cgk_design *d, const LANES *from, LANES *to) {
  int covered = 0;
  for (int i = 0; i < d->neighbour_count; i++) covered += d->neighbours[i].count + 1;
  // A row without a neighbour is in no stretch.
  if (covered < d->rows) memset(to, 0, (size_t)d->rows * sizeof(LANES));
  for (int i = 0; i < d->neighbour_count; i++) {
    const int first = d->neighbours[i].first, last = first + d->neighbours[i].count;
    to[first] = from[first + 1];
    for (int t = first + 1; t < last; t++) to[t] = from[t - 1] + from[t + 1];
    to[last] = from[last - 1];
  }
}

// A chunk's part of a few columns of Z'y, and of Z'v where there is a v; `width` is a constant in
// every call.
CGK_INLINE void NAME(project_columns)(const cgk_design *d, int start, int end, int column,
                                      const int width, const LANES *y, const LANES *v, LANES *zy,
                                      LANES *zv, const float *ahead) {
  const REAL *z = d->BASIS + (long)start * d->rank + column;
  LANES a[12], b[12];
  for (int j = 0; j < width; j++) a[j] = b[j] = (LANES){0};
  for (int t = start; t < end; t++, z += d->rank) {
    const LANES at = y[t];
    if (ahead) __builtin_prefetch(ahead + (long)t * CGK_LANES, 0, 2);
    for (int j = 0; j < width; j++) a[j] += z[j] * at;
    if (v) {
      const LANES beside = v[t];
      for (int j = 0; j < width; j++) b[j] += z[j] * beside;
    }
  }
  for (int j = 0; j < width; j++) zy[column + j] += a[j];
  if (v)
    for (int j = 0; j < width; j++) zv[column + j] += b[j];
}

// Where the strip after this one starts: it is fetched while this one is projected.
CGK_INLINE const float *NAME(after)(const cgk_design *d, const float *strip) {
  return strip + (long)d->volumes * CGK_LANES;
}

// Z'y, and Z'v where there is a v: chunk after chunk, in blocks of columns of nearly equal width.
CGK_INLINE void NAME(project_all)(const cgk_design *d, const LANES *y, const LANES *v, LANES *zy,
                                  LANES *zv, const float *ahead) {
  const int blocks = (d->rank + WIDTH - 1) / WIDTH;
  for (int j = 0; j < d->rank; j++) zy[j] = (LANES){0};
  if (v)
    for (int j = 0; j < d->rank; j++) zv[j] = (LANES){0};
  for (int start = 0; start < d->rows; start += CGK_CHUNK) {
    const int end = start + CGK_CHUNK < d->rows ? start + CGK_CHUNK : d->rows;
    for (int block = 0, column = 0; block < blocks; block++) {
      const int width = (d->rank - column + blocks - block - 1) / (blocks - block);
      const float *next = block == 0 ? ahead : 0;
      switch (width) {
#define CASE(n)                                                                      \
  case n:                                                                            \
    if (n <= WIDTH) NAME(project_columns)(d, start, end, column, n, y, v, zy, zv, next); \
    break;
        CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6)
        CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#undef CASE
      }
      column += width;
    }
  }
}

static void NAME(project)(const cgk_design *d, const LANES *y, LANES *zy, const float *ahead) {
  NAME(project_all)(d, y, 0, zy, 0, ahead);
}

static void NAME(project_both)(const cgk_design *d, const LANES *y, const LANES *v, LANES *zy,
                               LANES *zv, const float *ahead) {
  NAME(project_all)(d, y, v, zy, zv, ahead);
}

// r = y - Z z.
static void NAME(form_residuals)(const cgk_design *d, NAME(series) *s) {
  const int rank = d->rank;
  const REAL *basis = d->BASIS;
  int t = 0;
  for (; t + ROWS <= d->rows; t += ROWS) {
    const REAL *z = basis + (long)t * rank;
    LANES left[ROWS];
    for (int k = 0; k < ROWS; k++) left[k] = s->y[t + k];
    for (int j = 0; j < rank; j++) {
      const LANES gamma = s->projections[j];
      for (int k = 0; k < ROWS; k++) left[k] -= z[k * rank + j] * gamma;
    }
    for (int k = 0; k < ROWS; k++) s->residuals[t + k] = left[k];
  }
  for (; t < d->rows; t++) {
    const REAL *z = basis + (long)t * rank;
    LANES left = s->y[t];
    for (int j = 0; j < rank; j++) left -= z[j] * s->projections[j];
    s->residuals[t] = left;
  }
}

// The sum of products over stretches of pairs.
static void NAME(sum_of_products)(const LANES *r, const cgk_stretch *pairs, int count,
                                  cgk_d16 *result) {
  cgk_d16 sum = splat(0);
  LANES a = {0}, b = {0}, c = {0}, e = {0};
  int waiting = 0;
  for (int i = 0; i < count; i++) {
    const LANES *p = r + pairs[i].first, *q = r + pairs[i].second;
    int left = pairs[i].count;
    for (; left >= 4; left -= 4, p += 4, q += 4) {
      a += p[0] * q[0], b += p[1] * q[1], c += p[2] * q[2], e += p[3] * q[3];
      if (++waiting == CGK_CHUNK) {
        sum += CGK_FLOAT64((a + b) + (c + e));
        a = b = c = e = (LANES){0};
        waiting = 0;
      }
    }
    for (; left > 0; left--, p++, q++) a += p[0] * q[0];
  }
  *result = sum + CGK_FLOAT64((a + b) + (c + e));
}

// r'r, and NaN where a voxel cannot be fitted: constant, not finite, or residuals of rounding alone.
static void NAME(sum_of_squares)(const cgk_design *d, const NAME(series) *s, cgk_d16 *result) {
  const cgk_stretch all = {0, 0, d->rows};
  NAME(sum_of_products)(s->residuals, &all, 1, result);
  const cgk_l16 fitted = s->varies & (*result > s->squares * ROUNDING);
  keep_where(result, &fitted);
}

// H Z'y with the shift that was taken out.
CGK_INLINE void NAME(least_squares)(const cgk_design *d, const NAME(series) *s, int row,
                                    cgk_d16 *result) {
  const double *h = d->weights + (long)row * d->rank;
  cgk_d16 sum = s->shift * d->weights_of_constant[row];
  for (int j = 0; j < d->rank; j++) sum += h[j] * CGK_FLOAT64(s->projections[j]);
  *result = sum;
}
