"""Every phrase of a message in Danish and English."""

from typing import NamedTuple


class Phrase(NamedTuple):
    da: str
    en: str


PHRASES: dict[str, Phrase] = {
    # --- days left ---------------------------------------------------------------------------------------
    "days.today": Phrase("i dag", "today"),
    "days.tomorrow": Phrase("i morgen", "tomorrow"),
    "days.left": Phrase("om {days} dage", "in {days} days"),
    "days.over.one": Phrase("1 dag over fristen", "1 day overdue"),
    "days.over.many": Phrase("{days} dage over fristen", "{days} days overdue"),
    "days.none": Phrase("afventer dato", "awaiting a date"),
    "days.cancelled": Phrase("udgået", "withdrawn"),
    "days.moved": Phrase("ny frist, {days}", "new deadline, {days}"),
    "days.unset": Phrase("datoen er taget af", "the date has been removed"),
    "days.done": Phrase("udført", "done"),
    "days.not-relevant": Phrase("ikke relevant", "not relevant"),
    "days.declined": Phrase("takket nej, {days}", "declined, {days}"),
    "days.proposed": Phrase("anden tid foreslået, {days}", "another time proposed, {days}"),
    "days.handed-over": Phrase("givet videre til jer, {days}", "handed over to you, {days}"),
    # --- dates and windows -------------------------------------------------------------------------------
    "date.none": Phrase("Ingen dato endnu", "No date yet"),
    "date.by": Phrase("senest {end}", "by {end}"),
    "date.from": Phrase("fra {start}", "from {start}"),
    "date.at": Phrase("{date} kl. {time}", "{date} at {time}"),
    "plan.says": Phrase("Planen siger: {deadline}", "The plan says: {deadline}"),
    "moved.from": Phrase("Før: {date}", "Before: {date}"),
    # --- subjects: the same from the first reminder to the day itself, so that mail programs keep them in one
    # --- conversation; another one when something has happened that a reader must not overlook
    "subject.coming": Phrase("Frist {date}: {activity}", "Deadline {date}: {activity}"),
    "subject.today": Phrase("Frist {date}: {activity}", "Deadline {date}: {activity}"),
    "subject.late": Phrase("Over fristen {date}: {activity}", "Overdue since {date}: {activity}"),
    "subject.undated": Phrase("Afventer dato: {activity}", "Awaiting a date: {activity}"),
    "subject.changed": Phrase("Ny frist {date}: {activity}", "New deadline {date}: {activity}"),
    "subject.changed.undated": Phrase("Datoen er taget af: {activity}", "Date removed: {activity}"),
    "subject.cancelled": Phrase("Udgået: {activity}", "Withdrawn: {activity}"),
    "subject.declined": Phrase("Takket nej {date}: {activity}", "Declined {date}: {activity}"),
    "subject.proposed": Phrase(
        "Anden tid foreslået {date}: {activity}", "Another time proposed {date}: {activity}"
    ),
    "subject.done": Phrase("Udført: {activity}", "Done: {activity}"),
    "subject.not-relevant": Phrase("Ikke relevant: {activity}", "Not relevant: {activity}"),
    "subject.handed-over": Phrase("Jeres frist {date}: {activity}", "Your deadline {date}: {activity}"),
    "subject.handed-over.undated": Phrase("Jeres punkt: {activity}", "Your item: {activity}"),
    "subject.several": Phrase("{summary}: {plan}", "{summary}: {plan}"),
    "subject.invite": Phrase("Kalender {date}: {activity}", "Calendar {date}: {activity}"),
    "subject.invite.done": Phrase("Udført: {activity}", "Done: {activity}"),
    "subject.invite.cancelled": Phrase("Aflyst {date}: {activity}", "Cancelled {date}: {activity}"),
    # --- headlines of a message about one item; {mark} is one of the days left ---------------------------
    "headline.coming": Phrase("Frist {mark}", "Due {mark}"),
    "headline.today": Phrase("Frist {mark}", "Due {mark}"),
    "headline.late": Phrase("{mark}", "{mark}"),
    "headline.undated": Phrase("{mark}", "{mark}"),
    "headline.news": Phrase("{mark}", "{mark}"),
    "headline.invite": Phrase("Til kalenderen", "For your calendar"),
    "headline.invite.done": Phrase("Udført", "Done"),
    "headline.invite.cancelled": Phrase("Udgået", "Withdrawn"),
    "subject.unread.one": Phrase("Svar læses ikke: {plan}", "Answers are not read: {plan}"),
    "headline.unread.one": Phrase("Svar læses ikke", "Answers are not read"),
    "subject.unreachable.one": Phrase("Ikke nået: {name}", "Not reached: {name}"),
    "subject.unreachable.many": Phrase(
        "{count} modtagere blev ikke nået: {plan}", "{count} recipients were not reached: {plan}"
    ),
    "headline.unreachable.one": Phrase("{name} blev ikke nået", "{name} was not reached"),
    "headline.unreachable.many": Phrase(
        "{count} modtagere blev ikke nået", "{count} recipients were not reached"
    ),
    "subject.unwritten.one": Phrase(
        "Kalenderen er ikke opdateret: {name}", "Calendar not brought up to date: {name}"
    ),
    "subject.unwritten.many": Phrase(
        "{count} kalendere er ikke opdateret: {plan}", "{count} calendars are not up to date: {plan}"
    ),
    "headline.unwritten.one": Phrase(
        "Kalenderen hos {name} er ikke opdateret", "The calendar of {name} is not up to date"
    ),
    "headline.unwritten.many": Phrase(
        "{count} kalendere er ikke opdateret", "{count} calendars are not up to date"
    ),
    # --- counts ------------------------------------------------------------------------------------------
    "count.first": Phrase("{count} frister, først {date}", "{count} deadlines, first {date}"),
    "count.late.one": Phrase("1 over fristen", "1 overdue"),
    "count.late.many": Phrase("{count} over fristen", "{count} overdue"),
    "count.today.one": Phrase("1 i dag", "1 today"),
    "count.today.many": Phrase("{count} i dag", "{count} today"),
    "count.news.one": Phrase("1 ændring", "1 change"),
    "count.news.many": Phrase("{count} ændringer", "{count} changes"),
    "count.coming.one": Phrase("1 på vej", "1 coming up"),
    "count.coming.many": Phrase("{count} på vej", "{count} coming up"),
    "count.rest": Phrase(" og {count} mere", " and {count} more"),
    "count.undated.one": Phrase("1 punkt uden dato", "1 item without a date"),
    "count.undated.many": Phrase("{count} punkter uden dato", "{count} items without a date"),
    # --- how it begins -----------------------------------------------------------------------------------
    "greeting": Phrase("Hej {name}", "Dear {name}"),
    "greeting.nobody": Phrase("Hej", "Hello"),
    "opening.coming": Phrase(
        "Her er en påmindelse om en frist i {plan}.",
        "This is a reminder of a deadline in {plan}.",
    ),
    "opening.opens": Phrase(
        "Nu begynder perioden for et punkt i {plan}.",
        "The period for an item in {plan} begins now.",
    ),
    "opening.today": Phrase(
        "I dag er der frist for et punkt i {plan}.",
        "An item in {plan} is due today.",
    ),
    "opening.late": Phrase(
        "Fristen er passeret for et punkt i {plan}, og det er ikke meldt udført endnu.",
        "The deadline of an item in {plan} has passed, and it has not been marked as done yet.",
    ),
    "opening.escalated": Phrase(
        "Et punkt i {plan} er over fristen. De ansvarlige er mindet om det, men det er ikke meldt udført.",
        "An item in {plan} is overdue. Those responsible were reminded, but it is not marked as done.",
    ),
    "opening.changed": Phrase(
        "Fristen for et punkt i {plan} er ændret.",
        "The deadline of an item in {plan} has changed.",
    ),
    "opening.done": Phrase(
        "Et punkt i {plan}, som I deler med andre, er meldt udført. I hører ikke mere om det.",
        "An item in {plan} that you share with others is done. You will hear no more of it.",
    ),
    "opening.not-relevant": Phrase(
        "Et punkt i {plan}, som I deler med andre, er meldt ikke relevant. I hører ikke mere om det.",
        "An item in {plan} that you share with others is not relevant any more. You will hear no more of it.",
    ),
    "opening.handed-over": Phrase(
        "Et punkt i {plan} er givet videre til jer. Fra nu af får I påmindelserne om det.",
        "An item in {plan} has been handed over to you. From now on the reminders of it come to you.",
    ),
    "opening.declined": Phrase(
        "Der er takket nej til en invitation fra {plan}. Fristen står ved magt, og påmindelserne går videre.",
        "An invitation from {plan} was declined. The deadline stands, and its reminders go on.",
    ),
    "opening.proposed": Phrase(
        "Der er foreslået en anden tid for et punkt i {plan}. Fristen står ved magt, til planen rettes.",
        "Another time was proposed for an item in {plan}. The deadline stands until the plan is changed.",
    ),
    "opening.cancelled": Phrase(
        "Et punkt i {plan} er udgået. Der er ikke mere at gøre ved det.",
        "An item has been withdrawn from {plan}. There is nothing more to do about it.",
    ),
    "opening.undated": Phrase(
        "Et punkt i {plan} har endnu ingen dato. Påmindelserne begynder, når planen får en.",
        "An item in {plan} has no date yet. Reminders begin when the plan gets one.",
    ),
    "opening.several": Phrase(
        "Her er {count} punkter fra {plan}. Det, der haster mest, står først.",
        "Here are {count} items from {plan}. The most urgent ones come first.",
    ),
    "opening.several.undated": Phrase(
        "{count} punkter i {plan} har endnu ingen dato. Påmindelserne begynder, når planen får dem.",
        "{count} items in {plan} have no date yet. Reminders begin when the plan gets them.",
    ),
    "opening.invite": Phrase(
        "Her er en frist fra {plan} til kalenderen.",
        "Here is a deadline from {plan} for your calendar.",
    ),
    "opening.invite.updated": Phrase(
        "En frist fra {plan}, som står i kalenderen, er ændret.",
        "A deadline from {plan} that is in your calendar has changed.",
    ),
    "opening.invite.done": Phrase(
        "En frist fra {plan}, som står i kalenderen, er klaret. Der er ikke mere at gøre.",
        "A deadline from {plan} that is in your calendar has been dealt with. There is nothing more to do.",
    ),
    "opening.invite.cancelled": Phrase(
        "En frist fra {plan} er udgået og kan fjernes fra kalenderen.",
        "A deadline from {plan} has been withdrawn and can be removed from your calendar.",
    ),
    "opening.unreachable": Phrase(
        "En besked fra {plan} kom ikke frem. Sig det selv til modtageren, hvis det haster.",
        "A message from {plan} did not arrive. Tell the recipient yourself if it is urgent.",
    ),
    "opening.unwritten": Phrase(
        "En kalender viser ikke {plan}, som den er nu.", "A calendar does not show {plan} as it is now."
    ),
    "opening.unread": Phrase(
        "Svar på invitationer fra {plan} og mail, der kommer retur, kan ikke læses. Det viste er gammelt.",
        "Answers to invitations from {plan} and returned mail cannot be read. What is shown of them is old.",
    ),
    # --- who was not reached -----------------------------------------------------------------------------
    "unreachable.teams": Phrase("Teams", "Teams"),
    "unreachable.calendar": Phrase("kalenderen", "the calendar"),
    "inbox.name": Phrase("Postkassen", "The mailbox"),
    "unreachable.inbox": Phrase("svar og returpost", "answers and returned mail"),
    "unreachable.message": Phrase("Det var {subject}", "It was {subject}"),
    "undelivered.not-written": Phrase(
        "Fristerne kan ikke skrives i kalenderen", "Deadlines cannot be written into the calendar"
    ),
    "undelivered.not-read": Phrase("Kan ikke læses", "Cannot be read"),
    "undelivered.refused": Phrase("Afvist", "Refused"),
    "undelivered.given-up": Phrase("Opgivet efter forsøg i 48 timer", "Given up after trying for 48 hours"),
    "undelivered.bounced": Phrase("Kom retur", "Came back"),
    "undelivered.gave-way": Phrase(
        "Opgivet efter tre forsøg og sendt som mail", "Given up after three tries and sent by mail"
    ),
    "undelivered.no-answer": Phrase(
        "Sendt tre gange uden svar; det kan være kommet frem",
        "Sent three times without an answer; it may have arrived",
    ),
    "undelivered.parked": Phrase(
        "Lagt til side, fordi programmet gik ned hver gang", "Set aside, since the program ended each time"
    ),
    "unreachable.dead": Phrase(
        "Der sendes ikke mere hertil, før administratoren har rettet adressen eller skrevet: "
        "rettidig outbox --clear {recipient}",
        "Nothing more is sent here until the administrator has corrected the address or typed: "
        "rettidig outbox --clear {recipient}",
    ),
    "unreachable.kept-at": Phrase(
        "Det prøves igen mindst hver time. Påmindelser sendes som ellers.",
        "It is tried again at least every hour. Reminders are sent as ever.",
    ),
    "unreachable.tried-again": Phrase(
        "Det, der kommer senere, sendes alligevel hertil.", "What comes later is sent here all the same."
    ),
    # --- in an item --------------------------------------------------------------------------------------
    "responsible": Phrase("Ansvarlig: {names}", "Responsible: {names}"),
    "consequences": Phrase("Konsekvenser:", "Consequences:"),
    "checklist": Phrase("Skal være med:", "To be included:"),
    "checklist.left": Phrase("Mangler:", "Still missing:"),
    "checklist.ready": Phrase("Klar: {points}", "Ready: {points}"),
    "checklist.complete": Phrase("Alt på listen er klar.", "Everything on the list is ready."),
    "reported.done": Phrase("Meldt udført af {by} den {date}", "Reported as done by {by} on {date}"),
    "reported.not-relevant": Phrase(
        "Meldt ikke relevant af {by} den {date}", "Reported as not relevant by {by} on {date}"
    ),
    "reported.handed-over": Phrase("Givet videre af {by} den {date}", "Handed over by {by} on {date}"),
    "reported.started": Phrase("I gang siden {date}", "Under way since {date}"),
    "done": Phrase("Meld udført", "Mark as done"),
    "more": Phrase("+ {count} mere", "+ {count} more"),
    "all.day": Phrase("hele dagen", "all day"),
    "card.unknown": Phrase("(element af typen {kind})", "(element of type {kind})"),
    # --- how it ends -------------------------------------------------------------------------------------
    "questions.reply": Phrase(
        "Spørgsmål eller en ny dato? Svar på denne mail, så når det {name}.",
        "Questions or a new date? Reply to this mail and it reaches {name}.",
    ),
    "questions.contact": Phrase(
        "Spørgsmål eller en ny dato? Kontakt {name}.",
        "Questions or a new date? Contact {name}.",
    ),
    "plan.open": Phrase("Se hele planen", "See the whole plan"),
    "feed.open": Phrase("Få fristerne i din kalender", "Get the deadlines in your calendar"),
    "why": Phrase(
        "Sendt automatisk af Rettidig til {name}, der står som modtager af frister i planen.",
        "Sent automatically by Rettidig to {name}, a recipient of deadlines in the plan.",
    ),
    "why.nobody": Phrase(
        "Sendt automatisk af Rettidig til modtagerne af frister i planen.",
        "Sent automatically by Rettidig to the recipients of deadlines in the plan.",
    ),
    # --- calendar entries --------------------------------------------------------------------------------
    "entry.cancelled": Phrase("AFLYST: {activity}", "CANCELLED: {activity}"),
    "entry.done": Phrase("✓ {activity}", "✓ {activity}"),
    "entry.late": Phrase("Over fristen: {activity}", "Overdue: {activity}"),
    "entry.planned": Phrase("Frist: {activity}", "Deadline: {activity}"),
    "entry.approximate": Phrase("Frist (ca.): {activity}", "Deadline (approx.): {activity}"),
    "quoted": Phrase("»{text}«", "“{text}”"),
    "and": Phrase("og", "and"),
}
