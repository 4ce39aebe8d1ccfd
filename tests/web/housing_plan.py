"""A plan as a housing secretariat has it, built by hand: every way a milestone can stand on 11 March 2024."""

from datetime import date, time

from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.plan import Plan
from service.plan.window import AWAITING, Kind, Window
from tests.factories import a_day, a_milestone, a_stretch

PARTIES = (
    Party(id="bestyrelsen", name="Boligsocial bestyrelse"),
    Party(id="sb", name="Slagelse Boligselskab", aliases=("SB",)),
    Party(id="fob", name="FOB"),
    Party(id="sk", name="Slagelse Kommune", aliases=("SK",)),
    Party(id="boligorganisationerne", name="Boligorganisationerne"),
    Party(id="lbf", name="Landsbyggefonden", aliases=("LBF",)),
)

BOARD_MEETING = "Slagelse Boligselskab – organisationsbestyrelsen behandler prækvalifikationsmaterialet."
WORKSHOP = (
    "Afholdelse af én fælles workshop-dag for alle afdelingsbestyrelsesmedlemmer, medarbejdere med virke i "
    "den boligsociale helhedsplan samt evt. andre relevante repræsentanter for Slagelse Kommune. Formålet er "
    "at indhente anbefalinger til indsatser og aktiviteter i en kommende helhedsplan."
)
SUBMISSION = "Prækvalifikationsmaterialet indsendes til Landsbyggefonden."
CHECKLIST = ("Prækvalifikationsskema", "Budget for helhedsplanen", "Referat fra byrådets møde")


def housing_plan() -> Plan:
    february = a_stretch(date(2024, 2, 1), date(2024, 2, 29), Kind.MONTH)
    early_march = a_stretch(date(2024, 3, 1), date(2024, 3, 10), Kind.PART_OF_MONTH)
    may = a_stretch(date(2024, 5, 1), date(2024, 5, 31), Kind.MONTH)
    june = a_stretch(date(2024, 6, 1), date(2024, 6, 30), Kind.MONTH)
    autumn = a_stretch(date(2024, 8, 1), date(2024, 9, 30))
    milestones = (
        _row(1, february, "Februar 2024", "Involverings- og tidsplan indstilles samlet.", "bestyrelsen"),
        _row(2, early_march, "Primo marts 2024", "Bestyrelsen godkender materialet.", "bestyrelsen"),
        _row(3, a_day(date(2024, 3, 13), time(16)), "13. marts 2024 kl. 16", BOARD_MEETING, "sb"),
        _row(4, a_day(date(2024, 3, 20)), "20. marts 2024", "FOB – bestyrelsen behandler materialet.", "fob"),
        _row(5, may, "Maj 2024", "Materialet skal på byrådsmøde 27. maj.", "sk", due_on=date(2024, 5, 27)),
        _row(6, june, "Juni 2024", SUBMISSION, "bestyrelsen", checklist=CHECKLIST),
        _row(7, autumn, "August – september 2024", WORKSHOP, "boligorganisationerne", "sk"),
        _row(8, AWAITING, "Afventer dato, aftales med kommunen", "Politisk fremlæggelse af udkast.", "sk"),
        _row(9, AWAITING, "Afventer – 2025", "Landsbyggefonden godkender helhedsplanen.", "lbf"),
    )
    title = "Samlet procesplan, ny boligsocial helhedsplan"
    return Plan(title=title, language="da", milestones=milestones, parties=PARTIES)


def _row(
    row: int,
    window: Window,
    deadline: str,
    activity: str,
    *parties: str,
    due_on: date | None = None,
    checklist: tuple[str, ...] = (),
) -> Milestone:
    return a_milestone(
        window,
        id=f"m{row}",
        row=row,
        deadline=deadline,
        activity=activity,
        parties=parties,
        due_on=due_on or window.last_day,
        checklist=checklist,
    )
