"""The sentences of `diagnosis`: for each way that delivery fails, what it is and what to do about it."""
# ruff: noqa: E501 - a table of sentences

from typing import NamedTuple


class Advice(NamedTuple):
    """The first row of a table whose pattern is found in "STAGE code text" counts.

    The sentences have placeholders for the receipt's code and text, the relay's host and port, and how the
    names of the recipient's settings begin.
    """

    pattern: str
    da: str
    en: str


ENDED_EACH_TIME = Advice(
    r"^CLAIM",
    "Programmet gik ned, hver gang den skulle sendes. Se i loggen, og prøv igen med rettidig outbox --retry.",
    "The program ended each time it was to be sent. Look in the log, and try again with rettidig outbox --retry.",
)

# Of what came back after the relay had taken it; what the other side's server said, not the relay.
RETURNED_ADVICE = (
    Advice(
        r"^BOUNCE 5\d\d 5\.1\.(?![78]\b|90\b)",
        "Mailen kom retur: modtagerens server siger, at adressen ikke findes ({code}). Ret den i {settings}EMAIL.",
        "The mail came back: the recipient's server says that there is no such address ({code}). Correct it in {settings}EMAIL.",
    ),
    Advice(
        r"^BOUNCE \d\d\d [45]\.2\.[12]\b",
        "Mailen kom retur: modtagerens postkasse er fuld eller lukket ({code}). Sig det til modtageren.",
        "The mail came back: the recipient's mailbox is full or closed ({code}). Tell the recipient.",
    ),
    Advice(
        r"^BOUNCE \d\d\d [45]\.4\.",
        "Mailen kom retur: der var ingen vej til modtagerens mailserver ({code}). Se efter stavefejl i domænet i "
        "{settings}EMAIL, ellers er fejlen hos modtageren.",
        "The mail came back: there was no way to the recipient's mail server ({code}). Look for a typing error in the "
        "domain in {settings}EMAIL, or else the fault is the recipient's.",
    ),
    Advice(
        r"^BOUNCE \d\d\d [45]\.7\.",
        "Mailen kom retur: modtagerens server lukker os ikke ind ({code}). Bed dem om at tage imod mail fra jer, og se SPF, "
        "DKIM og DMARC for afsenderens domæne.",
        "The mail came back: the recipient's server does not let us in ({code}). Ask them to accept mail from you, and check "
        "SPF, DKIM and DMARC of the sender's domain.",
    ),
    Advice(
        r"^BOUNCE",
        "Mailen kom retur fra modtagerens server ({code}): {text}",
        "The mail came back from the recipient's server ({code}): {text}",
    ),
)

