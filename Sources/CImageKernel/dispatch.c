// The kernels of the level in use, picked when the first is called.

#include "kernels.h"

const cik_kernels *cik_kernels_at(cis_level level) {
  if (level > cis_level_of_processor()) return NULL;
#if CIS_HAS_LEVELS
  if (level == CIS_V4) return &cik_kernels_v4;
  if (level == CIS_V3) return &cik_kernels_v3;
#endif
  return &cik_kernels_baseline;
}

static const cik_kernels *in_use(void) { return cik_kernels_at(cis_level_in_use()); }

long cik_padded_count(cik_shape shape) {
  const long pad = 2 * CIK_PADDING;
  return (shape.x + pad) * (shape.y + pad) * (shape.z + pad);
}

void cik_spline_coefficients(const float *image, cik_shape shape, int order, float *coefficients) {
  in_use()->spline_coefficients(image, shape, order, coefficients);
}

void cik_sample(const float *coefficients, cik_shape shape, int order, const double *map,
                const float *points, long blocks, float *out, long stride) {
  in_use()->sample(coefficients, shape, order, map, points, blocks, out, stride);
}

void cik_normal_equations(const float *coefficients, cik_shape shape, int order,
                          const double *map, const float *blocks, long points, float gain,
                          float limit, double *sums) {
  in_use()->normal_equations(coefficients, shape, order, map, blocks, points, gain, limit, sums);
}

void cik_cubic_gradient(const float *coefficients, cik_shape shape, float *gradient) {
  in_use()->cubic_gradient(coefficients, shape, gradient);
}

void cik_convolve(const float *image, cik_shape shape, int axis, const float *weights, int radius,
                  float *out) {
  in_use()->convolve(image, shape, axis, weights, radius, out);
}

void cik_block_mean(const float *image, cik_shape shape, cik_shape factor, float *out) {
  in_use()->block_mean(image, shape, factor, out);
}
