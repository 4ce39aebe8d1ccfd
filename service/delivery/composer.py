"""The notices of one hearer -> one message, with what was said before and the links in it kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from service.delivery.diagnosis import explain_trouble
from service.delivery.receipt import GAVE_WAY, GIVEN_UP, NO_ANSWER
from service.delivery.relay import Relay
from service.errors import Language
from service.logs import log_failure
from service.messages.alert import Unreached
from service.messages.calendar import Status
from service.messages.composing import Message, Stationery, Writer
from service.messages.email import MisbuiltMessageError
from service.messages.invite import InviteState
from service.messages.overview import answerable
from service.messages.reminder import NO_BACKGROUND, Background, Links
from service.messages.wording import say
from service.plan.marks import MarkKind
from service.plan.plan import Plan
from service.reminders.audience import hearers_for
from service.reminders.calendars import HeldEntry
from service.reminders.consequences import dependencies
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.overview import Overview, overview_of
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from service.reminders.trouble import Medium, Trouble
from service.storage.invites import sent_invite, store_invite
from service.storage.links import OF_THE_COORDINATOR, Holder, LinkKind, create_link, feed_of
from service.storage.notices import OwedNotice
from service.storage.outgoing import PARKED, Composed
from service.storage.reach import reach_of
from service.storage.troubles import open_troubles

# What is said of a milestone although there is nothing more to do about it.
TOLD_ALL_THE_SAME = frozenset({Occasion.CHANGED, Occasion.CANCELLED, Occasion.UNREACHABLE})

# What became of a message, by its reason, in the words of an alert; all other reasons are refusals.
CAME_OF = {
    GIVEN_UP: "given-up",
    GAVE_WAY: "gave-way",
    NO_ANSWER: "no-answer",
    PARKED: "parked",
}


class WithheldError(Exception):
    """Nothing is left to say; `reason` is kept with the notices."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is known while a round composes: the plan, how it stands, who hears, the installation's key."""

    plan: Plan
    standings: Mapping[str, Standing]
    hearers: Mapping[tuple[Channel, str], Hearer]
    install_key: bytes
    stationery: Stationery
    rules: Rules
    relay: Relay | None = None

    def compose(
        self, connection: Connection, owed: Sequence[OwedNotice], *, on: date, at: datetime
    ) -> Composed:
        """One message for notices of one hearer and channel; raises WithheldError when there is none.

        `connection` is only used for what the hearer's calendar was told, and for the links in the message.
        """
        first = owed[0]
        hearer = self._hearer(first)
        if hearer is None and not _cancels(owed):
            raise WithheldError("recipient-left")
        hearer = hearer or self._departed(first)
        if first.occasion is Occasion.UNREACHABLE:
            return self._alert(connection, hearer, owed, on, at)
        if first.channel is Channel.INVITE:
            return self._invite(connection, hearer, owed, on, at)
        return self._reminder(connection, hearer, owed, on, at)

    def _reminder(
        self,
        connection: Connection,
        hearer: Hearer,
        owed: Sequence[OwedNotice],
        on: date,
        at: datetime,
    ) -> Composed:
        message_id = self._writer.message_id(notice.dedupe_key for notice in owed)
        overview = self._overview(connection, on) if _has_overview(owed) else None
        told = {notice.milestone for notice in owed if notice.milestone}
        message = self._writer.reminder(
            [(self.standings[notice.milestone], notice.occasion) for notice in owed if notice.milestone],
            hearer,
            on=on,
            at=at,
            message_id=message_id,
            links=Links(
                done=self._done_urls(connection, hearer, told | answerable(overview), message_id, at),
                feed=self._feed_url(connection, hearer, message_id, at),
            ),
            overview=overview,
            background=self._background(on) if hearer.is_coordinator else NO_BACKGROUND,
        )
        return _composed(hearer, owed, on, message)

    def _background(self, on: date) -> Background:
        return Background(
            everyone=tuple(self.hearers.values()),
            dependencies=dependencies(self.standings.values(), on, self.rules),
        )

    def _alert(
        self,
        connection: Connection,
        hearer: Hearer,
        owed: Sequence[OwedNotice],
        on: date,
        at: datetime,
    ) -> Composed:
        """What the coordinator is told of addresses that took nothing, and have not since."""
        told = {notice.mark for notice in owed}
        unreached = [
            self._unreached(trouble, hearer.language)
            for trouble in open_troubles(connection)
            if trouble.id in told
        ]
        if not unreached:
            raise WithheldError("reached-again")
        message_id = self._writer.message_id(notice.dedupe_key for notice in owed)
        message = self._writer.alert(unreached, hearer, at=at, message_id=message_id)
        return _composed(hearer, owed, on, message)

    def _unreached(self, trouble: Trouble, language: Language) -> Unreached:
        names = (hearer.name for hearer in self.hearers.values() if hearer.recipient == trouble.recipient)
        is_mail = trouble.medium is Medium.MAIL
        return Unreached(
            name=next(names, "") or trouble.recipient.upper(),
            where=trouble.address if is_mail else say(language, "unreachable.teams"),
            what=CAME_OF.get(trouble.reason, "refused"),
            advice=explain_trouble(trouble, self.relay, language),
            subject=trouble.subject,
            key=trouble.recipient,
            is_dead=trouble.is_dead,
        )

    def _overview(self, connection: Connection, on: date) -> Overview:
        return overview_of(
            self.plan,
            self.standings.values(),
            self.hearers.values(),
            rules=self.rules,
            reach=reach_of(connection),
            on=on,
        )

    def _done_urls(
        self,
        connection: Connection,
        hearer: Hearer,
        milestones: Iterable[str],
        message_id: str,
        at: datetime,
    ) -> dict[str, str]:
        """A new secret page for each milestone in the message on which this hearer can report."""
        base = self.stationery.base_url
        if not base:
            return {}
        told = [self.standings[milestone] for milestone in milestones]
        open_ones = {each.milestone.id for each in told if not (each.dropped_on or each.settled)}
        holder = _holder(hearer)
        tokens = {
            milestone: create_link(
                connection, LinkKind.MILESTONE, milestone, at, holder=holder, message_id=message_id
            )
            for milestone in sorted(open_ones)
        }
        return {milestone: f"{base}/m/{token}" for milestone, token in tokens.items()}

    def _feed_url(self, connection: Connection, hearer: Hearer, message_id: str, at: datetime) -> str | None:
        """A new secret page on which a hearer who wants a calendar to follow finds it."""
        base = self.stationery.base_url
        if not base or not hearer.preferences.feed:
            return None
        subject = OF_THE_COORDINATOR if hearer.is_coordinator else feed_of(hearer.parties)
        token = create_link(
            connection, LinkKind.FEED, subject, at, holder=_holder(hearer), message_id=message_id
        )
        return f"{base}/feed/{token}"

    def _invite(
        self,
        connection: Connection,
        hearer: Hearer,
        owed: Sequence[OwedNotice],
        on: date,
        at: datetime,
    ) -> Composed:
        """The next version of one entry in one calendar; withheld when the calendar says it already."""
        if hearer.address.lower() == self.stationery.sender.mailbox.address.lower():
            raise WithheldError("is-the-organizer")  # no client shows its owner an invitation by itself
        standing = self.standings[owed[0].milestone]
        status = Status.CANCELLED if _cancels(owed) else self._status(hearer, standing)
        entry = self._writer.entry(
            standing, hearer, status=status, due_on=owed[0].due_on, whole=self.rules.whole_windows
        )
        before = sent_invite(connection, entry.milestone.id, hearer.address.lower())
        if before is None and entry.status is not Status.PLANNED:
            raise WithheldError("never-invited")
        try:
            state = before.revised(entry, at) if before else InviteState.first(entry, at)
            if state is None:
                raise WithheldError("calendar-says-so-already")
            message = self._writer.invite(
                entry,
                state,
                hearer,
                is_known=before is not None,
                occasion=max((notice.occasion for notice in owed), key=list(Occasion).index),
                at=at,
                message_id=self._writer.message_id(notice.dedupe_key for notice in owed),
            )
        except (ValueError, MisbuiltMessageError) as unwritable:
            # One bad row must not hold up the invitations to all others.
            log_failure("an invitation could not be written", unwritable)
            raise WithheldError("cannot-be-written") from None
        held = HeldEntry(
            milestone=entry.milestone.id,
            address=hearer.address.lower(),
            recipient=hearer.recipient,
            due_on=entry.milestone.due_on or on,
            sequence=state.version.sequence,
            told_on=on,
        )
        store_invite(connection, held, state, cancelled=entry.status is Status.CANCELLED)
        return _composed(hearer, owed, on, message)

    def _status(self, hearer: Hearer, standing: Standing) -> Status:
        if standing.dropped_on or hearer not in self._those_asked(standing):
            return Status.CANCELLED
        if standing.settled is None:
            return Status.PLANNED
        is_done = standing.settled.kind is MarkKind.DONE
        return Status.DONE if is_done and self.rules.when_done == "update" else Status.CANCELLED

    def is_away(self, notice: OwedNotice, day: date) -> bool:
        """Whether its hearer is sent nothing on a day, however late the notice is by then."""
        hearer = self._hearer(notice)
        return hearer is not None and hearer.preferences.away_until(day) is not None

    def _hearer(self, notice: OwedNotice) -> Hearer | None:
        return self.hearers.get((notice.channel, notice.address.lower()))

    def is_settled(self, notice: OwedNotice) -> bool:
        """Whether a reminder came to nothing after it was planned: the next planning withdraws it."""
        if not notice.milestone:
            return False
        is_over = self.standings[notice.milestone].settled is not None
        return is_over and notice.occasion not in TOLD_ALL_THE_SAME

    def _departed(self, notice: OwedNotice) -> Hearer:
        """Somebody who left the settings, and is still owed that an entry is taken out."""
        return Hearer(
            recipient=notice.recipient,
            name="",
            channel=notice.channel,
            address=notice.address,
            parties=frozenset(),
            language="en" if self.plan.language == "en" else "da",
        )

    def _those_asked(self, standing: Standing) -> tuple[Hearer, ...]:
        return hearers_for(self.plan, standing.milestone, self.hearers.values(), standing.progress)

    @property
    def _writer(self) -> Writer:
        return Writer(plan=self.plan, key=self.install_key, stationery=self.stationery)


def _has_overview(owed: Sequence[OwedNotice]) -> bool:
    return any(notice.occasion is Occasion.DIGEST for notice in owed)


def _cancels(owed: Sequence[OwedNotice]) -> bool:
    return any(notice.channel is Channel.INVITE and notice.occasion is Occasion.CANCELLED for notice in owed)


def _holder(hearer: Hearer) -> Holder:
    return Holder(
        recipient=hearer.recipient,
        name=hearer.name,
        # None in particular: the coordinator speaks for everybody.
        parties=frozenset() if hearer.is_coordinator else hearer.parties,
        language=hearer.language,
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
