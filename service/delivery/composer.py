"""The notices of one hearer -> one message, with what was said before and the links in it kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from service.delivery.desk import Desk, WithheldError
from service.delivery.diagnosis import explain_trouble
from service.delivery.inviting import cancels, invitation
from service.delivery.new_links import NewLinks
from service.messages.alert import Unreached
from service.messages.composing import Message
from service.messages.overview import answerable
from service.messages.reminder import NO_BACKGROUND, Background, Links
from service.messages.wording import say
from service.reminders.consequences import dependencies
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.overview import Overview, overview_of
from service.reminders.reasons import Ending
from service.reminders.recipients import departed
from service.reminders.responses import Response
from service.reminders.trouble import BOUNCE, Medium, Trouble, as_called_now
from service.storage.notices import OwedNotice
from service.storage.outgoing import Composed
from service.storage.reach import reach_of
from service.storage.responses import responses_in_force
from service.storage.troubles import open_troubles

# What became of a message, by its reason, in the words of an alert; all other reasons are refusals.
CAME_OF: dict[str, str] = {
    Ending.GIVEN_UP: "given-up",
    Ending.GAVE_WAY: "gave-way",
    Ending.NO_ANSWER: "no-answer",
    Ending.PARKED: "parked",
    Ending.NOT_WRITTEN: Ending.NOT_WRITTEN,
    Ending.NOT_READ: Ending.NOT_READ,
}
BOUNCED = "bounced"


def compose(desk: Desk, connection: Connection, owed: Sequence[OwedNotice], at: datetime) -> Composed:
    """One message for notices of one hearer and channel; raises WithheldError when there is none.

    `connection` is used for what others were told and heard, what the hearer's calendar holds, and the links
    in the message.
    """
    first = owed[0]
    hearer = desk.hearer(first)
    if hearer is None and not cancels(owed):
        raise WithheldError(Ending.RECIPIENT_LEFT)
    hearer = hearer or departed(desk.plan, first.recipient, first.channel, first.address)
    if first.occasion is Occasion.UNREACHABLE:
        message = _alert(desk, connection, hearer, owed, at)
    elif first.channel is Channel.INVITE:
        message = invitation(desk, connection, hearer, owed, at)
    else:
        message = _reminder(desk, connection, hearer, owed, at)
    return _composed(hearer, owed, desk.rules.local_day(at), message)


def _reminder(
    desk: Desk, connection: Connection, hearer: Hearer, owed: Sequence[OwedNotice], at: datetime
) -> Message:
    on = desk.rules.local_day(at)
    message_id = desk.writer.message_id(notice.dedupe_key for notice in owed)
    responses = _responses(connection, owed)
    owed = [each for each in owed if not _is_answer(each) or each.mark in responses]
    if not owed:
        raise WithheldError(Ending.ANSWERED_ANEW)
    has_overview = any(notice.occasion is Occasion.DIGEST for notice in owed)
    overview = _overview(desk, connection, on) if has_overview else None
    told = {notice.milestone for notice in owed if notice.milestone}
    links = NewLinks(desk, connection, hearer, message_id, at)
    return desk.writer.reminder(
        [(desk.standings[notice.milestone], notice.occasion) for notice in owed if notice.milestone],
        hearer,
        on=on,
        at=at,
        message_id=message_id,
        links=Links(done=links.done_urls(told | answerable(overview)), feed=links.feed_url()),
        overview=overview,
        background=_background(desk, on, responses) if hearer.is_coordinator else NO_BACKGROUND,
    )


def _responses(connection: Connection, owed: Sequence[OwedNotice]) -> dict[int, Response]:
    """The answers of calendars that these notices tell of, and that still count."""
    told = {notice.mark for notice in owed if _is_answer(notice)}
    return {each.id: each for each in responses_in_force(connection) if each.id in told} if told else {}


def _is_answer(notice: OwedNotice) -> bool:
    return notice.occasion is Occasion.ANSWERED


def _background(desk: Desk, on: date, responses: Mapping[int, Response]) -> Background:
    return Background(
        everyone=tuple(desk.hearers.values()),
        dependencies=dependencies(desk.standings.values(), on, desk.rules),
        responses=tuple(responses.values()),
    )


def _overview(desk: Desk, connection: Connection, on: date) -> Overview:
    return overview_of(
        desk.plan,
        desk.standings.values(),
        desk.hearers.values(),
        rules=desk.rules,
        reach=reach_of(connection),
        on=on,
    )


def _alert(
    desk: Desk, connection: Connection, hearer: Hearer, owed: Sequence[OwedNotice], at: datetime
) -> Message:
    """What the coordinator is told of addresses that took nothing, and have not since."""
    told = {notice.mark for notice in owed}
    unreached = [
        _unreached(desk, trouble, hearer) for trouble in open_troubles(connection) if trouble.id in told
    ]
    if not unreached:
        raise WithheldError(Ending.REACHED_AGAIN)
    message_id = desk.writer.message_id(notice.dedupe_key for notice in owed)
    return desk.writer.alert(unreached, hearer, at=at, message_id=message_id)


def _unreached(desk: Desk, trouble: Trouble, coordinator: Hearer) -> Unreached:
    trouble = as_called_now(trouble, desk.hearers.values())
    names = [hearer.name for hearer in desk.hearers.values() if hearer.recipient == trouble.recipient]
    names += [say(coordinator.language, "inbox.name")] if trouble.medium is Medium.INBOX else []
    is_mail = trouble.medium is Medium.MAIL
    return Unreached(
        name=next(iter(names), "") or trouble.recipient.upper(),
        where=trouble.address if is_mail else say(coordinator.language, f"unreachable.{trouble.medium}"),
        what=BOUNCED if trouble.stage == BOUNCE else CAME_OF.get(trouble.reason, "refused"),
        advice=explain_trouble(trouble, desk.relay, coordinator.language),
        subject=trouble.subject,
        key=trouble.recipient,
        is_dead=trouble.is_dead,
    )


def _composed(hearer: Hearer, owed: Sequence[OwedNotice], on: date, message: Message) -> Composed:
    expiries = [notice.expires_on for notice in owed]
    return Composed(
        message_id=message.message_id,
        recipient=hearer.recipient,
        name=hearer.name,
        channel=hearer.channel,
        address=hearer.address,
        sent_on=on,
        occasion=message.occasion,
        subject=message.subject,
        body=message.body,
        expires_on=None if None in expiries else max(day for day in expiries if day),
    )
