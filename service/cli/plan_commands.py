"""`import`, `rehearse`, `upcoming` and `done`: what the plan leads to."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from service.bootstrap import Parts, office_of, open_parts
from service.cli.options import AsOf, Json, PlanPath, Year
from service.cli.output import caution, console, phrase, print_json, reply_language, table, tell
from service.errors import RettidigError
from service.messages.letter import subject_of, subject_of_invite
from service.messages.reminder import Reminder, reminder_about
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.plan.revision import Difference
from service.reading.reader import read_plan
from service.reminders.digest import Collected, collect
from service.reminders.notice import Channel, Occasion
from service.reminders.recipients import hearers, stand_ins
from service.reminders.rehearsal import rehearse as rehearsal
from service.reminders.schedule import Standing, schedule
from service.rounds import Office, import_plan
from service.settings import Settings, load_settings
from service.storage import plans


class UnknownMilestoneError(RettidigError):
    da = "Ingen milepæl hedder »{id}«. Skriv et id fra »rettidig upcoming« eller nummeret på rækken."
    en = "No milestone is called “{id}”. Write an id from “rettidig upcoming” or the number of the row."


class NoPlanImportedError(RettidigError):
    da = "Der er ikke indlæst nogen plan endnu. Kør »rettidig import FIL« først."
    en = "No plan has been imported yet. Run “rettidig import FILE” first."


class BackwardsError(RettidigError):
    da = "--to {until} ligger før --from {since}; byt dem om."
    en = "--to {until} is before --from {since}; swap them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Messages that would leave, and how the milestones they are about stand."""

    plan: Plan
    stand: Sequence[Standing]
    messages: Sequence[Collected]


def register(app: typer.Typer) -> None:
    app.command("import")(import_document)
    app.command()(rehearse)
    app.command()(upcoming)
    app.command()(done)


def import_document(
    file: PlanPath,
    year: Year = None,
    as_of: AsOf = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Spørg ikke.")] = False,
    json: Json = False,
) -> None:
    """Indlæs en ny udgave af planen; viser forskellen, før noget gemmes."""
    plan = read_plan(file, year)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with open_parts(load_settings(as_of=as_of)) as parts:
        with parts.database.read() as connection:
            carried, changes = plans.compare_with_latest(connection, plan)
        if not json:
            _tell_difference(changes)
            _tell_unclear(parts.office, carried)
            if not yes and not typer.confirm(phrase("Indlæs?", "Import?")):
                raise typer.Exit(1)
        changes = import_plan(
            parts.database, parts.clock, parts.office.rules, plan, digest=digest, source=file.name
        )
    if json:
        print_json(_difference_as_json(changes))


def _difference_as_json(changes: Difference) -> dict[str, list[str]]:
    return {
        "new": [milestone.id for milestone in changes.new],
        "moved": [pair.now.id for pair in changes.moved],
        "reworded": [pair.now.id for pair in changes.reworded],
        "dropped": [milestone.id for milestone in changes.dropped],
    }


def _tell_difference(changes: Difference) -> None:
    if not changes:
        tell(phrase("Planen siger det samme som før.", "The plan says the same as before."))
    for milestone in changes.new:
        tell(phrase("Ny: ", "New: ") + _in_short(milestone))
    for pair in changes.moved:
        tell(phrase("Flyttet: ", "Moved: ") + f"{pair.before.due_on} → {_in_short(pair.now)}")
    for pair in changes.reworded:
        tell(phrase("Omformuleret: ", "Reworded: ") + _in_short(pair.now))
    for milestone in changes.dropped:
        tell(phrase("Udgået: ", "Dropped: ") + _in_short(milestone))


def _tell_unclear(office: Office, plan: Plan) -> None:
    for finding in office.settle(plan)[2]:
        caution(finding.message(reply_language()))


def _in_short(milestone: Milestone) -> str:
    return f"{milestone.due_on or milestone.deadline}  {milestone.activity[:80]}  ({milestone.id})"


def rehearse(
    file: PlanPath,
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="ÅÅÅÅ-MM-DD")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="ÅÅÅÅ-MM-DD")],
    year: Year = None,
    *,
    json: Json = False,
) -> None:
    """Vis, hvad der ville blive sendt i en periode. Intet sendes."""
    if until < since:
        raise BackwardsError(since=since.date(), until=until.date())
    settings = load_settings()
    outlook = _rehearsed(read_plan(file, year), settings, since.date(), until.date())
    _show_messages(outlook, settings, json=json)


