"""Workshops: sessions, places and calendar files."""
