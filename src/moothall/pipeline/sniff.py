"""What a file really is, told from its first bytes: error pages are often saved under a data file's name."""

SNIFFED_BYTES = 1024
"""How much of a file is looked at."""

_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


def looks_like_html(first_bytes: bytes) -> bool:
    """True when a file begins like a web page, whatever its name says."""
    start = first_bytes[:SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(_HTML) or (start.startswith(b"<?xml") and b"<html" in start)
