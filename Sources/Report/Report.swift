// Room Report
