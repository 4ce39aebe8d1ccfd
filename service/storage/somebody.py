"""Somebody on whom data are held: found by the name of a recipient, a party or a person, or by an address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, or_, select

from service.plan.party import Party
from service.plan.plan import Plan
from service.reminders.notice import folded, spellings
from service.storage import tables
from service.storage.links import LinkKind

AT_ADDRESSES: tuple[Table, ...] = (
    tables.notice,
    tables.message,
    tables.invite,
    tables.trouble,
    tables.response,
    tables.addressee,
)
"""The tables whose rows name a recipient and an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One recipient or person.

    `keys` are those of the settings, `addresses` mailboxes in lower case, `names` those under which something
    was reported or sent. `parties` are the ids of those that the plan calls so.
    """

    keys: frozenset[str] = frozenset()
    addresses: frozenset[str] = field(default=frozenset(), repr=False)
    names: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether anything is held, beside what the plan says of a party."""
        return bool(self.keys or self.addresses or self.names)

    def is_at(self, table: Table) -> ColumnElement[bool]:
        """A condition on a row of a table that names a recipient and an address."""
        return or_(table.c.recipient.in_(self.keys), func.lower(table.c.address).in_(self.addresses))

    def has_reported(self) -> ColumnElement[bool]:
        """A condition on a mark; the name alone counts where it was not reported by a link."""
        mark = tables.mark.c
        return or_(mark.recipient.in_(self.keys), and_(mark.recipient == "", mark.marked_by.in_(self.names)))

    def is_meant(self) -> ColumnElement[bool]:
        """A condition on an addressee of the record."""
        who = tables.addressee.c
        return or_(self.is_at(tables.addressee), and_(who.recipient == "", who.name.in_(self.names)))

    def has_collection(self) -> ColumnElement[bool]:
        """A condition on a calendar collection that we write in."""
        return tables.collection.c.recipient.in_(self.keys)

    def holds(self) -> ColumnElement[bool]:
        """A condition on a link: it was sent to them, or opens the feed of a party that is theirs alone."""
        link = tables.link.c
        is_their_feed = and_(link.kind == LinkKind.FEED, link.subject.in_(self.parties))
        return or_(link.holder["recipient"].as_string().in_(self.keys), is_their_feed)


def find_somebody(
    connection: Connection, name: str, plan: Plan | None, configured: Mapping[str, Collection[str]]
) -> Somebody:
    """Everything that goes by a name or is at an address; empty in all its parts where nothing is.

    `configured` are the addresses that the settings have for each recipient.
    """
    if "@" in name:
        address = name.strip().lower()
        is_set = address in {each.lower() for emails in configured.values() for each in emails}
        return Somebody(addresses=frozenset({address} if is_set else _held_at(connection, address)))
    parties = [party for party in plan.parties if folded(name) in _spelled(party)] if plan else []
    wanted = frozenset({folded(name)}).union(*map(_spelled, parties))
    keys = frozenset(key for key in known_keys(connection) | configured.keys() if folded(key) in wanted)
    set_up = frozenset(each.lower() for key in keys for each in configured.get(key, ()))
    return Somebody(
        keys=keys,
        addresses=_addresses_of(connection, keys) | set_up,
        names=_names(connection, name, keys),
        parties=frozenset(party.id for party in parties),
    )


def known_keys(connection: Connection) -> frozenset[str]:
    """The recipients on whom anything is held."""
    others = (tables.mark.c.recipient, tables.collection.c.recipient)
    columns = (*(table.c.recipient for table in AT_ADDRESSES), *others)
    found = {key for column in columns for key in connection.scalars(select(column).distinct())}
    holders = connection.scalars(select(tables.link.c.holder).where(tables.link.c.holder.is_not(None)))
    found |= {str(holder["recipient"]) for holder in holders}
    return frozenset(found - {""})


def _spelled(party: Party) -> frozenset[str]:
    return frozenset[str]().union(*map(spellings, (party.id, party.name, *party.aliases)))


def _held_at(connection: Connection, address: str) -> frozenset[str]:
    """The address, if anything is held at it."""
    found = (exists().where(func.lower(table.c.address) == address) for table in AT_ADDRESSES)
    return frozenset({address} if connection.scalar(select(or_(*found))) else ())


def _addresses_of(connection: Connection, keys: frozenset[str]) -> frozenset[str]:
    """The mailboxes; a Teams channel is nobody's own, and may be shared."""
    return frozenset(
        address
        for table in AT_ADDRESSES
        for address in connection.scalars(
            select(func.lower(table.c.address)).where(table.c.recipient.in_(keys)).distinct()
        )
        if "@" in address
    )


def _names(connection: Connection, name: str, keys: frozenset[str]) -> frozenset[str]:
    """What those with these keys were called, and the name itself if somebody reported under it."""
    mark, who = tables.mark.c, tables.addressee.c
    reported = connection.scalars(select(mark.marked_by).where(mark.marked_by == name.strip()))
    called = connection.scalars(select(who.name).where(who.recipient.in_(keys), who.name != ""))
    return frozenset((*reported, *called))
