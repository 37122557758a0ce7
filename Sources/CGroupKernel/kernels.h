// What the definitions of every level share.

#ifndef CGR_KERNELS_H
#define CGR_KERNELS_H

#include "CGroupKernel.h"

#include <math.h>
#include <string.h>

#define CGR_INLINE static inline __attribute__((always_inline))

// Sixteen voxels side by side; the loose ones may lie anywhere a single number may.
typedef float cgr_f16 __attribute__((vector_size(64), aligned(64)));
typedef double cgr_d16 __attribute__((vector_size(128), aligned(64)));
typedef float cgr_f16_loose __attribute__((vector_size(64), aligned(4)));
typedef double cgr_d16_loose __attribute__((vector_size(128), aligned(8)));
typedef int cgr_i16 __attribute__((vector_size(64), aligned(64)));
typedef long long cgr_l16 __attribute__((vector_size(128), aligned(64)));

#ifndef __has_builtin
#define __has_builtin(name) 0
#endif

#define splat32(value) ((cgr_f16){0} + (float)(value))
#define splat(value) ((cgr_d16){0} + (double)(value))

extern const cgr_kernels cgr_kernels_baseline;
#if CIS_HAS_LEVELS
extern const cgr_kernels cgr_kernels_v3, cgr_kernels_v4;
#endif

#endif
