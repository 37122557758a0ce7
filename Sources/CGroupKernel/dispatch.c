// The kernels of the level in use.

#include "kernels.h"

#include <stddef.h>

const cgr_kernels *cgr_kernels_at(cis_level level) {
  if (level > cis_level_of_processor()) return NULL;
#if CIS_HAS_LEVELS
  if (level == CIS_V4) return &cgr_kernels_v4;
  if (level == CIS_V3) return &cgr_kernels_v3;
#endif
  return &cgr_kernels_baseline;
}

const cgr_kernels *cgr_kernels_in_use(void) { return cgr_kernels_at(cis_level_in_use()); }

long cgr_result_rows(const cgr_design *d) { return 3L * d->contrast_count + d->groups + 2; }

long cgr_scratch_bytes(const cgr_design *d) {
  const long n = d->participants, p = d->columns, g = d->groups;
  // Data, weights, residuals, leverages, variances and presence; the matrix and its factor; vectors; sums per group.
  return (6 * n + 2 * p * p + 5 * p + g * (p * p + 10) + 16) * (long)sizeof(cgr_d16);
}
