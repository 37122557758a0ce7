// Which of the instruction sets the kernels run at.

#include "CInstructionSet.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"baseline", "v3", "v4"};

const char *cis_name_of(cis_level level) { return names[level]; }

int cis_level_named(const char *word) {
  for (int level = CIS_BASELINE; level <= CIS_V4; level++)
    if (strcmp(word, names[level]) == 0) return level;
  return -1;
}

cis_level cis_level_of_processor(void) {
#if CIS_HAS_LEVELS
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return CIS_V4;
  if (__builtin_cpu_supports("x86-64-v3")) return CIS_V3;
#endif
  return CIS_BASELINE;
}

cis_level cis_level_in_use(void) {
  // Whoever asks first finds out; all find the same.
  static atomic_int known = -1;
  const int before = atomic_load_explicit(&known, memory_order_relaxed);
  if (before >= 0) return (cis_level)before;
  int level = (int)cis_level_of_processor();
  const char *word = getenv("NOCINET_ISA");
  const int asked = word ? cis_level_named(word) : -1;
  if (asked >= 0 && asked < level) level = asked;
  atomic_store_explicit(&known, level, memory_order_relaxed);
  return (cis_level)level;
}
