// Room GLM
