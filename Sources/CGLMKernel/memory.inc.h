// The Kalman filter of first-order autoregression with white noise on top.

// The part with memory: its variance given the rows so far, and what the last row was given.
typedef struct {
  cgk_d16 memory, share, seen, gain, precision;
  // Whether the last row came one volume after its predecessor and changed nothing any more.
  int is_settled;
} memory_state;

// Moves on to a row `step` volumes after the one before, or to the first of a run (step 0).
CGK_INLINE void advance(memory_state *m, int step) {
  if (step == 1 && m->is_settled) return;
  cgk_d16 fading = splat(0);
  if (step > 0) power(&m->memory, step, &fading);
  const cgk_d16 square = fading * fading;
  const cgk_d16 unseen = square * m->seen + m->share * (1.0 - square);
  cgk_d16 deviation = unseen + (1.0 - m->share);
  m->gain = unseen / deviation;
  const cgk_d16 seen = unseen * (1.0 - m->gain);
  const cgk_d16 change = seen - m->seen;
  const cgk_l16 moves = (change > 1e-15) | (change < -1e-15);
  m->is_settled = step == 1 && !any_lane(&moves);
  m->seen = seen;
  root(&deviation);
  m->precision = 1.0 / deviation;
}

// By how much a prediction fades before the next row.
CGK_INLINE void fading_before(const memory_state *m, const cgk_design *d, int row,
                              cgk_d16 *fading) {
  const int step = row < d->rows ? d->step[row] : 0;
  *fading = splat(0);
  if (step > 0) power(&m->memory, step, fading);
}
