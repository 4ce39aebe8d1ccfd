"""What the reader wants a coordinator to look at, as data; the sentences stand in one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from service.errors import Language, filled
from service.plan.finding_texts import FINDING_TEXTS
from service.plan.place import NOWHERE, Place


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at: `code` names a sentence of FINDING_TEXTS, `values` fill its placeholders.

    `row` counts the data rows of the plan from 1 (None: the document as a whole); `where` is the place in the
    document.
    """

    code: str
    row: int | None = None
    where: Place = NOWHERE
    values: Mapping[str, str | Place] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def severity(self) -> Severity:
        return Severity(FINDING_TEXTS[self.code].severity)

    def message(self, language: Language) -> str:
        """The sentence: what was written, how it was understood, what to write instead."""
        text = FINDING_TEXTS[self.code]
        return filled(text.da if language == "da" else text.en, self.values, language)
