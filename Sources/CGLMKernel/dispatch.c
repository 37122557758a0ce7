// The kernels of the level in use.

#include "kernels.h"

#include <stddef.h>

const cgk_kernels *cgk_kernels_at(cis_level level) {
  if (level > cis_level_of_processor()) return NULL;
#if CIS_HAS_LEVELS
  if (level == CIS_V4) return &cgk_kernels_v4;
  if (level == CIS_V3) return &cgk_kernels_v3;
#endif
  return &cgk_kernels_baseline;
}

const cgk_kernels *cgk_kernels_in_use(void) { return cgk_kernels_at(cis_level_in_use()); }

long cgk_summary_rows(const cgk_design *d) { return d->rank + d->weight_rows + 4; }

long cgk_scratch_bytes(const cgk_design *d) {
  const long rank = d->rank, columns = CGK_PADDED(rank + 1);
  long largest = 1;
  for (int i = 0; i < d->contrast_count; i++)
    if (d->contrasts[i].row_count > largest) largest = d->contrasts[i].row_count;
  // The data, their neighbours' sums, the residuals; the projections twice; then what the fits
  // need: the information matrix, the whitened chunk with its steps, and vectors for the contrasts.
  const long series = 3L * d->rows + 4 * rank;
  const long filter = (CGK_FILTER_CHUNK + columns + 1) * columns + 3 * CGK_FILTER_CHUNK;
  const long algebra = rank * rank + 8 * rank + d->weight_rows + cgk_summary_rows(d) + 4;
  const long contrasts = largest * (rank + 2 * largest + 4);
  return (series + filter + algebra + contrasts + 16) * (long)sizeof(cgk_d16);
}
