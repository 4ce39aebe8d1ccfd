"""The one door to HTTP: posts Adaptive Cards to Teams webhooks.

The URL is the credential (its `sig`); str() of requests' exceptions and urllib3's debug lines print it in
full, so neither ever leaves this module.
"""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, ProxyError

from service.delivery.guarded_http import ForbiddenAddress, GuardedAdapter, TimeIsUp, is_loopback
from service.delivery.line import BROKEN, trouble
from service.delivery.receipt import Answer, Receipt

logging.getLogger("urllib3").setLevel(logging.WARNING)

CONNECT_SECONDS, TOTAL_SECONDS = 10.0, 30.0
MOST_READ = 64 * 1024
MOST_PAUSE = timedelta(hours=6)
STAGE = "POST"
TRY_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
# Connectors answered 200 and wrote the failure into the body (msteams-docs #1810); some receivers still do.
CONFESSED = re.compile(rb"(?i)HTTP error (\d{3})")
SAYS_NO = re.compile(rb"(?i)error|fail|bad payload|invalid|required")


class WebhookTransport:
    """Posts cards; honours HTTPS_PROXY and REQUESTS_CA_BUNDLE, which offices need. For one thread."""

    def __init__(
        self, connect_seconds: float = CONNECT_SECONDS, total_seconds: float = TOTAL_SECONDS
    ) -> None:
        self._timeout = (connect_seconds, total_seconds)
        self._total_seconds = total_seconds
        self._adapter = GuardedAdapter()
        self._session = requests.Session()
        self._session.mount("https://", self._adapter)
        self._session.mount("http://", self._adapter)
        self._session.auth = _unchanged  # else requests looks for a login in ~/.netrc
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))

    def send(self, url: str, card: bytes, now: datetime) -> Receipt:
        """Post one card; never raises for what the network, the other side or the URL is."""
        if not _may_be_called(url):
            return Receipt(answer=Answer.FAILED, code="bad-url", stage=STAGE)
        try:
            with self._adapter.at_most(self._total_seconds):
                return self._post(url, card, now)
        except TimeIsUp:
            return Receipt(answer=Answer.UNCERTAIN, code="silent", stage=STAGE)
        except ValueError:
            return Receipt(answer=Answer.FAILED, code="bad-url", stage=STAGE)
        except (requests.RequestException, HTTPError, HTTPException) as broken:
            answer = Answer.UNCERTAIN if self._adapter.has_reached else Answer.DELAYED
            return Receipt(answer=answer, code=_trouble(tuple(_causes(broken))), stage=STAGE)
        except OSError:  # requests could not read REQUESTS_CA_BUNDLE
            return Receipt(answer=Answer.DELAYED, code="ca-file", stage=STAGE)

    def close(self) -> None:
        self._session.close()

    def _post(self, url: str, card: bytes, now: datetime) -> Receipt:
        with self._session.post(
            url,
            data=card,
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
        ) as answer:
            status = answer.status_code
            if status == HTTPStatus.OK:
                status = _status_within(_first_part(answer.raw))
            return _receipt(status, answer.headers.get("Retry-After"), now)


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _may_be_called(url: str) -> bool:
    """https, or for a trial http to this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def _status_within(body: bytes) -> int:
    """What a 200 amounts to: the status that the body confesses; a fault found without one stays a fault."""
    if confessed := CONFESSED.search(body):
        return int(confessed[1])
    return HTTPStatus.BAD_REQUEST if SAYS_NO.search(body) else HTTPStatus.OK


def _first_part(raw: BaseHTTPResponse) -> bytes:
    """The body as far as it may matter; raises if the line breaks before its end."""
    body = b""
    while len(body) < MOST_READ and (more := raw.read(MOST_READ - len(body), decode_content=False)):
        body += more
    return body


def _receipt(status: int, retry_after: str | None, now: datetime) -> Receipt:
    """202 is what Workflows say when they queue a card; 404 and 410 mean that the flow was deleted."""
    code = str(status)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Receipt(answer=Answer.ACCEPTED, code=code)
    if status in TRY_LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        pause = _pause(retry_after, now)
        return Receipt(answer=Answer.DELAYED, code=code, stage=STAGE, retry_after=pause)
    return Receipt(answer=Answer.FAILED, code=code, stage=STAGE, hard_bounce=status in GONE)


def _causes(broken: BaseException | None) -> Iterator[BaseException]:
    while broken is not None:
        yield broken
        broken = broken.__cause__ or broken.__context__


def _trouble(causes: tuple[BaseException, ...]) -> str:
    """One word for the innermost cause; requests wraps it three times."""
    innermost = causes[-1]
    if isinstance(innermost, ForbiddenAddress):
        return "forbidden-address"
    if any(isinstance(cause, ProxyError) for cause in causes):
        return "proxy"
    return trouble(innermost) if isinstance(innermost, BROKEN) else "garbled"


def _pause(retry_after: str | None, now: datetime) -> timedelta | None:
    """RFC 9110 10.2.3: seconds or an HTTP date; anything else counts as not given."""
    if retry_after is None:
        return None
    try:
        pause = (
            timedelta(seconds=int(retry_after))
            if retry_after.isdecimal()
            else parsedate_to_datetime(retry_after).astimezone(UTC) - now
        )
    except (ValueError, OverflowError):
        return None
    return min(max(pause, timedelta(0)), MOST_PAUSE)
