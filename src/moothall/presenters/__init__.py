"""Presenters turn figures into words, tables and drawings. This is the only room that formats, and it does no I/O."""
