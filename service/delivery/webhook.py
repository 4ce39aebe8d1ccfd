"""Posts Adaptive Cards to Teams webhooks.

The URL is the credential (its `sig`); str() of requests' exceptions prints it in full, so none ever leaves
this module.
"""

import re
from datetime import datetime
from http import HTTPStatus

from service.delivery.guarded_http import (
    BROKEN_OFF,
    GuardedAdapter,
    TimeIsUp,
    cause_in_a_word,
    first_part,
    guarded_session,
    may_be_called,
    pause_asked_for,
)
from service.delivery.receipt import Answer, Receipt

CONNECT_SECONDS, TOTAL_SECONDS = 10.0, 30.0
MOST_READ = 64 * 1024
STAGE = "POST"
TRY_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
# Connectors answered 200 and wrote the failure into the body (msteams-docs #1810); some receivers still do.
CONFESSED = re.compile(rb"(?i)HTTP error (\d{3})")
SAYS_NO = re.compile(rb"(?i)error|fail|bad payload|invalid|required")


class WebhookTransport:
    """Posts cards. For one thread."""

    def __init__(
        self, connect_seconds: float = CONNECT_SECONDS, total_seconds: float = TOTAL_SECONDS
    ) -> None:
        self._timeout = (connect_seconds, total_seconds)
        self._total_seconds = total_seconds
        self._adapter = GuardedAdapter()
        self._session = guarded_session(self._adapter)

    def send(self, url: str, card: bytes, now: datetime) -> Receipt:
        """Post one card; never raises for what the network, the other side or the URL is."""
        if not may_be_called(url):
            return Receipt(answer=Answer.FAILED, code="bad-url", stage=STAGE)
        try:
            with self._adapter.at_most(self._total_seconds):
                return self._post(url, card, now)
        except TimeIsUp:
            return Receipt(answer=Answer.UNCERTAIN, code="silent", stage=STAGE)
        except ValueError:
            return Receipt(answer=Answer.FAILED, code="bad-url", stage=STAGE)
        except BROKEN_OFF as broken:
            answer = Answer.UNCERTAIN if self._adapter.has_reached else Answer.DELAYED
            return Receipt(answer=answer, code=cause_in_a_word(broken), stage=STAGE)
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
                status = _status_within(first_part(answer.raw, MOST_READ))
            return _receipt(status, answer.headers.get("Retry-After"), now)


def _status_within(body: bytes) -> int:
    """What a 200 amounts to: the status that the body confesses; a fault found without one stays a fault."""
    if confessed := CONFESSED.search(body):
        return int(confessed[1])
    return HTTPStatus.BAD_REQUEST if SAYS_NO.search(body) else HTTPStatus.OK


def _receipt(status: int, retry_after: str | None, now: datetime) -> Receipt:
    """202 is what Workflows say when they queue a card; 404 and 410 mean that the flow was deleted."""
    code = str(status)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Receipt(answer=Answer.ACCEPTED, code=code)
    if status in TRY_LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        pause = pause_asked_for(retry_after, now)
        return Receipt(answer=Answer.DELAYED, code=code, stage=STAGE, retry_after=pause)
    return Receipt(answer=Answer.FAILED, code=code, stage=STAGE, hard_bounce=status in GONE)
