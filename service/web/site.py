"""What every page needs: where the data is, what time it is, in which language and under which address."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from http import HTTPStatus

from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from service.clock import Clock
from service.errors import Language
from service.messages.mailbox import Mailbox
from service.messages.templates import Templates
from service.plan.plan import Plan
from service.reminders.office import Office
from service.reminders.recipients import with_groups
from service.reminders.schedule import Standing
from service.storage.database import Database
from service.storage.plans import Revision, latest_revision, standings
from service.storage.responses import responses_in_force
from service.storage.troubles import open_troubles
from service.web.answers_view import Answers, answers_in_words
from service.web.wording import say

NO_REVISION = Revision(
    number=0,
    imported_at=datetime(1970, 1, 1, tzinfo=UTC),
    source="",
    digest="",
    plan=Plan(title="", language="da", milestones=(), parties=()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`base_url` is how people reach the service, without a slash at its end.

    `organizer` is whom calendar entries come from. The `office` says what "today" is, who hears of the plan,
    whose word settles a milestone, and whether feeds show a window of several days from end to end.
    """

    database: Database
    clock: Clock
    templates: Templates
    language: Language
    base_url: str
    organizer: Mailbox
    office: Office

    @property
    def timezone(self) -> str:
        return self.office.rules.timezone

    @property
    def today(self) -> date:
        return self.day_of(self.clock.now())

    def day_of(self, at: datetime) -> date:
        return self.office.rules.local_day(at)

    def revision(self, connection: Connection) -> Revision:
        """The latest revision, with its groups filled; an empty one, numbered 0, before the first import."""
        found = latest_revision(connection) or NO_REVISION
        return replace(found, plan=with_groups(found.plan, self.office.groups)[0])

    def standings(self, connection: Connection, plan: Plan) -> list[Standing]:
        """How the milestones stand; the plan has its groups."""
        return standings(connection, self.office.duty(plan))

    def answers(
        self,
        connection: Connection,
        plan: Plan,
        stand: Iterable[Standing],
        *,
        to_the_coordinator: bool = False,
    ) -> Answers:
        """What calendars answered, and who is not reached; remarks are for the coordinator alone."""
        return answers_in_words(
            plan,
            stand,
            self.office.settle(plan)[1],
            responses=responses_in_force(connection),
            troubles=open_troubles(connection),
            on=self.today,
            language=self.language,
            with_remarks=to_the_coordinator,
        )

    def page(self, name: str, *, status: int = 200, **values: object) -> HTMLResponse:
        phrase = partial(say, self.language)
        written = self.templates.html(f"web/{name}", language=self.language, phrase=phrase, **values)
        return HTMLResponse(written, status_code=int(status))

    def failure(self, status: int) -> HTMLResponse:
        """The page that says in one sentence why there is no other; it tells nothing of anybody."""
        is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        kind = "missing" if status == HTTPStatus.NOT_FOUND else "broken" if is_ours else "refused"
        return self.page("failure.html", status=status, kind=kind)
