// The basis and the residuals of a strip, whitened chunk by chunk, and their products.

// What each row of a chunk does: it is whitened as (y - p) precision by the prediction p, which then
// becomes carry p + take y.
typedef struct {
  LANES carry[CGK_FILTER_CHUNK], take[CGK_FILTER_CHUNK], precision[CGK_FILTER_CHUNK];
} NAME(steps);

CGK_INLINE void NAME(work_out_steps)(const cgk_design *d, memory_state *m, int start, int end,
                                     NAME(steps) *to) {
  for (int t = start; t < end; t++) {
    advance(m, d->step[t]);
    cgk_d16 fading;
    fading_before(m, d, t + 1, &fading);
    to->take[t - start] = __builtin_convertvector(fading * m->gain, LANES);
    to->carry[t - start] = __builtin_convertvector(fading * (1.0 - m->gain), LANES);
    to->precision[t - start] = __builtin_convertvector(m->precision, LANES);
  }
}

// Whitens four columns of the basis; `predictions` carries over from chunk to chunk.
CGK_INLINE void NAME(whiten_columns)(const cgk_design *d, int column, int start, int end,
                                     const NAME(steps) *s, LANES *predictions, LANES *out,
                                     int stride) {
  const int count = d->rank - column < CGK_BLOCK ? d->rank - column : CGK_BLOCK;
  LANES p[CGK_BLOCK];
  for (int j = 0; j < CGK_BLOCK; j++) p[j] = predictions[column + j];
  for (int t = start; t < end; t++) {
    const REAL *z = d->BASIS + (long)t * d->rank + column;
    const LANES carry = s->carry[t - start], take = s->take[t - start];
    const LANES precision = s->precision[t - start];
    LANES *to = out + (long)(t - start) * stride + column;
    for (int j = 0; j < CGK_BLOCK; j++) {
      const REAL value = j < count ? z[j] : 0;
      to[j] = (value - p[j]) * precision;
      p[j] = carry * p[j] + take * value;
    }
  }
  for (int j = 0; j < CGK_BLOCK; j++) predictions[column + j] = p[j];
}

// Whitens the residuals, as the column after the basis.
CGK_INLINE void NAME(whiten_residuals)(const cgk_design *d, const LANES *r, int start, int end,
                                       const NAME(steps) *s, LANES *prediction, LANES *out,
                                       int stride) {
  LANES p = *prediction;
  for (int t = start; t < end; t++) {
    out[(long)(t - start) * stride + d->rank] = (r[t] - p) * s->precision[t - start];
    p = s->carry[t - start] * p + s->take[t - start] * r[t];
  }
  *prediction = p;
}

// products += the lower triangle of W'W, in blocks of four by four.
static void NAME(add_products)(const LANES *whitened, int rows, int stride, LANES *products) {
  for (int i = 0; i < stride; i += CGK_BLOCK)
    for (int j = 0; j <= i; j += CGK_BLOCK) {
      LANES sum[CGK_BLOCK][CGK_BLOCK];
      for (int a = 0; a < CGK_BLOCK; a++)
        for (int b = 0; b < CGK_BLOCK; b++) sum[a][b] = (LANES){0};
      for (int t = 0; t < rows; t++) {
        const LANES *row = whitened + (long)t * stride;
        for (int a = 0; a < CGK_BLOCK; a++)
          for (int b = 0; b < CGK_BLOCK; b++) sum[a][b] += row[i + a] * row[j + b];
      }
      for (int a = 0; a < CGK_BLOCK; a++)
        for (int b = 0; b < CGK_BLOCK; b++) products[(long)(i + a) * stride + j + b] += sum[a][b];
    }
}

// The lower triangle of [Z r]'V^-1 [Z r], rows of `stride`. scratch: stride (chunk + 1) lanes.
static void NAME(filtered_products)(const cgk_design *d, const LANES *residuals, memory_state *m,
                                    LANES *scratch, LANES *products) {
  const int stride = CGK_PADDED(d->rank + 1);
  LANES *predictions = scratch, *chunk = scratch + stride, prediction = {0};
  memset(predictions, 0, (size_t)stride * sizeof(LANES));
  memset(products, 0, (size_t)stride * (size_t)stride * sizeof(LANES));
  NAME(steps) steps;
  for (int start = 0; start < d->rows; start += CGK_FILTER_CHUNK) {
    const int end = start + CGK_FILTER_CHUNK < d->rows ? start + CGK_FILTER_CHUNK : d->rows;
    NAME(work_out_steps)(d, m, start, end, &steps);
    for (int column = 0; column < stride; column += CGK_BLOCK)
      NAME(whiten_columns)(d, column, start, end, &steps, predictions, chunk, stride);
    NAME(whiten_residuals)(d, residuals, start, end, &steps, &prediction, chunk, stride);
    NAME(add_products)(chunk, end - start, stride, products);
  }
}