MAIL_ADVICE = (
    ENDED_EACH_TIME,
    *RETURNED_ADVICE,
    Advice(
        r"^\S+ host-unknown",
        "Serveren {host} kan ikke findes. Ret RETTIDIG_SMTP__HOST; er navnet rigtigt, så svarer DNS her ikke.",
        "No server {host} can be found. Correct RETTIDIG_SMTP__HOST; if the name is right, DNS does not answer here.",
    ),
    Advice(
        r"^\S+ refused",
        "{host} tager ikke imod på port {port}. Ret RETTIDIG_SMTP__PORT; 587, 465 og 25 er de almindelige.",
        "{host} accepts nothing on port {port}. Correct RETTIDIG_SMTP__PORT; 587, 465 and 25 are the usual ones.",
    ),
    Advice(
        r"CONNECT (silent|unreachable)",
        "{host} svarer ikke på port {port}. Bed om åbning i firewallen, eller ret vært og port; port 465 hører til "
        "RETTIDIG_SMTP__SECURITY=tls.",
        "{host} does not answer on port {port}. Have the firewall opened, or correct host and port; port 465 goes "
        "with RETTIDIG_SMTP__SECURITY=tls.",
    ),
    Advice(
        r"^CONNECT (dropped|garbled)",
        "{host} taler ikke SMTP med os på port {port}. Port 465 hører til RETTIDIG_SMTP__SECURITY=tls; ellers må "
        "den, der driver serveren, lukke denne maskine ind.",
        "{host} does not speak SMTP with us on port {port}. Port 465 goes with RETTIDIG_SMTP__SECURITY=tls; else "
        "ask who runs the server to let this machine in.",
    ),
    Advice(
        r"^CONNECT 5",
        "{host} vil ikke tale med denne maskine ({code}). Bed den, der driver den, om at lukke den ind.",
        "{host} does not talk to this machine ({code}). Ask who runs it to let it in.",
    ),
    Advice(
        r"^\S+ no-starttls",
        "{host} tilbyder ikke STARTTLS, og intet blev sendt i klartekst. Brug port 465 med "
        "RETTIDIG_SMTP__SECURITY=tls, eller none for en server på jeres eget net.",
        "{host} does not offer STARTTLS, and nothing was sent in the clear. Use port 465 with "
        "RETTIDIG_SMTP__SECURITY=tls, or none for a server in your own network.",
    ),
    Advice(
        r"^\S+ tls-name",
        "Certifikatet gælder et andet navn end {host}. Sæt RETTIDIG_SMTP__HOST til navnet i certifikatet.",
        "The certificate is for another name than {host}. Set RETTIDIG_SMTP__HOST to the name it is for.",
    ),
    Advice(
        r"^\S+ tls-(expired|not-yet-valid)",
        "Certifikatet for {host} er udløbet eller gælder ikke endnu. Det skal fornyes dér; se også uret her.",
        "The certificate of {host} has expired or is not valid yet. Renew it there; check the clock here too.",
    ),
    Advice(
        r"^\S+ tls-(self-signed|untrusted)",
        "Certifikatet for {host} er udstedt af nogen, som ingen her kender. Sæt RETTIDIG_SMTP__CA_BUNDLE til "
        "jeres rodcertifikat.",
        "The certificate of {host} is issued by somebody nobody here knows. Set RETTIDIG_SMTP__CA_BUNDLE to your "
        "root certificate.",
    ),
    Advice(
        r"^\S+ ca-file",
        "Filen i RETTIDIG_SMTP__CA_BUNDLE kan ikke læses som et certifikat (PEM).",
        "The file in RETTIDIG_SMTP__CA_BUNDLE cannot be read as a certificate (PEM).",
    ),
    Advice(
        r"^TLS ",
        "{host} kunne ikke kryptere på port {port}. Port 587 hører til starttls og 465 til tls; ret "
        "RETTIDIG_SMTP__SECURITY eller porten.",
        "{host} could not encrypt on port {port}. Port 587 goes with starttls and 465 with tls; correct "
        "RETTIDIG_SMTP__SECURITY or the port.",
    ),
    Advice(
        r"AUTH no-login",
        "{host} tilbyder ikke et login, vi kan bruge. Fjern brugernavn og adgangskode, hvis serveren ikke "
        "kræver login; Microsoft 365 skal have OAuth.",
        "{host} offers no login that we can use. Remove username and password if the server needs none; "
        "Microsoft 365 wants OAuth.",
    ),
    Advice(
        r"AADSTS7000215",
        "Microsoft kender ikke hemmeligheden (AADSTS7000215). Brug hemmelighedens værdi, ikke dens ID.",
        "Microsoft does not know the client secret (AADSTS7000215). Use the secret's value, not its ID.",
    ),
    Advice(
        r"AADSTS7000222",
        "App'ens hemmelighed er udløbet (AADSTS7000222). Lav en ny i Microsoft Entra.",
        "The app's client secret has expired (AADSTS7000222). Make a new one in Microsoft Entra.",
    ),
    Advice(
        r"AADSTS700016",
        "App'en findes ikke i jeres Microsoft 365 (AADSTS700016). Ret app-ID eller tenant.",
        "The app is not in your Microsoft 365 (AADSTS700016). Correct the client ID or the tenant.",
    ),
    Advice(
        r"AADSTS90002",
        "Microsoft kender ikke jeres tenant (AADSTS90002). Ret den.",
        "Microsoft does not know your tenant (AADSTS90002). Correct it.",
    ),
    Advice(
        r"AUTH no-token",
        "Microsoft gav ingen adgang: {text}",
        "Microsoft gave no access: {text}",
    ),
    Advice(
        r"5\.7\.30|(?i:basic auth)",
        "Microsoft tager ikke længere imod brugernavn og adgangskode ({code}). Sæt OAuth op.",
        "Microsoft no longer accepts a username and password ({code}). Set up OAuth.",
    ),
    Advice(
        r"5\.7\.139|(?i:SmtpClientAuthentication)",
        "SMTP AUTH er slået fra for postkassen eller hele organisationen ({code}). Slå »Godkendt SMTP« til "
        "for postkassen, og sæt OAuth op.",
        "SMTP AUTH is turned off for the mailbox or the whole organisation ({code}). Turn on “Authenticated "
        "SMTP” for the mailbox, and set up OAuth.",
    ),
    Advice(
        r"AUTH 5",
        "{host} afviste login ({code}). Ret RETTIDIG_SMTP__USERNAME og RETTIDIG_SMTP__PASSWORD; ved OAuth: giv "
        "app'en adgang til postkassen.",
        "{host} refused the login ({code}). Correct RETTIDIG_SMTP__USERNAME and RETTIDIG_SMTP__PASSWORD; with "
        "OAuth: give the app access to the mailbox.",
    ),
    Advice(
        r"5\.7\.57|^\S+ 530",
        "{host} kræver login ({code}). Sæt RETTIDIG_SMTP__USERNAME og RETTIDIG_SMTP__PASSWORD, eller OAuth.",
        "{host} wants a login ({code}). Set RETTIDIG_SMTP__USERNAME and RETTIDIG_SMTP__PASSWORD, or OAuth.",
    ),
    Advice(
        r"5\.7\.60|(?i:SendAsDenied)",
        "Postkassen må ikke sende som afsenderen ({code}). Sæt RETTIDIG_MAIL__FROM til postkassens adresse, "
        "eller giv den »Send som«.",
        "The mailbox may not send as the sender ({code}). Set RETTIDIG_MAIL__FROM to the mailbox's address, or "
        "grant it “Send as”.",
    ),
    Advice(
        r"5\.7\.68",
        "Microsoft 365 afviser mail uden login fra jeres eget domæne ({code}). Brug login, en connector eller "
        "jeres egen mailserver.",
        "Microsoft 365 rejects mail without a login from your own domain ({code}). Use a login, a connector or "
        "your own relay.",
    ),
    Advice(
        r"(?i)^RCPT [45].*relay|^RCPT 55[04] 5\.7\.1\b|^RCPT 554 |rcpthosts",
        "{host} sender ikke videre for os ({code}). Lad serveren kende denne maskines adresse, eller brug login.",
        "{host} does not relay for us ({code}). Have the relay know this machine's address, or use a login.",
    ),
    Advice(
        r"^MAIL (5|bad-sender)",
        "{host} afviste afsenderen ({code}). Sæt RETTIDIG_MAIL__FROM til en adresse, serveren må sende fra.",
        "{host} refused the sender ({code}). Set RETTIDIG_MAIL__FROM to an address that it may send from.",
    ),
    Advice(
        r"^\S+ 5\d\d 5\.2\.2|^RCPT 552",
        "Modtagerens postkasse er fuld ({code}). Vi prøver igen i 48 timer; sig det til modtageren.",
        "The recipient's mailbox is full ({code}). We try again for 48 hours; tell the recipient.",
    ),
    Advice(
        r"^RCPT (550|556)(?! [24]\.)|^RCPT bad-address|^\S+ 5\d\d 5\.1\.",
        "Modtagerens adresse findes ikke ({code}). Ret den i {settings}EMAIL.",
        "The recipient's address does not exist ({code}). Correct it in {settings}EMAIL.",
    ),
    Advice(
        r"^\S+ 5\d\d 5\.4\.",
        "{host} kan ikke finde vej til modtagerens domæne ({code}). Se efter stavefejl i adressen og DNS dér.",
        "{host} finds no way to the recipient's domain ({code}). Look for a typing error, and at its DNS.",
    ),
    Advice(
        r"^\S+ 5\d\d 5\.(3\.4|2\.3)|^END 552",
        "Mailen er for stor til {host} eller modtageren ({code}).",
        "The mail is too big for {host} or the recipient ({code}).",
    ),
    Advice(
        r"^(DATA|END) 5",
        "{host} afviste mailens indhold eller afsender ({code}). Se SPF, DKIM og DMARC for afsenderens domæne.",
        "{host} refused the mail's content or sender ({code}). Check SPF, DKIM and DMARC of the sender's domain.",
    ),
    Advice(
        r"432 4\.3\.2|4\.7\.[56]\d\d|4\.7\.\d*(?i:.*(rate|too many|limit|throttl))|^\S+ 421 4\.7",
        "{host} synes, det går for stærkt ({code}). Sæt RETTIDIG_SMTP__PER_MINUTE eller __CONNECTIONS ned; tjenesten "
        "prøver selv igen.",
        "{host} finds us too fast ({code}). Lower RETTIDIG_SMTP__PER_MINUTE or __CONNECTIONS; the service "
        "tries again by itself.",
    ),
    Advice(
        r"(?i)gr[ea]y-?list|^RCPT 45[01]",
        "Modtagerens server beder os vente lidt ({code}), som den gør med nye afsendere. Tjenesten prøver selv igen.",
        "The recipient's server asks us to wait a little ({code}), as with new senders. The service tries again by itself.",
    ),
    Advice(
        r"^END (silent|dropped|garbled)",
        "{host} fik hele mailen, men svarede ikke. Den kan være kommet frem; vi sender højst to gange til.",
        "{host} got the whole mail but did not answer. It may have arrived; we send it twice more at most.",
    ),
    Advice(
        r"^\S+ (silent|dropped|garbled|unreachable)$",
        "{host} holdt op med at svare undervejs. Tjenesten prøver selv igen; bliver det ved, så spørg den, der driver den.",
        "{host} stopped answering on the way. The service tries again by itself; if it goes on, ask who runs it.",
    ),
    Advice(
        r"^\S+ (4|5\d\d [24]\.)",
        "{host} kan ikke lige nu ({code}). Tjenesten prøver selv igen.",
        "{host} cannot just now ({code}). The service tries again by itself.",
    ),
)

ACCEPTED = Advice("", "Modtaget ({code}).", "Accepted ({code}).")
OTHERWISE = Advice("", "Det lykkedes ikke: {code} {text}", "It did not work: {code} {text}")
