#include "kernels.h"

#if CIS_HAS_LEVELS
CIS_BEGIN_V3
#include "table.inc.h"
CIS_END

const cik_kernels cik_kernels_v3 = CIK_TABLE;
#endif
