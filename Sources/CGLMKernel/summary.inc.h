// Summaries: all that first-order noise needs of an unbroken strip, and residual autocovariances.

// The rows of a summary, in its precision.
typedef REAL NAME(loose) __attribute__((vector_size(16 * sizeof(REAL)), aligned(sizeof(REAL))));

CGK_INLINE void NAME(put)(REAL *summary, long row, const cgk_d16 *value) {
  *(NAME(loose) *)(summary + row * CGK_LANES) = __builtin_convertvector(*value, LANES);
}

CGK_INLINE void NAME(get)(const REAL *summary, long row, cgk_d16 *value) {
  *value = CGK_FLOAT64(*(const NAME(loose) *)(summary + row * CGK_LANES));
}

// Fills all rows but r'r and r'Sr / 2, from z = Z'y and s = Z'Sy: Z'Sr = s - d z.
static void NAME(begin_summary)(const cgk_design *d, const NAME(series) *s, REAL *summary) {
  for (int j = 0; j < d->rank; j++) {
    const LANES q =
      s->neighbour_projections[j] - (REAL)d->eigenvalues[j] * s->projections[j];
    *(NAME(loose) *)(summary + (long)j * CGK_LANES) = q;
  }
  for (int i = 0; i < d->weight_rows; i++) {
    cgk_d16 effect;
    NAME(least_squares)(d, s, i, &effect);
    NAME(put)(summary, d->rank + i, &effect);
  }
  const REAL *first = d->BASIS, *last = first + (long)(d->rows - 1) * d->rank;
  LANES a = s->y[0], b = s->y[d->rows - 1];
  for (int j = 0; j < d->rank; j++) {
    a -= first[j] * s->projections[j];
    b -= last[j] * s->projections[j];
  }
  const long row = d->rank + d->weight_rows + 2;
  *(NAME(loose) *)(summary + row * CGK_LANES) = a;
  *(NAME(loose) *)(summary + (row + 1) * CGK_LANES) = b;
}

static void NAME(end_summary)(const cgk_design *d, const cgk_d16 *square, const cgk_d16 *beside,
                              REAL *summary) {
  const long row = d->rank + d->weight_rows;
  NAME(put)(summary, row, square);
  NAME(put)(summary, row + 1, beside);
}

static void NAME(project_series)(const cgk_design *d, const float *strip, NAME(series) *s) {
  if (is_unbroken(d)) {
    NAME(read_unbroken)(d, strip, s);
  } else {
    NAME(read)(d, strip, s);
    NAME(add_neighbours)(d, s->y, s->neighbours);
    NAME(sum_of_products)(s->y, d->neighbours, d->neighbour_count, &s->beside);
  }
  NAME(project_both)(d, s->y, s->neighbours, s->projections, s->neighbour_projections,
                     NAME(after)(d, strip));
}

// r'r and r'Sr / 2 from the residuals themselves.
static void NAME(square_residuals)(const cgk_design *d, NAME(series) *s, cgk_d16 *square,
                                   cgk_d16 *beside) {
  NAME(sum_of_squares)(d, s, square);
  NAME(sum_of_products)(s->residuals, d->neighbours, d->neighbour_count, beside);
}

static void NAME(summarize)(const cgk_design *d, const float *strip, void *scratch,
                            REAL *summary) {
  NAME(series) s;
  NAME(place)(d, scratch, &s);
  NAME(project_series)(d, strip, &s);
  NAME(begin_summary)(d, &s, summary);
  // r'r = y'y - z'z and r'Sr = y'Sy - 2 z's + sum d z z.
  cgk_d16 square = s.squares, beside = s.beside;
  for (int j = 0; j < d->rank; j++) {
    const cgk_d16 z = CGK_FLOAT64(s.projections[j]);
    square -= z * z;
    beside += z * (0.5 * d->eigenvalues[j] * z - CGK_FLOAT64(s.neighbour_projections[j]));
  }
  // Where little is left, the difference has lost its digits.
  const cgk_d16 limit = s.squares * CANCELLATION;
  if (any_below(&square, &limit, &s.varies)) {
    NAME(form_residuals)(d, &s);
    NAME(square_residuals)(d, &s, &square, &beside);
  }
  keep_where(&square, &s.varies);
  NAME(end_summary)(d, &square, &beside, summary);
}

// The sum of squares of the data about their mean, or about 0 where Z spans no constant.
static void NAME(total)(const cgk_design *d, const NAME(series) *s, cgk_d16 *result) {
  cgk_d16 sum = splat(0);
  for (int j = 0; j < d->rank; j++) sum += d->constant[j] * CGK_FLOAT64(s->projections[j]);
  *result = s->squares - sum * sum * (d->spans_constant / (double)d->rows);
}

static void NAME(estimate)(const cgk_design *d, const float *strip, void *scratch, double *sums,
                           REAL *summary, const int *witness_rows, int witness_count,
                           float *witnesses) {
  NAME(series) s;
  NAME(place)(d, scratch, &s);
  if (summary) {
    NAME(project_series)(d, strip, &s);
    NAME(begin_summary)(d, &s, summary);
  } else {
    NAME(read)(d, strip, &s);
    NAME(project)(d, s.y, s.projections, NAME(after)(d, strip));
  }
  NAME(form_residuals)(d, &s);
  cgk_d16 square;
  cgk_d16 beside;
  NAME(square_residuals)(d, &s, &square, &beside);
  put(sums, 0, &square);
  for (int lag = 1; lag <= d->lags; lag++) {
    const int start = d->pair_starts[lag - 1];
    cgk_d16 sum;
    NAME(sum_of_products)(s.residuals, d->pairs + start, d->pair_starts[lag] - start, &sum);
    sum += square * 0;
    put(sums, lag, &sum);
  }
  cgk_d16 total;
  NAME(total)(d, &s, &total);
  put(sums, d->lags + 1, &total);
  if (summary) NAME(end_summary)(d, &square, &beside, summary);
  if (witness_count == 0) return;
  root(&square);
  const cgk_f16 scale = __builtin_convertvector(1.0 / square, cgk_f16);
  for (int i = 0; i < witness_count; i++) {
    const cgk_f16 r = __builtin_convertvector(s.residuals[witness_rows[i]], cgk_f16);
    *(cgk_f16_loose *)(witnesses + (long)i * CGK_LANES) = r * scale;
  }
}
