// Room Demo