def _rehearsed(found: Plan, settings: Settings, since: date, until: date) -> Outlook:
    """The messages of a stretch of time; stand-ins hear them while nobody is configured."""
    office = office_of(settings)
    plan, told, _ = office.settle(found)
    told = told or hearers(stand_ins(plan, settings.language))
    stand = [Standing(milestone=milestone, since=since) for milestone in plan.milestones]
    return Outlook(plan=plan, stand=stand, messages=rehearsal(plan, told, office.rules, since, until))


def upcoming(
    days: Annotated[int, typer.Option(min=1, max=1000, metavar="DAGE")] = 30,
    as_of: AsOf = None,
    *,
    json: Json = False,
) -> None:
    """Vis, hvad der bliver sendt de næste dage."""
    settings = load_settings(as_of=as_of)
    with open_parts(settings) as parts:
        outlook = _coming(parts, timedelta(days))
    _show_messages(outlook, settings, json=json)


def _coming(parts: Parts, ahead: timedelta) -> Outlook:
    with parts.database.read() as connection:
        latest = plans.latest_revision(connection)
        stand = plans.standings(connection)
    if latest is None:
        raise NoPlanImportedError
    rules, now = parts.office.rules, parts.clock.now()
    plan, told, _ = parts.office.settle(latest.plan)
    owed = schedule(plan, stand, told, rules, rules.local_day(now + ahead))
    return Outlook(
        plan=plan, stand=stand, messages=collect((notice for notice in owed if notice.at > now), rules)
    )


def _show_messages(outlook: Outlook, settings: Settings, *, json: bool) -> None:
    shown = [_message_as_json(outlook, message, settings) for message in outlook.messages]
    if json:
        for message in shown:
            print_json(message)
        return
    headings = (
        phrase("Hvornår", "When"),
        phrase("Til", "To"),
        phrase("Kanal", "Channel"),
        phrase("Anledning", "Occasion"),
        phrase("Emne", "Subject"),
    )
    fields = ("recipient", "channel", "occasion", "subject")
    console.print(table(headings, ((each["at"][:16], *(each[field] for field in fields)) for each in shown)))
    tell(phrase(f"{len(shown)} beskeder.", f"{len(shown)} messages."))


def _message_as_json(outlook: Outlook, message: Collected, settings: Settings) -> dict[str, Any]:
    stand = {standing.milestone.id: standing for standing in outlook.stand}
    reminder = reminder_about(
        [(stand[notice.milestone], notice.occasion) for notice in message.notices],
        plan=outlook.plan,
        hearer=message.hearer,
        on=message.on,
    )
    return {
        "at": message.at.astimezone(ZoneInfo(settings.timezone)).isoformat(),
        "recipient": message.hearer.recipient,
        "channel": message.hearer.channel.value,
        "occasion": reminder.occasion.value,
        "milestones": [item.milestone.id for item in reminder.items],
        "subject": _subject(message.hearer.channel, reminder),
    }


def _subject(channel: Channel, reminder: Reminder) -> str:
    if channel is not Channel.INVITE:
        return subject_of(reminder)
    is_cancelled = reminder.occasion is Occasion.CANCELLED
    return subject_of_invite(reminder.language, reminder.items[0].milestone, cancelled=is_cancelled)


def done(
    milestone: Annotated[str, typer.Argument(metavar="MILEPÆL", help="Et id, eller rækkens nummer.")],
    by: Annotated[str, typer.Option(metavar="NAVN", help="Hvem der meldte det.")] = "rettidig done",
    as_of: AsOf = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Det er alligevel ikke udført.")] = False,
    json: Json = False,
) -> None:
    """Meld en milepæl udført; så mindes ingen om den mere."""
    with open_parts(load_settings(as_of=as_of)) as parts, parts.database.write() as connection:
        found = _milestone(plans.standings(connection), milestone)
        now = parts.clock.now()
        plans.store_mark(
            connection,
            found,
            plans.REOPENED if undo else plans.DONE,
            by=by,
            at=now,
            today=parts.office.rules.local_day(now),
        )
    if json:
        print_json({"milestone": found.id, "done": not undo})
    else:
        state = phrase("ikke udført", "not done") if undo else phrase("udført", "done")
        tell(f"{_in_short(found)}: {state}.")


def _milestone(stand: Iterable[Standing], name: str) -> Milestone:
    for standing in stand:
        if standing.dropped_on is None and name in (standing.milestone.id, str(standing.milestone.row)):
            return standing.milestone
    raise UnknownMilestoneError(id=name)
