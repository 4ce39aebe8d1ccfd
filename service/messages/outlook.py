"""Messages that would leave, in short: as a person reads them in a list and as other programs read them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from service.messages.composing import Message
from service.messages.letter import subject_of, subject_of_invite
from service.messages.overview import overview_in_words
from service.messages.reminder import Background, Reminder, reminder_about
from service.plan.marks import MarkKind
from service.plan.plan import Plan
from service.reminders.digest import Collected
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.overview import Overview, overview_in
from service.reminders.rules import Rules
from service.reminders.schedule import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Messages that would leave, how the milestones they are about stand, and everybody who hears."""

    plan: Plan
    stand: Sequence[Standing]
    messages: Sequence[Collected]
    told: Sequence[Hearer]
    rules: Rules

    def reminder(self, message: Collected) -> Reminder:
        """What a message says, as far as its subject goes."""
        stand = {standing.milestone.id: standing for standing in self.stand}
        overview = self.overview(message)
        return reminder_about(
            [(stand[notice.milestone], notice.occasion) for notice in message.notices if notice.milestone],
            plan=self.plan,
            hearer=message.hearer,
            on=message.on,
            overview=overview_in_words(message.hearer.language, self.plan, overview) if overview else None,
            background=Background(everyone=tuple(self.told)),
        )

    def overview(self, message: Collected) -> Overview | None:
        """What a message tells the coordinator of the whole plan, if it does."""
        return overview_in(
            message, self.messages, plan=self.plan, stand=self.stand, hearers=self.told, rules=self.rules
        )

    def subject(self, message: Collected) -> str:
        return _subject(message, self.reminder(message))

    def as_json(self, message: Collected, timezone: str, subject: str | None = None) -> dict[str, Any]:
        """As other programs read it; with the `subject`, if that is known already."""
        reminder = self.reminder(message)
        told = [
            *(item.milestone.id for item in reminder.items),
            *(each.milestone for each in message.notices),
        ]
        return {
            "at": message.at.astimezone(ZoneInfo(timezone)).isoformat(timespec="seconds"),
            "recipient": message.hearer.recipient,
            "channel": message.hearer.channel.value,
            "occasion": reminder.occasion.value,
            "milestones": [milestone for milestone in dict.fromkeys(told) if milestone],
            "subject": subject or _subject(message, reminder),
        }


def message_as_json(message: Message) -> dict[str, Any]:
    """The message itself: a mail's headers and parts, or the card as it is posted."""
    content = message.content
    if isinstance(content, bytes):
        return {"card": json.loads(content)}
    mail = {"headers": content.headers, "text": content.text, "html": content.html}
    if content.invitation:
        return {**mail, "method": content.invitation.method, "calendar": content.invitation.ics.decode()}
    return mail


def _subject(message: Collected, reminder: Reminder) -> str:
    if message.hearer.channel is not Channel.INVITE:
        return subject_of(reminder)
    (item,) = reminder.items
    is_done = item.report is not None and item.report.kind is MarkKind.DONE
    kind = (
        "invite.cancelled" if item.occasion is Occasion.CANCELLED else "invite.done" if is_done else "invite"
    )
    # A cancellation names the date that the calendar holds, which the plan may have left.
    entry = replace(item.milestone, due_on=message.notices[0].due_on)
    return subject_of_invite(reminder.language, entry, kind)
