"""The mailbox that answers arrive in, read by IMAP (RFC 3501). Nothing in it is fetched that needs not be."""

import base64
import contextlib
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.delivery import login
from service.delivery.line import BROKEN, trouble
from service.delivery.relay import Security, Unmet
from service.delivery.replies import hushed
from service.delivery.wire import trust
from service.errors import RettidigError
from service.incoming.line import BROKEN_OFF, ImapLine

MOST_OF_A_MAIL = 262_144
"""How much of a mail is fetched: answers and reports stand before what people attach, or quote."""

_MOST_BYTES = 4_000_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_STARTS = re.compile(rb"\d+ \(")
# In a BODYSTRUCTURE types are quoted, "text" "calendar"; a file of another type by its name.
_MAY_ANSWER = re.compile(rb'(?i)"(x-v)?calendar"|"ics"|\.ics"|"delivery-status"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """Where mail is read. Neither the password nor a token appears in any repr.

    What was dealt with is flagged as seen, or moved to the folder `move_to`. `opening` is how many seconds
    everything up to the open folder may take, `command` each later question.
    """

    host: str
    port: int
    security: Security = "tls"
    username: str = field(repr=False)
    password: str = field(default="", repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    ca_file: str | None = None
    folder: str = "INBOX"
    move_to: str = ""
    every: timedelta = timedelta(minutes=5)
    opening: float = 60.0
    command: float = 60.0

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


class InboxUnread(Exception):
    """The mailbox could not be read: how far the dialogue came, and one word for what went wrong."""

    def __init__(self, stage: str, code: str, text: str = "") -> None:
        super().__init__(f"{stage} {code}")
        self.stage, self.code, self.text = stage, code, text


@dataclass(frozen=True, slots=True)
class Outline:
    """What a mail is before it is fetched; `may_answer`: it has a part that may be an answer or a report."""

    uid: int
    size: int
    may_answer: bool


Part = bytes | tuple[bytes, bytes]
"""A part of an answer as imaplib gives it: a line, or one that ends in a literal, with that."""


class InboxSession:
    """An open folder. Whatever breaks is an InboxUnread."""

    def __init__(self, line: ImapLine, inbox: Inbox) -> None:
        self._line, self._inbox = line, inbox
        self.validity = 0

    @property
    def can_move(self) -> bool:
        return "MOVE" in self._line.capabilities

    def select(self, *, readonly: bool = False) -> None:
        with _staged("FOLDER"):
            status, _ = self._line.select(_quoted(self._inbox.folder), readonly=readonly)
            if status != "OK":
                raise Unmet("no-folder")
            found = self._line.response("UIDVALIDITY")[1][0]
            self.validity = int(found) if found else 0

    def has_folder(self, name: str) -> bool:
        with _staged("FOLDER"):
            self._line.give(self._inbox.command, _MOST_BYTES)
            return self._line.status(_quoted(name), "(MESSAGES)")[0] == "OK"

    def uids(self, *, after: int, since: date) -> list[int]:
        """The mails that came after one, and on or after a day, oldest first."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        found = self._ask("SEARCH", "UNDELETED", "SINCE", day, "UID", f"{after + 1}:*")
        numbers = {int(uid) for part in found if isinstance(part, bytes) for uid in part.split()}
        return sorted(uid for uid in numbers if uid > after)  # n:* names the last one in any case

    def outlines(self, uids: Sequence[int]) -> list[Outline]:
        """What these mails are; one that the server itself cannot tell of is left out."""
        try:
            found = self._ask("FETCH", _listed(uids), "(UID RFC822.SIZE BODYSTRUCTURE)")
        except InboxUnread as unread:
            if unread.code != "refused":
                raise
            return [each for uid in uids for each in self.outlines([uid])] if len(uids) > 1 else []
        return [outline for said in _by_mail(found) if (outline := _outline(said))]

    def fetch(self, uid: int) -> bytes:
        """A mail, or the beginning of a big one; it stays unread. b"" for one that is gone."""
        for part in self._ask("FETCH", str(uid), f"(UID BODY.PEEK[]<0.{MOST_OF_A_MAIL}>)"):
            if isinstance(part, tuple) and b"BODY[]" in part[0]:
                return part[1]
        return b""

    def put_away(self, uids: Sequence[int]) -> bool:
        """Move what was dealt with, or flag it as seen; whether it was done as it is set."""
        if not uids:
            return True
        try:
            if self._inbox.move_to and self.can_move:
                self._ask("MOVE", _listed(uids), _quoted(self._inbox.move_to))
            else:
                self._ask("STORE", _listed(uids), "+FLAGS.SILENT", r"(\Seen)")
        except InboxUnread as unread:
            if unread.code != "refused":
                raise
            return False
        return self.can_move or not self._inbox.move_to

    def _ask(self, command: str, *arguments: str) -> list[Part]:
        with _staged("READ"):
            self._line.give(self._inbox.command, _MOST_BYTES)
            status, found = self._line.uid(command, *arguments)
            if status != "OK":
                raise Unmet("refused")
            return [part for part in found if part]


@contextmanager
def opened(
    inbox: Inbox, is_stopping: Callable[[], bool] = lambda: False, *, readonly: bool = False
) -> Iterator[InboxSession]:
    """The mailbox's folder, open for as long as the block lasts; raises InboxUnread."""
    line = _connected(inbox, is_stopping)
    try:
        if inbox.security == "starttls":
            _start_tls(line, inbox)
        with _staged("AUTH"):
            _log_in(line, inbox)
        session = InboxSession(line, inbox)
        session.select(readonly=readonly)
        yield session
        with contextlib.suppress(*BROKEN_OFF):
            line.give(2.0, _MOST_BYTES)
            line.logout()
    finally:
        line.shutdown()


def _connected(inbox: Inbox, is_stopping: Callable[[], bool]) -> ImapLine:
    with _staged("TLS" if inbox.security == "tls" else "CONNECT"):
        return ImapLine(
            inbox.host,
            inbox.port,
            seconds=inbox.opening,
            most_bytes=_MOST_BYTES,
            tls=_trust(inbox) if inbox.security == "tls" else None,
            is_stopping=is_stopping,
        )


def _trust(inbox: Inbox) -> ssl.SSLContext:
    try:
        return trust(inbox.ca_file)
    except OSError:
        raise Unmet("ca-file") from None


def _start_tls(line: ImapLine, inbox: Inbox) -> None:
    """A server that is already past logging in, or offers no STARTTLS, is not spoken to."""
    with _staged("TLS"):
        context = _trust(inbox)
        if "STARTTLS" not in line.capabilities or line.state != "NONAUTH":
            raise Unmet("no-starttls")
        if line.xatom("STARTTLS")[0] != "OK":
            raise Unmet("no-starttls")
        line.encrypt(context)
        # What the server said before counts no more (RFC 3501 6.2.1).
        line.untagged_responses.clear()
        _learn(line)


def _learn(line: ImapLine) -> None:
    """What the server offers from here on."""
    _, said = line.capability()
    line.capabilities = tuple(said[-1].decode("ascii", "replace").upper().split())


def _log_in(line: ImapLine, inbox: Inbox) -> None:
    if line.state != "NONAUTH":
        raise Unmet("no-login")
    mechanisms = login.BY_TOKEN if inbox.token else {"PLAIN": login.BY_PASSWORD["PLAIN"]}
    name = next((each for each in mechanisms if f"AUTH={each}" in line.capabilities), None)
    if name:
        secret = _fresh_token(inbox.token) if inbox.token else inbox.password
        said = iter(mechanisms[name].responses(inbox.username, secret))
        # An answer to a challenge too many is empty: so XOAUTH2 tells its error.
        line.authenticate(name, lambda _challenge: next(said, "").encode())
    elif inbox.token or "LOGINDISABLED" in line.capabilities or not _is_ascii(inbox):
        raise Unmet("no-login")
    else:
        line.login(_quoted(inbox.username), inbox.password)
    _learn(line)


def _is_ascii(inbox: Inbox) -> bool:
    return inbox.username.isascii() and inbox.password.isascii()


def _fresh_token(token: Callable[[], str]) -> str:
    try:
        return token()
    except RettidigError as refused:
        raise Unmet("no-token", hushed(str(refused))) from None


@contextmanager
def _staged(stage: str) -> Iterator[None]:
    """Whatever breaks meanwhile, by how far it came; imaplib's texts repeat what was said."""
    try:
        yield
    except Unmet as unmet:
        raise InboxUnread(stage, unmet.code, unmet.text) from None
    except imaplib.IMAP4.readonly:
        raise InboxUnread(stage, "read-only") from None
    except imaplib.IMAP4.abort:
        raise InboxUnread(stage, "dropped") from None
    except imaplib.IMAP4.error:
        raise InboxUnread(stage, "refused") from None
    except BROKEN as broken:
        code = trouble(broken)
        raise InboxUnread(_place(stage, code), code) from None


def _place(stage: str, code: str) -> str:
    """Where implicit TLS is tried, connecting and encrypting are one step."""
    return "CONNECT" if stage == "TLS" and not code.startswith("tls-") else stage


def _by_mail(found: Sequence[Part]) -> Iterator[bytes]:
    """What a FETCH says of each mail; a name in it may come as a literal, in a part of its own."""
    said = b""
    for part in found:
        head, literal = part if isinstance(part, tuple) else (part, b"")
        if _STARTS.match(head) and said:
            yield said
            said = b""
        said += head + b'"' + literal + b'"' if literal else head
    if said:
        yield said


def _outline(said: bytes) -> Outline | None:
    uid, size = _UID.search(said), _SIZE.search(said)
    if not uid or not size:
        return None
    return Outline(int(uid[1]), int(size[1]), may_answer=bool(_MAY_ANSWER.search(said)))


def _listed(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _quoted(name: str) -> str:
    """A name as a quoted string in modified UTF-7 (RFC 3501 5.1.3): "Læst" is "L&AOY-st"."""
    written = re.sub(r"[^\x20-\x7e]+", _in_base64, name.replace("&", "&-"))
    escaped = written.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _in_base64(found: re.Match[str]) -> str:
    coded = base64.b64encode(found[0].encode("utf-16-be")).decode("ascii")
    return f"&{coded.rstrip('=').replace('/', ',')}-"
