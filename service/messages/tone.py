"""How a thing is marked; what stands first here stands first in a message."""

from enum import StrEnum


class Tone(StrEnum):
    LATE = "late"
    TODAY = "today"
    NEWS = "news"
    COMING = "coming"
    UNDATED = "undated"
