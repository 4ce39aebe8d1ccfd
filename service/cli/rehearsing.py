"""What `rehearse` does once the plan is read."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from service.cli.comparison import contrast_as_json, show_contrast
from service.cli.files import write_whole
from service.cli.output import caution, phrase, print_json, reply_language, tell
from service.cli.rehearsal_calendar import show_calendar
from service.cli.trial import command_settings
from service.cli.unclear import tell_unclear
from service.configured import office_of, stationery_of
from service.errors import RettidigError
from service.messages.composing import Stationery, Writer
from service.messages.mailbox import Mailbox
from service.messages.outlook import message_as_json
from service.messages.rehearsal import KEY, Contrast, Rehearsal, in_full
from service.messages.rehearsal_wording import say
from service.plan.plan import Plan
from service.reminders.comparison import compare
from service.reminders.recipients import hearers, stand_ins
from service.reminders.rehearsal import first_standings, rehearse, span_of
from service.settings import Settings, outweighed

Day = datetime | None


class BackwardsError(RettidigError):
    da = "--to {until} ligger før --from {since}; byt dem om."
    en = "--to {until} is before --from {since}; swap them."


class NoDatesError(RettidigError):
    da = "{file}: planen har ingen datoer. Skriv selv en periode med --from og --to."
    en = "{file}: the plan has no dates. Write a stretch of time with --from and --to."


class TooLongError(RettidigError):
    da = "{since} til {until} er for lang en periode; skriv højst {years} år."
    en = "{since} to {until} is too long a stretch of time; write {years} years at most."


class TooFarError(RettidigError):
    da = "{since} til {until}: skriv år fra {first} til {last}."
    en = "{since} to {until}: write years from {first} to {last}."


YEARS = range(1970, 2201)
# A plan is four years long, an anniversary plan ten; what goes on for longer is a slip of the finger.
MOST_YEARS = 25


class Days(NamedTuple):
    """A stretch of time, both ends included."""

    first: date
    last: date


def show(rehearsal: Rehearsal, contrast: Contrast | None, report: Path | None, *, full: bool) -> None:
    tell_unclear(rehearsal.plan.findings)
    if report:
        tell(phrase(f"Skrevet: {report}", f"Written: {report}"))
    if contrast:
        show_contrast(contrast)
    elif not report:
        show_calendar(rehearsal, full=full)


def days_of(plan: Plan, since: Day, until: Day, file: Path) -> Days:
    """The days that were asked for; where none was, those that hold all of the plan."""
    whole = None if since and until else span_of(plan)
    if whole is None and not (since and until):
        raise NoDatesError(file=file.name)
    first = since.date() if since else whole[0] if whole else date.min
    last = until.date() if until else whole[1] if whole else date.max
    if last < first:
        raise BackwardsError(since=first, until=last)
    if first.year not in YEARS or last.year not in YEARS:
        raise TooFarError(since=first, until=last, first=YEARS[0], last=YEARS[-1])
    if last.year - first.year > MOST_YEARS:
        raise TooLongError(since=first, until=last, years=MOST_YEARS)
    return Days(first, last)


def rehearsed(found: Plan, settings: Settings, days: Days) -> Rehearsal:
    """A plan under these settings; stand-ins hear of it while nobody is configured."""
    office = office_of(settings)
    plan, told, findings = office.settle(found)
    stationery = stationery_of(settings)
    if settings.configured_recipients():
        plan = replace(plan, findings=(*plan.findings, *findings))
    else:
        people = stand_ins(plan, settings.language)
        told, stationery = hearers(people), _answered_by(stationery, people[-1].name, people[-1].emails[0])
    return Rehearsal(
        plan=plan,
        since=days.first,
        until=days.last,
        rules=office.rules,
        told=tuple(told),
        writer=Writer(plan=plan, key=KEY, stationery=stationery),
        stand=tuple(first_standings(plan, days.first)),
        messages=tuple(rehearse(plan, told, office.rules, *days)),
    )


def contrasted(before: Rehearsal, found: Plan, draft: Path) -> Contrast:
    """The same plan and days with what a draft changes of the shared setup."""
    after = rehearsed(found, command_settings(draft), Days(before.since, before.until))
    for setting, stronger in outweighed(draft):
        caution(say(reply_language(), "outweighed", setting=setting, stronger=stronger))
    comparison = compare(before.messages, after.messages)
    return Contrast(before=before, after=after, other=draft.name, comparison=comparison)


def _answered_by(stationery: Stationery, name: str, address: str) -> Stationery:
    """With a coordinator who stands in for the one that is not configured yet."""
    sender = replace(stationery.sender, reply_to=Mailbox(address=address, name=name))
    return replace(stationery, sender=sender, coordinator_name=name)


def print_messages(rehearsal: Rehearsal, contrast: Contrast | None, *, full: bool) -> None:
    """One object a line, to which `full` adds the message itself; or the contrast as one object."""
    if contrast:
        print_json(contrast_as_json(contrast))
        return
    outlook, timezone = rehearsal.outlook, rehearsal.writer.stationery.zone.key
    if full:
        for each in in_full(rehearsal):
            short = outlook.as_json(each.collected, timezone, each.message.subject)
            print_json({**short, "message": message_as_json(each.message)})
    else:
        for message in outlook.messages:
            print_json(outlook.as_json(message, timezone))


def write_page(rehearsal: Rehearsal, contrast: Contrast | None, page: Path, document: Path) -> None:
    # Only a page needs Markdown, for the texts of cards.
    from service.messages.rehearsal_page import rehearsal_page  # noqa: PLC0415

    written = rehearsal_page(rehearsal, contrast, reply_language(), file=document.name)
    write_whole(page, written, document)
