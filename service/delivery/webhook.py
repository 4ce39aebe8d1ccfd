"""The one door to HTTP: posts Adaptive Cards to Teams webhooks.

The URL is the credential (its `sig`); str() of requests' exceptions and urllib3's debug lines print it in
full, so neither ever leaves this module.
"""

import logging
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests

from service.delivery.receipt import Answer, Receipt

logging.getLogger("urllib3").setLevel(logging.WARNING)

TIMEOUT_SECONDS = (10.0, 30.0)
MOST_PAUSE = timedelta(hours=1)
ACCEPTED = (requests.codes.ok, requests.codes.accepted)
TRY_LATER = (requests.codes.request_timeout, requests.codes.too_many_requests)


class WebhookTransport:
    """Posts cards over kept connections; honours HTTPS_PROXY and REQUESTS_CA_BUNDLE, which offices need."""

    def __init__(self) -> None:
        self._session = requests.Session()

    def send(self, url: str, card: bytes, now: datetime) -> Receipt:
        """Post one card; never raises for what the network or the other side does."""
        try:
            answer = self._session.post(
                url,
                data=card,
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except (requests.ConnectTimeout, requests.exceptions.SSLError) as unreached:
            return Receipt(answer=Answer.DELAYED, text=type(unreached).__name__)
        except requests.ReadTimeout:
            return Receipt(answer=Answer.UNCERTAIN, text="ReadTimeout")
        except requests.RequestException as broken:
            return Receipt(answer=Answer.DELAYED, text=type(broken).__name__)
        with answer:
            return _receipt(answer.status_code, answer.headers.get("Retry-After"), now)

    def close(self) -> None:
        self._session.close()


def _receipt(status: int, retry_after: str | None, now: datetime) -> Receipt:
    """202 is what Workflows say when they queue a card; 404 and 410 mean that the flow was deleted."""
    if status in ACCEPTED:
        return Receipt(answer=Answer.ACCEPTED, code=str(status))
    if status in TRY_LATER or status >= requests.codes.server_error:
        return Receipt(answer=Answer.DELAYED, code=str(status), retry_after=_pause(retry_after, now))
    return Receipt(answer=Answer.FAILED, code=str(status))


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
