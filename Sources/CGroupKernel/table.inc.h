#include "lanes.inc.h"
#include "permute.inc.h"
#include "weighted.inc.h"
#include "mixed.inc.h"
#include "robust.inc.h"

#define CGR_TABLE \
  { .prepare = prepare, .z_scores = z_scores, .mixed = mixed, .robust = robust }
