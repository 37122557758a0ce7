#include "kernels.h"

#if CIS_HAS_LEVELS
#define CGK_WIDTH32 10
#define CGK_WIDTH64 5
#define CGK_ROWS32 8
#define CGK_ROWS64 4
#define CGK_LIMIT_SUMS 12
CIS_BEGIN_V4
#include "table.inc.h"
CIS_END

const cgk_kernels cgk_kernels_v4 = CGK_TABLE;
#endif
