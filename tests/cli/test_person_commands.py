from tests.cli.conftest import Rettidig

SETTINGS = {"RECIPIENTS__SB__EMAIL": "anna@sb.example", "AS_OF": "2024-02-01T09:00"}


def test_a_recipient_of_whom_nothing_is_stored_yet_is_told_from_the_settings(
    rettidig: Rettidig, plan: str
) -> None:
    rettidig("import", plan, "--yes", AS_OF="2024-02-01T09:00")
    said = rettidig("export", "Slagelse Boligselskab", **SETTINGS)
    assert 0 == said.code, said.err
    assert ["anna@sb.example"] == said.json["settings"][0]["emails"]
    assert said.json["plan"]["milestones"]
    assert said.out.count("\n") > 10, "people can read it"


def test_a_name_that_nothing_goes_by_is_told_in_one_sentence(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes")
    for name in ("nobody", "fob"):
        said = rettidig("erase", name, "--yes")
        assert (2, 1) == (said.code, said.err.count("\n")), "fob is in the plan and nowhere else"


def test_erasing_asks_first(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes")
    rettidig("done", "1", "--by", "Bo Bang")
    assert 1 == rettidig("erase", "Bo Bang", stdin="n\n").code
    said = rettidig("erase", "Bo Bang", stdin="j\n")
    assert 0 == said.code, said.err
    assert "Bo Bang" not in rettidig("mark", "1", "--json").out
    assert 2 == rettidig("export", "Bo Bang").code
