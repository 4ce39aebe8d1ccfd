"""A calendar collection on a CalDAV server (RFC 4791), one request at a time.

Not by the library `caldav`: what matters here is what it does not do. Nothing follows a redirect with a
password, every exchange ends in time and within so many bytes, and addresses are guarded as for webhooks.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydantic import SecretStr

from service.delivery.guarded_http import (
    BROKEN_OFF,
    GuardedAdapter,
    Networks,
    TimeIsUp,
    cause_in_a_word,
    first_part,
    guarded_session,
    may_be_called,
    pause_asked_for,
)
from service.delivery.receipt import Answer, Receipt

CONNECT_SECONDS, TOTAL_SECONDS = 10.0, 30.0
MOST_READ = 16 * 1024 * 1024  # a shared calendar of many years lists tens of thousands of entries
MULTI_STATUS = 207
LOOK, READ, WRITE, REMOVE = "LOOK", "READ", "WRITE", "REMOVE"
"""The stages of a receipt."""

_DAV, _CALDAV, _SERVER = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
_ASKED_FOR = b"""<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"><prop>
<resourcetype/><getetag/><S:getctag/><sync-token/><current-user-privilege-set/>
<C:supported-calendar-component-set/></prop></propfind>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a collection is, and as whom to write there; without a username nobody signs in."""

    url: SecretStr
    username: str = field(default="", repr=False)
    password: SecretStr | None = None


class CollectionError(Exception):
    """A request that came to nothing; the receipt says why, without address or secret."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A collection as the server describes it.

    `state` changes with everything in it ("" where the server does not say), `etags` are those of the
    resources by name. What a server does not say of itself counts as granted.
    """

    state: str
    is_calendar: bool
    takes_events: bool
    may_be_written: bool
    etags: Mapping[str, str]


class _Reply(NamedTuple):
    status: int
    body: bytes
    etag: str


class _Described(NamedTuple):
    path: str
    properties: Mapping[str, Element]


class Collection:
    """For one thread. Every request raises CollectionError when it comes to nothing."""

    def __init__(
        self, place: Place, now: datetime, inside: Networks = (), total_seconds: float = TOTAL_SECONDS
    ) -> None:
        self._total_seconds = total_seconds
        self._adapter = GuardedAdapter(inside)
        self._session = guarded_session(self._adapter)
        self._url = place.url.get_secret_value().rstrip("/") + "/"
        self._now = now
        if place.username:
            password = place.password.get_secret_value() if place.password else ""
            login = b64encode(f"{place.username}:{password}".encode()).decode()  # RFC 7617 in UTF-8
            self._session.headers["Authorization"] = f"Basic {login}"

    def close(self) -> None:
        self._session.close()

    def state(self) -> str:
        """What tells whether anything in it has changed; "" where the server has no such thing."""
        return self.look().state

    def look(self, depth: int = 0) -> Listing:
        """What it is; with a `depth` of 1 also what is in it."""
        headers = {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}
        reply = self._ask(LOOK, "PROPFIND", "", headers=headers, body=_ASKED_FOR)
        if reply.status != MULTI_STATUS:
            raise _trouble(LOOK, "not-caldav")
        try:
            return _listing(_described(reply.body))
        except (ParseError, DefusedXmlException, ValueError):
            raise _trouble(LOOK, "not-caldav") from None

    def read(self, name: str) -> bytes:
        return self._ask(READ, "GET", name).body

    def write(self, name: str, ics: bytes, etag: str | None) -> str:
        """Create a resource, or replace that with this ETag ("": any); returns its new one if it is told.

        412, "Precondition Failed", means that somebody else was faster.
        """
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag} if etag else {}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        etag_now = self._ask(WRITE, "PUT", name, headers=headers, body=ics).etag
        return "" if etag_now.startswith("W/") else etag_now

    def remove(self, name: str, etag: str) -> None:
        """Remove what has this ETag; it is as good when somebody else has removed it."""
        try:
            self._ask(REMOVE, "DELETE", name, headers={"If-Match": etag} if etag else {})
        except CollectionError as refused:
            if refused.receipt.code not in {str(HTTPStatus.NOT_FOUND.value), str(HTTPStatus.GONE.value)}:
                raise

    def _ask(
        self,
        stage: str,
        method: str,
        name: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> _Reply:
        if not may_be_called(self._url):
            raise _trouble(stage, "bad-url")
        try:
            with (
                self._adapter.at_most(self._total_seconds),
                self._session.request(
                    method,
                    self._url + quote(name),
                    data=body,
                    # A connection is cut off by who opened it: each exchange has one of its own.
                    headers={"Accept-Encoding": "identity", "Connection": "close", **(headers or {})},
                    timeout=(CONNECT_SECONDS, self._total_seconds),
                    allow_redirects=False,
                    stream=True,
                ) as answer,
            ):
                status = answer.status_code
                reply = _Reply(status, first_part(answer.raw, MOST_READ), answer.headers.get("ETag", ""))
                pause = pause_asked_for(answer.headers.get("Retry-After"), self._now)
        except TimeIsUp:
            raise _trouble(stage, "silent") from None
        except ValueError:
            raise _trouble(stage, "bad-url") from None
        except BROKEN_OFF as broken:
            raise _trouble(stage, cause_in_a_word(broken)) from None
        except OSError:  # requests could not read REQUESTS_CA_BUNDLE
            raise _trouble(stage, "ca-file") from None
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise CollectionError(
                Receipt(answer=Answer.DELAYED, code=str(status), stage=stage, retry_after=pause)
            )
        return reply


def _trouble(stage: str, code: str) -> CollectionError:
    return CollectionError(Receipt(answer=Answer.DELAYED, code=code, stage=stage))


def _described(body: bytes) -> list[_Described]:
    """The responses of a multistatus (RFC 4918 14.16) with the properties that were found."""
    return [
        _Described(
            urlsplit(response.findtext(f"{_DAV}href", "").strip()).path.rstrip("/"),
            {
                each.tag: each
                for found in response.findall(f"{_DAV}propstat")
                if " 200 " in f"{found.findtext(f'{_DAV}status', '')} "
                for each in found.find(f"{_DAV}prop") or ()
            },
        )
        for response in fromstring(body, forbid_dtd=True).findall(f"{_DAV}response")
    ]


def _listing(described: Sequence[_Described]) -> Listing:
    if not described:
        raise ValueError("a multistatus without a response")
    # Its own path begins all others, whatever a proxy in front has made of it.
    itself = min(described, key=lambda each: len(each.path))
    found = itself.properties
    return Listing(
        state=_text(found, f"{_SERVER}getctag") or _text(found, f"{_DAV}sync-token"),
        is_calendar=_holds(found, f"{_DAV}resourcetype", f"{_CALDAV}calendar"),
        takes_events=_takes_events(found),
        may_be_written=_may_be_written(found),
        etags={
            unquote(each.path.rpartition("/")[2]): _text(each.properties, f"{_DAV}getetag")
            for each in described
            if each is not itself and not _holds(each.properties, f"{_DAV}resourcetype", f"{_DAV}collection")
        },
    )


def _text(properties: Mapping[str, Element], name: str) -> str:
    return (properties[name].text or "").strip() if name in properties else ""


def _holds(properties: Mapping[str, Element], name: str, inner: str) -> bool:
    return name in properties and properties[name].find(inner) is not None


def _takes_events(properties: Mapping[str, Element]) -> bool:
    """RFC 4791 5.2.3."""
    kinds = properties.get(f"{_CALDAV}supported-calendar-component-set")
    return kinds is None or "VEVENT" in {each.get("name", "").upper() for each in kinds}


def _may_be_written(properties: Mapping[str, Element]) -> bool:
    """RFC 3744 5.4 and 3.1 to 3.12: any of these lets entries be made, where it is not all that is asked."""
    privileges = properties.get(f"{_DAV}current-user-privilege-set")
    if privileges is None:
        return True
    granted = {each.tag for privilege in privileges for each in privilege}
    return bool(granted & {f"{_DAV}{name}" for name in ("all", "write", "bind", "write-content")})
