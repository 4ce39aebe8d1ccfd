"""Thirteen ways in which a Teams workflow may answer a card."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from threading import Event

from pydantic import SecretStr

from service.bootstrap import Parts
from service.delivery.patience import Patience
from service.reminders.notice import Channel
from tests.delivery.webhook_receiver import Answering, WebhookReceiver, http, keeps_silent, resets
from tests.faults.seen import Scale, Seen
from tests.faults.workday import Workday, at_work, milestones_on
from tests.workplace import a_recipient

IMPATIENT = Patience(card=2)
MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
FALSE_SUCCESS = (
    b"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429"
)
TEN_MEGABYTES = b"x" * 10_000_000


@dataclass(frozen=True)
class Kind:
    """An answer, what it means, and how often the card is posted before a mail goes instead."""

    answering: Answering
    means: str
    posts: int
    pause: timedelta = MINUTE


TAKEN, REFUSED, LATER, UNCERTAIN = "accepted", "failed", "delayed", "uncertain"
KINDS: dict[str, Kind] = {
    "202": Kind(http("202 Accepted"), TAKEN, 1),
    "200 “1”": Kind(http("200 OK", b"1"), TAKEN, 1),
    "200 that confesses a 429": Kind(http("200 OK", FALSE_SUCCESS), LATER, 3),
    "202 with 10 MB": Kind(http("202 Accepted", TEN_MEGABYTES), TAKEN, 1),
    "400": Kind(http("400 Bad Request"), REFUSED, 1),
    "404": Kind(http("404 Not Found"), REFUSED, 1),
    "410": Kind(http("410 Gone"), REFUSED, 1),
    "429, again in 20 minutes": Kind(
        http("429 Too Many Requests", Retry_After="1200"), LATER, 3, timedelta(minutes=20)
    ),
    "500": Kind(http("500 Internal Server Error"), LATER, 3),
    "503": Kind(http("503 Service Unavailable"), LATER, 3),
    "no answer": Kind(keeps_silent, UNCERTAIN, 3, QUARTER),
    "the line breaks": Kind(resets, UNCERTAIN, 3, QUARTER),
    "302 into the network": Kind(http("302 Found", Location="http://127.0.0.1:1/"), REFUSED, 1),
}


def thirteen_answers(random: Random, scale: Scale, folder: Path) -> Seen:
    seen, inside = Seen(), WebhookReceiver(http("202 Accepted"))
    kinds = random.sample(sorted(KINDS), min(scale.teams_answers, len(KINDS)))
    with inside.running():
        for number, name in enumerate(kinds):
            room = folder / f"teams-{number}"
            room.mkdir()
            kind = KINDS[name]
            if "302" in name:
                kind = replace(kind, answering=http("302 Found", Location=inside.url()))
            _answer(seen, name, kind, room)
    seen.expect(not inside.requests, "a redirect was followed into the network")
    seen.note(f"{len(kinds)} of {len(KINDS)} answers, {len(inside.requests)} redirects followed")
    seen.note(f"{len(seen.broken)} false successes, misclassified, too early or without a mail instead")
    return seen


def _answer(seen: Seen, name: str, kind: Kind, room: Path) -> None:
    with _in_teams_alone(room, kind.answering) as (workday, posted):
        workday.pass_by(timedelta(hours=2), MINUTE, lambda: len(posted) >= kind.posts and not workday.waits())
        ended = workday.clock.now()
        is_taken = kind.means == TAKEN
        workday.pass_by(QUARTER, MINUTE, lambda: bool(workday.workplace.mails()) and not is_taken)
        mails = workday.workplace.mails()
        states = workday.due()
        seen.expect(len(posted) == kind.posts, f"{name}: posted {len(posted)} times")
        early = [later - first for first, later in pairwise(posted) if later - first < kind.pause]
        seen.expect(not early, f"{name}: posted again after {early}, not after {kind.pause}")
        seen.expect(states["waiting"] == 0, f"{name}: {dict(states)}")
        seen.expect(len(mails) == (not is_taken), f"{name}: {len(mails)} mails instead")
        seen.expect(states["failed"] == (not is_taken), f"{name}: {dict(states)}")
        within = mails[0]["Date"].datetime - ended if mails else QUARTER
        seen.expect(within <= QUARTER, f"{name}: the mail came after {within}")


@contextmanager
def _in_teams_alone(room: Path, answering: Answering) -> Iterator[tuple[Workday, list[datetime]]]:
    """SB has a mailbox but is reminded in Teams; when each card came."""
    posted: list[datetime] = []
    receiver = WebhookReceiver(answering)
    sb = replace(a_recipient("sb", teams=True), channels=frozenset({Channel.TEAMS}))

    def change(parts: Parts) -> Parts:
        def noted(connection: socket.socket, closing: Event) -> None:
            posted.append(parts.clock.now())
            answering(connection, closing)

        receiver.answering = noted
        return replace(parts, webhooks={"sb-channel": SecretStr(receiver.url())}, patience=IMPATIENT)

    with receiver.running(), at_work(room, (sb,), milestones_on(date(2024, 3, 11)), change) as workday:
        yield workday, posted
