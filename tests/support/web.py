"""The web on this machine: a server that answers paths (with their queries) with the pages a test has made."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

Pages = Mapping[str, Any]
"""What each path answers: bytes as they are, anything else as JSON. Other paths answer 404."""


class Handler(BaseHTTPRequestHandler):
    """Answers one path after the other."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path not in self.server.pages:
            self.send_error(404)
            return
        page = self.server.pages[self.path]
        body = page if isinstance(page, bytes) else json.dumps(page).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Say nothing."""


class Server(HTTPServer):
    """A server with pages, which notes what it was asked for."""

    pages: Pages = {}  # noqa: RUF012  set for each server below
    asked: list[str] = []  # noqa: RUF012


@dataclass(frozen=True)
class Web:
    """Where the server is, and every path it was asked for."""

    base: str
    asked: list[str]


@contextmanager
def serving_pages(pages: Pages) -> Iterator[Web]:
    """Serve these pages on a free port of this machine."""
    server = Server(("127.0.0.1", 0), Handler)
    server.pages, server.asked = pages, []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Web(f"http://127.0.0.1:{server.server_address[1]}", server.asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
