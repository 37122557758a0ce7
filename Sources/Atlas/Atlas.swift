// Room Atlas
