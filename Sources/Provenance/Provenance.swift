// Room Provenance
