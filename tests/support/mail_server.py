"""A mail server on 127.0.0.1 that keeps what it takes, and stops answering where a test wants it to."""

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message

STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "words", "taken")
"""Where it may stop: before it greets, before it answers a command, while the words come, after it took the letter."""
SECONDS = 30
SMALL = 65_536
"""What it holds unread, so that a long letter waits at its sender."""


@dataclass
class MailServer:
    """The letters it has taken, each whole, and how it behaves. ``refusal`` answers RCPT instead of a yes."""

    port: int
    stops_at: str = ""
    refusal: str = ""
    taken: list[Message] = field(default_factory=list)
    has_stopped: threading.Event = field(default_factory=threading.Event)
    goes_on: threading.Event = field(default_factory=threading.Event)

    def stop_at(self, step: str) -> None:
        """Stop at this step from now on; "" for nowhere."""
        self.stops_at = step
        self.has_stopped.clear()
        self.goes_on.clear()

    def ids(self) -> list[str]:
        """The Message-IDs of what it has taken."""
        return [letter["Message-ID"] for letter in self.taken]

    def reach(self, step: str) -> None:
        """Come to a step; wait there for the test where it wants that."""
        if step == self.stops_at:
            self.has_stopped.set()
            self.goes_on.wait(SECONDS)

    def talk(self, connection: socket.socket) -> None:
        """One conversation."""
        connection.settimeout(SECONDS)
        with connection, connection.makefile("rwb") as wire:
            self.reach("greeting")
            _say(wire, "220 here")
            for line in wire:
                word = line.split()[0].decode().upper() if line.split() else ""
                if not self.answer(wire, word):
                    return

    def answer(self, wire: object, word: str) -> bool:
        """Answer a command; False at the end of the conversation."""
        self.reach(word)
        if word == "DATA":
            _say(wire, "354 go on")
            self.take(wire)
        elif word == "RCPT" and self.refusal:
            _say(wire, self.refusal)
        else:
            _say(wire, "221 bye" if word == "QUIT" else "250 yes")
        return word != "QUIT"

    def take(self, wire: object) -> None:
        """Read the words up to the line with a point alone; without it there is no letter."""
        self.reach("words")
        lines: list[bytes] = []
        for line in wire:  # type: ignore[attr-defined]
            if line == b".\r\n":
                self.taken.append(email.message_from_bytes(b"".join(lines)))
                self.reach("taken")
                _say(wire, "250 taken")
                return
            lines.append(line.removeprefix(b"."))


def _say(wire: object, line: str) -> None:
    wire.write(f"{line}\r\n".encode())  # type: ignore[attr-defined]
    wire.flush()  # type: ignore[attr-defined]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        server = MailServer(listening.getsockname()[1])
        threading.Thread(target=_serve, args=(listening, server), daemon=True).start()
        try:
            yield server
        finally:
            server.goes_on.set()
            listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, server: MailServer) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(server, connection), daemon=True).start()


def _talk(server: MailServer, connection: socket.socket) -> None:
    try:
        server.talk(connection)
    except OSError:
        """The other side was killed, as the test wants."""
