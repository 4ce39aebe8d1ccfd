from tests.cli.conftest import Rettidig


def test_the_rules_are_told_in_words(rettidig: Rettidig) -> None:
    said = rettidig("rules", LANGUAGE="en").out
    assert "They are reminded 30, 14, 7 and 1 days before the due date and on the day." in said
    assert "Messages leave at 08:00 on working days in DK" in said


def test_what_recipients_want_is_told_with_what_a_pause_means(rettidig: Rettidig) -> None:
    said = rettidig(
        "rules",
        "--json",
        LANGUAGE="en",
        RECIPIENTS__SB__EMAIL="sb@example.dk",
        RECIPIENTS__SB__AHEAD="14,1",
        RECIPIENTS__SB__PAUSE="2024-07-01..2024-07-31",
        COORDINATOR__EMAIL="k@example.dk",
        COORDINATOR__DIGEST="weekly",
    ).json
    assert "Recipient SB: They are reminded 14 and 1 days before the due date and on the day." in said
    assert "Recipient SB: Pauses from 1 July 2024 to 31 July 2024, both included." in said
    assert "The coordinator: All of a week comes in one message." in said
    assert "the coordinator gets what nobody else hears of" in said[-1]
    assert not [line for line in rettidig("rules", "--json", LANGUAGE="en").json if "pause" in line]


def test_how_often_the_coordinator_gets_the_overview_is_told(rettidig: Rettidig) -> None:
    for digest, said in (
        ("monthly", "On the first working day of each month the coordinator gets an overview"),
        ("weekly", "On the first working day of each week the coordinator gets an overview"),
        ("none", "the coordinator is reminded of what has no date yet"),
    ):
        assert said in rettidig("rules", LANGUAGE="en", REMINDERS__OVERVIEW=digest).out


def test_what_is_different_for_a_kind_is_told_with_its_name(rettidig: Rettidig) -> None:
    said = rettidig(
        "rules", "--json", LANGUAGE="en", RULES__RANGE__AHEAD="60", RULES__SB__OVERDUE_EVERY="0"
    ).json
    assert "range: They are reminded 60 days before the due date and on the day." in said
    assert "sb: Once it has passed, they hear no more." in said
    assert any(sentence.startswith("Where several are about a milestone") for sentence in said)


def test_the_words_say_on_which_days_what_is_late_is_brought_up(rettidig: Rettidig) -> None:
    def said(**settings: str) -> str:
        told = {f"REMINDERS__OVERDUE_{name}": value for name, value in settings.items()}
        return next(
            line for line in rettidig("rules", LANGUAGE="en", **told).out.splitlines() if "passed" in line
        )

    assert "every Monday" in said()
    assert "on Tuesday every 2 weeks" in said(EVERY="10", ON="tuesday")
    assert "every Monday and every 2 working days after it" in said(EVERY="2")
    assert "every 5 working days" in said(ON="any")
    assert "every working day" in said(EVERY="1")


def test_the_words_say_how_deadlines_come_into_calendars(rettidig: Rettidig) -> None:
    wishes = {"SB": "email,feed", "FOB": "email", "SK": "email,invite,feed", "BK": "email,invite"}
    settings = {f"RECIPIENTS__{key}__CHANNELS": channels for key, channels in wishes.items()}
    settings |= {f"RECIPIENTS__{key}__EMAIL": f"{key}@example.dk" for key in (*wishes, "LBF")}
    settings["RECIPIENTS__LBF__COLLECTION__URL"] = "https://sky.example.dk/dav/lbf/"
    base = "https://frister.example.dk"
    said = rettidig("rules", "--json", LANGUAGE="en", BASE_URL=base, **settings).json
    assert "Recipient SB: Subscribes to a calendar instead of getting invitations." in said
    assert "Recipient FOB: Gets nothing in a calendar." in said
    own = "Has deadlines written into a calendar of its own (CalDAV) instead of getting invitations."
    assert f"Recipient LBF: {own}" in said
    twice = "Is invited and subscribes to a calendar; each deadline then stands in calendars more than once."
    assert f"Recipient SK: {twice}" in said
    assert not [line for line in said if line.startswith("Recipient BK")]
    assert any("on its due date" in line for line in said)
    whole = rettidig("rules", "--json", LANGUAGE="en", INVITES__WINDOWS="whole").json
    assert any("from its first day to its last" in line for line in whole)


def test_the_words_say_which_days_are_closed_once_and_every_year(rettidig: Rettidig) -> None:
    closed = "12-24,07-08..07-26,2024-05-10,2024-10-14..2024-10-18"
    said = rettidig("rules", "--json", LANGUAGE="en", REMINDERS__CLOSED=closed).json
    assert "Every year is closed as well: 8 July – 26 July and 24 December." in said
    assert "Closed are 10 May 2024 and 14 October 2024 – 18 October 2024." in said
