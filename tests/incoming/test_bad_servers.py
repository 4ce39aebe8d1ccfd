"""However an IMAP server misbehaves, it holds up the reading no longer than is allowed, and nothing else."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from service.incoming.inbox import Inbox, InboxUnread, opened

GREETING = b"* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready\r\n"
Script = Callable[[socket.socket], None]
PATIENCE = 1.0


def trickles(line: socket.socket) -> None:
    """A byte now and then, for ever: each one on its own comes in time."""
    for byte in GREETING * 1000:
        line.sendall(bytes([byte]))
        time.sleep(0.05)


def keeps_silent(line: socket.socket) -> None:
    line.recv(1)


def sends(text: bytes) -> Script:
    """This in place of a greeting, then nothing more."""

    def script(line: socket.socket) -> None:
        line.sendall(text)
        line.recv(65536)
        line.recv(65536)

    return script


def floods(line: socket.socket) -> None:
    while True:
        line.sendall(b"* OK " + b"x" * 65536)


def commands(line: socket.socket) -> Iterator[bytes]:
    """What is said line by line, however it arrives; the end of an answer to a "+" may come by itself."""
    unread = b""
    while more := line.recv(65536):
        *whole, unread = (unread + more).split(b"\r\n")
        yield from filter(None, whole)


def answers(*said: bytes) -> Script:
    """The greeting, then to each command in turn one of these, with its tag in the place of TAG."""

    def script(line: socket.socket) -> None:
        line.sendall(GREETING)
        heard, tag = commands(line), b""
        for each, command in zip(said, heard, strict=False):
            tag = command.split(b" ")[0] if b" " in command else tag  # what follows a "+" has none
            line.sendall(each.replace(b"TAG", tag))
        for _ in heard:
            pass

    return script


CAPABILITY = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK done\r\n"
WITH_TLS = b"* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\nTAG OK done\r\n"
LOGGED_IN = (CAPABILITY, b"+ \r\n", b"TAG OK done\r\n")


@contextmanager
def served(script: Script, seen: list[bytes] | None = None) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                try:
                    script(Recording(line, seen) if seen is not None else line)  # type: ignore[arg-type]
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield int(listening.getsockname()[1])


class Recording:
    """A socket that notes what it hears."""

    def __init__(self, line: socket.socket, seen: list[bytes]) -> None:
        self._line, self._seen = line, seen

    def recv(self, size: int) -> bytes:
        heard = self._line.recv(size)
        self._seen.append(heard)
        return heard

    def sendall(self, data: bytes) -> None:
        self._line.sendall(data)


def an_inbox(port: int, **changes: object) -> Inbox:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "username": "frister",
        "password": "hemmeligt",
        "opening": PATIENCE,
        "command": PATIENCE,
    }
    return Inbox(**values | changes)  # type: ignore[arg-type]


def unread(inbox: Inbox, is_stopping: Callable[[], bool] = lambda: False) -> tuple[str, str]:
    with pytest.raises(InboxUnread) as caught, opened(inbox, is_stopping):
        pass
    return caught.value.stage, caught.value.code


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (trickles, "silent"),
        (keeps_silent, "silent"),
        (sends(b""), "silent"),
        (sends(b"220 smtp.example ESMTP\r\n"), "dropped"),
        (sends(b"* BYE go away\r\n"), "refused"),
        (sends(b"* OK {99999999999}\r\n"), "garbled"),
        (floods, "garbled"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_server_that_does_not_begin_as_it_should_is_given_up(script: Script, code: str) -> None:
    with served(script) as port:
        began = time.monotonic()
        assert ("CONNECT", code) == unread(an_inbox(port))
    assert 3 * PATIENCE > time.monotonic() - began


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (answers(CAPABILITY), ("AUTH", "silent")),
        (answers(CAPABILITY, b"TAG NO nonsense hemmeligt\r\n"), ("AUTH", "refused")),
        (answers(*LOGGED_IN, CAPABILITY, b"* 1 EXISTS\r\n* BYE gone\r\n"), ("FOLDER", "dropped")),
        (answers(*LOGGED_IN, CAPABILITY, b"TAG OK [READ-ONLY] done\r\n"), ("FOLDER", "read-only")),
        (answers(*LOGGED_IN, CAPABILITY, b"A999 OK done\r\n"), ("FOLDER", "dropped")),
    ],
)
def test_one_that_fails_later_is_known_by_how_far_it_came(script: Script, expected: tuple[str, str]) -> None:
    with served(script) as port:
        assert expected == unread(an_inbox(port))


@pytest.mark.parametrize(
    "script",
    [
        sends(b"* PREAUTH [CAPABILITY IMAP4rev1] come in\r\n"),
        answers(CAPABILITY),
        answers(WITH_TLS, b"TAG NO not today\r\n"),
        answers(WITH_TLS, b"TAG OK go on\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"),
    ],
)
def test_who_stands_between_us_and_the_server_hears_no_password(script: Script) -> None:
    """No STARTTLS, a greeting that says we are logged in, and answers slipped in before TLS."""
    seen: list[bytes] = []
    with served(script, seen) as port:
        unread(an_inbox(port, security="starttls"))
    assert b"LOGIN" not in b"".join(seen)
    assert b"AUTHENTICATE" not in b"".join(seen)


def test_whoever_stops_the_program_does_not_wait_for_it() -> None:
    began = time.monotonic()
    with served(keeps_silent) as port:
        unread(an_inbox(port, opening=60.0), lambda: time.monotonic() > began + 0.2)
    assert 10 > time.monotonic() - began
