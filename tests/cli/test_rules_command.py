from tests.cli.conftest import Rettidig


def test_the_rules_are_told_in_words(rettidig: Rettidig) -> None:
    said = rettidig("rules", LANGUAGE="en").out
    assert "They are reminded 30, 14, 7 and 1 days before the due date and on the day." in said
    assert "Messages leave at 08:00 on working days in DK" in said


def test_what_is_different_for_a_kind_is_told_with_its_name(rettidig: Rettidig) -> None:
    said = rettidig(
        "rules", "--json", LANGUAGE="en", RULES__RANGE__AHEAD="60", RULES__SB__OVERDUE_EVERY="0"
    ).json
    assert "range: They are reminded 60 days before the due date and on the day." in said
    assert "sb: Once it has passed, they hear no more." in said
