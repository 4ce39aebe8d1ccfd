"""What calendars answered, and who is not reached, as it stands beside each milestone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from service.errors import Language
from service.messages.answer_wording import proposed_in_words, say
from service.messages.cleaning import one_line
from service.messages.wording import listed, quoted
from service.plan.plan import Plan
from service.reminders.audience import hearers_for
from service.reminders.notice import Hearer
from service.reminders.recipients import recipient_name
from service.reminders.responses import Response, Said
from service.reminders.schedule import Standing
from service.reminders.trouble import Trouble

TONES = {Said.DECLINED: "no", Said.PROPOSED: "other", Said.ACCEPTED: "yes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """Those who answered alike; `tone` is "no", "other", "yes" or "". `remarks` are for the coordinator."""

    tone: str
    text: str
    remarks: tuple[str, ...] = ()


Answers = Mapping[str, tuple[AnswerLine, ...]]
NO_ANSWERS: Answers = MappingProxyType({})


def answers_in_words(
    plan: Plan,
    stand: Iterable[Standing],
    hearers: Sequence[Hearer],
    *,
    responses: Iterable[Response],
    troubles: Sequence[Trouble],
    on: date,
    language: Language,
    with_remarks: bool = False,
) -> Answers:
    """By milestone; what is settled or dropped asks nobody any more."""
    by_milestone: dict[str, list[Response]] = {}
    for response in responses:
        by_milestone.setdefault(response.milestone, []).append(response)
    found = {}
    for standing in stand:
        if standing.settled or standing.dropped_on:
            continue
        unreached = unreached_for(plan, standing, hearers, troubles)
        answered = by_milestone.get(standing.milestone.id, [])
        lines = [*_unreachable(unreached, language), *_lines(answered, hearers, on, language)]
        if lines:
            shown = lines if with_remarks else [replace(line, remarks=()) for line in lines]
            found[standing.milestone.id] = tuple(shown)
    return found


def answers_as_json(
    plan: Plan,
    stand: Iterable[Standing],
    hearers: Sequence[Hearer],
    *,
    responses: Sequence[Response],
    troubles: Sequence[Trouble],
) -> Mapping[str, dict[str, Any]]:
    """The same for other programs, of every milestone: who answered what, and who is not reached, by key."""
    return {
        standing.milestone.id: {
            "answers": [
                response_as_json(each) for each in responses if each.milestone == standing.milestone.id
            ],
            "unreachable": [hearer.recipient for hearer in unreached_for(plan, standing, hearers, troubles)],
        }
        for standing in stand
    }


def response_as_json(response: Response) -> dict[str, Any]:
    """Without the address and the remark; instants in UTC, what is proposed local."""
    day, clock = response.proposed_on, response.proposed_time
    return {
        "recipient": response.recipient,
        "said": response.said.value,
        "at": response.answered_at.isoformat(),
        "proposed_on": day.isoformat() if day else None,
        "proposed_time": clock.strftime("%H:%M") if clock else None,
        "outdated": response.is_outdated,
    }


def unreached_for(
    plan: Plan, standing: Standing, hearers: Iterable[Hearer], troubles: Iterable[Trouble]
) -> list[Hearer]:
    """Of those it is up to, the ones whose address takes nothing; each recipient once."""
    told = hearers_for(plan, standing.milestone, hearers, standing.progress)
    hit = [hearer for hearer in told if any(trouble.hits(hearer) for trouble in troubles)]
    return list({hearer.recipient: hearer for hearer in hit}.values())


def _unreachable(unreached: Sequence[Hearer], language: Language) -> Iterator[AnswerLine]:
    if unreached:
        names = [one_line(hearer.name) or hearer.recipient.upper() for hearer in unreached]
        yield AnswerLine(tone="no", text=say(language, "unreachable.names", names=listed(language, names)))


def _lines(
    responses: Sequence[Response], hearers: Sequence[Hearer], on: date, language: Language
) -> Iterator[AnswerLine]:
    """One line for each answer, the ones that ask for something first; what was for another date last."""
    for said in Said:
        alike: dict[str, list[Response]] = {}
        for response in responses:
            if response.said is said and not response.is_outdated:
                alike.setdefault(proposed_in_words(language, response, on), []).append(response)
        for proposed, group in alike.items():
            names = _names(group, hearers, language)
            text = say(language, f"{said}.names", names=names, proposed=proposed)
            remarks = tuple(_remark(response, hearers, language) for response in group if response.comment)
            yield AnswerLine(tone=TONES.get(said, ""), text=text, remarks=remarks)
    outdated = [response for response in responses if response.is_outdated]
    if outdated:
        names = _names(outdated, hearers, language)
        yield AnswerLine(tone="", text=say(language, "outdated.names", names=names))


def _names(responses: Iterable[Response], hearers: Sequence[Hearer], language: Language) -> str:
    names = (one_line(recipient_name(hearers, response.recipient)) for response in responses)
    return listed(language, list(dict.fromkeys(names)))


def _remark(response: Response, hearers: Sequence[Hearer], language: Language) -> str:
    name = one_line(recipient_name(hearers, response.recipient))
    return f"{name}: {quoted(language, response.comment)}"
