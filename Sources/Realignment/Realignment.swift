// Room Realignment
