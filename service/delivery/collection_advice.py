"""The sentences of `diagnosis` about calendar collections (CalDAV)."""
# ruff: noqa: E501 - a table of sentences

from service.delivery.advice import Advice

COLLECTION_ADVICE = (
    Advice(
        r"^\S+ 401",
        "Kalenderens server kender ikke brugeren eller adgangskoden (401). Lav en app-adgangskode til en tjenestekonto, og sæt {settings}COLLECTION__USERNAME og {settings}COLLECTION__PASSWORD.",
        "The calendar's server does not know the user or the password (401). Make an app password for a service account, and set {settings}COLLECTION__USERNAME and {settings}COLLECTION__PASSWORD.",
    ),
    Advice(
        r"^LOOK (403|read-only)|^\S+ 405",
        "Brugeren må ikke skrive i kalenderen ({code}). Del den med kontoen med ret til at redigere.",
        "The user may not write in the calendar ({code}). Share it with the account, with the right to edit.",
    ),
    Advice(
        r"^LOOK (404|410)",
        "Kalenderen findes ikke på adressen ({code}). Kopiér kalenderens eget CalDAV-link til {settings}COLLECTION__URL; den skal være oprettet i forvejen.",
        "There is no calendar at the address ({code}). Copy the calendar's own CalDAV link to {settings}COLLECTION__URL; it has to be there beforehand.",
    ),
    Advice(
        r"^LOOK no-calendar",
        "Adressen er ingen kalender med begivenheder, men måske brugerens side eller en opgaveliste. Kopiér kalenderens eget CalDAV-link til {settings}COLLECTION__URL.",
        "The address is no calendar of events, but perhaps the user's page or a task list. Copy the calendar's own CalDAV link to {settings}COLLECTION__URL.",
    ),
    Advice(
        r"not-caldav",
        "Det, der svarer på adressen, taler ikke CalDAV. Kopiér kalenderens eget CalDAV-link til {settings}COLLECTION__URL; hos Nextcloud begynder dets sti med /remote.php/dav/.",
        "What answers at the address does not speak CalDAV. Copy the calendar's own CalDAV link to {settings}COLLECTION__URL; Nextcloud's has a path that begins with /remote.php/dav/.",
    ),
    Advice(
        r"^\S+ 3\d\d",
        "Adressen viser videre til et andet sted ({code}), og dertil sendes ingen adgangskode. Sæt {settings}COLLECTION__URL til stedet selv.",
        "The address points to another place ({code}), to which no password is sent. Set {settings}COLLECTION__URL to that place itself.",
    ),
    Advice(
        r"^\S+ 507",
        "Der er ikke plads til mere på kalenderens server (507). Giv kontoen mere plads, eller ryd op dér.",
        "There is no more room on the calendar's server (507). Give the account more, or tidy up there.",
    ),
    Advice(
        r"^\S+ 412",
        "En anden ændrer i de samme poster lige nu (412). Tjenesten prøver selv igen.",
        "Somebody else is changing the same entries just now (412). The service tries again by itself.",
    ),
    Advice(
        r"^WRITE (400|403|409|413|415|422)",
        "Serveren tager ikke imod en af fristerne ({code}). Ligger den i kalenderens papirkurv eller under et andet navn, så slet den dér.",
        "The server does not take one of the deadlines ({code}). If it is in the calendar's trash bin or under another name, delete it there.",
    ),
    Advice(
        # Nextcloud keeps an earlier copy of it there, and has no place for two (server #42582, #61881).
        r"^REMOVE (400|403|409)",
        "Serveren vil ikke fjerne en af fristerne ({code}). Tøm kalenderens papirkurv dér.",
        "The server does not remove one of the deadlines ({code}). Empty the calendar's trash bin there.",
    ),
    Advice(
        r"^\S+ (408|423|425|429|5\d\d)",
        "Kalenderens server kan ikke lige nu ({code}). Tjenesten prøver selv igen.",
        "The calendar's server cannot just now ({code}). The service tries again by itself.",
    ),
    Advice(
        r"^\S+ (bad-url|host-unknown)",
        "Kalenderens server findes ikke. Ret {settings}COLLECTION__URL; den begynder med https://.",
        "There is no such server. Correct {settings}COLLECTION__URL; it starts with https://.",
    ),
    Advice(
        r"^\S+ forbidden-address",
        "Adressen fører ind i jeres eget net. Står kalenderen dér, så sæt RETTIDIG_CALDAV__NETWORKS til det net, fx 10.20.0.0/16.",
        "The address leads into your own network. If the calendar is there, set RETTIDIG_CALDAV__NETWORKS to that network, for example 10.20.0.0/16.",
    ),
    Advice(
        r"^\S+ proxy",
        "Jeres proxy lod os ikke komme frem. Bed om åbning for kalenderens server, eller undtag den med NO_PROXY.",
        "Your proxy did not let us through. Have it opened for the calendar's server, or except that by NO_PROXY.",
    ),
    Advice(
        r"^\S+ (tls-|ca-file)",
        "Certifikatet hos kalenderens server kunne ikke godkendes ({code}). Har I jeres eget rodcertifikat, så sæt REQUESTS_CA_BUNDLE.",
        "The certificate of the calendar's server could not be verified ({code}). If you have a root certificate of your own, set REQUESTS_CA_BUNDLE.",
    ),
    Advice(
        r"^\S+ (silent|dropped|garbled)",
        "Kalenderens server svarede ikke færdigt. Tjenesten prøver selv igen; bliver det ved, så spørg den, der driver den.",
        "The calendar's server did not finish its answer. The service tries again by itself; if it goes on, ask who runs it.",
    ),
    Advice(
        r"^\S+ (refused|unreachable)",
        "Kalenderens server kan ikke nås herfra. Bed om åbning i firewallen, eller sæt HTTPS_PROXY.",
        "The calendar's server cannot be reached from here. Have the firewall opened, or set HTTPS_PROXY.",
    ),
)
