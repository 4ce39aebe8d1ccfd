"""The mail with which the coordinator signs in."""

from service.errors import Language
from service.messages.email import Envelope, Mail
from service.messages.phrases import Phrase
from service.messages.templates import Templates
from service.messages.wording import in_language

WORDS = {
    "subject": Phrase("Log ind i Rettidig", "Sign in to Rettidig"),
    "preheader": Phrase(
        "Åbn siden, og tryk på knappen. Linket virker én gang og i {minutes} minutter.",
        "Open the page and press the button. The link works once, for {minutes} minutes.",
    ),
    "open": Phrase("Åbn siden", "Open the page"),
    "why": Phrase(
        "Mailen er sendt, fordi nogen bad om at logge ind med denne adresse. Var det ikke dig, så gør intet.",
        "This was sent because somebody asked to sign in with this address. If it was not you, do nothing.",
    ),
}


def compose_sign_in(
    url: str, minutes: int, language: Language, envelope: Envelope, templates: Templates
) -> Mail:
    """A mail with nothing in it but the link; what lets its reader in is the button on the page behind it."""
    words = {name: in_language(language, phrase).format(minutes=minutes) for name, phrase in WORDS.items()}
    letter = {"language": language, "url": url, **words}
    return Mail(
        envelope=envelope,
        subject=words["subject"],
        language=language,
        text=templates.text("email/sign_in.txt", letter=letter),
        html=templates.html("email/sign_in.html", letter=letter),
    )
