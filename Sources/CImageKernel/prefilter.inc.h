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

// The lines that are filtered side by side: a filter waits for its own last value, so that four
// groups of sixteen take hardly longer than one.
#define CIK_GROUPS 4
#define CIK_WIDTH (CIK_GROUPS * CIK_LANES)

typedef struct {
  cik_v16 group[CIK_GROUPS];
} lines64;

typedef struct {
  double poles[3];
  int pole_count;
  float gain;
} filter;

// The mirrored signal's past at a pole, exactly where it is short, else to below float precision.
CIK_INLINE void start_line(lines64 *lines, int n, double pole) {
  const int horizon = (int)ceil(log(1e-9) / log(fabs(pole)));
  lines64 start = lines[0];
  double power = pole;
  for (int k = 1; k <= horizon; k++) {
    const lines64 *from = &lines[mirrored(k, n)];
    for (int g = 0; g < CIK_GROUPS; g++) start.group[g] += (float)power * from->group[g];
    power *= pole;
  }
  lines[0] = start;
}

// Filters lines of n values, lines[i] being the values at place i.
CIK_INLINE void filter_lines(lines64 *lines, int n, const filter *f) {
  for (int i = 0; i < n; i++)
    for (int g = 0; g < CIK_GROUPS; g++) lines[i].group[g] *= f->gain;
  for (int p = 0; p < f->pole_count; p++) {
    const float z = (float)f->poles[p];
    start_line(lines, n, f->poles[p]);
    lines64 before = lines[0];
    for (int i = 1; i < n; i++)
      for (int g = 0; g < CIK_GROUPS; g++) {
        before.group[g] = lines[i].group[g] + z * before.group[g];
        lines[i].group[g] = before.group[g];
      }
    const float last = (float)(f->poles[p] / (f->poles[p] * f->poles[p] - 1));
    for (int g = 0; g < CIK_GROUPS; g++) {
      before.group[g] = last * (lines[n - 1].group[g] + z * lines[n - 2].group[g]);
      lines[n - 1].group[g] = before.group[g];
    }
    for (int i = n - 2; i >= 0; i--)
      for (int g = 0; g < CIK_GROUPS; g++) {
        before.group[g] = z * (before.group[g] - lines[i].group[g]);
        lines[i].group[g] = before.group[g];
      }
  }
}

// Filters along an axis whose step is `stride`, for lines that lie side by side in memory.
CIK_INLINE void filter_across(float *first, long stride, int n, int width, const filter *f,
                              lines64 *lines) {
  for (int x = 0; x < width; x += CIK_WIDTH) {
    const int lanes = width - x < CIK_WIDTH ? width - x : CIK_WIDTH;
    const size_t bytes = (size_t)lanes * sizeof(float);
    if (lanes < CIK_WIDTH) memset(lines, 0, (size_t)n * sizeof(lines64));
    for (int i = 0; i < n; i++) memcpy(&lines[i], first + x + i * stride, bytes);
    filter_lines(lines, n, f);
    for (int i = 0; i < n; i++) memcpy(first + x + i * stride, &lines[i], bytes);
  }
}

// Filters along x, `rows` lines whose starts are `stride` apart.
CIK_INLINE void filter_along(float *first, long stride, int n, int rows, const filter *f,
                             lines64 *lines) {
  float *plain = (float *)lines;
  for (int row = 0; row < rows; row += CIK_WIDTH) {
    const int lanes = rows - row < CIK_WIDTH ? rows - row : CIK_WIDTH;
    if (lanes < CIK_WIDTH) memset(lines, 0, (size_t)n * sizeof(lines64));
    for (int i = 0; i < n; i++)
      for (int l = 0; l < lanes; l++) plain[i * CIK_WIDTH + l] = first[(row + l) * stride + i];
    filter_lines(lines, n, f);
    for (int l = 0; l < lanes; l++)
      for (int i = 0; i < n; i++) first[(row + l) * stride + i] = plain[i * CIK_WIDTH + l];
  }
}

static void filter_all(float *inner, cik_shape s, long row, long plane, const filter *f,
                       lines64 *lines) {
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
    for (int y = 0; y < s.y; y++) {
      const float *from = image + ((long)z * s.y + y) * s.x;
      float *to = inner + z * plane + y * row;
      for (int x = 0; x < s.x; x++) to[x] = fabsf(from[x]) <= FLT_MAX ? from[x] : 0;
    }
  filter f;
  double gain;
  f.pole_count = spline_poles(order, f.poles, &gain);
  f.gain = (float)gain;
  int longest = s.x > s.y ? s.x : s.y;
  longest = longest > s.z ? longest : s.z;
  lines64 *lines = aligned_alloc(64, (size_t)longest * sizeof(lines64));
  if (!lines) abort();
  filter_all(inner, s, row, plane, &f, lines);
  free(lines);
  fill_padding(coefficients, s, row, plane);
}
