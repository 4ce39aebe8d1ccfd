"""The relay is away for two days, and then back: what is still true is said, collected and not in a flood."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from service.bootstrap import Parts
from service.delivery.relay import Relay
from service.reminders.notice import Channel, Recipient
from tests.faults import ledger
from tests.faults.recorder import Copy, Recorder, a_free_port
from tests.faults.seen import Scale, Seen
from tests.faults.workday import MONDAY, Workday, at_work, milestones_on
from tests.workplace import a_recipient

MAILBOXES = 40
PER_MINUTE = 30
AN_HOUR = timedelta(hours=1)


def away_for_two_days(random: Random, scale: Scale, folder: Path) -> Seen:
    """From Monday at nine on. One milestone is due on each day of the week, and some are further off."""
    seen, port, step = Seen(), a_free_port(), timedelta(minutes=scale.relay_step_minutes)
    days = [MONDAY + timedelta(days) for days in (1, 2, 3, 4, *random.sample(range(8, 40), 4))]
    with at_work(folder, (_people(),), milestones_on(*days), _by(port)) as workday:
        recorder = Recorder(now=workday.clock.now, port=port)
        with recorder.running():
            workday.pass_by(AN_HOUR, AN_HOUR / 2)
        before, tries = len(recorder.copies), _tries(workday).total()
        workday.pass_by(timedelta(hours=scale.relay_down_hours), step)
        tries = _tries(workday).total() - tries
        with recorder.running():
            workday.pass_by(3 * AN_HOUR, AN_HOUR / 2, lambda: not workday.due()["waiting"])
        _judge(seen, workday, recorder.copies[:before], recorder.copies[before:], recorder.first)
    seen.note(f"{scale.relay_down_hours} simulated hours, {MAILBOXES} mailboxes, {tries} tries meanwhile")
    return seen


def _people() -> Recipient:
    mailboxes = tuple(f"p{number}@example.dk" for number in range(MAILBOXES))
    return replace(a_recipient("sb"), emails=mailboxes, channels=frozenset({Channel.EMAIL}))


def _by(port: int) -> Callable[[Parts], Parts]:
    relay = Relay(host="127.0.0.1", port=port, security="none")
    return lambda parts: replace(parts, relay=relay, per_minute=PER_MINUTE)


def _tries(workday: Workday) -> Counter[str]:
    """How many tries began in which minute."""
    with ledger.reading(workday.database) as connection:
        return Counter(row[0][:16] for row in connection.execute("SELECT started_at FROM attempt"))


def _judge(
    seen: Seen, workday: Workday, before: Sequence[Copy], after: Sequence[Copy], first: dict[str, bytes]
) -> None:
    due = workday.due()
    per_mailbox = Counter(copy.to for copy in after)
    fastest = max(_tries(workday).values())
    untrue = [
        copy
        for copy in after
        if b"i morgen" in first[copy.message_id] and b"i dag" not in first[copy.message_id]
    ]
    seen.note(f"{len(before)} mails before, {len(after)} after it, {fastest} a minute at most")
    seen.note(f"{due['waiting'] + due['failed']} lost, {due['expired']} no longer true and told of as such")
    seen.expect(len(before) == MAILBOXES, f"{len(before)} mails before")
    seen.expect(len(per_mailbox) == MAILBOXES, f"{MAILBOXES - len(per_mailbox)} mailboxes got nothing")
    seen.expect(max(per_mailbox.values(), default=0) == 1, "a mailbox got more than one collected mail")
    seen.expect(fastest <= PER_MINUTE, f"{fastest} tries in a minute")
    seen.expect(not untrue, f"{len(untrue)} mails said what was true two days before")
    seen.expect(not due["waiting"] and not due["failed"], f"{dict(due)}")
    late = _accepted_after_their_day(workday)
    seen.expect(late == 0, f"{late} notices were sent after their day")


def _accepted_after_their_day(workday: Workday) -> int:
    query = (
        "SELECT count(*) FROM notice JOIN message ON message.id = notice.message "
        "JOIN attempt ON attempt.message = message.id AND attempt.receipt = 'accepted' "
        "WHERE notice.expires_on <= date(attempt.finished_at)"
    )
    with ledger.reading(workday.database) as connection:
        return int(connection.execute(query).fetchone()[0])
