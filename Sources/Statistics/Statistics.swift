// Room Statistics
