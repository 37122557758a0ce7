#include "kernels.h"
#include "table.inc.h"

const cik_kernels cik_kernels_baseline = CIK_TABLE;
