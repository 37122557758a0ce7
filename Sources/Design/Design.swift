// Room Design
