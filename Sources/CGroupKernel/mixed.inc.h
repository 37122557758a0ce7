// Known variances within participants and an unknown one between them, per group: restricted
// maximum likelihood by scoring, then weighted least squares with the standard errors of Knapp and
// Hartung and, with several groups, the degrees of freedom of Satterthwaite.

// The sums of one group.
typedef struct {
  cgr_d16 *between, *step, *damping, *typical, *score, *information;
} group_sums;

// What a scoring step needs of every group: score and information at the present weights.
static void score_groups(weighted_fit *f, const group_sums *s, cgr_d16 *outer) {
  const cgr_design *d = f->design;
  const int p = d->columns;
  for (int g = 0; g < d->groups; g++) s->score[g] = s->information[g] = splat(0);
  for (int j = 0; j < d->groups * p * p; j++) outer[j] = splat(0);
  for (int i = 0; i < d->participants; i++) {
    const int g = d->group[i];
    const cgr_d16 w = f->weight[i], r = w * f->residual[i], square = w * w;
    if (!d->is_restricted) {
      s->score[g] += r * r - w;
      s->information[g] += square;
      continue;
    }
    s->score[g] += r * r - w * (1.0 - f->leverage[i]);
    s->information[g] += square * (1.0 - 2.0 * f->leverage[i]);
    whiten(f, d->design + (long)i * p, f->whitened);
    for (int j = 0; j < p; j++) {
      const cgr_d16 share = square * f->whitened[j];
      for (int k = 0; k <= j; k++) outer[(g * p + j) * p + k] += share * f->whitened[k];
    }
  }
  if (!d->is_restricted) return;
  for (int g = 0; g < d->groups; g++)
    for (int j = 0; j < p; j++)
      for (int k = 0; k <= j; k++) {
        const cgr_d16 element = outer[(g * p + j) * p + k];
        s->information[g] += (j == k ? 1.0 : 2.0) * element * element;
      }
}

// Moves every group's variance by a damped step; returns the lanes in which one still moves.
static void move_variances(const cgr_design *d, const group_sums *s, const cgr_l16 *is_moving,
                           cgr_l16 *still) {
  const cgr_d16 none = splat(0);
  *still = (cgr_l16){0};
  for (int g = 0; g < d->groups; g++) {
    cgr_d16 step = s->score[g] / s->information[g];
    // A change of direction means that the last step went too far.
    const cgr_l16 is_turned = step * s->step[g] < 0.0;
    const cgr_d16 smaller = 0.5 * s->damping[g];
    cgr_d16 larger = 1.5 * s->damping[g];
    const cgr_l16 is_large = larger > 1.0;
    const cgr_d16 one = splat(1);
    choose(&is_large, &one, &larger, &larger);
    choose(&is_turned, &smaller, &larger, &s->damping[g]);
    s->step[g] = step;
    cgr_d16 next = s->between[g] + s->damping[g] * step;
    const cgr_l16 is_positive = next > 0.0;
    choose(&is_positive, &next, &none, &next);
    cgr_d16 change = next - s->between[g];
    const cgr_l16 is_down = change < 0.0;
    const cgr_d16 opposite = -change;
    choose(&is_down, &opposite, &change, &change);
    *still |= change > d->tolerance * (next + s->typical[g]);
    choose(is_moving, &next, &s->between[g], &s->between[g]);
  }
  *still &= *is_moving;
}

// Weights 1 / (between + within), 0 where there is no value.
static void weigh(const cgr_design *d, const group_sums *s, const cgr_d16 *variance,
                  const cgr_d16 *present, cgr_d16 *weight) {
  for (int i = 0; i < d->participants; i++)
    weight[i] = present[i] / (s->between[d->group[i]] + variance[i]);
}

