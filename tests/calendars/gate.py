"""A gate before a web server: it notes what passes, and can answer in the server's place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import requests

METHODS = ("GET", "PUT", "DELETE", "PROPFIND", "REPORT", "MKCALENDAR")
HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "server", "date"}


@dataclass
class Gate:
    """`passed` are the methods of all requests; `answers` may give a status and headers instead of passing.

    `afterwards` is called when the server has answered, before the caller hears of it.
    """

    behind: str
    passed: list[str] = field(default_factory=list)
    answers: Callable[[str], tuple[int, dict[str, str]] | None] = lambda _method: None
    afterwards: Callable[[str], object] = lambda _method: None
    url: str = ""

    def counts(self) -> dict[str, int]:
        """How often each method came since the last time this was asked."""
        found = {method: self.passed.count(method) for method in METHODS if method in self.passed}
        self.passed.clear()
        return found

    @contextmanager
    def open(self) -> Iterator["Gate"]:
        gate = self

        class Handler(BaseHTTPRequestHandler):
            def forward(self) -> None:
                gate.handle(self)

            def log_message(self, *_: Any) -> None:
                pass

        for method in METHODS:
            setattr(Handler, f"do_{method}", Handler.forward)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}{urlsplit(self.behind).path}"
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield self
        finally:
            server.shutdown()
            serving.join()
            server.server_close()

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        method = request.command
        self.passed.append(method)
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        if instead := self.answers(method):
            self._answer(request, *instead, b"")
            return
        server = urlsplit(self.behind)
        found = requests.request(
            method,
            f"http://{server.hostname}:{server.port}{request.path}",
            data=body,
            headers={name: value for name, value in request.headers.items() if name != "Host"},
            timeout=30,
        )
        self.afterwards(method)
        kept = {name: value for name, value in found.headers.items() if name.lower() not in HOP_BY_HOP}
        with suppress(ConnectionError):  # the caller may have died meanwhile
            self._answer(request, found.status_code, kept, found.content)

    @staticmethod
    def _answer(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
        request.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)
