"""Why a mailbox cannot be read, and what to do about it, in plain words."""
# ruff: noqa: E501 - a table of sentences

from service.delivery.advice import Advice

INBOX_ADVICE = (
    Advice(
        r"^\S+ host-unknown",
        "Serveren {host} findes ikke. Ret RETTIDIG_INBOX__HOST.",
        "There is no server {host}. Correct RETTIDIG_INBOX__HOST.",
    ),
    Advice(
        r"^CONNECT refused",
        "{host} tager ikke imod på port {port}. Ret RETTIDIG_INBOX__PORT; 993 hører til tls og 143 til starttls.",
        "{host} accepts nothing on port {port}. Correct RETTIDIG_INBOX__PORT; 993 goes with tls and 143 with starttls.",
    ),
    Advice(
        r"^CONNECT (dropped|garbled)",
        "{host} taler ikke IMAP med os på port {port}. 993 hører til RETTIDIG_INBOX__SECURITY=tls og 143 til starttls.",
        "{host} does not speak IMAP with us on port {port}. 993 goes with RETTIDIG_INBOX__SECURITY=tls and 143 with starttls.",
    ),
    Advice(
        r"^CONNECT ",
        "{host} svarer ikke på port {port}. Bed om åbning i firewallen, eller ret vært og port.",
        "{host} does not answer on port {port}. Have the firewall opened, or correct host and port.",
    ),
    Advice(
        r"^\S+ no-starttls",
        "{host} tilbyder ikke STARTTLS, og ingen adgangskode blev sendt. Brug port 993 med RETTIDIG_INBOX__SECURITY=tls.",
        "{host} does not offer STARTTLS, and no password was sent. Use port 993 with RETTIDIG_INBOX__SECURITY=tls.",
    ),
    Advice(
        r"^\S+ tls-name",
        "Certifikatet gælder et andet navn end {host}. Sæt RETTIDIG_INBOX__HOST til navnet i certifikatet.",
        "The certificate is for another name than {host}. Set RETTIDIG_INBOX__HOST to the name it is for.",
    ),
    Advice(
        r"^\S+ tls-(expired|not-yet-valid)",
        "Certifikatet for {host} er udløbet eller gælder ikke endnu. Det skal fornyes dér; se også uret her.",
        "The certificate of {host} has expired or is not valid yet. Renew it there; check the clock here too.",
    ),
    Advice(
        r"^\S+ tls-(self-signed|untrusted)",
        "Certifikatet for {host} er udstedt af nogen, som ingen her kender. Sæt RETTIDIG_INBOX__CA_BUNDLE til jeres rodcertifikat.",
        "The certificate of {host} is issued by somebody nobody here knows. Set RETTIDIG_INBOX__CA_BUNDLE to your root certificate.",
    ),
    Advice(
        r"^\S+ ca-file",
        "Filen i RETTIDIG_INBOX__CA_BUNDLE kan ikke læses som et certifikat (PEM).",
        "The file in RETTIDIG_INBOX__CA_BUNDLE cannot be read as a certificate (PEM).",
    ),
    Advice(
        r"^TLS ",
        "{host} kunne ikke kryptere på port {port}. 993 hører til tls og 143 til starttls.",
        "{host} could not encrypt on port {port}. 993 goes with tls and 143 with starttls.",
    ),
    Advice(
        r"^AUTH no-token",
        "Microsoft gav ingen adgang: {text}",
        "Microsoft gave no access: {text}",
    ),
    Advice(
        r"^AUTH no-login",
        "{host} tilbyder ikke et login, vi kan bruge. Microsoft 365 skal have OAuth (RETTIDIG_INBOX__OAUTH__TENANT m.fl.).",
        "{host} offers no login that we can use. Microsoft 365 wants OAuth (RETTIDIG_INBOX__OAUTH__TENANT and others).",
    ),
    Advice(
        r"^AUTH refused",
        "{host} afviste login. Ret RETTIDIG_INBOX__USERNAME og RETTIDIG_INBOX__PASSWORD; ved OAuth: giv app'en "
        "IMAP.AccessAsApp og adgang til postkassen, og slå IMAP til for den.",
        "{host} refused the login. Correct RETTIDIG_INBOX__USERNAME and RETTIDIG_INBOX__PASSWORD; with OAuth: give the app "
        "IMAP.AccessAsApp and access to the mailbox, and turn IMAP on for it.",
    ),
    Advice(
        r"^FOLDER (no-folder|refused)",
        "Mappen i RETTIDIG_INBOX__FOLDER findes ikke i postkassen. Ret navnet, som det står på serveren, fx INBOX/Svar.",
        "The folder in RETTIDIG_INBOX__FOLDER is not in the mailbox. Correct the name as the server has it, such as INBOX/Answers.",
    ),
    Advice(
        r"^FOLDER read-only",
        "Mappen i RETTIDIG_INBOX__FOLDER må kun læses. Giv brugeren lov til at ændre i den.",
        "The folder in RETTIDIG_INBOX__FOLDER may only be read. Let the user change things in it.",
    ),
    Advice(
        r"^\S+ silent",
        "{host} holdt op med at svare undervejs. Tjenesten prøver selv igen; bliver det ved, så spørg den, der driver den.",
        "{host} stopped answering on the way. The service tries again by itself; if it goes on, ask who runs it.",
    ),
    Advice(
        "",
        "{host} lod os ikke læse postkassen ({code}). Tjenesten prøver selv igen; bliver det ved, så spørg den, der driver den.",
        "{host} did not let us read the mailbox ({code}). The service tries again by itself; if it goes on, ask who runs it.",
    ),
)