// The moments' estimates to start from: the residual variance less the mean known one.
static void start_variances(weighted_fit *f, const group_sums *s, const cgr_d16 *variance,
                            const cgr_d16 *present) {
  const cgr_design *d = f->design;
  const cgr_d16 none = splat(0), one = splat(1);
  for (int i = 0; i < d->participants; i++) f->weight[i] = present[i];
  solve_weighted(f);
  for (int g = 0; g < d->groups; g++) {
    cgr_d16 squares = none, freedom = none, count = none, sum = none;
    for (int i = 0; i < d->participants; i++) {
      if (d->group[i] != g) continue;
      squares += present[i] * f->residual[i] * f->residual[i];
      freedom += present[i] * (1.0 - f->leverage[i]);
      count += present[i];
      sum += present[i] * variance[i];
    }
    const cgr_l16 is_measured = freedom > 1e-9;
    choose(&is_measured, &freedom, &one, &freedom);
    s->typical[g] = sum / count;
    s->between[g] = squares / freedom - s->typical[g];
    const cgr_l16 is_positive = s->between[g] > 0.0;
    choose(&is_positive, &s->between[g], &none, &s->between[g]);
    s->step[g] = none;
    s->damping[g] = one;
  }
}

// The variance and degrees of freedom of a contrast, each group's part by its own residuals.
static void contrast_variance(weighted_fit *f, const double *c, cgr_d16 *solved,
                              cgr_d16 *variance, cgr_d16 *degrees) {
  const cgr_design *d = f->design;
  const int p = d->columns;
  solve_contrast(f, c, solved);
  cgr_d16 total = splat(0), spread = splat(0);
  for (int g = 0; g < d->groups; g++) {
    cgr_d16 freedom = splat(0), squares = splat(0), known = splat(0);
    for (int i = 0; i < d->participants; i++) {
      if (d->group[i] != g) continue;
      cgr_d16 share = splat(0);
      for (int j = 0; j < p; j++) share += d->design[(long)i * p + j] * solved[j];
      const cgr_d16 w = f->weight[i];
      const cgr_l16 is_there = w > 0.0;
      const cgr_d16 one = splat(1), none = splat(0);
      cgr_d16 here;
      choose(&is_there, &one, &none, &here);
      known += w * share * share;
      squares += w * f->residual[i] * f->residual[i];
      freedom += here - f->leverage[i];
    }
    const cgr_d16 part = known * squares / freedom;
    total += part;
    spread += part * part / freedom;
  }
  *variance = total;
  *degrees = total * total / spread;
}

static void mixed(const cgr_design *d, const float *effects, const float *variances,
                  void *scratch, double *results) {
  weighted_fit f;
  cgr_d16 *next = place_fit(d, scratch, &f);
  const long n = d->participants, p = d->columns, groups = d->groups;
  cgr_d16 *variance = next;
  next += n;
  cgr_d16 *present = next;
  next += n;
  cgr_d16 *outer = next;
  next += groups * p * p;
  cgr_d16 *solved = next;
  next += p;
  group_sums s;
  cgr_d16 **parts[] = {&s.between, &s.step, &s.damping, &s.typical, &s.score, &s.information};
  for (unsigned k = 0; k < sizeof parts / sizeof *parts; k++) *parts[k] = next, next += groups;

  read_present(d, effects, variances, f.y, variance, present);
  start_variances(&f, &s, variance, present);
  cgr_l16 is_moving = splat(0) == 0.0, still = is_moving;
  cgr_d16 steps = splat(0);
  const cgr_d16 one = splat(1), none = splat(0);
  for (int iteration = 0; iteration < d->iterations && any_lane(&is_moving); iteration++) {
    weigh(d, &s, variance, present, f.weight);
    solve_weighted(&f);
    score_groups(&f, &s, outer);
    cgr_d16 more;
    choose(&is_moving, &one, &none, &more);
    steps += more;
    move_variances(d, &s, &is_moving, &still);
    is_moving = still;
  }
  weigh(d, &s, variance, present, f.weight);
  solve_weighted(&f);
  cgr_d16_loose *row = (cgr_d16_loose *)results;
  for (int k = 0; k < d->contrast_count; k++, row += 3) {
    cgr_d16 effect, error, degrees;
    contrast_effect(&f, d->contrasts + k * p, &effect);
    contrast_variance(&f, d->contrasts + k * p, solved, &error, &degrees);
    row[0] = effect, row[1] = error, row[2] = degrees;
  }
  for (int g = 0; g < groups; g++) *row++ = s.between[g];
  cgr_d16 converged;
  choose(&is_moving, &none, &one, &converged);
  row[0] = converged, row[1] = steps;
}
