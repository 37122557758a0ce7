#include "kernels.h"

#if CIS_HAS_LEVELS
#define CGK_WIDTH32 3
#define CGK_WIDTH64 1
#define CGK_ROWS32 4
#define CGK_ROWS64 2
#define CGK_LIMIT_SUMS 4
CIS_BEGIN_V3
#include "table.inc.h"
CIS_END

const cgk_kernels cgk_kernels_v3 = CGK_TABLE;
#endif
