// Splines and registration sums at points that an affine map moves.

// The taps' weights as polynomials of the fraction f in [0, 1): rows are the powers 0 ... order.
static const float cubic_weights[4][4] = {
    {1.f / 6, 4.f / 6, 1.f / 6, 0},
    {-3.f / 6, 0, 3.f / 6, 0},
    {3.f / 6, -6.f / 6, 3.f / 6, 0},
    {-1.f / 6, 3.f / 6, -3.f / 6, 1.f / 6},
};
#define D(x) ((float)((x) / 5040.0))
static const float septic_weights[8][8] = {
    {D(1), D(120), D(1191), D(2416), D(1191), D(120), D(1), 0},
    {D(-7), D(-392), D(-1715), 0, D(1715), D(392), D(7), 0},
    {D(21), D(504), D(315), D(-1680), D(315), D(504), D(21), 0},
    {D(-35), D(-280), D(665), 0, D(-665), D(280), D(35), 0},
    {D(35), 0, D(-315), D(560), D(-315), 0, D(35), 0},
    {D(-21), D(84), D(-105), 0, D(105), D(-84), D(21), 0},
    {D(7), D(-42), D(105), D(-140), D(105), D(-42), D(7), 0},
    {D(-1), D(7), D(-21), D(35), D(-35), D(21), D(-7), D(1)},
};
#undef D

// Where 16 points land: the first tap's offset, the fractions, and whether they are in view.
typedef struct {
  long offset[CIK_LANES];
  float fx[CIK_LANES], fy[CIK_LANES], fz[CIK_LANES];
  int inside[CIK_LANES];
} landing;

CIK_INLINE void land(landing *to, const float *points, const double *m, cik_shape s, int reach) {
  const long row = s.x + 2 * CIK_PADDING, plane = row * (s.y + 2 * CIK_PADDING);
  const long first = (CIK_PADDING - reach) * (plane + row + 1);
  const double top_x = s.x - 0.5, top_y = s.y - 0.5, top_z = s.z - 0.5;
  for (int l = 0; l < CIK_LANES; l++) {
    const double px = points[l], py = points[CIK_LANES + l], pz = points[2 * CIK_LANES + l];
    double x = m[0] * px + m[1] * py + m[2] * pz + m[3];
    double y = m[4] * px + m[5] * py + m[6] * pz + m[7];
    double z = m[8] * px + m[9] * py + m[10] * pz + m[11];
    // Comparisons that a NaN fails, so that no offset comes from one.
    const int in = (x >= -0.5) & (x <= top_x) & (y >= -0.5) & (y <= top_y) & (z >= -0.5)
                   & (z <= top_z);
    x = in ? x : 0;
    y = in ? y : 0;
    z = in ? z : 0;
    const double ix = floor(x), iy = floor(y), iz = floor(z);
    to->fx[l] = (float)(x - ix);
    to->fy[l] = (float)(y - iy);
    to->fz[l] = (float)(z - iz);
    to->offset[l] = first + (long)ix + (long)iy * row + (long)iz * plane;
    to->inside[l] = in;
  }
}

