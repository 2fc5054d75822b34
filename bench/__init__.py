"""How fast and how large Moothall is, timed in one run on this machine."""
