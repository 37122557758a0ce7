// Room BIDS
