// Room Cohort
