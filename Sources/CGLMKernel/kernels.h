// What the definitions of every level share.

#ifndef CGK_KERNELS_H
#define CGK_KERNELS_H

#include "CGLMKernel.h"

#include <math.h>
#include <string.h>

#define CGK_INLINE static inline __attribute__((always_inline))

// Sixteen voxels side by side; the loose ones may lie anywhere a single number may.
typedef float cgk_f16 __attribute__((vector_size(64), aligned(64)));
typedef double cgk_d16 __attribute__((vector_size(128), aligned(64)));
typedef float cgk_f16_loose __attribute__((vector_size(64), aligned(4)));
typedef double cgk_d16_loose __attribute__((vector_size(128), aligned(8)));
typedef int cgk_i16 __attribute__((vector_size(64)));
typedef long long cgk_l16 __attribute__((vector_size(128)));

#ifndef __has_builtin
#define __has_builtin(name) 0
#endif

#define CGK_FLOAT64(v) __builtin_convertvector(v, cgk_d16)

// One number in all lanes.
#define splat(value) ((cgk_d16){0} + (double)(value))

// Rows that are summed in float32 before the sums themselves are added up.
#define CGK_CHUNK 64

// Rows that are whitened together.
#define CGK_FILTER_CHUNK 64

// Columns of a whitened strip come in blocks of four.
#define CGK_BLOCK 4
#define CGK_PADDED(count) (((count) + CGK_BLOCK - 1) / CGK_BLOCK * CGK_BLOCK)

extern const cgk_kernels cgk_kernels_baseline;
#if CIS_HAS_LEVELS
extern const cgk_kernels cgk_kernels_v3, cgk_kernels_v4;
#endif

#endif
