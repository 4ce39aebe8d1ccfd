"""What can be wrong with a setting, one class and one sentence each. No sentence repeats a value."""

from service.errors import RettidigError


class SettingError(RettidigError):
    """`name` is the setting as the user wrote it, with the file it stands in."""


class Refusal(ValueError):
    """How a check tells pydantic which sentence it is; the name is known only to the one who catches it.

    `at` leads from the model that checks to the setting that is wrong.
    """

    def __init__(self, error: type[SettingError], *, at: tuple[str, ...] = (), **values: object) -> None:
        super().__init__(error.__name__)
        self.error, self.at, self.values = error, at, values


# --- names and files -----------------------------------------------------------------------------------


class UnknownSettingError(SettingError):
    da = "{name} er ikke en indstilling. Alle indstillinger står i .env.example."
    en = "{name} is not a setting. All settings stand in .env.example."


class MistypedSettingError(SettingError):
    da = "{name} er ikke en indstilling. Mente du {suggestion}?"
    en = "{name} is not a setting. Did you mean {suggestion}?"


class UnreadableSettingFileError(SettingError):
    da = "{name}: filen kan ikke læses, eller den er tom. Skriv stien til en fil, der indeholder værdien."
    en = "{name}: the file cannot be read, or it is empty. Write the path of a file that holds the value."


class UnreadableSourceError(SettingError):
    da = "{name} kan ikke læses. Den skal være en læsbar tekstfil i UTF-8."
    en = "{name} cannot be read. It must be a readable text file in UTF-8."


class UnreadableLineError(SettingError):
    da = "{name}, linje {line}: kan ikke forstås. {example}"
    en = "{name}, line {line}: cannot be understood. {example}"


# --- values --------------------------------------------------------------------------------------------


class NotTextError(SettingError):
    da = "{name}: skriv én linje almindelig tekst."
    en = "{name}: write one line of plain text."


class NotANumberError(SettingError):
    da = "{name}: skriv et helt tal fra {least} til {most}."
    en = "{name}: write a whole number from {least} to {most}."


class NotAKeepingError(SettingError):
    da = "{name}: skriv et antal dage fra {least} til {most}, eller 0 for altid."
    en = "{name}: write a number of days from {least} to {most}, or 0 for ever."


class NotAChoiceError(SettingError):
    da = "{name}: skriv et af ordene {choices}."
    en = "{name}: write one of the words {choices}."


class NotATimeError(SettingError):
    da = "{name}: skriv et klokkeslæt som 08:00."
    en = "{name}: write a time of day such as 08:00."


class TooEarlyError(SettingError):
    da = (
        "{name}: skriv et klokkeslæt fra 04:00 til 23:59; om natten skifter uret mellem sommer- og vintertid."
    )
    en = "{name}: write a time from 04:00 to 23:59; clocks change between summer and winter time at night."


class QuietBeforeSendingError(SettingError):
    da = "{name}: skriv et klokkeslæt senere end RETTIDIG_REMINDERS__SEND_AT; ellers kan intet sendes."
    en = "{name}: write a time later than RETTIDIG_REMINDERS__SEND_AT; otherwise nothing can be sent."


class NotATimezoneError(SettingError):
    da = "{name}: skriv en tidszone som Europe/Copenhagen."
    en = "{name}: write a time zone such as Europe/Copenhagen."


class NotAnInstantError(SettingError):
    da = "{name}: skriv et tidspunkt som 2024-03-01T07:59, evt. med +01:00 efter (år 1970-2200)."
    en = "{name}: write an instant such as 2024-03-01T07:59, perhaps with +01:00 (years 1970-2200)."


class NotACountryError(SettingError):
    da = "{name}: skriv et lands kode med to bogstaver, fx DK, NO, SE eller GB."
    en = "{name}: write the code of a country in two letters, such as DK, NO, SE or GB."


class NotAClosingDayError(SettingError):
    da = (
        "{name}: skriv lukkedage som 05-01 eller 07-08..07-26 (hvert år) eller 2024-05-10, med komma imellem."
    )
    en = "{name}: write closing days as 05-01 or 07-08..07-26 (each year) or 2024-05-10, with commas between."


