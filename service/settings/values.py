"""The kinds of values a setting can have. Each is checked from text, wherever the text came from."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, SecretStr

from service.errors import Language as LanguageCode
from service.reminders.notice import Channel
from service.reminders.preferences import Digest as DigestWord
from service.reminders.preferences import Pause, read_pause
from service.reminders.workdays import is_country, read_closed
from service.settings import errors
from service.settings.errors import Refusal

Item = TypeVar("Item")

NONE = "none"
"""What a list with nothing in it is written as; an empty value means that the setting is not set."""

_LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_HOST = re.compile(r"[\w.-]+", re.ASCII)  # with the `_` that Docker puts into names
_DOMAIN = re.compile(
    r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)
_LONGEST_LOCAL_PART = 64  # RFC 5321 section 4.5.3.1.1
_SENDER = re.compile(r'"?(?:(?P<name>[^<>]*?)\s*<(?P<angle>[^<>]+)>|(?P<bare>[^<>"]+))"?')
_CLOCK_TIME = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.]00)?", re.ASCII)
_EARLIEST_SENDING = time(4)
_SHORTEST_KEEPING, _LONGEST_KEEPING = 31, 36525
_YEARS = range(1970, 2201)
_HALF_A_YEAR = 183


@dataclass(frozen=True, slots=True, repr=False)
class Mailbox:
    """Whom a mail comes from: RFC 5322 section 3.4 without groups. Its repr shows nothing."""

    address: str = field(repr=False)
    name: str = ""


def plain_text(text: str) -> str:
    if not text.isprintable():
        raise Refusal(errors.NotTextError)
    return str(text)


def number(least: int, most: int) -> Callable[[str], int]:
    def check(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= most:
            raise Refusal(errors.NotANumberError, least=least, most=most)
        return int(text)

    return check


def keeping(text: str) -> int | None:
    """So many days, or None for ever; less than a month would forget what calendars still remember."""
    if text == "0":
        return None
    try:
        return number(_SHORTEST_KEEPING, _LONGEST_KEEPING)(text)
    except Refusal:
        raise Refusal(errors.NotAKeepingError, least=_SHORTEST_KEEPING, most=_LONGEST_KEEPING) from None


def choice(*words: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text.lower() not in words:
            raise Refusal(errors.NotAChoiceError, choices=", ".join(words))
        return text.lower()

    return check


def commas(each: Callable[[str], Item]) -> Callable[[str], tuple[Item, ...]]:
    """Each once, in the order written."""

    def check(text: str) -> tuple[Item, ...]:
        parts = [part.strip() for part in text.split(",")]
        return () if text.lower() == NONE else tuple(dict.fromkeys(each(part) for part in parts if part))

    return check


def clock_time(text: str) -> time:
    written = _CLOCK_TIME.fullmatch(text)
    if not written:
        raise Refusal(errors.NotATimeError)
    try:
        return time(int(written[1]), int(written[2]))
    except ValueError:
        raise Refusal(errors.NotATimeError) from None


def sending_time(text: str) -> time:
    sends_at = clock_time(text)
    if sends_at < _EARLIEST_SENDING:
        raise Refusal(errors.TooEarlyError)
    return sends_at


def timezone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    # A folder of the database ("Europe") is an OSError, a path that leaves it a ValueError.
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise Refusal(errors.NotATimezoneError) from None


def instant(text: str) -> datetime:
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(errors.NotAnInstantError) from None
    if written.year not in _YEARS:
        raise Refusal(errors.NotAnInstantError)
    return written


def mail_address(text: str) -> str:
    """`local@domain`; a domain with letters outside a-z is written as DNS has it (RFC 3490)."""
    local, _, domain = text.rpartition("@")
    try:
        dns_name = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise Refusal(errors.NotAMailAddressError) from None
    if (
        len(local) > _LONGEST_LOCAL_PART
        or not _LOCAL_PART.fullmatch(local)
        or not _DOMAIN.fullmatch(dns_name)
    ):
        raise Refusal(errors.NotAMailAddressError)
    if not local.isascii():
        raise Refusal(errors.NonAsciiMailAddressError)
    return f"{local}@{dns_name}"


def country(text: str) -> str:
    if not is_country(text):
        raise Refusal(errors.NotACountryError)
    return text


def closed_day(text: str) -> str:
    try:
        read_closed(text)
    except ValueError:
        raise Refusal(errors.NotAClosingDayError) from None
    return text


def pause(text: str) -> Pause:
    try:
        return read_pause(text)
    except ValueError:
        raise Refusal(errors.NotAPauseError) from None


def closed_days(text: str) -> tuple[str, ...]:
    days = commas(closed_day)(text)
    if len(frozenset[tuple[int, int]]().union(*(read_closed(each).yearly for each in days))) > _HALF_A_YEAR:
        raise Refusal(errors.AlwaysClosedError)
    return days


def sender(text: str) -> Mailbox:
    # `docker run --env-file` and systemd differ in whether quotes round a value belong to it.
    written = _SENDER.fullmatch(text)
    if not written or not text.isprintable():
        raise Refusal(errors.NotASenderError)
    name = (written["name"] or "").strip().strip('"')
    return Mailbox(address=mail_address((written["angle"] or written["bare"]).strip()), name=name)


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host(text: str) -> str:
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError:
        pass
    if not _HOST.fullmatch(text):
        raise Refusal(errors.NotAHostError)
    return str(text)


def webhook(text: str) -> SecretStr:
    """Kept to the letter: Microsoft signs the address as it stands, its port and escapes included."""
    url = _url(text)
    if not url or not (url.scheme == "https" or (url.scheme == "http" and is_loopback(url.hostname or ""))):
        raise Refusal(errors.NotAWebhookError)
    if (url.hostname or "").endswith("webhook.office.com") or url.hostname == "outlook.office.com":
        raise Refusal(errors.RetiredWebhookError)
    return SecretStr(str(text))


def channel_behind(url: SecretStr) -> str:
    """What a Teams channel is known by, whoever is reached there, and when the same flow is signed anew."""
    unsigned = re.sub(r"(?<=[?&])sig=[^&]*", "", url.get_secret_value())
    return hashlib.sha256(unsigned.encode()).hexdigest()[:16]


def collection_url(text: str) -> SecretStr:
    """The address of a calendar collection (CalDAV); user and password are settings of their own."""
    url = _url(text)
    if (
        not url
        or not (url.scheme == "https" or (url.scheme == "http" and is_loopback(url.hostname or "")))
        or url.query
        or url.fragment
        or url.username is not None
    ):
        raise Refusal(errors.NotACollectionError)
    return SecretStr(text.rstrip("/") + "/")


def base_url(text: str) -> str:
    url = _url(text)
    if (
        not url
        or url.scheme not in {"http", "https"}
        or url.query
        or url.fragment
        or url.username is not None
    ):
        raise Refusal(errors.NotABaseUrlError)
    return text.rstrip("/")


def network(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise Refusal(errors.NotANetworkError) from None


def header_name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", text):
        raise Refusal(errors.NotAHeaderError)
    return str(text)


def database_url(text: str) -> SecretStr:
    """Secret, since a PostgreSQL URL may hold a password."""
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", text) or not text.isprintable():
        raise Refusal(errors.NotADatabaseUrlError)
    return SecretStr(str(text))


def _url(text: str) -> SplitResult | None:
    """The parts of a URL that has a host and a port that can be; None for anything else."""
    try:
        url = urlsplit(text)
        url.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    is_one_word = text.isascii() and text.isprintable() and " " not in text
    return url if url.hostname and is_one_word else None


Text = Annotated[str, BeforeValidator(plain_text)]
Secret = Annotated[SecretStr, BeforeValidator(lambda text: SecretStr(plain_text(text)))]
File = Annotated[Path, BeforeValidator(lambda text: Path(plain_text(text)))]
Language = Annotated[LanguageCode, BeforeValidator(choice("da", "en"))]
Port = Annotated[int, BeforeValidator(number(1, 65535))]
ClockTime = Annotated[time, BeforeValidator(clock_time)]
SendingTime = Annotated[time, BeforeValidator(sending_time)]
Timezone = Annotated[str, BeforeValidator(timezone)]
Instant = Annotated[datetime, BeforeValidator(instant)]
Host = Annotated[str, BeforeValidator(host)]
Sender = Annotated[Mailbox, BeforeValidator(sender)]
Webhook = Annotated[SecretStr, BeforeValidator(webhook)]
CollectionUrl = Annotated[SecretStr, BeforeValidator(collection_url)]
BaseUrl = Annotated[str, BeforeValidator(base_url)]
DatabaseUrl = Annotated[SecretStr, BeforeValidator(database_url)]
Texts = Annotated[tuple[str, ...], BeforeValidator(commas(plain_text))]
Days = Annotated[tuple[int, ...], BeforeValidator(commas(number(1, 365)))]
Keeping = Annotated[int | None, BeforeValidator(keeping)]
DayCount = Annotated[int, BeforeValidator(number(0, 365))]
Digest = Annotated[DigestWord, BeforeValidator(choice("none", "weekly", "monthly"))]
Country = Annotated[str, BeforeValidator(country)]
ClosedDays = Annotated[tuple[str, ...], BeforeValidator(closed_days)]
Pauses = Annotated[tuple[Pause, ...], BeforeValidator(commas(pause))]
Networks = Annotated[tuple[str, ...], BeforeValidator(commas(network))]
HeaderName = Annotated[str, BeforeValidator(header_name)]
MailAddresses = Annotated[tuple[str, ...], BeforeValidator(commas(mail_address))]
FEED, COLLECTION = "feed", "collection"
"""Beside the channels: one follows a calendar that is subscribed to, and messages lead to it; or deadlines
are written into a calendar of one's own."""

Channels = Annotated[tuple[str, ...], BeforeValidator(commas(choice(*Channel, FEED, COLLECTION)))]
Windows = Annotated[Literal["due", "whole"], BeforeValidator(choice("due", "whole"))]
