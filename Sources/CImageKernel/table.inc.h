// All kernels of the level that includes this.

#include "prefilter.inc.h"
#include "sample.inc.h"
#include "smooth.inc.h"

#define CIK_TABLE                                                                                \
  {                                                                                              \
    .spline_coefficients = spline_coefficients, .sample = sample,                                \
    .normal_equations = normal_equations, .cubic_gradient = cubic_gradient,                      \
    .convolve = convolve, .block_mean = block_mean,                                              \
  }
