// Convolutions along one axis, and the gradient of a spline at voxel centres.

// out += weight * in, over n values.
CIK_INLINE void add_scaled(float *restrict out, const float *restrict in, float weight, long n) {
  for (long i = 0; i < n; i++) out[i] += weight * in[i];
}

// Convolves along an axis whose neighbours are `step` values apart, in runs of `step` values.
CIK_INLINE void convolve_runs(const float *in, long step, int n, const float *w, int radius,
                              float *out) {
  for (int i = 0; i < n; i++) {
    float *to = out + i * step;
    for (long k = 0; k < step; k++) to[k] = w[0] * in[i * step + k];
    for (int r = 1; r <= radius; r++) {
      if (i - r >= 0) add_scaled(to, in + (i - r) * step, w[r], step);
      if (i + r < n) add_scaled(to, in + (i + r) * step, w[r], step);
    }
  }
}

CIK_INLINE void convolve_line(const float *in, int n, const float *w, int radius, float *out) {
  for (int i = 0; i < n; i++) out[i] = w[0] * in[i];
  for (int r = 1; r <= radius && r < n; r++) {
    add_scaled(out + r, in, w[r], n - r);
    add_scaled(out, in + r, w[r], n - r);
  }
}

static void convolve(const float *image, cik_shape s, int axis, const float *weights, int radius,
                  float *out) {
  const long plane = (long)s.x * s.y;
  if (axis == 0)
    for (long line = 0; line < (long)s.y * s.z; line++)
      convolve_line(image + line * s.x, s.x, weights, radius, out + line * s.x);
  else if (axis == 1)
    for (int z = 0; z < s.z; z++)
      convolve_runs(image + z * plane, s.x, s.y, weights, radius, out + z * plane);
  else
    convolve_runs(image, plane, s.z, weights, radius, out);
}

static void cubic_gradient(const float *c, cik_shape s, float *gradient) {
  const long row = s.x + 2 * CIK_PADDING, plane = row * (s.y + 2 * CIK_PADDING);
  const long count = (long)s.x * s.y * s.z;
  const long step[3] = {1, row, plane};
  const float smooth[3] = {1.f / 6, 4.f / 6, 1.f / 6};
  for (int axis = 0; axis < 3; axis++) {
    const long a = step[axis], b = step[(axis + 1) % 3], d = step[(axis + 2) % 3];
    float *to = gradient + axis * count;
    for (int z = 0; z < s.z; z++)
      for (int y = 0; y < s.y; y++) {
        const float *from = c + (z + CIK_PADDING) * plane + (y + CIK_PADDING) * row + CIK_PADDING;
        float *line = to + ((long)z * s.y + y) * s.x;
        memset(line, 0, (size_t)s.x * sizeof(float));
        for (int i = -1; i <= 1; i++)
          for (int j = -1; j <= 1; j++) {
            const float w = 0.5f * smooth[i + 1] * smooth[j + 1];
            const float *p = from + i * b + j * d;
            for (int x = 0; x < s.x; x++) line[x] += w * (p[x + a] - p[x - a]);
          }
      }
  }
}

static void block_mean(const float *image, cik_shape s, cik_shape f, float *out) {
  const int nx = s.x / f.x, ny = s.y / f.y, nz = s.z / f.z;
  const float scale = 1.f / ((float)f.x * (float)f.y * (float)f.z);
  float *row = malloc((size_t)s.x * sizeof(float));
  if (!row) abort();
  for (int z = 0; z < nz; z++)
    for (int y = 0; y < ny; y++) {
      memset(row, 0, (size_t)s.x * sizeof(float));
      for (int k = 0; k < f.z; k++)
        for (int j = 0; j < f.y; j++)
          add_scaled(row, image + ((long)(z * f.z + k) * s.y + y * f.y + j) * s.x, 1, s.x);
      float *to = out + ((long)z * ny + y) * nx;
      for (int x = 0; x < nx; x++) {
        float sum = 0;
        for (int i = 0; i < f.x; i++) sum += row[x * f.x + i];
        to[x] = scale * sum;
      }
    }
  free(row);
}
