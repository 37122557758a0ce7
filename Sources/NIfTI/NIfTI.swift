// Room NIfTI
