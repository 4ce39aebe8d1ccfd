"""Which data are held on people, why and for how long, in words."""

from typing import NamedTuple

from service.messages.phrases import Phrase


class Kept(NamedTuple):
    """`setting` is that of the retention, "" where something else decides; `until` says since when."""

    what: Phrase
    why: Phrase
    until: Phrase
    setting: str = ""


KEPT_FOR = {"ever": Phrase("Uden tidsgrænse", "Without a limit")}

HELD = (
    Kept(
        Phrase("Mailadresser og navne på dem, der får besked", "E-mail addresses and names of who is told"),
        Phrase("For at kunne sende påmindelser og invitationer", "To send reminders and invitations"),
        Phrase("Så længe de står i indstillingerne", "As long as they stand in the settings"),
    ),
    Kept(
        Phrase("Beskedernes tekst", "The text of messages"),
        Phrase("For at kunne prøve igen, hvis en mailserver er nede", "To try again when a relay is down"),
        Phrase("Til den anden side har modtaget dem", "Until the other side has accepted them"),
    ),
    Kept(
        Phrase(
            "Hvilke påmindelser der er sendt til hvem, og hvad der blev svaret",
            "Which reminders were sent to whom, and what was answered",
        ),
        Phrase("For ikke at sende noget to gange", "To send nothing twice"),
        Phrase(
            "{days} dage efter deres tid, og mens punktet er åbent",
            "{days} days after their time, and while the item is open",
        ),
        "notices",
    ),
    Kept(
        Phrase(
            "Hvilke frister vi har skrevet i en modtagers egen kalender, som fingeraftryk",
            "Which deadlines we wrote into a recipient's own calendar, as fingerprints",
        ),
        Phrase("For at holde dem ved lige og kunne tage dem ud", "To keep them right and to take them out"),
        Phrase(
            "Så længe de står der, højst {days} dage efter, at vi sidst så efter",
            "As long as they stand there, at most {days} days after we last looked",
        ),
        "notices",
    ),
    Kept(
        Phrase(
            "Hvad kalendere svarede på invitationer, med bemærkning; mails gemmes ikke",
            "What calendars answered to invitations, with its remark; no mail is kept",
        ),
        Phrase("For at vise, hvem der kommer", "To show who is coming"),
        Phrase(
            "Mens punktet er i planen, og {days} dage derefter",
            "While the item is in the plan, and for {days} days after that",
        ),
        "milestones",
    ),
    Kept(
        Phrase("Hvem der har meldt hvad om et punkt", "Who reported what of an item"),
        Phrase("For at vide, hvordan planen står", "To know how the plan stands"),
        Phrase(
            "Mens punktet er i planen, og {days} dage derefter",
            "While the item is in the plan, and for {days} days after that",
        ),
        "milestones",
    ),
    Kept(
        Phrase("Den seneste udgave af hvert abonnement på en kalender", "Each calendar feed as last shown"),
        Phrase("For at kunne vise den, når en ny ikke kan laves", "To show it when a new one cannot be made"),
        Phrase("Så længe nogen har dens adresse", "As long as somebody has its address"),
    ),
    Kept(
        Phrase("Tidligere udgaver af planen", "Earlier revisions of the plan"),
        Phrase("For at kunne se, hvad der er ændret", "To see what was changed"),
        Phrase("{days} dage", "{days} days"),
        "revisions",
    ),
    Kept(
        Phrase("Hemmelige links, kun som et fingeraftryk", "Secret links, only as a fingerprint"),
        Phrase("For at kende dem igen", "To know them again"),
        Phrase("Til {days} dage efter, at de er lukket", "Until {days} days after they were closed"),
        "links",
    ),
    Kept(
        Phrase(
            "Optegnelsen: hvem der fik hvad at vide hvornår",
            "The record: who was told what, and when",
        ),
        Phrase("For at kunne gøre rede for det", "To account for it"),
        Phrase("{days} dage", "{days} days"),
        "record",
    ),
    Kept(
        Phrase("Kopier af databasen fra en opgradering", "Copies of the database from an upgrade"),
        Phrase("For at kunne gå tilbage", "To be able to go back"),
        Phrase("{days} dage", "{days} days"),
        "copies",
    ),
)
