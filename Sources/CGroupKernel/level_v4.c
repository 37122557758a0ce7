#include "kernels.h"

#if CIS_HAS_LEVELS
CIS_BEGIN_V4
#include "table.inc.h"
CIS_END

const cgr_kernels cgr_kernels_v4 = CGR_TABLE;
#endif
