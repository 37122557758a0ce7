// From generalised least squares in the basis to the results of every contrast.

// What a fit has found before the contrasts: G as a solver, m = Z'V^-1 r, r'V^-1 r, and the variance
// of noise for which V is scaled.
typedef struct {
  solver information;
  const cgk_d16 *products;
  cgk_d16 sum_of_squares, scale;
  // H Z'y, one per row of the weights.
  const cgk_d16 *least_squares;
} whitened;

CGK_INLINE void put(double *results, long row, const cgk_d16 *value) {
  *(cgk_d16_loose *)(results + row * CGK_LANES) = *value;
}

// h'x of one row of the weights.
CGK_INLINE void weigh(const double *h, const cgk_d16 *x, int size, cgk_d16 *result) {
  cgk_d16 sum = splat(0);
  for (int j = 0; j < size; j++) sum += h[j] * x[j];
  *result = sum;
}

// One F: the statistic, the effects, and the lower triangle of their covariance.
static void fit_f(const cgk_design *d, const cgk_contrast *c, const whitened *w,
                  const cgk_d16 *step, const cgk_d16 *variance, cgk_d16 *work, double *results) {
  const int count = c->row_count, rank = d->rank;
  cgk_d16 *row = work, *solved = row + rank, *effects = solved + rank;
  cgk_d16 *square = effects + count, *x = square + (long)count * count;
  long place = c->first_result + 1;
  for (int i = 0; i < count; i++, place++) {
    cgk_d16 moved;
    weigh(d->weights + (long)(c->first_row + i) * rank, step, rank, &moved);
    effects[i] = w->least_squares[c->first_row + i] + moved + *variance * 0;
    put(results, place, &effects[i]);
  }
  for (int i = 0; i < count; i++) {
    const double *h = d->weights + (long)(c->first_row + i) * rank;
    for (int j = 0; j < rank; j++) row[j] = splat(h[j]);
    solve(&w->information, row, solved);
    for (int k = 0; k <= i; k++, place++) {
      cgk_d16 share;
      weigh(d->weights + (long)(c->first_row + k) * rank, solved, rank, &share);
      square[(long)i * count + k] = share;
      const cgk_d16 covariance = share * *variance;
      put(results, place, &covariance);
    }
  }
  factor(square, count);
  solve_factored(square, count, effects, x);
  cgk_d16 sum = splat(0);
  for (int i = 0; i < count; i++) sum += effects[i] * x[i];
  const cgk_d16 statistic = sum / (*variance * (double)count);
  put(results, c->first_result, &statistic);
}

// All results of a strip. work: rank for the step, then what the largest contrast needs.
static void fit_contrasts(const cgk_design *d, const whitened *w, cgk_d16 *work, double *results) {
  const int rank = d->rank;
  cgk_d16 *step = work, *row = step + rank;
  solve(&w->information, w->products, step);
  cgk_d16 sum = w->sum_of_squares;
  for (int j = 0; j < rank; j++) sum -= step[j] * w->products[j];
  const cgk_d16 variance = sum / (double)d->degrees_of_freedom;
  const cgk_d16 noise = variance * w->scale;
  put(results, 0, &noise);
  for (int i = 0; i < d->contrast_count; i++) {
    const cgk_contrast *c = d->contrasts + i;
    if (c->is_f) {
      fit_f(d, c, w, step, &variance, row, results);
      continue;
    }
    const double *h = d->weights + (long)c->first_row * rank;
    cgk_d16 moved, share;
    weigh(h, step, rank, &moved);
    quadratic_form(&w->information, h, row, &share);
    // Not a number where the variance is none.
    const cgk_d16 effect = w->least_squares[c->first_row] + moved + variance * 0;
    const cgk_d16 of_effect = share * variance;
    put(results, c->first_result, &effect);
    put(results, c->first_result + 1, &of_effect);
  }
}
