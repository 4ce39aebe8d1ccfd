"""A webhook's other side on loopback: reads one request whole, then answers as told."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answering = Callable[[socket.socket, threading.Event], None]


def http(status: str, body: bytes = b"", **headers: str) -> Answering:
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    def answering(connection: socket.socket, _: threading.Event) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{named}\r\n"
        connection.sendall(head.encode() + body)

    return answering


def keeps_silent(_: socket.socket, closing: threading.Event) -> None:
    closing.wait(5)


def resets(connection: socket.socket, _: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def babbles(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(b"\x00\xff no HTTP at all\r\n\r\n")


def breaks_off(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nHTTP er")


def drips_headers(connection: socket.socket, closing: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 202 Accepted\r\nX-Endless: ")
    while not closing.wait(0.02):
        connection.sendall(b"x")


def drips_a_body(connection: socket.socket, closing: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while not closing.wait(0.02):
        connection.sendall(b" ")


@dataclass
class WebhookReceiver:
    answering: Answering
    tls: ssl.SSLContext | None = None

    port: int = 0
    requests: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._closing = threading.Event()

    def url(self, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}/workflows/key-canary?sig=url-canary"

    @contextmanager
    def running(self) -> Iterator["WebhookReceiver"]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            serving = threading.Thread(target=self._serve, args=(listener,))
            serving.start()
            try:
                yield self
            finally:
                self._closing.set()
                listener.shutdown(socket.SHUT_RDWR)
                serving.join()

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the listener is shut down
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    connection.settimeout(5)
                    self._answer(connection)

    def _answer(self, plain: socket.socket) -> None:
        connection = self.tls.wrap_socket(plain, server_side=True) if self.tls else plain
        with connection:
            self.requests.append(_whole_request(connection))
            self.answering(connection, self._closing)


def _whole_request(connection: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
