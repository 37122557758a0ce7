// Regression that outliers do not move: Tukey's bisquare by iteratively reweighted least squares,
// from Huber's solution, the scale by the median absolute residual.
// Source: Huber & Ronchetti (2009), Robust Statistics, 2nd edition, 7.6 and 7.8.

// Returns the k-th smallest of some numbers, which change places.
static double kth_smallest(double *values, int count, int k) {
  int low = 0, high = count - 1;
  while (low < high) {
    const double pivot = values[(low + high) / 2];
    int i = low, j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const double other = values[i];
        values[i++] = values[j];
        values[j--] = other;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

// The median absolute residual of each lane, over .6745 as for normal values.
static void residual_scale(const weighted_fit *f, const cgr_d16 *present, double *room,
                           cgr_d16 *scale) {
  for (int l = 0; l < CGR_LANES; l++) {
    int count = 0;
    for (int i = 0; i < f->design->participants; i++)
      if (present[i][l] > 0 && f->residual[i][l] == f->residual[i][l])
        room[count++] = fabs(f->residual[i][l]);
    double median = NAN;
    if (count > 0) {
      median = kth_smallest(room, count, count / 2);
      if (count % 2 == 0) median = 0.5 * (median + kth_smallest(room, count, count / 2 - 1));
    }
    (*scale)[l] = median / 0.67448975019608171;
  }
}

// Weights of the residuals: Huber's to begin with, then Tukey's. `threshold` is the tuning times
// the scale.
static void reweigh(weighted_fit *f, const cgr_d16 *present, const cgr_d16 *threshold,
                    int is_huber) {
  const cgr_d16 none = splat(0), one = splat(1);
  for (int i = 0; i < f->design->participants; i++) {
    const cgr_d16 u = f->residual[i] / *threshold, square = u * u;
    cgr_d16 weight;
    if (is_huber) {
      cgr_d16 length = square;
      root(&length);
      const cgr_l16 is_near = length <= 1.0;
      const cgr_d16 far = one / length;
      choose(&is_near, &one, &far, &weight);
    } else {
      const cgr_l16 is_near = square < 1.0;
      const cgr_d16 near = (1.0 - square) * (1.0 - square);
      choose(&is_near, &near, &none, &weight);
    }
    f->weight[i] = weight * present[i];
  }
}

// The factor of (X'X)^-1 in the variance: K^2 s^2 (sum psi^2 / (n - p)) / (mean psi')^2.
static void robust_variance(const weighted_fit *f, const cgr_d16 *present, const cgr_d16 *scale,
                            cgr_d16 *factor, cgr_d16 *degrees) {
  const cgr_design *d = f->design;
  const double p = d->columns;
  const cgr_d16 none = splat(0), threshold = d->tuning * *scale;
  cgr_d16 count = none, squares = none, slope = none, slope_square = none;
  for (int i = 0; i < d->participants; i++) {
    const cgr_d16 r = f->residual[i], u = r / threshold, square = u * u;
    const cgr_l16 is_near = square < 1.0;
    const cgr_d16 near = (1.0 - square) * (1.0 - square);
    const cgr_d16 derivative = (1.0 - square) * (1.0 - 5.0 * square);
    cgr_d16 weight, psi_slope;
    choose(&is_near, &near, &none, &weight);
    choose(&is_near, &derivative, &none, &psi_slope);
    count += present[i];
    squares += present[i] * weight * weight * r * r;
    slope += present[i] * psi_slope;
    slope_square += present[i] * psi_slope * psi_slope;
  }
  const cgr_d16 mean = slope / count;
  const cgr_d16 spread = slope_square / count - mean * mean;
  const cgr_d16 correction = 1.0 + p / count * spread / (mean * mean);
  *degrees = count - p;
  *factor = correction * correction * squares / *degrees / (mean * mean);
}

static void robust(const cgr_design *d, const float *effects, void *scratch, double *results) {
  weighted_fit f;
  cgr_d16 *next = place_fit(d, scratch, &f);
  const int n = d->participants, p = d->columns;
  cgr_d16 *before = next;
  next += p;
  cgr_d16 *present = next;
  next += n;
  double *room = (double *)next;
  read_present(d, effects, 0, f.y, 0, present);
  for (int i = 0; i < n; i++) f.weight[i] = present[i];
  solve_weighted(&f);
  const cgr_d16 none = splat(0), one = splat(1);
  cgr_d16 scale, steps = none;
  cgr_l16 is_moving = none == 0.0;
  const int huber_steps = 10;
  for (int step = 0; step < huber_steps + d->iterations && any_lane(&is_moving); step++) {
    const int is_huber = step < huber_steps;
    for (int j = 0; j < p; j++) before[j] = f.estimate[j];
    residual_scale(&f, present, room, &scale);
    const cgr_d16 threshold = (is_huber ? 1.345 : d->tuning) * scale;
    reweigh(&f, present, &threshold, is_huber);
    solve_weighted(&f);
    if (is_huber) continue;
    cgr_d16 moved = none, more;
    for (int j = 0; j < p; j++) {
      const cgr_d16 difference = f.estimate[j] - before[j];
      moved += difference * difference;
    }
    choose(&is_moving, &one, &none, &more);
    steps += more;
    is_moving &= moved > d->tolerance * d->tolerance * scale * scale;
  }
  cgr_d16 factor, degrees, converged;
  residual_scale(&f, present, room, &scale);
  robust_variance(&f, present, &scale, &factor, &degrees);
  cgr_d16_loose *row = (cgr_d16_loose *)results;
  for (int k = 0; k < d->contrast_count; k++) contrast_effect(&f, d->contrasts + k * p, &before[0]),
    row[3 * k] = before[0];
  // The variance is that of the unweighted design.
  for (int i = 0; i < n; i++) f.weight[i] = present[i];
  factor_gram(&f);
  for (int k = 0; k < d->contrast_count; k++) {
    cgr_d16 square = none;
    whiten(&f, d->contrasts + k * p, f.whitened);
    for (int j = 0; j < p; j++) square += f.whitened[j] * f.whitened[j];
    row[3 * k + 1] = factor * square, row[3 * k + 2] = degrees;
  }
  row += 3 * d->contrast_count;
  for (int g = 0; g < d->groups; g++) *row++ = scale;
  choose(&is_moving, &none, &one, &converged);
  row[0] = converged, row[1] = steps;
}
