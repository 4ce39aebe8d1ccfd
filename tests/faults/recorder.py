"""A mail server that writes down what it is given before it says that it took it."""

import hashlib
import re
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import Self

from service.clock import SystemClock

MESSAGE_ID = re.compile(rb"^Message-ID: *(\S+)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Copy:
    message_id: str
    to: str
    digest: str
    at: datetime


@dataclass
class Recorder:
    """Every copy in the order of acceptance; of each message the first copy whole."""

    now: Callable[[], datetime] = SystemClock().now
    copies: list[Copy] = field(default_factory=list)
    first: dict[str, bytes] = field(default_factory=dict)
    port: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)

    @contextmanager
    def running(self) -> Iterator[Self]:
        server = _Server(("127.0.0.1", self.port), _Dialogue)
        server.recorder = self
        self.port = server.server_address[1]
        serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            serving.join()

    def keep(self, to: str, content: bytes) -> None:
        found = MESSAGE_ID.search(content)
        message_id = found[1].decode() if found else ""
        copy = Copy(message_id, to, hashlib.sha256(content).hexdigest(), self.now())
        with self._changed:
            self.copies.append(copy)
            self.first.setdefault(message_id, content)
            self._changed.notify_all()

    def wait_for(self, count: int, seconds: float) -> bool:
        """Whether so many copies came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.copies) >= count, seconds)

    @property
    def extra(self) -> int:
        """How many copies there are beyond the first of each message."""
        return len(self.copies) - len(self.first)

    @property
    def unlike(self) -> list[str]:
        """The messages of which two copies differ."""
        bodies: dict[str, set[str]] = {}
        for copy in list(self.copies):
            bodies.setdefault(copy.message_id, set()).add(copy.digest)
        return [message_id for message_id, digests in bodies.items() if len(digests) > 1]

    def told(self) -> Counter[tuple[str, str]]:
        """Who was told what: address and subject of each message, copies not counted."""
        told: Counter[tuple[str, str]] = Counter()
        for content in self.first.values():
            message = message_from_bytes(content, policy=default)
            told[message["To"].addresses[0].addr_spec, str(message["Subject"])] += 1
        return told


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    recorder: Recorder


class _Dialogue(socketserver.StreamRequestHandler):
    server: _Server
    disable_nagle_algorithm = True

    def handle(self) -> None:
        try:
            self._talk()
        except OSError:
            return  # the other side was killed

    def _talk(self) -> None:
        to = ""
        self._say("220 recorder.example ESMTP")
        for line in self.rfile:
            command = line.decode("latin-1").strip()
            match command.partition(" ")[0].upper():
                case "EHLO":
                    self._say("250-recorder.example\r\n250 PIPELINING")
                case "RCPT":
                    to = command.partition("<")[2].rstrip(">")
                    self._say("250 2.1.5 fine")
                case "DATA":
                    self._say("354 go ahead")
                    if (content := self._content()) is None:
                        return
                    self.server.recorder.keep(to, content)
                    self._say("250 2.0.0 written down")
                case "QUIT":
                    self._say("221 2.0.0 bye")
                    return
                case _:
                    self._say("250 2.0.0 fine")

    def _content(self) -> bytes | None:
        """What came until the dot; None if the line broke before it."""
        content = bytearray()
        for line in self.rfile:
            if line == b".\r\n":
                return bytes(content)
            content += line.removeprefix(b".")
        return None

    def _say(self, reply: str) -> None:
        self.wfile.write(f"{reply}\r\n".encode())


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
