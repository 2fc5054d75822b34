"""Moothall: compare English local authorities with authorities like them, each figure traceable to a published file."""

__version__ = "0.1.0"
