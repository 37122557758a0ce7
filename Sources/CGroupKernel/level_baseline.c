#include "kernels.h"

#include "table.inc.h"

const cgr_kernels cgr_kernels_baseline = CGR_TABLE;
