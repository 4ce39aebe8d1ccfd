"""Every finding there is: its severity and its sentence in Danish and English."""

from typing import Literal, NamedTuple


class FindingText(NamedTuple):
    severity: Literal["error", "warning", "note"]
    da: str
    en: str


FINDING_TEXTS: dict[str, FindingText] = {
    # --- deadlines -------------------------------------------------------------------------------------
    "year-inferred": FindingText(
        "note",
        "»{written}« har intet årstal; læst som {understood} ({source}). Skriv årstallet, hvis det er forkert.",
        "“{written}” has no year; read as {understood} ({source}). Write the year if that is wrong.",
    ),
    "year-missing": FindingText(
        "error",
        "»{written}« har intet årstal, og planen nævner intet; fristen kan ikke lægges i kalenderen. Skriv årstallet.",
        "“{written}” has no year and the plan names none; the deadline cannot be placed. Write the year.",
    ),
    "deadline-missing": FindingText(
        "warning",
        "Fristen mangler. Skriv en dato, en måned eller »Afventer«.",
        "The deadline is missing. Write a date, a month or “Awaiting”.",
    ),
    "deadline-not-understood": FindingText(
        "warning",
        "»{written}« er ikke forstået som en frist; rækken afventer dato. Skriv fx »13. marts 2024«, »uge 12 2024« eller »Afventer«.",
        "“{written}” is not understood as a deadline; the row awaits a date. Write e.g. “13 March 2024”, “week 12 2024” or “Awaiting”.",
    ),
    "deadline-relative": FindingText(
        "warning",
        "»{written}« regnes fra en anden begivenhed, som planen ikke har dato for her; rækken afventer dato. Skriv datoen, når den kendes.",
        "“{written}” counts from another event whose date does not stand here; the row awaits a date. Write the date once it is known.",
    ),
    "day-counted": FindingText(
        "note",
        "»{written}« er talt med; læst som {understood}. Skriv datoen, hvis den er en anden.",
        "“{written}” was counted in; read as {understood}. Write the date if it is another.",
    ),
    "partly-understood": FindingText(
        "warning",
        "I »{written}« er »{unread}« ikke forstået; læst som {understood}. Ret teksten, hvis det er forkert.",
        "In “{written}” the part “{unread}” is not understood; read as {understood}. Correct the text if that is wrong.",
    ),
    "weekday-contradicts": FindingText(
        "warning",
        "»{written}«: ugedag og dato passer ikke sammen; læst efter datoen som {understood}. Ret den ene af dem.",
        "“{written}”: weekday and date contradict each other; read by the date as {understood}. Correct one of them.",
    ),
    "range-reversed": FindingText(
        "warning",
        "»{written}« slutter, før det begynder; læst som {understood}. Byt om på dagene, eller ret dem.",
        "“{written}” ends before it starts; read as {understood}. Swap the days or correct them.",
    ),
    "over-new-year": FindingText(
        "note",
        "»{written}« går hen over nytår; læst som {understood}. Skriv begge årstal, hvis det er forkert.",
        "“{written}” runs over New Year; read as {understood}. Write both years if that is wrong.",
    ),
    "day-impossible": FindingText(
        "warning",
        "»{written}« findes ikke i kalenderen; læst som {understood}. Skriv den rigtige dag.",
        "“{written}” does not exist in the calendar; read as {understood}. Write the right day.",
    ),
    "spelling-assumed": FindingText(
        "note",
        "»{written}« er læst som »{understood}«.",
        "“{written}” is read as “{understood}”.",
    ),
    "period-assumed": FindingText(
        "note",
        "»{written}« har ingen faste dage; læst som {understood}. Skriv datoerne, hvis de er andre.",
        "“{written}” has no fixed days; read as {understood}. Write the dates if they differ.",
    ),
    "before-read-as-by": FindingText(
        "note",
        "»{written}« er læst som »senest {understood}«. Skriv datoen, hvis det er før.",
        "“{written}” is read as “{understood} at the latest”. Write the date if it is earlier.",
    ),
    "day-tentative": FindingText(
        "note",
        "»{written}« er foreløbig; læst som {understood}. Slet forbeholdet, når dagen ligger fast.",
        "“{written}” is tentative; read as {understood}. Remove the reservation once the day is fixed.",
    ),
    "several-dates": FindingText(
        "warning",
        "»{written}« nævner flere datoer; læst fra den første til den sidste: {understood}. Del rækken, hvis det er flere frister.",
        "“{written}” names several dates; read from the first to the last: {understood}. Split the row if they are several deadlines.",
    ),
    "date-set-aside": FindingText(
        "warning",
        "»{written}« nævner også {aside}; læst som {understood}. Slet den dato, der ikke gælder.",
        "“{written}” also names {aside}; read as {understood}. Delete the date that does not apply.",
    ),
    "month-first": FindingText(
        "note",
        "»{written}« er læst som {month_first}: planen skriver måneden først, som »{evidence}« viser ({source}). Skriv måneden med bogstaver, hvis det er {day_first}.",
        "“{written}” was read as {month_first}: the plan puts the month first, as “{evidence}” shows ({source}). Write the month in letters if it is {day_first}.",
    ),
    "day-or-month": FindingText(
        "warning",
        "»{written}« er læst som {day_first}, men planen skriver også måneden først (»{evidence}«, {source}). Skriv måneden med bogstaver; det kan være {month_first}.",
        "“{written}” was read as {day_first}, but the plan also puts the month first (“{evidence}”, {source}). Write the month in letters; it may be {month_first}.",
    ),
    # --- recipients and settings -----------------------------------------------------------------------
    "rule-for-nothing": FindingText(
        "warning",
        "RETTIDIG_RULES__{key} gælder intet i planen. Skriv en slags frist (fx RANGE), en fase, en parts id eller en milepæls id.",
        "RETTIDIG_RULES__{key} is about nothing in the plan. Write a kind (RANGE), a phase, a party's id or a milestone's id.",
    ),
    "name-of-no-party": FindingText(
        "warning",
        "{key}: »{name}« er ingen part i planen. Planen har {parties}.",
        "{key}: “{name}” is no party of the plan. The plan has {parties}.",
    ),
    "name-of-several-parties": FindingText(
        "warning",
        "{key}: »{name}« kan være flere parter: {parties}. Skriv en af dem.",
        "{key}: “{name}” may be several parties: {parties}. Write one of them.",
    ),
    "party-reaches-nobody": FindingText(
        "error",
        "Ingen hører for {party}, og der er ingen koordinator: dens påmindelser når ingen. Sæt RETTIDIG_COORDINATOR__EMAIL.",
        "Nobody hears for {party}, and there is no coordinator: its reminders reach nobody. Set RETTIDIG_COORDINATOR__EMAIL.",
    ),
    "party-unheard": FindingText(
        "warning",
        "Ingen hører for {party}; koordinatoren får dens påmindelser. Sæt RETTIDIG_RECIPIENTS__…__EMAIL for »{id}«.",
        "Nobody hears for {party}; the coordinator gets its reminders. Set RETTIDIG_RECIPIENTS__…__EMAIL for “{id}”.",
    ),
    "pause-reaches-nobody": FindingText(
        "warning",
        "{key} holder pause {pause}, og ingen koordinator hører imens: hvad der falder i pausen, når ingen. Sæt RETTIDIG_COORDINATOR__EMAIL, eller flyt pausen.",
        "{key} pauses {pause}, and no coordinator hears meanwhile: what falls in it reaches nobody. Set RETTIDIG_COORDINATOR__EMAIL or move the pause.",
    ),
    "coordinator-pauses": FindingText(
        "note",
        "Koordinatoren holder pause {pause}: hvad kun koordinatoren hører, venter til bagefter.",
        "The coordinator pauses {pause}: what only the coordinator hears waits until afterwards.",
    ),
    "mailbox-shared-at-odds": FindingText(
        "warning",
        "{key} og {other} deler en postkasse, men ønsker forskelligt: hvor de er uenige, gælder reglerne for alle, og pause holdes kun, når begge gør.",
        "{key} and {other} share a mailbox but want different things: where they differ the rules for all count, and it pauses only when both do.",
    ),
    "clock-shifted": FindingText(
        "warning",
        "URET ER FLYTTET: RETTIDIG_AS_OF er {as_of}. Kun til prøver; mails bliver sendt som på den dag.",
        "THE CLOCK IS SHIFTED: RETTIDIG_AS_OF is {as_of}. For trials only; mail is sent as on that day.",
    ),
    "mail-in-the-clear": FindingText(
        "warning",
        "RETTIDIG_SMTP__SECURITY er none: mails og adgangskode går ukrypteret over nettet. Brug starttls eller tls.",
        "RETTIDIG_SMTP__SECURITY is none: mail and password cross the network unencrypted. Use starttls or tls.",
    ),
    "inbox-in-the-clear": FindingText(
        "warning",
        "RETTIDIG_INBOX__SECURITY er none: svar og adgangskode går ukrypteret over nettet. Brug tls eller starttls.",
        "RETTIDIG_INBOX__SECURITY is none: answers and password cross the network unencrypted. Use tls or starttls.",
    ),
    "inbox-of-another": FindingText(
        "warning",
        "Svar på invitationer og mail, der kommer retur, går til adressen i RETTIDIG_MAIL__FROM, men postkassen, der læses, er en anden (RETTIDIG_INBOX__USERNAME). Sørg for, at posten lander dér, eller ret en af dem.",
        "Answers to invitations and returned mail go to the address in RETTIDIG_MAIL__FROM, but the mailbox that is read is another one (RETTIDIG_INBOX__USERNAME). See to it that the mail arrives there, or correct one of them.",
    ),
    "relay-slows-us-down": FindingText(
        "warning",
        "Microsoft 365 tager højst {per_minute} mails i minuttet over {connections} forbindelser. Sæt RETTIDIG_SMTP__PER_MINUTE og __CONNECTIONS ned.",
        "Microsoft 365 takes at most {per_minute} mails a minute over {connections} connections. Lower RETTIDIG_SMTP__PER_MINUTE and __CONNECTIONS.",
    ),
    # --- rows and columns ------------------------------------------------------------------------------
    "table-without-deadlines": FindingText(
        "note",
        "Tabellen har ingen kolonne med frister og hører ikke til planen; dens {rows} rækker er ikke læst. Skal den med, så skriv »Deadline« over datoerne.",
        "The table has no column of deadlines and is not part of the plan; its {rows} rows were not read. If it belongs, write “Deadline” above the dates.",
    ),
    "columns-without-names": FindingText(
        "note",
        "Tabellen har ingen kolonnenavne; læst som frist: {deadline}, aktivitet: {activity}, ansvarlig: {responsible} (kolonnens nummer). Skriv navne over kolonnerne, hvis det er forkert.",
        "The table has no column names; read as deadline: {deadline}, activity: {activity}, responsible: {responsible} (number of the column). Write names above the columns if that is wrong.",
    ),
    "columns-of-dates-read": FindingText(
        "note",
        "Tabellen har flere kolonner med frister: »{written}«. Hver dato er læst som sin egen milepæl med kolonnens navn foran. Slet en kolonne, hvis dens datoer ikke er frister.",
        "The table has several columns of deadlines: “{written}”. Each date was read as a milestone of its own with the name of its column in front. Delete a column if its dates are no deadlines.",
    ),
    "cell-without-date": FindingText(
        "note",
        "»{written}« i kolonnen »{column}« er ingen dato og er ikke læst som frist. Skriv datoen, hvis der er en.",
        "“{written}” in the column “{column}” is no date and was not read as a deadline. Write the date if there is one.",
    ),
    "column-contradicts": FindingText(
        "warning",
        "»{written}« passer ikke med kolonnen »{column}«, som siger »{otherwise}«; læst efter »{written}«. Ret det ene.",
        "“{written}” does not agree with the column “{column}”, which says “{otherwise}”; read by “{written}”. Correct one of them.",
    ),
    "column-of-dates-unread": FindingText(
        "warning",
        "Kolonnen »{written}« har datoer, men er ikke læst; fristerne er læst i »{deadline}«. Giv hver dato sin egen række, hvis begge er frister.",
        "The column “{written}” holds dates but was not read; the deadlines were read in “{deadline}”. Give each date a row of its own if both are deadlines.",
    ),
    "columns-unread": FindingText(
        "warning",
        "Tabellen har ingen kolonnenavne, og kolonne {written} er ikke læst. Skriv navne over kolonnerne: Deadline, Aktivitet, Ansvarlig.",
        "The table has no column names, and column {written} was not read. Write names above the columns: Deadline, Activity, Responsible.",
    ),
    "dated-line-not-read": FindingText(
        "warning",
        "Linjen »{written}« har en dato, men er ikke læst som en frist. Skriv den som »dato: aktivitet«, eller som en række i tabellen, hvis den er en frist.",
        "The line “{written}” has a date but was not read as a deadline. Write it as “date: activity”, or as a row of the table, if it is one.",
    ),
    "list-read": FindingText(
        "note",
        "Listen, der begynder »{written}«, er læst som {rows} rækker ved siden af tabellen. Slet den, eller skriv den som løbende tekst, hvis den ikke hører til planen.",
        "The list that begins “{written}” was read as {rows} rows beside the table. Delete it, or write it as running text, if it is no part of the plan.",
    ),
    "row-is-header": FindingText(
        "note",
        "»{written}« er kolonnernes navne igen og ingen milepæl.",
        "“{written}” repeats the names of the columns and is no milestone.",
    ),
    "row-is-page-title": FindingText(
        "note",
        "»{written}« er dokumentets titel igen og ingen milepæl.",
        "“{written}” repeats the title of the document and is no milestone.",
    ),
    "row-is-period": FindingText(
        "note",
        "»{written}« er læst som overskrift; rækkerne under den får måned og år herfra.",
        "“{written}” was read as a heading; the rows below take month and year from it.",
    ),
    "row-is-heading": FindingText(
        "note",
        "»{written}« er læst som overskrift; rækkerne under den hører til den fase. Giv rækken en frist, hvis den er en opgave.",
        "“{written}” was read as a heading; the rows below belong to that phase. Give the row a deadline if it is a task.",
    ),
    "heading-is-phase": FindingText(
        "note",
        "»{written}« er læst som den fase, rækkerne i tabellen under den hører til. Ret »phase« i plan.yaml, hvis det er forkert.",
        "“{written}” was read as the phase that the rows of the table below belong to. Correct “phase” in plan.yaml if that is wrong.",
    ),
    "row-is-note": FindingText(
        "note",
        "»{written}« er læst som en bemærkning og ikke som milepæl. Giv rækken en frist, hvis den er en opgave.",
        "“{written}” was read as a remark, not as a milestone. Give the row a deadline if it is a task.",
    ),
    "row-joined": FindingText(
        "note",
        "»{written}« står uden frist og er læst som fortsættelse af rækken før. Skriv en frist, hvis det er en ny opgave.",
        "“{written}” has no deadline and was read as the rest of the row before. Write a deadline if it is a new task.",
    ),
    "row-without-activity": FindingText(
        "error",
        "»{written}« har en frist, men ingen aktivitet, og er ikke med i planen. Skriv, hvad der skal ske.",
        "“{written}” has a deadline but no activity and is left out of the plan. Write what is to happen.",
    ),
    "deadline-carried": FindingText(
        "note",
        "Fristen »{written}« er læst som »{understood}« efter rækken eller overskriften ovenfor. Skriv den ud, hvis det er forkert.",
        "The deadline “{written}” was read as “{understood}” after the row or heading above. Write it out if that is wrong.",
    ),
    "row-repeated": FindingText(
        "warning",
        "»{written}« står også i række {first} med samme frist og ansvarlige. Slet den ene, hvis det er en fejl.",
        "“{written}” also stands in row {first} with the same deadline and parties. Delete one if that is a mistake.",
    ),
    "deadline-far-away": FindingText(
        "warning",
        "»{written}« ({understood}) ligger langt fra planens andre frister; den nærmeste er {nearest}. Kontrollér årstallet.",
        "“{written}” ({understood}) lies far from the other deadlines of the plan; the nearest is {nearest}. Check the year.",
    ),
    "deadline-outside-title": FindingText(
        "warning",
        "»{written}« ({understood}) ligger uden for årene i titlen »{title}«, og det gør planens andre frister ikke. Kontrollér årstallet.",
        "“{written}” ({understood}) lies outside the years in the title “{title}”, and the other deadlines of the plan do not. Check the year.",
    ),
    "deadline-out-of-order": FindingText(
        "warning",
        "»{written}« ({understood}) ligger over en måned fra rækkerne omkring den, og planen følger ellers kalenderen. Kontrollér dag, måned og år.",
        "“{written}” ({understood}) lies more than a month from the rows around it, and the plan otherwise follows the calendar. Check day, month and year.",
    ),
    "due-on-holiday": FindingText(
        "note",
        "»{written}« er læst som {understood}, som er en helligdag ({holiday}). Kontrollér datoen.",
        "“{written}” was read as {understood}, a public holiday ({holiday}). Check the date.",
    ),
    "due-on-weekend": FindingText(
        "note",
        "»{written}« er læst som {understood}, som er en lørdag eller søndag. Kontrollér datoen.",
        "“{written}” was read as {understood}, a Saturday or Sunday. Check the date.",
    ),
    # --- what a format leaves out ----------------------------------------------------------------------
    "sheet-hidden": FindingText(
        "warning",
        "Arket »{written}« er skjult og er ikke læst. Vis det i Excel, hvis det hører til planen.",
        "The sheet “{written}” is hidden and was not read. Unhide it in Excel if it belongs to the plan.",
    ),
    "row-hidden": FindingText(
        "warning",
        "Rækken »{written}« er skjult på siden og er ikke læst. Vis den, hvis den hører til planen.",
        "The row “{written}” is hidden on the page and was not read. Show it if it belongs to the plan.",
    ),
    "text-struck-out": FindingText(
        "note",
        "»{written}« er streget over og er ikke læst. Fjern overstregningen, hvis det gælder.",
        "“{written}” is struck out and was not read. Remove the line through it if it applies.",
    ),
    "entry-called-off": FindingText(
        "note",
        "»{written}« er aflyst i kalenderen og er ikke med i planen.",
        "“{written}” is cancelled in the calendar and is left out of the plan.",
    ),
    "entry-repeats": FindingText(
        "warning",
        "»{written}« gentages i kalenderen; kun den første gang er læst. Opret de andre gange hver for sig.",
        "“{written}” repeats in the calendar; only its first time was read. Enter the other times one by one.",
    ),
    # --- the product's own YAML ------------------------------------------------------------------------
    "day-in-activity": FindingText(
        "warning",
        "»{written}« nævner {understood}, men due_on er {due}. Ret due_on, hvis dagen er en anden.",
        "“{written}” names {understood}, but due_on is {due}. Correct due_on if the day is another one.",
    ),
    # --- what comes after what -------------------------------------------------------------------------
    "after-proposed": FindingText(
        "note",
        "Er læst som noget, der kommer efter række {rows}: »{written}«. Passer det ikke, så ret »after« i plan.yaml.",
        "Was read as coming after row {rows}: “{written}”. If that is not so, correct “after” in plan.yaml.",
    ),
    "after-unknown": FindingText(
        "error",
        "»{written}« i »after« er ingen milepæls id og er ikke med. Skriv et id, som det står i filen, eller slet det.",
        "“{written}” in “after” is no milestone's id and was left out. Write an id as it stands in the file, or delete it.",
    ),
    "after-in-a-circle": FindingText(
        "error",
        "»after« går i ring: {rows}. At rækken skal være efter række {first}, er ikke med. Slet et af leddene.",
        "“after” goes round in a circle: {rows}. That the row comes after row {first} was left out. Delete one of the links.",
    ),
    "after-too-early": FindingText(
        "warning",
        "Fristen {understood} er for tidlig efter række {first} ({due}), som skal være overstået først. Ret en af fristerne, eller ret »after«.",
        "The due date {understood} is too soon after row {first} ({due}), which must be over first. Correct one of the dates, or “after”.",
    ),
    # --- parties ---------------------------------------------------------------------------------------
    "no-responsible-column": FindingText(
        "note",
        "Planen har ingen kolonne med ansvarlige; koordinatoren får alle påmindelser. Tilføj kolonnen »Ansvarlig«.",
        "The plan has no column of responsible parties; the coordinator gets every reminder. Add the column “Ansvarlig”.",
    ),
    "responsible-unassigned": FindingText(
        "warning",
        "»{written}« nævner ingen ansvarlig; koordinatoren får påmindelserne. Skriv en part, når den er kendt.",
        "“{written}” names nobody responsible; the coordinator gets the reminders. Write a party once it is known.",
    ),
    "responsible-empty": FindingText(
        "warning",
        "Rækken har ingen ansvarlig; koordinatoren får påmindelserne. Skriv, hvem der har opgaven.",
        "The row names nobody responsible; the coordinator gets the reminders. Write who has the task.",
    ),
    "two-spellings": FindingText(
        "warning",
        "»{written}« er læst som »{understood}« stavet anderledes. Ret stavningen, eller skriv navnene helt ud, hvis det er to parter.",
        "“{written}” was read as “{understood}” spelt differently. Mend the spelling, or write both names out if they are two parties.",
    ),
    "party-unexplained": FindingText(
        "note",
        "»{written}« er en forkortelse, som planen ikke forklarer. Skriv navnet helt ud ét sted, fx »Slagelse Boligselskab (SB)«.",
        "“{written}” is an abbreviation that the plan does not explain. Write the name out once, e.g. “Slagelse Boligselskab (SB)”.",
    ),
    "group-members-inferred": FindingText(
        "note",
        "»{group}« er læst som en gruppe med {members}, fordi planens rækker tyder på det. Sæt {setting}, hvis det er forkert.",
        "“{group}” was read as a group of {members}, as the rows of the plan suggest. Set {setting} if that is wrong.",
    ),
    "group-without-members": FindingText(
        "note",
        "»{group}« ligner en gruppe, men planen siger ikke, hvem der er med. Sæt {setting} til medlemmernes id'er, adskilt af komma.",
        "“{group}” looks like a group, but the plan does not say who belongs to it. Set {setting} to the members' ids, separated by commas.",
    ),
    # --- checklists ------------------------------------------------------------------------------------
    "checklist-unplaced": FindingText(
        "note",
        "Listen under »{written}« ({items} punkter) passer til ingen række, der indsender noget, og er ikke med som tjekliste.",
        "The list below “{written}” ({items} points) fits no row that hands something in and is not included as a checklist.",
    ),
}
