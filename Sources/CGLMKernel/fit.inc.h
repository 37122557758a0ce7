// Fits of a strip with given noise.

static void NAME(fit_summary)(const cgk_design *d, const REAL *summary, const double *memory,
                              void *scratch, double *results) {
  const int rank = d->rank;
  cgk_d16 *diagonal = scratch, *m = diagonal + rank, *effects = m + rank;
  cgk_d16 *work = effects + d->weight_rows;
  const cgk_d16 rho = *(const cgk_d16_loose *)memory;
  const long row = rank + d->weight_rows;
  cgk_d16 square, beside, first, last;
  NAME(get)(summary, row, &square);
  NAME(get)(summary, row + 1, &beside);
  NAME(get)(summary, row + 2, &first);
  NAME(get)(summary, row + 3, &last);
  for (int i = 0; i < d->weight_rows; i++) NAME(get)(summary, rank + i, &effects[i]);

  whitened w = {.least_squares = effects};
  solver *g = &w.information;
  g->size = rank;
  g->square = rho * rho;
  g->u = d->basis64;
  g->w = d->basis64 + (long)(d->rows - 1) * rank;
  for (int j = 0; j < rank; j++) {
    cgk_d16 q;
    NAME(get)(summary, j, &q);
    diagonal[j] = 1.0 + g->square - rho * d->eigenvalues[j];
    m[j] = -rho * q - g->square * (g->u[j] * first + g->w[j] * last);
  }
  prepare_rank_two(g, diagonal);
  w.products = m;
  w.sum_of_squares = (1.0 + g->square) * square - 2.0 * rho * beside
                     - g->square * (first * first + last * last);
  w.scale = 1.0 / (1.0 - g->square);
  fit_contrasts(d, &w, work, results);
}

// First-order autoregression with segments and links: G in full, from the sums over gaps.
static void NAME(fit_linked)(const cgk_design *d, NAME(series) *s, const cgk_d16 *memory,
                             cgk_d16 *work, whitened *w) {
  const int rank = d->rank;
  const cgk_d16 rho = *memory, square = rho * rho;
  cgk_d16 *g = work, *m = g + (long)rank * rank;
  NAME(add_neighbours)(d, s->residuals, s->neighbours);
  NAME(project)(d, s->neighbours, s->neighbour_projections, 0);
  for (int j = 0; j < rank; j++) m[j] = -rho * CGK_FLOAT64(s->neighbour_projections[j]);
  cgk_d16 beside;
  NAME(sum_of_products)(s->residuals, d->neighbours, d->neighbour_count, &beside);
  cgk_d16 sum = (1.0 + square) * w->sum_of_squares - 2.0 * rho * beside;
  for (int i = 0; i < d->edge_count; i++) {
    const double *z = d->basis64 + (long)d->edges[i] * rank;
    const cgk_d16 r = CGK_FLOAT64(s->residuals[d->edges[i]]), pull = square * r;
    for (int j = 0; j < rank; j++) m[j] -= z[j] * pull;
    sum -= pull * r;
  }
  for (int i = 0; i < rank; i++)
    for (int j = 0; j <= i; j++)
      g[(long)i * rank + j] = -square * d->edge_gram[(long)i * rank + j];
  for (int j = 0; j < rank; j++)
    g[(long)j * rank + j] += 1.0 + square - rho * d->eigenvalues[j];
  for (int k = 0, link = 0; k < d->gap_count; k++) {
    cgk_d16 fading;
    power(memory, d->gaps[k], &fading);
    const cgk_d16 precision = (1.0 - square) / (1.0 - fading * fading);
    const cgk_d16 ends = fading * fading * precision, cross = fading * precision;
    for (; link < d->link_count && d->links[link].gap == d->gaps[k]; link++) {
      const double *a = d->basis64 + (long)d->links[link].from * rank;
      const double *b = d->basis64 + (long)d->links[link].to * rank;
      const cgk_d16 p = CGK_FLOAT64(s->residuals[d->links[link].from]);
      const cgk_d16 q = CGK_FLOAT64(s->residuals[d->links[link].to]);
      const cgk_d16 for_a = ends * p - cross * q, for_b = ends * q - cross * p;
      for (int j = 0; j < rank; j++) m[j] += a[j] * for_a + b[j] * for_b;
      sum += p * for_a + q * for_b;
    }
    const double *same = d->gap_ends + (long)k * rank * rank;
    const double *other = d->gap_cross + (long)k * rank * rank;
    for (int i = 0; i < rank; i++)
      for (int j = 0; j <= i; j++)
        g[(long)i * rank + j] += ends * same[(long)i * rank + j] - cross * other[(long)i * rank + j];
  }
  factor(g, rank);
  w->information.factor = g;
  w->products = m;
  w->sum_of_squares = sum;
  w->scale = 1.0 / (1.0 - square);
}

