#!/usr/bin/env python
"""Example mails as a reader sees them: HTML files and, with a browser, pictures of them.

python tools/gallery.py OUT [--pictures]      one page and, in each width and light, one picture a case
python tools/gallery.py --readme              docs/pictures/reminder.png
"""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from service.bundled import TEMPLATES  # noqa: E402 - the checkout goes first on the path
from service.messages.email import Envelope, compose_email  # noqa: E402 - the same
from service.messages.mailbox import Mailbox, Sender  # noqa: E402 - the same
from service.messages.reminder import Item, Reminder  # noqa: E402 - the same
from service.messages.templates import Templates  # noqa: E402 - the same
from service.plan.milestone import Milestone  # noqa: E402 - the same
from service.plan.place import Place, Spot  # noqa: E402 - the same
from service.plan.window import AWAITING, Certainty, Kind, Window  # noqa: E402 - the same
from service.reminders.notice import Occasion  # noqa: E402 - the same

TITLE = "Samlet procesplan ifm. vedtagelse af ny boligsocial helhedsplan 2025-2029 i Slagelse Kommune"
PAGE = "https://frister.example.dk"
SENDER = Sender(
    mailbox=Mailbox(address="frister@example.dk", name="Rettidig"),
    reply_to=Mailbox(address="sekretariat@example.dk", name="Mette Koch"),
)


def milestone(row: int, deadline: str, window: Window, activity: str, responsible: str) -> Milestone:
    return Milestone(
        id=f"m{row}",
        row=row,
        where=Place.at(Spot.TABLE, 1).then(Spot.ROW, row),
        deadline=deadline,
        window=window,
        due_on=window.last_day,
        activity=activity,
        responsible=responsible,
        parties=(),
    )


def exactly(day: date) -> Window:
    return Window(starts_on=day, ends_on=day, kind=Kind.DAY, certainty=Certainty.EXACT)


def about(start: date, end: date, kind: Kind = Kind.MONTH) -> Window:
    return Window(starts_on=start, ends_on=end, kind=kind, certainty=Certainty.APPROXIMATE)


PRIMO = milestone(
    4,
    "Primo marts 2024",
    about(date(2024, 3, 1), date(2024, 3, 10), Kind.PART_OF_MONTH),
    "Boligsoc. bestyrelse godkender prækvalifikationsmaterialet og indstiller til godkendelse i de "
    "boligorganisatoriske bestyrelser og Slagelse Kommune.",
    "Bestyrelsen",
)
SB = milestone(
    5,
    "13. marts 2024",
    exactly(date(2024, 3, 13)),
    "Slagelse Boligselskab – Organisationsbestyrelse behandler/godkender prækvalifikationsmaterialet.",
    "Slagelse Boligselskab (SB)",
)
FOB = milestone(
    6,
    "20. marts 2024",
    exactly(date(2024, 3, 20)),
    "FOB - Organisationsbestyrelse behandler/godkender prækvalifikationsmaterialet.",
    "FOB",
)
COUNCIL = replace(
    milestone(
        9,
        "Maj 2024",
        about(date(2024, 5, 1), date(2024, 5, 31)),
        "Prækvalifikationsmaterialet skal på Byrådsmøde 27. maj, hvor Byrådet i Slagelse Kommune skal "
        "godkende prækvalifikationen.",
        "Slagelse Kommune",
    ),
    due_on=date(2024, 5, 27),
)
SUBMISSION = replace(
    milestone(
        10,
        "Juni 2024",
        about(date(2024, 6, 1), date(2024, 6, 30)),
        "Prækvalifikationsmaterialet indsendes til Landsbyggefonden.",
        "Bestyrelsen",
    ),
    checklist=(
        "Et ansøgningsskema med en række stamdata/de deltagende geografiske områder (afdelinger).",
        "Beboerdata for boligområderne/afdelingerne.",
        "En kortfattet projektbeskrivelse (max 3 A4-sider).",
        "Et (meget) overordnet budgetoverslag.",
        "En kommunal anbefaling.",
        "En tilkendegivelse om deltagelse fra boligorganisationerne på vegne af involverede boligafdelinger.",
        "Der stilles krav om minimum 25 % i lokal medfinansiering (boligorganisationer og kommune).",
    ),
)
POLITICAL = milestone(
    14,
    "Afventer dato, aftales med MK/Slagelse Kom.",
    AWAITING,
    "Slagelse Kommune - politisk fremlæggelse af udkast til ny boligsocial helhedsplan.",
    "Aftales nærmere.",
)
APPROVAL = milestone(
    22,
    "Afventer - 2025",
    AWAITING,
    "Landsbyggefonden godkender ny boligsocial helhedsplan (2025 - 2029).",
    "LBF",
)


