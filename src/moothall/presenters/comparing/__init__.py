"""Councils side by side, claims about one, and why there is no league table."""
