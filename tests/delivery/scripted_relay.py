"""A mail server on loopback that goes wrong exactly where it is told to."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from service.delivery.replies import Stage

Fault = Callable[[socket.socket, threading.Event], None]

CRLF = b"\r\n"
TEN_MEGABYTES = 10_000_000


def says(reply: str, *, hangs_up: bool = False) -> Fault:
    def fault(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(reply.encode() + CRLF)
        if hangs_up:
            drops(connection, _)

    return fault


def drops(connection: socket.socket, _: threading.Event) -> None:
    connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError


def keeps_silent(connection: socket.socket, closing: threading.Event) -> None:
    while not closing.wait(0.01) and connection.recv(4096):
        pass
    raise ConnectionAbortedError


def drips(connection: socket.socket, closing: threading.Event) -> None:
    """A reply that never ends, a byte at a time."""
    while not closing.wait(0.02):
        connection.sendall(b"2")
    raise ConnectionAbortedError


def babbles(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(b"\x00\xff\xfe no SMTP at all" + CRLF)


def sends_an_endless_line(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall(b"250 " + b"x" * TEN_MEGABYTES + CRLF)


def sends_endless_lines(connection: socket.socket, _: threading.Event) -> None:
    connection.sendall((b"250-" + b"x" * 1000 + CRLF) * 10_000)


@dataclass
class ScriptedRelay:
    """Answers as RFC 5321 says, save for the faults; each fault happens `times` times, then all is well."""

    faults: Mapping[Stage, Fault] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("PIPELINING", "AUTH PLAIN LOGIN")
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    times: int = 1
    nobody: frozenset[str] = frozenset()
    """The addresses that this relay knows not to exist."""
    busy: frozenset[str] = frozenset()
    """Those that cannot take anything just now."""
    keeps_what_it_drops: bool = False
    """Whether a mail counts as accepted although the fault keeps the answer back."""

    port: int = 0
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    writes: list[bytes] = field(default_factory=list)
    in_the_clear: bytearray = field(default_factory=bytearray)
    accepted: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left = dict.fromkeys(self.faults, self.times)
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []

    @contextmanager
    def running(self) -> Iterator["ScriptedRelay"]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            accepting = threading.Thread(target=self._accept, args=(listener,))
            accepting.start()
            try:
                yield self
            finally:
                self._closing.set()
                listener.shutdown(socket.SHUT_RDWR)
                accepting.join()
                for thread in self._threads:
                    thread.join()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the listener is shut down
            while True:
                connection, _ = listener.accept()
                self.connections += 1
                thread = threading.Thread(target=self._serve, args=(connection,))
                thread.start()
                self._threads.append(thread)

    def _serve(self, connection: socket.socket) -> None:
        dialogue = _Dialogue(self, connection, self._closing)
        with suppress(OSError):
            connection.settimeout(5)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            dialogue.run()
        dialogue.connection.close()

    def break_next(self, stage: Stage, fault: Fault) -> None:
        self.faults, self._left = {stage: fault}, {stage: 1}

    def be_well(self) -> None:
        self._left = {}

    def fault(self, stage: Stage) -> Fault | None:
        if not self._left.get(stage):
            return None
        self._left[stage] -= 1
        return self.faults[stage]


class _Dialogue:
    def __init__(self, relay: ScriptedRelay, connection: socket.socket, closing: threading.Event) -> None:
        self.relay, self.connection, self.closing = relay, connection, closing
        self.encrypted = False
        self.has_sender = self.has_recipient = False
        self.unread = b""

    def run(self) -> None:
        if self.relay.implicit_tls:
            self.encrypt()
        self.answer(Stage.CONNECT, "220 relay.example ESMTP")
        while (line := self.line()) is not None:
            command = line.decode("latin-1")
            self.relay.commands.append(command)
            verb = command.partition(" ")[0].upper()
            self.verbs().get(verb, self.unknown)(command)

    def verbs(self) -> dict[str, Callable[[str], object]]:
        return {
            "EHLO": lambda _: self.answer(Stage.EHLO, *self.greeting()),
            "STARTTLS": self.starttls,
            "AUTH": self.auth,
            "MAIL": self.mail,
            "RCPT": self.rcpt,
            "DATA": self.data,
            "RSET": lambda _: self.say("250 2.0.0 forgotten"),
            "NOOP": lambda _: self.say("250 2.0.0 still here"),
            "QUIT": lambda _: self.say("221 2.0.0 bye"),
        }

    def unknown(self, _: str) -> None:
        self.say("500 5.5.2 what?")

    def greeting(self) -> list[str]:
        lines = ["relay.example", *self.relay.extensions]
        if self.relay.tls and not self.encrypted:
            lines.append("STARTTLS")
        return [f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"]

    def starttls(self, _: str) -> None:
        self.answer(Stage.TLS, "220 2.0.0 go ahead")
        self.encrypt()

    def encrypt(self) -> None:
        assert self.relay.tls
        self.connection = self.relay.tls.wrap_socket(self.connection, server_side=True)
        self.encrypted = True

    def auth(self, command: str) -> None:
        if command.upper() == "AUTH LOGIN":
            for question in ("VXNlcm5hbWU6", "UGFzc3dvcmQ6"):
                self.say(f"334 {question}")
                self.relay.commands.append((self.line() or b"").decode())
        self.answer(Stage.AUTH, "235 2.7.0 welcome")

    def mail(self, _: str) -> None:
        self.has_sender, self.has_recipient = self.answer(Stage.MAIL, "250 2.1.0 sender fine"), False

    def rcpt(self, command: str) -> None:
        if not self.has_sender:
            self.say("503 5.5.1 need MAIL first")
            return
        address = command.removeprefix("RCPT TO:<").removesuffix(">")
        if address in self.relay.nobody:
            # As Postfix and Exim do, with the address.
            self.say(f"550 5.1.1 <{address}>: no mailbox {address.partition('@')[0]} here")
            return
        if address in self.relay.busy:
            self.say("451 4.2.1 come back later")
            return
        self.has_recipient = self.answer(Stage.RCPT, "250 2.1.5 recipient fine")

    def data(self, _: str) -> None:
        fault = self.relay.fault(Stage.DATA)
        if fault:
            fault(self.connection, self.closing)
            return
        self.say("354 end with a dot")
        content = bytearray()
        while (line := self.line()) != b".":
            if line is None:
                return
            content += line.removeprefix(b".") + CRLF
        if not self.has_recipient:
            # The harder of the two ways that RFC 2920 3.1 allows: DATA is let through first.
            self.say("554 5.5.1 no valid recipients")
            return
        if fault := self.relay.fault(Stage.END):
            if self.relay.keeps_what_it_drops:
                self.relay.accepted.append(bytes(content))
            fault(self.connection, self.closing)
            return
        self.relay.accepted.append(bytes(content))
        self.say("250 2.0.0 queued")

    def answer(self, stage: Stage, *lines: str) -> bool:
        """Whether all was well."""
        if fault := self.relay.fault(stage):
            fault(self.connection, self.closing)
            return False
        self.say(*lines)
        return True

    def say(self, *lines: str) -> None:
        self.connection.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def line(self) -> bytes | None:
        while CRLF not in self.unread:
            received = self.connection.recv(65536)
            if not received:
                return None
            self.relay.writes.append(received)
            if not self.encrypted:
                self.relay.in_the_clear += received
            self.unread += received
        line, _, self.unread = self.unread.partition(CRLF)
        return line
