#ifndef CIK_DISPATCH_H
#define CIK_DISPATCH_H

// One copy of a function per instruction set, picked when the program starts.
#if defined(__x86_64__) && defined(__linux__)
#define CIK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CIK_CLONES
#endif

#define CIK_INLINE static inline __attribute__((always_inline))

typedef float cik_v4 __attribute__((vector_size(16), aligned(4)));
typedef float cik_v8 __attribute__((vector_size(32), aligned(4)));
typedef float cik_v16 __attribute__((vector_size(64), aligned(4)));

#endif
