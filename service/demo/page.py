"""The demo's pages: the clock, what everybody received as they see it, the plan and the feeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, PlainTextResponse

from service.demo import views
from service.demo.mailbox import DemoMailbox, ReceivedMail
from service.demo.received import letterhead, opened
from service.demo.receiver import WebhookReceiver
from service.demo.wording import say
from service.messages.card_text import card_text
from service.messages.templates import source_hash
from service.storage.notices import count_by_state
from service.web.plan_view import counts, months
from service.web.security import READING, content_security_policy
from service.web.site import Site
from service.web.wording import say as say_on_pages

Received = TypeVar("Received")

STYLES = ("web/style.css", "teams/card.css", "web/demo/demo.css")
SCRIPT = "web/demo/live.js"
MOST_SHOWN = 100
LATEST = 14

# A mail brings its own inline styles and nothing else; what it links to opens beside the page.
MAIL_POLICY = content_security_policy(
    style_src="'unsafe-inline'",
    img_src="data:",
    frame_ancestors="'self'",
    sandbox="allow-popups allow-popups-to-escape-sandbox",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPages:
    """`feed_urls` leads to the page of each feed, by the name of its party."""

    site: Site
    mailbox: DemoMailbox
    receiver: WebhookReceiver
    feed_urls: Mapping[str, str]
    last_day: date
    policy: str

    def overview(self) -> HTMLResponse:
        mails, cards = self.mailbox.messages(), self.receiver.cards()
        lines = [views.mail_line(self.site, mail, "") for mail in _newest(mails, LATEST)]
        lines += [views.card_line(self.site, card) for card in _newest(cards, LATEST)]
        lines.sort(key=lambda line: line.received_at, reverse=True)
        with self.site.database.read() as connection:
            revision, outbox = self.site.revision(connection), count_by_state(connection)
        return self._page(
            "overview.html",
            title=revision.plan.title,
            progress=views.progress(self.site, revision, self.last_day),
            outbox=outbox,
            invites=sum(letterhead(mail).is_invite for mail in mails),
            lines=lines[:LATEST],
        )

    def mails(self, to: str = "") -> HTMLResponse:
        return self._inbox(to, None)

    def mail(self, number: int, to: str = "") -> HTMLResponse:
        return self._inbox(to, views.open_mail(self.site, self._mail(number), to))

    def _inbox(self, to: str, opened_mail: views.OpenMail | None) -> HTMLResponse:
        everything = self.mailbox.messages()
        shown = [mail for mail in everything if not to or to in mail.recipients]
        return self._page(
            "mails.html",
            folder=to,
            folders=views.folders(address for mail in everything for address in mail.recipients),
            lines=[views.mail_line(self.site, mail, to) for mail in _newest(shown, MOST_SHOWN)],
            hidden=len(shown[:-MOST_SHOWN]),
            mail=opened_mail,
        )

    def mail_html(self, number: int) -> HTMLResponse:
        """The HTML part alone, for a frame; `base` makes its links leave the frame."""
        html = opened(self._mail(number)).html.replace("<head>", '<head><base target="_blank">', 1)
        return HTMLResponse(html, headers={"Content-Security-Policy": MAIL_POLICY})

    def mail_raw(self, number: int) -> PlainTextResponse:
        return PlainTextResponse(self._mail(number).raw)

    def teams(self, to: str = "") -> HTMLResponse:
        everything = self.receiver.cards()
        shown = [card for card in everything if not to or to == card.recipient]
        return self._page(
            "teams.html",
            folder=to,
            folders=views.folders(card.recipient for card in everything),
            cards=[views.open_card(self.site, card) for card in _newest(shown, MOST_SHOWN)],
            hidden=len(shown[:-MOST_SHOWN]),
        )

    def feeds(self) -> HTMLResponse:
        return self._page("feeds.html", feed_urls=self.feed_urls)

    def plan(self) -> HTMLResponse:
        site = self.site
        with site.database.read() as connection:
            plan = site.revision(connection).plan
            stands = site.standings(connection, plan)
        found = months(plan, stands, site.today, site.language)
        rows = (row for month in found for row in month.rows)
        return self._page("plan.html", title=plan.title, counts=counts(rows), months=found)

    def _mail(self, number: int) -> ReceivedMail:
        messages = self.mailbox.messages()
        if not 1 <= number <= len(messages):
            raise HTTPException(404)
        return messages[number - 1]

    def _page(self, name: str, **values: object) -> HTMLResponse:
        site = self.site
        written = site.templates.html(
            f"web/demo/{name}",
            language=site.language,
            phrase=partial(say_on_pages, site.language),
            tell=partial(say, site.language),
            card_text=card_text,
            here=name.removesuffix(".html"),
            now=views.instant(site, site.clock.now()),
            tallies={"mails": len(self.mailbox.messages()), "teams": len(self.receiver.cards())},
            **values,
        )
        return HTMLResponse(written, headers={"Content-Security-Policy": self.policy})


def demo_routes(
    site: Site,
    mailbox: DemoMailbox,
    receiver: WebhookReceiver,
    feed_urls: Mapping[str, str],
    last_day: date,
) -> APIRouter:
    """The pages as routes that stand before the service's own; `feed_urls` may fill while they are served."""
    pages = DemoPages(
        site=site,
        mailbox=mailbox,
        receiver=receiver,
        feed_urls=feed_urls,
        last_day=last_day,
        policy=_policy(site),
    )
    router = APIRouter()
    router.add_api_route("/", pages.overview, methods=READING)
    router.add_api_route("/mails", pages.mails, methods=READING)
    router.add_api_route("/mails/{number:int}", pages.mail, methods=READING)
    router.add_api_route("/mails/{number:int}/html", pages.mail_html, methods=READING)
    router.add_api_route("/mails/{number:int}/raw", pages.mail_raw, methods=READING)
    router.add_api_route("/teams", pages.teams, methods=READING)
    router.add_api_route("/feeds", pages.feeds, methods=READING)
    router.add_api_route("/plan", pages.plan, methods=READING)
    return router


def _newest(received: Sequence[Received], most: int) -> Sequence[Received]:
    return received[: -most - 1 : -1]


def _policy(site: Site) -> str:
    """The page may fetch itself anew and show a mail in a frame; both come from here."""
    return content_security_policy(
        style_src=" ".join(source_hash(site.templates.text(style)) for style in STYLES),
        script_src=source_hash(site.templates.text(SCRIPT)),
        img_src="'self' data:",
        connect_src="'self'",
        frame_src="'self'",
        form_action="'none'",
    )
