#ifndef CINSTRUCTIONSET_H
#define CINSTRUCTIONSET_H

/// The instruction sets that kernels are compiled for, each with all of the one before.
///
/// On x86-64, v3 has AVX2 and FMA and v4 has AVX-512, as the psABI names them; elsewhere there is
/// the baseline only. v3 and v4 give the same bits where a kernel holds to the order of its sums;
/// the baseline has no FMA and differs in the last of them.
typedef enum { CIS_BASELINE = 0, CIS_V3 = 1, CIS_V4 = 2 } cis_level;

/// Returns the highest level that this processor has.
cis_level cis_level_of_processor(void);

/// Returns the level that kernels run at: the processor's, or less where the environment variable
/// NOCINET_ISA says "v3" or "baseline". Read once; a word that is not known changes nothing.
cis_level cis_level_in_use(void);

/// Returns the level of a word, "v4", "v3" or "baseline", or -1 where it names none.
int cis_level_named(const char *word);

/// Returns the word of a level.
const char *cis_name_of(cis_level level);

// How a kernel is compiled once per level. The code lies in a header of definitions, and one source
// file per level includes it between a begin and an end, which give every function in between the
// level's instructions (helpers are `static inline` and always_inline, so that they carry them too):
//
//     #include "CInstructionSet.h"
//     #include "kernels.h"            // declarations and system headers: before the begin
//     CIS_BEGIN_V4
//     #include "sum.inc.h"            // static void sum(...) { ... }
//     CIS_END
//     const my_kernels my_kernels_v4 = {.sum = sum};
//
// Files for v3 and v4 are empty where CIS_HAS_LEVELS is 0. min_vector_width lets clang keep a vector
// of 64 bytes in one register, which it would else split in two.
#if defined(__x86_64__)
#define CIS_HAS_LEVELS 1
#if defined(__clang__)
#define CIS_PRAGMA(...) _Pragma(#__VA_ARGS__)
#define CIS_BEGIN_V4                                                                             \
  CIS_PRAGMA(clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), \
                                  apply_to = function))
#define CIS_BEGIN_V3                                                                             \
  CIS_PRAGMA(clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function))
#define CIS_END CIS_PRAGMA(clang attribute pop)
#else
#define CIS_BEGIN_V4 _Pragma("GCC push_options") _Pragma("GCC target(\"arch=x86-64-v4\")")
#define CIS_BEGIN_V3 _Pragma("GCC push_options") _Pragma("GCC target(\"arch=x86-64-v3\")")
#define CIS_END _Pragma("GCC pop_options")
#endif
#else
#define CIS_HAS_LEVELS 0
#endif

#endif
