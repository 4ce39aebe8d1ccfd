"""Every phrase of the pages in Danish and English."""

from service.errors import Language
from service.messages.phrases import Phrase
from service.messages.wording import in_language

PHRASES: dict[str, Phrase] = {
    "product.says": Phrase(
        "Læser den procesplan, I allerede har, og minder de ansvarlige om hver frist i god tid.",
        "Reads the process plan you already have and reminds everyone responsible in good time.",
    ),
    "product.links": Phrase(
        "Siderne her åbnes med et hemmeligt link. Har du brug for et, så spørg jeres koordinator.",
        "The pages here are opened with a secret link. If you need one, ask your coordinator.",
    ),
    "sign-in": Phrase("Log ind", "Sign in"),
    "sign-in.coordinator": Phrase("Koordinator? Log ind her.", "Coordinator? Sign in here."),
    "sign-in.ask.title": Phrase("Log ind som koordinator", "Sign in as coordinator"),
    "sign-in.ask": Phrase(
        "Skriv den mailadresse, Rettidig kender dig på. Så kommer der en mail med et link.",
        "Write the e-mail address that Rettidig knows you by. A mail with a link will come.",
    ),
    "sign-in.email": Phrase("Mailadresse", "E-mail address"),
    "sign-in.send": Phrase("Send link", "Send link"),
    "sign-in.sent.title": Phrase("Se efter i din indbakke", "Look in your inbox"),
    "sign-in.sent": Phrase(
        "Er adressen koordinatorens, er der sendt et link til den. Det virker i 15 minutter. Kommer det "
        "ikke, så se efter blandt uønsket post, eller spørg jeres administrator.",
        "If the address is the coordinator's, a link has been sent to it. It works for 15 minutes. If it "
        "does not come, look among the junk, or ask your administrator.",
    ),
    "sign-in.press.title": Phrase("Log ind som koordinator", "Sign in as coordinator"),
    "sign-in.press": Phrase(
        "Siderne er åbne for dig i 12 timer. Del ikke adressen med andre.",
        "The pages are open to you for 12 hours. Do not share their address.",
    ),
    "sign-in.elsewhere.title": Phrase("Du er ikke logget ind", "You are not signed in"),
    "sign-in.elsewhere": Phrase(
        "Her logger man ind hos sin organisation, og den har ikke sagt, at du er koordinator.",
        "Here one signs in at one's organisation, and it has not said that you are the coordinator.",
    ),
    # --- the record, and what is held on people ------------------------------------------------------------
    "record.title": Phrase("Hvem fik hvad at vide", "Who was told what"),
    "record.back": Phrase("Tilbage til punktet", "Back to the item"),
    "record.says": Phrase(
        "Fra planens celle til den anden sides svar. Linjerne kan ikke ændres; hver bygger på den før.",
        "From the plan's cell to the other side's answer. No line can be changed: each rests on the last.",
    ),
    "record.table": Phrase("Hent som tabel (CSV)", "Download as a table (CSV)"),
    "privacy.title": Phrase("Hvad vi gemmer, og hvor længe", "What is kept, and for how long"),
    "privacy.says": Phrase(
        "Rettidig minder de ansvarlige i en plan om deres frister. Det her er alt, hvad der gemmes til det.",
        "Rettidig reminds those responsible in a plan of their deadlines. This is all that is kept for it.",
    ),
    "privacy.rights": Phrase(
        "Spørg jeres koordinator, hvis du vil se eller have slettet det, der er gemt om dig.",
        "Ask your coordinator to see what is kept on you, or to have it erased.",
    ),
    "privacy.other": Phrase("In English", "På dansk"),
    # --- there is no such page ---------------------------------------------------------------------------
    "failure.missing.title": Phrase("Siden findes ikke", "There is no such page"),
    "failure.missing": Phrase(
        "Linket er forkert, eller det gælder ikke mere. Bed jeres koordinator om et nyt.",
        "The link is wrong or no longer valid. Ask your coordinator for a new one.",
    ),
    "failure.broken.title": Phrase("Noget gik galt", "Something went wrong"),
    "failure.broken": Phrase(
        "Fejlen er skrevet i loggen. Prøv igen om lidt.",
        "The error is in the log. Try again in a little while.",
    ),
    "failure.refused.title": Phrase("Det kunne ikke læses", "That could not be read"),
    "failure.refused": Phrase(
        "Anmodningen var ikke, som siden sender den. Gå tilbage og prøv igen.",
        "The request was not as the page sends it. Go back and try again.",
    ),
    # --- where a milestone stands ------------------------------------------------------------------------
    "stage.late": Phrase("overskredet", "overdue"),
    "stage.coming": Phrase("kommende", "coming up"),
    "stage.done": Phrase("udført", "done"),
    "stage.not-relevant": Phrase("ikke relevant", "not relevant"),
    "stage.awaiting": Phrase("afventer dato", "awaiting a date"),
    "stage.dropped": Phrase("udgået", "withdrawn"),
    "months.undated": Phrase("Uden dato", "Without a date"),
    "months.dropped": Phrase("Udgået af planen", "Withdrawn from the plan"),
    "checklist": Phrase("Skal være med", "To be included"),
    "checklist.left": Phrase("Mangler", "Still missing"),
    # --- what was reported ---------------------------------------------------------------------------------
    "said.done": Phrase("Meldt udført af {by} den {when}", "Reported as done by {by} on {when}"),
    "said.not-relevant": Phrase(
        "Meldt ikke relevant af {by} den {when}", "Reported as not relevant by {by} on {when}"
    ),
    "said.started": Phrase("Sat i gang af {by} den {when}", "Started by {by} on {when}"),
    "said.snoozed": Phrase(
        "Påmindelser udskudt til {until} af {by} den {when}",
        "Reminders put off until {until} by {by} on {when}",
    ),
    "said.handed-over": Phrase(
        "Givet videre til {to} af {by} den {when}", "Handed over to {to} by {by} on {when}"
    ),
    "said.reopened": Phrase("Åbnet igen af {by} den {when}", "Reopened by {by} on {when}"),
    "said.held.done": Phrase(
        "»Udført« afventer bekræftelse, trykket af {by} den {when}",
        "“Done” awaits confirmation, pressed by {by} on {when}",
    ),
    "said.held.not-relevant": Phrase(
        "»Ikke relevant« afventer bekræftelse, trykket af {by} den {when}",
        "“Not relevant” awaits confirmation, pressed by {by} on {when}",
    ),
    "said.held.handed-over": Phrase(
        "At give det videre til {to} afventer bekræftelse, trykket af {by} den {when}",
        "Handing it over to {to} awaits confirmation, pressed by {by} on {when}",
    ),
    # --- the page on which one reports ---------------------------------------------------------------------
    "coordinator": Phrase("koordinatoren", "the coordinator"),
    "act.done": Phrase("Meld udført", "Mark as done"),
    "act.confirm.title": Phrase("Tryk én gang til", "Press once more"),
    "act.confirm": Phrase(
        "Der blev trykket lige efter, at mailen var sendt. Det kan være et sikkerhedsprogram, der prøver "
        "links af. Er det dig, så tryk én gang til.",
        "The button was pressed right after the mail was sent. That may be a security program trying links. "
        "If it is you, press once more.",
    ),
    "act.started": Phrase("Vi er i gang", "We have started"),
    "act.started.says": Phrase(
        "Påmindelserne fortsætter, og de siger, at I er i gang.",
        "Reminders go on, and say that you are under way.",
    ),
    "act.more": Phrase("Andet at melde", "Something else to report"),
    "act.snoozed": Phrase("Udskyd påmindelser", "Put reminders off"),
    "act.snoozed.until": Phrase("Mind os igen", "Remind us again on"),
    "act.snoozed.says": Phrase(
        "På selve fristen kommer påmindelsen i alle tilfælde.",
        "On the due date itself the reminder comes in any case.",
    ),
    "act.handed-over": Phrase("Giv videre", "Hand over"),
    "act.handed-over.to": Phrase("Lad en anden overtage", "Let somebody else take over"),
    "act.handed-over.says": Phrase(
        "De får besked og påmindelserne fra nu af; I hører ikke mere.",
        "They are told and get the reminders from now on; you hear no more.",
    ),
    "act.not-relevant": Phrase("Ikke relevant", "Not relevant"),
    "act.not-relevant.says": Phrase(
        "Så mindes ingen om det mere. Koordinatoren kan se, hvem der meldte det.",
        "Then nobody is reminded of it any more. The coordinator can see who reported it.",
    ),
    "act.ticked": Phrase("Sæt flueben", "Tick"),
    "act.unticked": Phrase("Fjern flueben", "Remove the tick"),
    "act.undone": Phrase("Fortryd", "Undo"),
    "act.back": Phrase("Tilbage til planen", "Back to the plan"),
    "act.of": Phrase("Fra {plan}", "From {plan}"),
    "act.handed": Phrase(
        "Punktet er ikke længere hos jer. I hører ikke mere om det.",
        "The item is no longer with you. You hear no more of it.",
    ),
    "act.settled": Phrase("Tak, der er ikke mere at gøre.", "Thank you, there is nothing more to do."),
    "act.said": Phrase("Hvad der er meldt", "What was reported"),
    "act.undo.says": Phrase(
        "Kan fortrydes i syv dage efter, at det blev meldt.",
        "Can be undone for seven days after it was reported.",
    ),
    "act.secret": Phrase(
        "Siden er til {reader}. Den, der har linket, kan melde; send det ikke videre.",
        "This page is for {reader}. Whoever has the link can report; do not pass it on.",
    ),
    "act.open": Phrase("Meld om punktet", "Report on the item"),
    # --- the whole plan ----------------------------------------------------------------------------------
    "overview.open": Phrase("Overblik: det, der kræver noget", "Overview: what asks for something"),
    "plan.none": Phrase("Der er ingen plan endnu", "There is no plan yet"),
    "plan.untitled": Phrase("planen", "the plan"),
    "plan.read": Phrase("Udgave {number}, læst {date}", "Revision {number}, read {date}"),
    "plan.left-out": Phrase(
        "Kan ikke stå i nogen kalender; ret rækken i planen:",
        "Cannot stand in any calendar; correct the row in the plan:",
    ),
    "plan.empty": Phrase("Planen har ingen punkter.", "The plan has no items."),
    "consequences": Phrase("Konsekvenser", "Consequences"),
    "consequences.says": Phrase(
        "Dette kommer efter noget, der er over fristen eller er flyttet. Intet flyttes af sig selv: Ret "
        "planen, eller sørg for, at det, der skal være overstået først, bliver gjort.",
        "This comes after something that is overdue or has moved. Nothing is moved by itself: correct the "
        "plan, or see to it that what must be over first gets done.",
    ),
    "consequences.first": Phrase("Meld om det", "Report on it"),
    "consequences.fits": Phrase("passer endnu", "still fits"),
    "consequences.fits.not": Phrase("passer ikke længere", "no longer fits"),
    "outbox": Phrase("Påmindelser", "Reminders"),
    "outbox.says": Phrase(
        "»Accepteret« er det, den anden sides mailserver eller Teams har svaret ja til.",
        "“Accepted” is what the other side's mail server or Teams has said yes to.",
    ),
    "outbox.planned": Phrase("planlagt", "planned"),
    "outbox.waiting": Phrase("venter", "waiting"),
    "outbox.accepted": Phrase("accepteret", "accepted"),
    "outbox.failed": Phrase("mislykket", "failed"),
    "outbox.expired": Phrase("forældet", "expired"),
    "outbox.withdrawn": Phrase("trukket tilbage", "withdrawn"),
    "outbox.suppressed": Phrase("spærret", "suppressed"),
    # --- a feed ------------------------------------------------------------------------------------------
    "feed.title.party": Phrase("Frister for {name}", "Deadlines for {name}"),
    "feed.title.plan": Phrase("Alle frister", "All deadlines"),
    "feed.says": Phrase(
        "Få fristerne fra {plan} i din egen kalender. Flyttes en frist i planen, flyttes den også der.",
        "Get the deadlines from {plan} in your own calendar. When one moves in the plan, it moves there too.",
    ),
    "feed.subscribe": Phrase("Føj til din kalender", "Add to your calendar"),
    "feed.outlook": Phrase("Outlook", "Outlook"),
    "feed.outlook.for": Phrase("nyt og på nettet, arbejde og skole", "new and web, work and school"),
    "feed.outlook.com": Phrase("Outlook.com", "Outlook.com"),
    "feed.outlook.com.for": Phrase("privat konto", "personal account"),
    "feed.outlook.classic": Phrase("Klassisk Outlook", "Classic Outlook"),
    "feed.outlook.classic.for": Phrase("programmet i Windows", "the program in Windows"),
    "feed.google": Phrase("Google", "Google"),
    "feed.google.for": Phrase("Google Kalender", "Google Calendar"),
    "feed.apple": Phrase("Apple", "Apple"),
    "feed.apple.for": Phrase(
        "iPhone, iPad og Mac, også Thunderbird", "iPhone, iPad and Mac, also Thunderbird"
    ),
    "feed.address": Phrase("Eller brug adressen", "Or use the address"),
    "feed.address.says": Phrase(
        "Sæt den ind under »abonnér« eller »fra internettet« i din kalender.",
        "Paste it under “subscribe” or “from web” in your calendar.",
    ),
    "feed.copy": Phrase("Kopiér", "Copy"),
    "feed.copied": Phrase("Kopieret", "Copied"),
    "feed.qr": Phrase("Åbn siden på din telefon", "Open this page on your phone"),
    "feed.twice": Phrase(
        "Får du også fristerne som invitationer, står de to gange. Bed så koordinatoren slå det ene fra.",
        "If you get the deadlines as invitations too, each stands there twice. "
        "Then ask the coordinator to turn one of them off.",
    ),
    "feed.day": Phrase(
        "Ændringer kan tage op til et døgn, før de ses i kalenderen; det bestemmer kalenderprogrammet. "
        "Påmindelser kommer for sig selv.",
        "Changes can take up to a day to show in a calendar; the calendar program decides that. "
        "Reminders come separately.",
    ),
    "feed.clouds": Phrase(
        "Outlook og Google henter selv kalenderen fra internettet. "
        "Det kan de først, når Rettidig har en adresse, der begynder med https og kan nås derfra.",
        "Outlook and Google fetch the calendar from the Internet themselves. "
        "They can do so once Rettidig has an address that begins with https and can be reached from there.",
    ),
    "feed.secret": Phrase("Adressen er hemmelig", "The address is secret"),
    "feed.secret.says": Phrase(
        "Den, der har den, kan se fristerne. Er den kommet i forkerte hænder, så skift den.",
        "Whoever has it can see the deadlines. If it has fallen into the wrong hands, change it.",
    ),
    "feed.change": Phrase("Skift eller luk adressen", "Change or close the address"),
    "feed.sure": Phrase(
        "Jeg ved, at kalendere, der bruger adressen, så ikke følger planen mere.",
        "I know that calendars which use the address will then not follow the plan any more.",
    ),
    "feed.renew": Phrase("Få en ny adresse", "Get a new address"),
    "feed.close": Phrase("Luk adressen", "Close the address"),
    "feed.unsure": Phrase(
        "Intet er ændret: sæt først flueben ved, hvad det betyder for kalenderne.",
        "Nothing was changed: first tick the box that says what it means for calendars.",
    ),
    "feed.renewed": Phrase(
        "Her er den nye adresse. Den gamle gælder ikke mere: skift den ud i din kalender.",
        "Here is the new address. The old one is not valid any more: replace it in your calendar.",
    ),
    "feed.closed.title": Phrase("Adressen er lukket", "The address is closed"),
    "feed.closed": Phrase(
        "Kalendere, der bruger den, følger ikke planen mere. Jeres koordinator kan lave en ny.",
        "Calendars that use it do not follow the plan any more. Your coordinator can make a new one.",
    ),
    "feed.title.coordinator": Phrase("Koordinatorens kalender", "The coordinator's calendar"),
    "feed.says.coordinator": Phrase(
        "Alle frister i {plan} med de ansvarlige foran. Det, der er over fristen, siger det selv.",
        "All deadlines in {plan}, those responsible in front. What is overdue says so itself.",
    ),
    "feed.coming": Phrase("De næste frister", "The next deadlines"),
    "feed.nothing": Phrase("Der er ingen kommende frister.", "There are no deadlines ahead."),
    "feed.more": Phrase("og {count} mere i kalenderen", "and {count} more in the calendar"),
}


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)
