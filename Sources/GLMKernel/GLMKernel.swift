// Room GLMKernel