def item(what: Milestone, occasion: Occasion, on: date, *responsible: str, was: date | None = None) -> Item:
    undone = occasion not in (Occasion.AWAITING, Occasion.CANCELLED)
    return Item(
        milestone=what,
        occasion=occasion,
        days=(what.due_on - on).days if what.due_on else None,
        responsible=responsible or (what.responsible,),
        was=was,
        done_url=f"{PAGE}/done/example-{what.id}" if undone else None,
    )


def reminder(name: str, on: date, *items: Item) -> Reminder:
    return Reminder(
        language="da",
        recipient_name=name,
        plan_title=TITLE,
        on=on,
        items=items,
        coordinator_name="Mette Koch",
        plan_url=f"{PAGE}/plan",
        feed_url=f"{PAGE}/feed/example",
    )


def cases() -> dict[str, Reminder]:
    week_before, later = date(2024, 3, 13), date(2024, 6, 23)
    one = reminder("FOB", week_before, item(FOB, Occasion.AHEAD, week_before, "FOB"))
    council = item(COUNCIL, Occasion.AHEAD, date(2024, 4, 27))
    several = reminder(
        "Sekretariatet",
        week_before,
        item(PRIMO, Occasion.OVERDUE, week_before),
        item(SB, Occasion.DUE, week_before, "Slagelse Boligselskab (SB)"),
        item(replace(FOB, due_on=date(2024, 3, 27)), Occasion.CHANGED, week_before, was=FOB.due_on),
        item(COUNCIL, Occasion.AHEAD, week_before),
        item(POLITICAL, Occasion.AWAITING, week_before, "Slagelse Kommune"),
    )
    moved = replace(
        FOB, due_on=date(2024, 3, 27), window=exactly(date(2024, 3, 27)), deadline="27. marts 2024"
    )
    return {
        "one": one,
        "council": reminder("Slagelse Kommune", date(2024, 4, 27), council),
        "english": replace(reminder("Slagelse Kommune", date(2024, 4, 27), council), language="en"),
        "several": several,
        "several-english": replace(several, language="en"),
        "checklist": reminder("Bestyrelsen", later, item(SUBMISSION, Occasion.AHEAD, later)),
        "overdue": reminder("Bestyrelsen", week_before, item(PRIMO, Occasion.OVERDUE, week_before)),
        "awaiting": reminder(
            "Mette Koch",
            week_before,
            item(POLITICAL, Occasion.AWAITING, week_before, "Slagelse Kommune"),
            item(APPROVAL, Occasion.AWAITING, week_before, "Landsbyggefonden (LBF)"),
        ),
        "changed": reminder("FOB", week_before, item(moved, Occasion.CHANGED, week_before, was=FOB.due_on)),
        "cancelled": reminder("FOB", week_before, item(FOB, Occasion.CANCELLED, week_before)),
    }


def html_of(case: Reminder) -> str:
    at = datetime.combine(case.on, datetime.min.time(), UTC) + timedelta(hours=7)
    envelope = Envelope(
        sender=SENDER,
        to=Mailbox(address="modtager@example.dk", name=case.recipient_name),
        message_id="<example@example.dk>",
        at=at,
    )
    return compose_email(case, envelope, Templates(TEMPLATES)).html


def write_pages(folder: Path, names: list[str]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for name in names:
        pages.append(folder / f"{name}.html")
        pages[-1].write_text(html_of(cases()[name]))
    return pages


def photograph(page: Path) -> None:
    """A wide and a narrow window, each by day and by night."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only pictures need the browser

    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--disable-quic"])
        for width in (700, 360):
            for scheme in schemes:
                shown = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=scheme)
                shown.goto(page.as_uri())
                shown.screenshot(path=page.with_name(f"{page.stem}-{width}-{scheme}.png"), full_page=True)
        browser.close()


def readme_picture(picture: Path) -> None:
    """A reminder in a mail program, and one that is late on a phone at night."""
    from PIL import Image  # noqa: PLC0415 - only this picture needs it

    with TemporaryDirectory() as folder:
        for page in write_pages(Path(folder), ["council", "overdue"]):
            photograph(page)
        mail = Image.open(Path(folder, "council-700-light.png"))
        phone = Image.open(Path(folder, "overdue-360-dark.png"))
        both = Image.new("RGB", (mail.width + phone.width, max(mail.height, phone.height)), "#eef1f0")
        both.paste(mail, (0, 0))
        both.paste(phone, (mail.width, 0))
    picture.parent.mkdir(parents=True, exist_ok=True)
    both.quantize(128).save(picture, optimize=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", help="where the pages go")
    options.add_argument("--only", nargs="+", choices=list(cases()), default=list(cases()))
    options.add_argument("--pictures", action="store_true", help="of each page four pictures")
    options.add_argument("--readme", action="store_true", help="docs/pictures/reminder.png")
    chosen = options.parse_args()
    if chosen.readme:
        readme_picture(ROOT / "docs" / "pictures" / "reminder.png")
    for page in write_pages(chosen.folder, chosen.only) if chosen.folder else []:
        if chosen.pictures:
            photograph(page)


if __name__ == "__main__":
    main()
