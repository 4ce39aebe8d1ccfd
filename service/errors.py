"""One root for everything that can go wrong on the user's side, one sentence each, in Danish and English."""

from collections.abc import Mapping
from typing import ClassVar, Literal, Protocol, runtime_checkable

Language = Literal["da", "en"]


@runtime_checkable
class InWords(Protocol):
    """A value that each language has its own words for."""

    def in_words(self, language: Language) -> str: ...


def filled(template: str, values: Mapping[str, object], language: Language) -> str:
    """The template with the values in its placeholders, each in words of the language."""
    return template.format(
        **{
            name: value.in_words(language) if isinstance(value, InWords) else value
            for name, value in values.items()
        }
    )


class RettidigError(Exception):
    """Something the user can mend.

    A subclass is one sentence per language; the keyword arguments fill its placeholders. The sentence says
    where, what and what to do, and never holds an address, a URL or a secret. The command line prints it and
    exits with 2.
    """

    da: ClassVar[str] = "Noget gik galt."
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language) -> str:
        template = self.da if language == "da" else self.en
        return filled(template, self.values, language)