// Noise with any share of memory.
static void NAME(fit_filtered)(const cgk_design *d, const NAME(series) *s, memory_state *state,
                               cgk_d16 *work, whitened *w) {
  const int rank = d->rank, stride = CGK_PADDED(rank + 1);
  cgk_d16 *g = work, *m = g + (long)rank * rank;
  LANES *products = (LANES *)(m + rank), *scratch = products + (long)stride * stride;
  NAME(filtered_products)(d, s->residuals, state, scratch, products);
  for (int i = 0; i < rank; i++)
    for (int j = 0; j <= i; j++)
      g[(long)i * rank + j] = CGK_FLOAT64(products[(long)i * stride + j]);
  const LANES *last = products + (long)rank * stride;
  for (int j = 0; j < rank; j++) m[j] = CGK_FLOAT64(last[j]);
  factor(g, rank);
  w->information.factor = g;
  w->products = m;
  // Not a number where the residuals are none.
  w->sum_of_squares = CGK_FLOAT64(last[rank]) + w->sum_of_squares * 0;
  w->scale = splat(1);
}

static void NAME(fit)(const cgk_design *d, const float *strip, const double *noise, void *scratch,
                      double *results) {
  NAME(series) s;
  cgk_d16 *work = NAME(place)(d, scratch, &s);
  memory_state state = {
    .memory = *(const cgk_d16_loose *)noise,
    .share = *(const cgk_d16_loose *)(noise + CGK_LANES),
  };
  const cgk_l16 has_share = state.share != 0, is_mixed = has_share & (state.share != 1);
  state.memory = (cgk_d16)((cgk_l16)state.memory & has_share);
  state.seen = state.share;
  const cgk_l16 needs_filter = is_mixed & (state.memory != 0);

  const int is_filtered = any_lane(&needs_filter);
  if (!is_filtered && is_unbroken(d)) {
    REAL *summary = (REAL *)work;
    NAME(summarize)(d, strip, scratch, summary);
    work = (cgk_d16 *)(summary + (long)CGK_PADDED(cgk_summary_rows(d)) * CGK_LANES);
    NAME(fit_summary)(d, summary, (const double *)&state.memory, work, results);
    return;
  }
  NAME(read)(d, strip, &s);
  NAME(project)(d, s.y, s.projections, NAME(after)(d, strip));
  NAME(form_residuals)(d, &s);
  cgk_d16 *effects = work;
  for (int i = 0; i < d->weight_rows; i++) NAME(least_squares)(d, &s, i, &effects[i]);
  work += d->weight_rows;
  whitened w = {.least_squares = effects, .information = {.size = d->rank}};
  NAME(sum_of_squares)(d, &s, &w.sum_of_squares);
  if (is_filtered)
    NAME(fit_filtered)(d, &s, &state, work, &w);
  else
    NAME(fit_linked)(d, &s, &state.memory, work, &w);
  fit_contrasts(d, &w, work + (long)(d->rank + 1) * d->rank, results);
}
