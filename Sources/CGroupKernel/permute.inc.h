// The statistics of rearranged residuals: Freedman & Lane (1983), with flips of sign or exchanges
// applied to the weights instead of the data.

static void prepare(const float *strip, const int *participant, int participants,
                    const double *basis, int columns, const double *scale, const int *group,
                    int groups, float *residuals, float *squares) {
  cgr_d16 sums[1];
  for (int i = 0; i < participants; i++)
    *(cgr_f16 *)(residuals + (long)i * CGR_LANES) =
      *(const cgr_f16_loose *)(strip + (long)participant[i] * CGR_LANES);
  // One column after the other, twice: the second round takes off what rounding left.
  for (int round = 0; round < 2; round++)
    for (int j = 0; j < columns; j++) {
      sums[0] = splat(0);
      for (int i = 0; i < participants; i++)
        sums[0] += basis[(long)i * columns + j] *
                   __builtin_convertvector(*(cgr_f16 *)(residuals + (long)i * CGR_LANES), cgr_d16);
      for (int i = 0; i < participants; i++) {
        cgr_f16 *r = (cgr_f16 *)(residuals + (long)i * CGR_LANES);
        *r = __builtin_convertvector(
          __builtin_convertvector(*r, cgr_d16) - basis[(long)i * columns + j] * sums[0], cgr_f16);
      }
    }
  for (int g = 0; g < groups; g++) *(cgr_f16 *)(squares + (long)g * CGR_LANES) = splat32(0);
  for (int i = 0; i < participants; i++) {
    cgr_f16 *r = (cgr_f16 *)(residuals + (long)i * CGR_LANES);
    *r *= (float)scale[i];
    *(cgr_f16 *)(squares + (long)group[i] * CGR_LANES) += *r * *r;
  }
}

