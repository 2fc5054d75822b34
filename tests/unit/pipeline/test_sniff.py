"""Web pages are known by their first bytes, and nothing else is taken for one."""

import pytest

from moothall.pipeline.sniff import SNIFFED_BYTES, looks_like_html


@pytest.mark.parametrize(
    "first_bytes",
    [
        b"<!DOCTYPE html>\n<html lang='en'>",
        b"<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
        b"<html>",
        b"\xef\xbb\xbf<html>",
        b"\r\n\t  <HTML><body>",
        b"<head><title>Error</title></head>",
        b"<body>Service unavailable</body>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
    ],
)
def test_a_web_page_is_known(first_bytes: bytes) -> None:
    assert looks_like_html(first_bytes)


@pytest.mark.parametrize(
    "first_bytes",
    [
        b"",
        b"Code,Rate\n",
        b'{"html": "<html>"}',
        b"Note,<html> is a word\n",
        b"<?xml version='1.0'?><office:document-content>",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"PAR1",
        b" " * SNIFFED_BYTES + b"<html>",
    ],
)
def test_data_is_not_a_web_page(first_bytes: bytes) -> None:
    assert not looks_like_html(first_bytes)
