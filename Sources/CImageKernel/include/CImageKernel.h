#ifndef CIMAGEKERNEL_H
#define CIMAGEKERNEL_H
#endif