class NotAPauseError(SettingError):
    da = "{name}: skriv pausen som 2024-07-01..2024-07-31, begge dage med, eller ..2024-08-11 fra nu af."
    en = "{name}: write the pause as 2024-07-01..2024-07-31, both days included, or ..2024-08-11 from now on."


class AlwaysClosedError(SettingError):
    da = "{name}: det lukker mere end halvdelen af året; så er der for få dage til påmindelser."
    en = "{name}: that closes more than half of the year; it leaves too few days for reminders."


class NotAMailAddressError(SettingError):
    da = "{name}: skriv en e-mailadresse som navn@example.dk; flere adskilles med komma."
    en = "{name}: write an e-mail address such as name@example.com; separate several with commas."


class NonAsciiMailAddressError(SettingError):
    da = "{name}: en e-mailadresse med æ, ø, å eller andre særlige bogstaver før @ kan ikke bruges."
    en = "{name}: an e-mail address with letters outside a-z before the @ cannot be used."


class NotASenderError(SettingError):
    da = "{name}: skriv afsenderen som Rettidig <frister@example.dk>."
    en = "{name}: write the sender as Rettidig <deadlines@example.com>."


class NotAHostError(SettingError):
    da = "{name}: skriv kun serverens navn eller IP-adresse, fx smtp.example.dk."
    en = "{name}: write only the name or IP address of the server, such as smtp.example.com."


class NotAWebhookError(SettingError):
    da = "{name}: skriv hele adressen fra Teams, som begynder med https://."
    en = "{name}: write the whole address from Teams, which begins with https://."


class NotACollectionError(SettingError):
    da = (
        "{name}: skriv kalenderens egen adresse (CalDAV), som begynder med https://, uden bruger og "
        "adgangskode; de har hver deres indstilling."
    )
    en = (
        "{name}: write the calendar's own address (CalDAV), which begins with https://, without user and "
        "password; those are settings of their own."
    )


class RetiredWebhookError(SettingError):
    da = (
        "{name}: Microsoft har lukket de gamle Teams-connectorer (webhook.office.com). "
        "Opret i stedet arbejdsgangen »Send til en kanal, når en webhook-anmodning modtages« i Teams."
    )
    en = (
        "{name}: Microsoft has closed the old Teams connectors (webhook.office.com). "
        "Create the workflow “Post to a channel when a webhook request is received” in Teams instead."
    )


class NotABaseUrlError(SettingError):
    da = "{name}: skriv adressen på Rettidigs sider som https://frister.example.dk, uden ? og #."
    en = "{name}: write the address of the pages such as https://deadlines.example.com, without ? and #."


class NotANetworkError(SettingError):
    da = "{name}: skriv IP-adresser eller net adskilt af komma, fx 127.0.0.1,10.0.0.0/8."
    en = "{name}: write IP addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8."


class NotAHeaderError(SettingError):
    da = "{name}: skriv navnet på en HTTP-header, fx X-Forwarded-Email."
    en = "{name}: write the name of an HTTP header, such as X-Forwarded-Email."


class NotADatabaseUrlError(SettingError):
    da = "{name}: skriv sqlite:///data/rettidig.db eller postgresql://bruger:adgangskode@server/database."
    en = "{name}: write sqlite:///data/rettidig.db or postgresql://user:password@server/database."


# --- settings that do not go together ------------------------------------------------------------------


class MissingSettingError(SettingError):
    da = "{name} mangler; den hører sammen med {beside}."
    en = "{name} is missing; it belongs with {beside}."


class UnreachableRecipientError(SettingError):
    da = "{name}: skriv __EMAIL eller __TEAMS_WEBHOOK, der passer til __CHANNELS; ellers høres intet."
    en = "{name}: write __EMAIL or __TEAMS_WEBHOOK to suit __CHANNELS; otherwise the recipient hears nothing."


class ReservedKeyError(SettingError):
    da = "{name}: dette navn er koordinatorens. Vælg et andet, og skriv parten i __PARTIES."
    en = "{name}: this key is the coordinator's. Choose another and name the party in __PARTIES."