CIK_INLINE float cubic_at(const float *c, long row, long plane, float fx, float fy, float fz) {
  cik_v4 w[4], wx, wy, wz;
  memcpy(w, cubic_weights, sizeof w);
  wx = ((w[3] * fx + w[2]) * fx + w[1]) * fx + w[0];
  wy = ((w[3] * fy + w[2]) * fy + w[1]) * fy + w[0];
  wz = ((w[3] * fz + w[2]) * fz + w[1]) * fz + w[0];
  cik_v4 sum = {0};
#pragma clang loop unroll(full)
  for (int k = 0; k < 4; k++) {
    const float *p = c + k * plane;
    cik_v4 line = wy[0] * *(const cik_v4 *)p;
    line += wy[1] * *(const cik_v4 *)(p + row);
    line += wy[2] * *(const cik_v4 *)(p + 2 * row);
    line += wy[3] * *(const cik_v4 *)(p + 3 * row);
    sum += wz[k] * line;
  }
  sum *= wx;
  return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

// The taps of 16 points along one axis, tap by tap.
typedef struct {
  cik_v16 tap[8];
} taps16;

CIK_INLINE void septic_taps(const float *fractions, taps16 *taps) {
  const cik_v16 f = *(const cik_v16 *)fractions;
#pragma clang loop unroll(full)
  for (int k = 0; k < 8; k++) {
    cik_v16 t = f * septic_weights[7][k] + septic_weights[6][k];
#pragma clang loop unroll(full)
    for (int i = 5; i >= 0; i--) t = t * f + septic_weights[i][k];
    taps->tap[k] = t;
  }
}

// wy and wz are 16 apart from tap to tap.
CIK_INLINE float septic_at(const float *c, long row, long plane, float fx, const float *wy,
                           const float *wz) {
  cik_v8 w[8], wx, sum = {0};
  memcpy(w, septic_weights, sizeof w);
  wx = w[7];
#pragma clang loop unroll(full)
  for (int i = 6; i >= 0; i--) wx = wx * fx + w[i];
#pragma clang loop unroll(full)
  for (int k = 0; k < 8; k++) {
    const float *p = c + k * plane;
    cik_v8 even = wy[0] * *(const cik_v8 *)p, odd = wy[16] * *(const cik_v8 *)(p + row);
    even += wy[32] * *(const cik_v8 *)(p + 2 * row);
    odd += wy[48] * *(const cik_v8 *)(p + 3 * row);
    even += wy[64] * *(const cik_v8 *)(p + 4 * row);
    odd += wy[80] * *(const cik_v8 *)(p + 5 * row);
    even += wy[96] * *(const cik_v8 *)(p + 6 * row);
    odd += wy[112] * *(const cik_v8 *)(p + 7 * row);
    sum += wz[16 * k] * (even + odd);
  }
  sum *= wx;
  return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
}

CIK_INLINE void sample_block(const float *c, cik_shape s, int order, const landing *at,
                             float *values) {
  const long row = s.x + 2 * CIK_PADDING, plane = row * (s.y + 2 * CIK_PADDING);
  if (order == 7) {
    taps16 y, z;
    septic_taps(at->fy, &y);
    septic_taps(at->fz, &z);
    const float *wy = (const float *)&y, *wz = (const float *)&z;
    for (int l = 0; l < CIK_LANES; l++)
      values[l] = septic_at(c + at->offset[l], row, plane, at->fx[l], wy + l, wz + l);
  } else {
    for (int l = 0; l < CIK_LANES; l++)
      values[l] = cubic_at(c + at->offset[l], row, plane, at->fx[l], at->fy[l], at->fz[l]);
  }
}

static void sample(const float *c, cik_shape s, int order, const double *map, const float *points,
                long blocks, float *out, long stride) {
  landing at;
  const int reach = order == 7 ? 3 : 1;
  for (long b = 0; b < blocks; b++) {
    float values[CIK_LANES];
    land(&at, points + b * 3 * CIK_LANES, map, s, reach);
    sample_block(c, s, order, &at, values);
    for (int l = 0; l < CIK_LANES; l++) out[b * stride + l] = at.inside[l] ? values[l] : NAN;
  }
}

static void normal_equations(const float *c, cik_shape s, int order, const double *map,
                             const float *blocks, long points, float gain, float limit,
                             double *sums) {
  landing at;
  const int reach = order == 7 ? 3 : 1;
  double total[CIK_SUM_COUNT - 1] = {0};
  long inside = 0;
  const long count = (points + CIK_LANES - 1) / CIK_LANES;
  const float scale = 1 / limit;
  // Float sums over 32 blocks only, then double, so that rounding stays below the noise.
  for (long start = 0; start < count; start += 32) {
    const long end = start + 32 < count ? start + 32 : count;
    cik_v16 part[CIK_SUM_COUNT - 1] = {{0}};
    for (long b = start; b < end; b++) {
      const float *block = blocks + b * CIK_BLOCK_ROWS * CIK_LANES;
      const cik_v16 *rows = (const cik_v16 *)block;
      float values[CIK_LANES], weights[CIK_LANES], slopes[CIK_LANES];
      land(&at, block, map, s, reach);
      sample_block(c, s, order, &at, values);
      for (int l = 0; l < CIK_LANES; l++) {
        const int counts = at.inside[l] & (b * CIK_LANES + l < points);
        values[l] = counts ? values[l] - gain * block[3 * CIK_LANES + l] : 0;
        const float far = values[l] * scale, square = far * far;
        const float near = square < 1 ? 1 - square : 0;
        weights[l] = near * near;
        slopes[l] = counts ? near * (1 - 5 * square) : 0;
        inside += counts;
      }
      const cik_v16 e = *(const cik_v16 *)values;
      const cik_v16 kept = e * *(const cik_v16 *)weights;
      for (int k = 0; k < 6; k++) part[k] += rows[4 + k] * kept;
      part[6] += rows[3] * kept;
      part[7] += e * e;
      part[8] += e * kept;
      part[9] += *(const cik_v16 *)slopes;
    }
    for (int k = 0; k < CIK_SUM_COUNT - 1; k++)
      for (int l = 0; l < CIK_LANES; l++) total[k] += part[k][l];
  }
  memcpy(sums, total, sizeof total);
  sums[CIK_SUM_COUNT - 1] = (double)inside;
}
