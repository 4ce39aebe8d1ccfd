"""Settings + plan -> who hears for whom, and over which address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from service.errors import Language
from service.plan.finding import Finding
from service.plan.party import Party
from service.plan.plan import Plan
from service.reminders.notice import Channel, Hearer, Recipient, folded, spellings
from service.reminders.preferences import Pause

COORDINATOR = "coordinator"
"""The coordinator's key, which no other recipient can have."""

STAND_IN_DOMAIN = "rettidig.example"  # RFC 2606: no mail to it can reach anybody

_LONGEST_LOCAL_PART = 64  # RFC 5321 section 4.5.3.1.1
_COORDINATOR_NAMES: Mapping[Language, str] = {"da": "Koordinator", "en": "Coordinator"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfiguredRecipient:
    """A recipient without parties, and those that the settings list for it, by any name the plan has."""

    recipient: Recipient
    hears_for: tuple[str, ...] = ()


def recipients_of(
    plan: Plan, configured: Iterable[ConfiguredRecipient]
) -> tuple[tuple[Recipient, ...], tuple[Finding, ...]]:
    """The recipients with the parties of this plan that they hear for, and whom that leaves out.

    A recipient hears for the parties it lists and for the one its key names. A key need not name a party when
    the recipient lists some; every listed name must. It also hears for those that had the name in earlier
    revisions, or nobody would be told that what was theirs has left the plan.
    """
    recipients: list[Recipient] = []
    findings: list[Finding] = []
    for each in configured:
        key = each.recipient.key
        by_key = _named(plan.parties, key)
        listed = {name: _named(plan.parties, name) for name in each.hears_for}
        needed = listed if listed or each.recipient.is_coordinator else {key: by_key}
        findings += [_unclear(plan, key, name, found) for name, found in needed.items() if len(found) != 1]
        clear = [found[0].id for found in (by_key, *listed.values()) if len(found) == 1]
        former = [party.id for name in (key, *each.hears_for) for party in _named(plan.former, name)]
        recipients.append(replace(each.recipient, parties=frozenset((*clear, *former))))
    findings += [*_unheard(plan, recipients), *_missed_in_pauses(plan, recipients), *_at_odds(recipients)]
    return tuple(recipients), tuple(findings)


def with_groups(plan: Plan, groups: Mapping[str, Iterable[str]]) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan with the members of the given groups set, and the names that no party answers to.

    Who was a member stays one when its last row of its own leaves the plan.
    """
    members: dict[str, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for group, names in groups.items():
        named = {name: _named(plan.parties, name) or _named(plan.former, name) for name in (group, *names)}
        findings += [_unclear(plan, group, name, found) for name, found in named.items() if len(found) != 1]
        whole, *parts = (found[0].id if len(found) == 1 else None for found in named.values())
        if whole:
            members[whole] = tuple(part for part in parts if part and part != whole)

    def grouped(parties: Iterable[Party]) -> tuple[Party, ...]:
        return tuple(replace(party, members=members.get(party.id, party.members)) for party in parties)

    return replace(plan, parties=grouped(plan.parties), former=grouped(plan.former)), tuple(findings)


def stand_ins(plan: Plan, language: Language) -> tuple[Recipient, ...]:
    """A made-up mailbox for each party that is not a group of others, and for the coordinator."""
    people = [(party.id, party.name, frozenset({party.id})) for party in plan.parties if not party.members]
    coordinator_name = _COORDINATOR_NAMES[language]
    people.append((COORDINATOR, coordinator_name, frozenset()))
    return tuple(
        Recipient(
            key=key,
            name=name,
            parties=parties,
            emails=(f"{key[:_LONGEST_LOCAL_PART].rstrip('-')}@{STAND_IN_DOMAIN}",),
            language=language,
            is_coordinator=not parties,
        )
        for key, name, parties in people
    )


def hearers(recipients: Iterable[Recipient]) -> tuple[Hearer, ...]:
    """Each address over each channel once, hearing for all parties of all recipients that it stands for.

    It goes by the name and the language of the first of them; for their preferences see `shared_with`.
    """
    heard: dict[tuple[Channel, str], Hearer] = {}
    for recipient in recipients:
        for channel, address in _addresses(recipient):
            hearer = heard.get((channel, address.lower())) or _hearer(recipient, channel, address)
            heard[channel, address.lower()] = replace(
                hearer,
                parties=hearer.parties | recipient.parties,
                is_coordinator=hearer.is_coordinator or recipient.is_coordinator,
                instead=tuple(dict.fromkeys((*hearer.instead, *_instead(recipient, channel)))),
                preferences=hearer.preferences.shared_with(recipient.preferences),
            )
    return tuple(heard.values())


def recipient_name(hearers: Iterable[Hearer], recipient: str) -> str:
    """What the settings call a recipient, or its key."""
    names = (hearer.name for hearer in hearers if hearer.recipient == recipient and hearer.name)
    return next(names, recipient.upper())


def _named(parties: Iterable[Party], name: str) -> tuple[Party, ...]:
    """The party with this id, else those that the plan also calls so."""
    wanted, among = folded(name), tuple(parties)
    by_id = tuple(party for party in among if folded(party.id) == wanted)
    return by_id or tuple(party for party in among if wanted in _spellings(party))


def _spellings(party: Party) -> frozenset[str]:
    names = (party.name, *party.aliases)
    return frozenset[str]().union(*map(spellings, names))


def _unclear(plan: Plan, key: str, name: str, parties: tuple[Party, ...]) -> Finding:
    choices = ", ".join(party.id for party in parties or plan.parties)
    code = "name-of-several-parties" if parties else "name-of-no-party"
    return Finding(code=code, values={"key": key.upper(), "name": name, "parties": choices})


def _unheard(plan: Plan, recipients: Iterable[Recipient]) -> tuple[Finding, ...]:
    """The parties nobody hears for; without a coordinator their reminders reach nobody at all."""
    reachable = [recipient for recipient in recipients if _addresses(recipient)]
    heard = frozenset[str]().union(*(recipient.parties for recipient in reachable))
    somebody = any(recipient.is_coordinator for recipient in reachable)
    code = "party-unheard" if somebody else "party-reaches-nobody"
    return tuple(
        _at_its_first_row(plan, party, code) for party in plan.parties if not plan.members([party.id]) & heard
    )


def _at_its_first_row(plan: Plan, party: Party, code: str) -> Finding:
    values = {"party": party.name, "id": party.id}
    first = next((each for each in plan.milestones if party.id in each.parties), None)
    if first is None:
        return Finding(code=code, values=values)
    return Finding(code=code, row=first.row, where=first.where, values=values)


def _missed_in_pauses(plan: Plan, recipients: Iterable[Recipient]) -> Iterator[Finding]:
    """The pauses in which no coordinator stands in for somebody for whom nobody else hears."""
    reachable = [recipient for recipient in recipients if _addresses(recipient)]
    for away in reachable:
        for pause in away.preferences.pauses:
            there = [other for other in reachable if not _meet(pause, other.preferences.pauses)]
            heard = plan.members(party for other in there for party in other.parties)
            values = {"key": away.key.upper(), "pause": str(pause)}
            if any(other.is_coordinator for other in there):
                continue
            if away.is_coordinator:
                yield Finding(code="coordinator-pauses", values=values)
            elif away.parties - heard:
                yield Finding(code="pause-reaches-nobody", values=values)


def _meet(pause: Pause, others: Iterable[Pause]) -> bool:
    return any(pause.first <= other.last and other.first <= pause.last for other in others)


def _at_odds(recipients: Iterable[Recipient]) -> Iterator[Finding]:
    """Who shares a mailbox and wants to hear in another way."""
    for one, other in combinations(recipients, 2):
        shared = {email.lower() for email in one.emails} & {email.lower() for email in other.emails}
        if shared and one.preferences != other.preferences:
            yield Finding(
                code="mailbox-shared-at-odds", values={"key": one.key.upper(), "other": other.key.upper()}
            )


def _addresses(recipient: Recipient) -> tuple[tuple[Channel, str], ...]:
    reached_at: Mapping[Channel, tuple[str, ...]] = {
        Channel.EMAIL: recipient.emails,
        Channel.TEAMS: (recipient.teams,) if recipient.teams else (),
        Channel.INVITE: recipient.emails,
    }
    return tuple(
        (channel, address)
        for channel, addresses in reached_at.items()
        if channel in recipient.channels
        for address in addresses
    )


def _hearer(recipient: Recipient, channel: Channel, address: str) -> Hearer:
    return Hearer(
        recipient=recipient.key,
        name=recipient.name,
        channel=channel,
        address=address,
        parties=frozenset(),
        language=recipient.language,
        preferences=recipient.preferences,
    )


def _instead(recipient: Recipient, channel: Channel) -> tuple[str, ...]:
    return recipient.emails if channel is Channel.TEAMS else ()


def departed(plan: Plan, recipient: str, channel: Channel, address: str) -> Hearer:
    """Somebody who left the settings, and is still owed that an entry is taken out."""
    return Hearer(
        recipient=recipient,
        name="",
        channel=channel,
        address=address,
        parties=frozenset(),
        language="en" if plan.language == "en" else "da",
    )
