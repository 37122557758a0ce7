// Room Files
