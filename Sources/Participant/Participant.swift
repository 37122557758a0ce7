// Room Participant
