// What the definitions of every level share.

#ifndef CIK_KERNELS_H
#define CIK_KERNELS_H

#include "CImageKernel.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CIK_INLINE static inline __attribute__((always_inline))

typedef float cik_v4 __attribute__((vector_size(16), aligned(4)));
typedef float cik_v8 __attribute__((vector_size(32), aligned(4)));
typedef float cik_v16 __attribute__((vector_size(64), aligned(4)));

extern const cik_kernels cik_kernels_baseline;
#if CIS_HAS_LEVELS
extern const cik_kernels cik_kernels_v3, cik_kernels_v4;
#endif

#endif
