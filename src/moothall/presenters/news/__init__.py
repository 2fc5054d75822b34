"""What is new, and the feeds that tell it."""
