// Spline coefficients by recursive filters (Unser, Aldroubi, Eden 1993), 16 lines side by side.

// The index that a place beyond the ends is mirrored to, about the outermost centres.
static int mirrored(int i, int n) {
  if (n == 1) return 0;
  const int period = 2 * (n - 1);
  i = abs(i) % period;
  return i < n ? i : period - i;
}

// The poles of the B-spline of an order; returns their number.
static int spline_poles(int order, double *poles, double *gain) {
  int count = 1;
  if (order == 7) {
    poles[0] = -0.53528043079643816554;
    poles[1] = -0.12255461519232669051;
    poles[2] = -0.0091486948096082769286;
    count = 3;
  } else {
    poles[0] = -0.26794919243112270647;
  }
  *gain = 1;
  for (int i = 0; i < count; i++) *gain *= (1 - poles[i]) * (1 - 1 / poles[i]);
  return count;
}

// Filters 16 lines of n values, lines[i] being the 16 values at place i.
CIK_INLINE void filter_lines(cik_v16 *lines, int n, const double *poles, int pole_count,
                             float gain) {
  for (int i = 0; i < n; i++) lines[i] *= gain;
  for (int p = 0; p < pole_count; p++) {
    const float z = (float)poles[p];
    // The mirrored signal's past, exactly where it is short, else to below float precision.
    const int horizon = (int)ceil(log(1e-9) / log(fabs(poles[p])));
    cik_v16 start = lines[0];
    double power = poles[p];
    for (int k = 1; k <= horizon; k++) {
      start += (float)power * lines[mirrored(k, n)];
      power *= poles[p];
    }
    lines[0] = start;
    for (int i = 1; i < n; i++) lines[i] += z * lines[i - 1];
    const float last = (float)(poles[p] / (poles[p] * poles[p] - 1));
    lines[n - 1] = last * (lines[n - 1] + z * lines[n - 2]);
    for (int i = n - 2; i >= 0; i--) lines[i] = z * (lines[i + 1] - lines[i]);
  }
}

typedef struct {
  double poles[3];
  int pole_count;
  float gain;
} filter;

// Filters along an axis whose step is `stride`, for lines that lie side by side in memory.
CIK_INLINE void filter_across(float *first, long stride, int n, int width, const filter *f,
                              cik_v16 *lines) {
  for (int x = 0; x < width; x += CIK_LANES) {
    const int lanes = width - x < CIK_LANES ? width - x : CIK_LANES;
    for (int i = 0; i < n; i++) {
      lines[i] = (cik_v16){0};
      memcpy(&lines[i], first + x + i * stride, (size_t)lanes * sizeof(float));
    }
    filter_lines(lines, n, f->poles, f->pole_count, f->gain);
    for (int i = 0; i < n; i++)
      memcpy(first + x + i * stride, &lines[i], (size_t)lanes * sizeof(float));
  }
}

// Filters along x, `rows` lines whose starts are `stride` apart.
CIK_INLINE void filter_along(float *first, long stride, int n, int rows, const filter *f,
                             cik_v16 *lines) {
  for (int row = 0; row < rows; row += CIK_LANES) {
    const int lanes = rows - row < CIK_LANES ? rows - row : CIK_LANES;
    float *plain = (float *)lines;
    memset(plain, 0, (size_t)n * sizeof(cik_v16));
    for (int l = 0; l < lanes; l++)
      for (int i = 0; i < n; i++) plain[i * CIK_LANES + l] = first[(row + l) * stride + i];
    filter_lines(lines, n, f->poles, f->pole_count, f->gain);
    for (int l = 0; l < lanes; l++)
      for (int i = 0; i < n; i++) first[(row + l) * stride + i] = plain[i * CIK_LANES + l];
  }
}

static void filter_all(float *inner, cik_shape s, long row, long plane, const filter *f,
                       cik_v16 *lines) {
  for (int z = 0; z < s.z; z++) {
    if (s.x > 1) filter_along(inner + z * plane, row, s.x, s.y, f, lines);
    if (s.y > 1) filter_across(inner + z * plane, row, s.y, s.x, f, lines);
  }
  if (s.z > 1)
    for (int y = 0; y < s.y; y++) filter_across(inner + y * row, plane, s.z, s.x, f, lines);
}

static void fill_padding(float *c, cik_shape s, long row, long plane) {
  const int pad = CIK_PADDING;
  for (int z = 0; z < s.z; z++)
    for (int y = 0; y < s.y; y++) {
      float *line = c + (z + pad) * plane + (y + pad) * row + pad;
      for (int k = 1; k <= pad; k++) {
        line[-k] = line[mirrored(-k, s.x)];
        line[s.x - 1 + k] = line[mirrored(s.x - 1 + k, s.x)];
      }
    }
  for (int z = 0; z < s.z; z++)
    for (int y = -pad; y < s.y + pad; y++) {
      if (y >= 0 && y < s.y) continue;
      float *in = c + (z + pad) * plane + (mirrored(y, s.y) + pad) * row;
      memcpy(c + (z + pad) * plane + (y + pad) * row, in, (size_t)row * sizeof(float));
    }
  for (int z = -pad; z < s.z + pad; z++) {
    if (z >= 0 && z < s.z) continue;
    float *in = c + (mirrored(z, s.z) + pad) * plane;
    memcpy(c + (z + pad) * plane, in, (size_t)plane * sizeof(float));
  }
}

static void spline_coefficients(const float *image, cik_shape s, int order, float *coefficients) {
  const long row = s.x + 2 * CIK_PADDING, plane = row * (s.y + 2 * CIK_PADDING);
  float *inner = coefficients + CIK_PADDING * (plane + row + 1);
  for (int z = 0; z < s.z; z++)
    for (int y = 0; y < s.y; y++)
      memcpy(inner + z * plane + y * row, image + ((long)z * s.y + y) * s.x,
             (size_t)s.x * sizeof(float));
  filter f;
  double gain;
  f.pole_count = spline_poles(order, f.poles, &gain);
  f.gain = (float)gain;
  int longest = s.x > s.y ? s.x : s.y;
  longest = longest > s.z ? longest : s.z;
  cik_v16 *lines = aligned_alloc(64, (size_t)longest * sizeof(cik_v16));
  if (!lines) abort();
  filter_all(inner, s, row, plane, &f, lines);
  free(lines);
  fill_padding(coefficients, s, row, plane);
}