// One sum over a range of participants for eight arrangements: 8 x 16.
CGR_INLINE void project(const float *residuals, const float *weights, int count, cgr_f16 *sums) {
  cgr_f16 a = splat32(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
  for (int i = 0; i < count; i++) {
    const cgr_f16 r = *(const cgr_f16 *)(residuals + (long)i * CGR_LANES);
    const float *w = weights + (long)i * CGR_ARRANGEMENTS;
    a += w[0] * r, b += w[1] * r, c += w[2] * r, d += w[3] * r;
    e += w[4] * r, f += w[5] * r, g += w[6] * r, h += w[7] * r;
  }
  sums[0] = a, sums[1] = b, sums[2] = c, sums[3] = d;
  sums[4] = e, sums[5] = f, sums[6] = g, sums[7] = h;
}

// Gives a z the sign of an effect, and 0 where nothing varies.
CGR_INLINE void finish(cgr_f16 *z, const cgr_f16 *effect, const cgr_f16 *variance, float *result) {
  const cgr_i16 is_usable = *variance > 0.0f, is_negative = *effect < 0.0f;
  const cgr_f16 none = splat32(0), opposite = -*z;
  cgr_f16 signed_z;
  choose32(&is_negative, &opposite, z, &signed_z);
  choose32(&is_usable, &signed_z, &none, (cgr_f16 *)result);
}

CGR_INLINE void look_up(const cgr_statistic *s, const cgr_f16 *ratio, cgr_f16 *z) {
  cgr_f16 u;
  log_one_plus(ratio, &u);
  root32(&u);
  for (int l = 0; l < CGR_LANES; l++) {
    const float place = u[l] / s->table_step;
    const int last = s->table_count - 2;
    int below = place < (float)last ? (int)place : last;
    if (below < 0) below = 0;
    (*z)[l] = s->table[below] + (place - (float)below) * (s->table[below + 1] - s->table[below]);
  }
}

static void pooled(const cgr_statistic *s, const float *residuals, const float *squares,
                   const float *weights, float *z) {
  const cgr_f16 all = *(const cgr_f16 *)squares;
  cgr_f16 effects[CGR_ARRANGEMENTS], explained[CGR_ARRANGEMENTS], rest[CGR_ARRANGEMENTS];
  cgr_f16 sums[CGR_ARRANGEMENTS];
  for (int r = 0; r < s->row_count; r++) {
    project(residuals, weights + (long)r * s->participants * CGR_ARRANGEMENTS, s->participants,
            sums);
    for (int k = 0; k < CGR_ARRANGEMENTS; k++) {
      const cgr_f16 square = sums[k] * sums[k];
      if (r == 0) effects[k] = sums[k], explained[k] = square, rest[k] = all - square;
      else {
        if (r < s->effects) explained[k] += square;
        rest[k] -= square;
      }
    }
  }
  // What rounding leaves of a voxel that the design explains entirely is not a variance.
  const cgr_f16 least = all * 1e-6f, degrees = splat32(s->degrees_of_freedom);
  for (int k = 0; k < CGR_ARRANGEMENTS; k++) {
    const cgr_i16 is_less = rest[k] < least;
    choose32(&is_less, &least, &rest[k], &rest[k]);
    const cgr_i16 is_none = rest[k] <= 0.0f;
    const cgr_f16 one = splat32(1);
    cgr_f16 divisor, value;
    choose32(&is_none, &one, &rest[k], &divisor);
    const cgr_f16 ratio = explained[k] / divisor;
    if (s->kind == CGR_POOLED_F) {
      look_up(s, &ratio, &value);
      effects[k] = one;
    } else
      normal_deviate(&ratio, &degrees, &value);
    finish(&value, &effects[k], &all, z + (long)k * CGR_LANES);
  }
}

// One arrangement of separate variances, from its projections (rows x 8 x 16).
CGR_INLINE void separate_one(const cgr_statistic *s, const cgr_f16 *sums, const float *squares,
                             cgr_f16 *fitted, float *z) {
  for (int j = 0; j < s->basis; j++) fitted[j] = splat32(0);
  for (int r = 0; r < s->row_count; r++)
    fitted[s->rows[r].column] += sums[(long)r * CGR_ARRANGEMENTS];
  cgr_f16 effect = splat32(0), variance = effect, spread = effect, total = effect;
  for (int j = 0; j < s->basis; j++) effect += s->contrast[j] * fitted[j];
  int r = 0;
  for (int g = 0; g < s->groups; g++) {
    const cgr_f16 square = *(const cgr_f16 *)(squares + (long)g * CGR_LANES);
    cgr_f16 rest = square;
    total += square;
    for (; r < s->row_count && s->rows[r].group == g; r++)
      rest -= 2.0f * sums[(long)r * CGR_ARRANGEMENTS] * fitted[s->rows[r].column];
    const float *gram = s->grams + (long)g * s->basis * s->basis;
    for (int j = 0; j < s->basis; j++) {
      cgr_f16 inner = splat32(0);
      for (int k = 0; k < s->basis; k++) inner += gram[j * s->basis + k] * fitted[k];
      rest += fitted[j] * inner;
    }
    const cgr_f16 least = square * 1e-6f;
    const cgr_i16 is_less = rest < least;
    choose32(&is_less, &least, &rest, &rest);
    const cgr_f16 share = rest * (s->variance_weights[g] / s->group_degrees[g]);
    variance += share;
    spread += share * share / s->group_degrees[g];
  }
  const cgr_i16 is_none = (variance <= 0.0f) | (spread <= 0.0f);
  const cgr_f16 one = splat32(1), none = splat32(0);
  cgr_f16 safe_variance, safe_spread, value;
  choose32(&is_none, &one, &variance, &safe_variance);
  choose32(&is_none, &one, &spread, &safe_spread);
  const cgr_f16 degrees = safe_variance / safe_spread * safe_variance;
  const cgr_f16 ratio = effect / safe_variance * effect / degrees;
  normal_deviate(&ratio, &degrees, &value);
  choose32(&is_none, &none, &total, &total);
  finish(&value, &effect, &total, z);
}

// More rows, or more columns of a basis, are not taken; Swift refuses such designs.
#define CGR_MAXIMUM_ROWS 64

static void separate(const cgr_statistic *s, const float *residuals, const float *squares,
                     const float *weights, float *z) {
  cgr_f16 sums[CGR_MAXIMUM_ROWS * CGR_ARRANGEMENTS], fitted[CGR_MAXIMUM_ROWS];
  long offset = 0;
  for (int r = 0; r < s->row_count; r++) {
    const cgr_row row = s->rows[r];
    project(residuals + (long)row.first * CGR_LANES, weights + offset, row.count,
            sums + r * CGR_ARRANGEMENTS);
    offset += (long)row.count * CGR_ARRANGEMENTS;
  }
  for (int k = 0; k < CGR_ARRANGEMENTS; k++)
    separate_one(s, sums + k, squares, fitted, z + (long)k * CGR_LANES);
}

static void z_scores(const cgr_statistic *s, const float *residuals, const float *squares,
                     const float *weights, float *z, float *largest) {
  if (s->kind == CGR_SEPARATE_T)
    separate(s, residuals, squares, weights, z);
  else
    pooled(s, residuals, squares, weights, z);
  for (int k = 0; k < CGR_ARRANGEMENTS; k++) {
    const cgr_f16 value = *(const cgr_f16 *)(z + (long)k * CGR_LANES), opposite = -value;
    cgr_f16 *top = (cgr_f16 *)(largest + (long)k * CGR_LANES);
    const cgr_i16 is_larger = value > *top;
    choose32(&is_larger, &value, top, top);
    const cgr_i16 is_lower = opposite > *top;
    choose32(&is_lower, &opposite, top, top);
  }
}
