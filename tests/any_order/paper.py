"""A plan on paper: rows as a coordinator types them, and the days on which an office is at work."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
# Counted from Easter Sunday: Maundy Thursday to Easter Monday, Ascension Day, Whit Monday. Great Prayer Day
# was one until 2023.
_MOVING = (-3, -2, 0, 1, 39, 50)
_FIXED = ((1, 1), (12, 25), (12, 26), (12, 24), (12, 31))


def is_worked_on(day: date) -> bool:
    """Whether a Danish public employer is at work, from 2024 on."""
    is_holiday = (day.month, day.day) in _FIXED or (day - easter(day.year)).days in _MOVING
    return day.weekday() < 5 and not is_holiday


def worked_on_before(day: date) -> date:
    """The day itself, or the last one before it on which people work."""
    while not is_worked_on(day):
        day -= timedelta(1)
    return day


def worked_on_after(day: date) -> date:
    while not is_worked_on(day):
        day += timedelta(1)
    return day


def working_days(first: date, last: date) -> int:
    """How many working days there are after `first`, up to and including `last`."""
    return sum(is_worked_on(first + timedelta(step)) for step in range(1, (last - first).days + 1))


def in_danish(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the document. `word` stands in it whatever becomes of it, and in no other."""

    word: str
    activity: str
    responsible: str
    due: date | None
    starts: date | None = None

    def __str__(self) -> str:
        return f"{self._deadline}\t{self.activity}\t{self.responsible}\n"

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.responsible.split(" og "))

    @property
    def _deadline(self) -> str:
        if self.due is None:
            return "Afventer dato"
        return f"{in_danish(self.starts)} - {in_danish(self.due)}" if self.starts else in_danish(self.due)


# Activities have nothing in common, so that nobody can take one for another.
ACTIVITIES = {
    "Skolegården": "Bestyrelsen behandler budgettet for Skolegården",
    "Havnefronten": "Udkastet om Havnefronten sendes i høring hos naboerne",
    "Idrætsparken": "Beboermøde om en ny indgang til Idrætsparken",
    "Stationsvej": "Ansøgning om midler til Stationsvej indsendes",
    "Åparken": "Indstilling om Åparken forelægges for byrådet",
    "Bykernen": "Referat af rundturen i Bykernen udsendes",
    "Møllebakken": "Licitationen på Møllebakken afholdes",
    "Kirkestien": "Regnskabet for Kirkestien revideres",
}
REWORDED = ("", " (endelig udgave)", " og godkendes")


def document(lines: list[Line]) -> str:
    return "Deadline\tAktivitet\tAnsvarlig\n" + "".join(map(str, lines))
