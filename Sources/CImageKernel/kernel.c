#include "CImageKernel.h"
