"""The secret pages that one message leads to, made while it is composed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from service.delivery.desk import Desk
from service.reminders.notice import Hearer
from service.storage.links import OF_THE_COORDINATOR, Holder, LinkKind, create_link, feed_of


@dataclass(frozen=True, slots=True)
class NewLinks:
    """Those for one hearer in one message; there are none where the pages cannot be reached."""

    desk: Desk
    connection: Connection
    hearer: Hearer
    message_id: str
    at: datetime

    def done_urls(self, milestones: Iterable[str]) -> dict[str, str]:
        """A page for each milestone in the message on which this hearer can report."""
        told = [self.desk.standings[milestone] for milestone in milestones]
        open_ones = {each.milestone.id for each in told if not (each.dropped_on or each.settled)}
        base = self.desk.stationery.base_url
        if not base:
            return {}
        return {each: f"{base}/m/{self._token(LinkKind.MILESTONE, each)}" for each in sorted(open_ones)}

    def feed_url(self) -> str | None:
        """A page on which a hearer who wants a calendar to follow finds it."""
        base = self.desk.stationery.base_url
        if not base or not self.hearer.preferences.feed:
            return None
        subject = OF_THE_COORDINATOR if self.hearer.is_coordinator else feed_of(self.hearer.parties)
        return f"{base}/feed/{self._token(LinkKind.FEED, subject)}"

    def _token(self, kind: LinkKind, subject: str) -> str:
        return create_link(
            self.connection, kind, subject, self.at, holder=self._holder(), message_id=self.message_id
        )

    def _holder(self) -> Holder:
        return Holder(
            recipient=self.hearer.recipient,
            name=self.hearer.name,
            # None in particular: the coordinator speaks for everybody.
            parties=frozenset() if self.hearer.is_coordinator else self.hearer.parties,
            language=self.hearer.language,
        )
