"""One root for everything that can go wrong on the user's side, one sentence each, in Danish and English."""

from typing import ClassVar, Literal

Language = Literal["da", "en"]


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
        return template.format(**self.values)
