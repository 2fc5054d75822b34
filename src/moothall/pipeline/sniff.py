"""What a file really is, told from its first bytes: error pages are often saved under a data file's name."""

from moothall.catalogue.live import FileType

SNIFFED_BYTES = 1024
"""How much of a file is looked at."""

_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


def looks_like_html(first_bytes: bytes) -> bool:
    """True when a file begins like a web page, whatever its name says."""
    start = first_bytes[:SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(_HTML) or (start.startswith(b"<?xml") and b"<html" in start)


_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
_FIRST_BYTES = {
    FileType.ODS: (_ZIP,),
    FileType.XLSX: (_ZIP,),
    FileType.XLS: (_OLE, _ZIP),
    FileType.PARQUET: (_PARQUET,),
    FileType.JSON: (b"{", b"["),
}


def may_be(file_type: FileType, first_bytes: bytes) -> bool:
    """True when a file begins as its format does; text of values separated by commas is anything but the others."""
    start = first_bytes.lstrip(b"\xef\xbb\xbf \t\r\n")
    if file_type is FileType.CSV:
        return bool(start) and b"\x00" not in start and not start.startswith((_ZIP, _OLE, _PARQUET, b"{", b"<"))
    return start.startswith(_FIRST_BYTES[file_type])
