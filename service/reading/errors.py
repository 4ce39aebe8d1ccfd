"""Why a document could not be read: one class, one sentence that says where, what and what to do."""

from service.errors import RettidigError


class UnreadableFile(RettidigError):
    """The root of everything below; `file` is always the file's name."""


class FileMissing(UnreadableFile):
    da = "{file}: filen findes ikke. Kontrollér stien og stavningen."
    en = "{file}: there is no such file. Check the path and the spelling."


class FileIsDirectory(UnreadableFile):
    da = "{file}: det er en mappe. Angiv selve filen med planen."
    en = "{file}: that is a folder. Name the file that holds the plan."


class FileIsEmpty(UnreadableFile):
    da = "{file}: filen er tom. Gem planen igen, og prøv derefter."
    en = "{file}: the file is empty. Save the plan again, then try once more."


class FileForbidden(UnreadableFile):
    da = "{file}: der mangler tilladelse til at læse filen. Giv den bruger, der kører programmet, læseadgang."
    en = "{file}: permission to read the file is missing. Let the user who runs the program read it."


class FileUnavailable(UnreadableFile):
    da = (
        "{file}: filen kan ikke hentes fra disken ({reason}). Kontrollér drevet, eller læg en kopi et "
        "andet sted."
    )
    en = "{file}: the file cannot be fetched from the disk ({reason}). Check the drive or copy it elsewhere."


class NotAPlainFile(UnreadableFile):
    da = "{file}: det er ikke en almindelig fil. Gem planen som en fil, og angiv den."
    en = "{file}: that is no ordinary file. Save the plan as a file and name that."


class FileTooLarge(UnreadableFile):
    da = "{file}: filen fylder {megabytes} MB; grænsen er {limit} MB. Gem planen uden billeder og bilag."
    en = (
        "{file}: the file is {megabytes} MB; the limit is {limit} MB. Save the plan without pictures and "
        "annexes."
    )


class YamlTooLarge(UnreadableFile):
    da = "{file}: filen fylder over {limit} MB. Slet det, der ikke hører til planen."
    en = "{file}: the file is more than {limit} MB. Delete what does not belong to the plan."


class FileChanging(UnreadableFile):
    da = "{file}: filen blev ændret, mens den blev læst. Vent, til den er gemt færdig, og prøv igen."
    en = "{file}: the file changed while it was read. Wait until it is saved, then try again."


class UnsupportedFormat(UnreadableFile):
    da = "{file}: formatet {written} kan ikke læses. Gem planen som {instead}."
    en = "{file}: the format {written} cannot be read. Save the plan as {instead}."


class WrongEnding(UnreadableFile):
    da = (
        "{file}: indholdet er {found}, selv om filen ender på {suffix}. Ret endelsen, eller gem planen "
        "som {instead}."
    )
    en = (
        "{file}: the content is {found} although the file ends in {suffix}. Mend the ending or save the "
        "plan as {instead}."
    )


class NotThatFormat(UnreadableFile):
    da = (
        "{file}: indholdet er ikke det, som en fil med endelsen {suffix} skal have. Gem planen igen som "
        "{suffix}."
    )
    en = (
        "{file}: the content is not what a file ending in {suffix} should hold. Save the plan again as "
        "{suffix}."
    )


class DamagedFile(UnreadableFile):
    da = "{file}: filen er beskadiget eller ikke hel. Åbn den i sit eget program, gem den igen, og prøv så."
    en = "{file}: the file is damaged or cut short. Open it in its own program, save it again and retry."


class UnpairedQuote(UnreadableFile):
    da = (
        '{file}, linje {line}: et anførselstegn (") mangler sin makker. Ret linjen, eller gem planen '
        "igen fra Excel."
    )
    en = (
        '{file}, line {line}: a quotation mark (") has no partner. Mend the line or save the plan again '
        "from Excel."
    )


class PasswordProtected(UnreadableFile):
    da = "{file}: filen er beskyttet med adgangskode. Gem en kopi uden adgangskode."
    en = "{file}: the file is protected by a password. Save a copy without one."


class ZipBomb(UnreadableFile):
    da = (
        "{file}: filen pakker urimeligt meget ud ({megabytes} MB i {entries} dele) og bliver ikke åbnet. "
        "Gem planen igen i sit eget program."
    )
    en = (
        "{file}: the file unpacks to far too much ({megabytes} MB in {entries} parts) and is not opened. "
        "Save it again in its own program."
    )


class ScannedPages(UnreadableFile):
    da = "{file}: siderne er billeder uden tekst (skannet). Gem planen som PDF direkte fra Word eller Excel."
    en = (
        "{file}: the pages are pictures without text (scanned). Save the plan as PDF straight from Word "
        "or Excel."
    )


class BrokenEntry(UnreadableFile):
    da = "{file}, {where}: datoen kan ikke læses. Ret den i kalenderen, og eksportér igen."
    en = "{file}, {where}: the date cannot be read. Mend it in the calendar and export again."


class YamlBroken(UnreadableFile):
    da = "{file}, linje {line}: dette er ikke gyldig YAML. Kontrollér indrykning, kolon og anførselstegn."
    en = "{file}, line {line}: this is not valid YAML. Check the indentation, colons and quotation marks."


