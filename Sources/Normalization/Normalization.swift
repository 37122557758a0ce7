// Room Normalization
