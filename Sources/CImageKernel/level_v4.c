#include "kernels.h"

#if CIS_HAS_LEVELS
CIS_BEGIN_V4
#include "table.inc.h"
CIS_END

const cik_kernels cik_kernels_v4 = CIK_TABLE;
#endif