class YamlNotPlain(UnreadableFile):
    da = (
        "{file}, linje {line}: ankre (&), henvisninger (*), typer (!) og flere dokumenter læses ikke. "
        "Skriv teksten ud."
    )
    en = (
        "{file}, line {line}: anchors (&), aliases (*), tags (!) and several documents are not read. "
        "Write it out."
    )


class YamlTooDeep(UnreadableFile):
    da = "{file}, linje {line}: der er over {limit} niveauer i hinanden. Skriv planen med færre indrykninger."
    en = "{file}, line {line}: more than {limit} levels stand inside each other. Write the plan with fewer."


class YamlTwice(UnreadableFile):
    da = "{file}, linje {line}: »{key}« står to gange samme sted. Fjern den ene."
    en = "{file}, line {line}: “{key}” stands twice in the same place. Remove one."


class YamlWithoutMilestones(UnreadableFile):
    da = "{file}: der står ingen milepæle. Skriv dem under »milestones:«, hver med activity og deadline."
    en = "{file}: there are no milestones. Write them below “milestones:”, each with activity and deadline."


class YamlUnknownKey(UnreadableFile):
    da = "{file}, linje {line}: »{key}« kendes ikke her. Mente du »{meant}«? Her kan stå: {known}."
    en = "{file}, line {line}: “{key}” is not known here. Did you mean “{meant}”? Possible are: {known}."


class YamlNotThatShape(UnreadableFile):
    da = (
        "{file}, linje {line}: »{key}« er skrevet på en anden måde, end den læses. Skriv den som »{example}«."
    )
    en = "{file}, line {line}: “{key}” is not written the way it is read. Write it as “{example}”."


class YamlWrongValue(UnreadableFile):
    da = "{file}, linje {line}: »{written}« kan ikke stå i {key}. Skriv den som fx {example}."
    en = "{file}, line {line}: “{written}” cannot stand in {key}. Write it like {example}."


class YamlUnknownValue(UnreadableFile):
    da = "{file}, linje {line}: »{written}« kan ikke stå i {key}. Skriv en af: {known}."
    en = "{file}, line {line}: “{written}” cannot stand in {key}. Write one of: {known}."


class YamlValueMissing(UnreadableFile):
    da = "{file}, linje {line}: her mangler »{key}«. Skriv linjen, eller slet hele punktet."
    en = "{file}, line {line}: “{key}” is missing here. Write the line, or delete the whole item."


class YamlEndsFirst(UnreadableFile):
    da = "{file}, linje {line}: ends_on {ends} ligger før starts_on {starts}. Ret den ene."
    en = "{file}, line {line}: ends_on {ends} is before starts_on {starts}. Correct one of them."


class YamlDueOutside(UnreadableFile):
    da = (
        "{file}, linje {line}: due_on {due} ligger uden for fristens dage, {starts} – {ends}. Ret due_on, "
        "eller ret starts_on og ends_on."
    )
    en = (
        "{file}, line {line}: due_on {due} is outside the days of the deadline, {starts} – {ends}. Correct "
        "due_on, or correct starts_on and ends_on."
    )


class YamlIdTwice(UnreadableFile):
    da = "{file}, linje {line}: id »{id}« bruges også i linje {first}. Giv den ene et andet id."
    en = "{file}, line {line}: the id “{id}” is also used in line {first}. Give one of them another."


class FormulaWithoutValue(UnreadableFile):
    da = (
        "{file}, ark {sheet}, celle {cell}: formlen har ingen gemt værdi. Åbn filen i Excel, gem den, og "
        "prøv igen."
    )
    en = (
        "{file}, sheet {sheet}, cell {cell}: the formula has no saved value. Open the file in Excel, "
        "save it and retry."
    )


class TooManyRows(UnreadableFile):
    da = "{file}, {where}: der er over {limit} rækker. Gem kun selve planen i en fil for sig."
    en = "{file}, {where}: there are more than {limit} rows. Save the plan alone in a file of its own."


class UnknownEncoding(UnreadableFile):
    da = "{file}: teksten er hverken UTF-8, UTF-16 eller Windows-1252. Gem filen som UTF-8."
    en = "{file}: the text is neither UTF-8, UTF-16 nor Windows-1252. Save the file as UTF-8."


class TookTooLong(UnreadableFile):
    da = "{file}: det tog over {seconds} sekunder at læse filen. Gem kun selve planen i en fil for sig."
    en = (
        "{file}: reading the file took more than {seconds} seconds. Save the plan alone in a file of its own."
    )


class TookTooMuchMemory(UnreadableFile):
    da = "{file}: filen krævede over {megabytes} MB hukommelse. Gem kun selve planen i en fil for sig."
    en = (
        "{file}: the file needed more than {megabytes} MB of memory. Save the plan alone in a file of "
        "its own."
    )


class ReaderStopped(UnreadableFile):
    da = "{file}: læsningen stoppede uventet ({signal}). Gem planen igen, eller gem den som .docx eller .csv."
    en = "{file}: reading stopped unexpectedly ({signal}). Save the plan again, or save it as .docx or .csv."


class NoPlanFound(UnreadableFile):
    da = (
        "{file}: der er ingen tabel eller liste med frister. Planen skal have en kolonne med frister og "
        "en med opgaver."
    )
    en = (
        "{file}: there is no table or list of deadlines. A plan needs one column of deadlines and one of "
        "activities."
    )
