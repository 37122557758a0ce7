#ifndef CIMAGEKERNEL_H
#define CIMAGEKERNEL_H

#include "CInstructionSet.h"

/// Voxels of padding on every side of a coefficient volume: what a spline of order 7 reaches.
#define CIK_PADDING 4

/// Points that are worked on together.
#define CIK_LANES 16

/// Rows of lanes per block of ::cik_normal_equations: x, y, z, the reference, six derivatives.
#define CIK_BLOCK_ROWS 10

/// Sums that ::cik_normal_equations gives: seven products, the squared error, the weighted squared
/// error, the slopes, the points in view.
#define CIK_SUM_COUNT 11

/// The number of voxels along each axis of an image, without padding.
typedef struct {
  int x, y, z;
} cik_shape;

/// Returns the number of elements of the padded coefficient volume of an image.
long cik_padded_count(cik_shape shape);

/// Turns an image into the coefficients of its interpolating spline, mirrored at the outermost
/// voxel centres, with the mirrored padding filled in.
///
/// @param image  One value per voxel, x fastest; one that is not finite counts as 0.
/// @param coefficients  Room for ::cik_padded_count numbers.
/// @param order  3 or 7.
void cik_spline_coefficients(const float *image, cik_shape shape, int order, float *coefficients);

/// Samples a spline where an affine map takes the given voxels.
///
/// A point further than half a voxel outside of the outermost voxel centres gives NaN.
///
/// @param coefficients  From ::cik_spline_coefficients with the same order.
/// @param map  Twelve numbers, row by row: the points' frame to voxel indices of the image.
/// @param points  Blocks of 16 x, then 16 y, then 16 z.
/// @param blocks  The number of blocks.
/// @param out  16 values per block; block b starts at b * stride.
void cik_sample(const float *coefficients, cik_shape shape, int order, const double *map,
                const float *points, long blocks, float *out, long stride);

/// Forms the right-hand side of one Gauss-Newton step of a rigid registration.
///
/// With e = image(map(point)) - gain * reference and Tukey's weight w = (1 - (e / limit)^2)^2, 0
/// beyond the limit, gives the sums over the points of derivative * w e (6), reference * w e, e e,
/// w e e, the derivative of w e by e, and the number of points in view. A point out of view counts
/// as e = 0 in all but the last two, where it does not count.
///
/// @param blocks  Per block of 16 points ::CIK_BLOCK_ROWS rows of 16; the last may be part empty.
/// @param points  The number of points.
/// @param limit  The error from which on a point has no weight; INFINITY weighs all alike.
void cik_normal_equations(const float *coefficients, cik_shape shape, int order,
                          const double *map, const float *blocks, long points, float gain,
                          float limit, double *sums);

/// Gives the gradient of a cubic spline at every voxel centre, per voxel index, as three images.
void cik_cubic_gradient(const float *coefficients, cik_shape shape, float *gradient);

/// Convolves an image along one axis (0, 1, 2) with a symmetric kernel; beyond the image is zero.
///
/// @param weights  radius + 1 numbers, from the middle outwards.
void cik_convolve(const float *image, cik_shape shape, int axis, const float *weights, int radius,
                  float *out);

/// Averages an image over blocks of whole voxels; what does not fill a block at the end is left out.
///
/// @param factor  The block's voxels along each axis.
/// @param out  (shape / factor) values, x fastest.
void cik_block_mean(const float *image, cik_shape shape, cik_shape factor, float *out);

/// The same functions, compiled for one instruction set.
typedef struct {
  void (*spline_coefficients)(const float *image, cik_shape shape, int order,
                              float *coefficients);
  void (*sample)(const float *coefficients, cik_shape shape, int order, const double *map,
                 const float *points, long blocks, float *out, long stride);
  void (*normal_equations)(const float *coefficients, cik_shape shape, int order,
                           const double *map, const float *blocks, long points, float gain,
                           float limit, double *sums);
  void (*cubic_gradient)(const float *coefficients, cik_shape shape, float *gradient);
  void (*convolve)(const float *image, cik_shape shape, int axis, const float *weights, int radius,
                   float *out);
  void (*block_mean)(const float *image, cik_shape shape, cik_shape factor, float *out);
} cik_kernels;

/// Returns the functions of a level, or NULL where this processor does not have it.
const cik_kernels *cik_kernels_at(cis_level level);

#endif
