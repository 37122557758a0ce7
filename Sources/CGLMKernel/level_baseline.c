#include "kernels.h"

#define CGK_WIDTH32 1
#define CGK_WIDTH64 1
#define CGK_ROWS32 2
#define CGK_ROWS64 1
#define CGK_LIMIT_SUMS 4
#include "table.inc.h"

const cgk_kernels cgk_kernels_baseline = CGK_TABLE;
