// All kernels of the level that includes this: the algebra once, the rest in both precisions.

#include "limit.inc.h"
#include "lanes.inc.h"
#include "contrasts.inc.h"
#include "memory.inc.h"

#define REAL float
#define BASIS basis32
#define LANES cgk_f16
#define NAME(name) name##32
#define WIDTH CGK_WIDTH32
#define ROWS CGK_ROWS32
#define ROUNDING 1e-13
#define CANCELLATION 1e-3
#include "series.inc.h"
#include "summary.inc.h"
#include "filter.inc.h"
#include "fit.inc.h"
#undef REAL
#undef BASIS
#undef LANES
#undef NAME
#undef WIDTH
#undef ROWS
#undef ROUNDING
#undef CANCELLATION

#define REAL double
#define BASIS basis64
#define LANES cgk_d16
#define NAME(name) name##64
#define WIDTH CGK_WIDTH64
#define ROWS CGK_ROWS64
#define ROUNDING 1e-22
#define CANCELLATION 1e-10
#include "series.inc.h"
#include "summary.inc.h"
#include "filter.inc.h"
#include "fit.inc.h"
#undef REAL
#undef BASIS
#undef LANES
#undef NAME
#undef WIDTH
#undef ROWS
#undef ROUNDING
#undef CANCELLATION

#define CGK_TABLE                                                                                \
  {                                                                                              \
    .estimate32 = estimate32,                                                                    \
    .estimate64 = estimate64, .fit_summary32 = fit_summary32, .fit_summary64 = fit_summary64,    \
    .fit32 = fit32, .fit64 = fit64, .multiply_add32 = multiply_add32,                            \
  }
