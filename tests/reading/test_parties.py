"""Who is who over the whole plan: aliases, spellings, abbreviations, groups."""

import re

from hypothesis import given
from hypothesis import strategies as st

from service.plan.party import Party
from service.plan.place import Place, Spot
from service.reading.parties import Mention, Parties, identify, slug


def parties_of(*written: str, activities: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> Parties:
    mentions = [Mention(row, Place.at(Spot.ROW, row), name) for row, name in enumerate(written, start=1)]
    return identify(mentions, activities, texts)


def names(found: Parties) -> list[str]:
    return [party.name for party in found.parties]


def codes(found: Parties) -> list[str]:
    return [finding.code for finding in found.findings]


def test_an_alias_in_brackets_is_the_same_party_and_gives_the_id() -> None:
    found = parties_of("LBF", "Landsbyggefonden (LBF)", "Landsbyggefonden")

    assert found.parties == (Party(id="lbf", name="Landsbyggefonden", aliases=("LBF",)),)
    assert set(found.ids.values()) == {"lbf"}


def test_a_glossary_in_the_text_explains_abbreviations() -> None:
    found = parties_of("MR", "PU", texts=("MR = Menighedsråd; PU= Provstiudvalg; KM; Kirkeministeriet",))

    assert found.parties == (
        Party(id="mr", name="Menighedsråd", aliases=("MR",)),
        Party(id="pu", name="Provstiudvalg", aliases=("PU",)),
    )


def test_two_spellings_are_one_party_and_told() -> None:
    found = parties_of("Landsbygefonden", "Landsbyggefonden")

    assert names(found) == ["Landsbyggefonden"]
    assert codes(found) == ["two-spellings"]
    assert found.findings[0].values == {"written": "Landsbygefonden", "understood": "Landsbyggefonden"}


def test_of_two_spellings_as_long_and_as_frequent_the_first_is_right() -> None:
    found = parties_of("Økonomiudvalget", "Økonomiudvlaget")

    assert [(party.id, party.name) for party in found.parties] == [("oekonomiudvalget", "Økonomiudvalget")]
    assert found.findings[0].values == {"written": "Økonomiudvlaget", "understood": "Økonomiudvalget"}
    assert found.findings[0].row == 2


def test_the_spelling_that_the_activities_use_is_right_though_it_comes_later() -> None:
    found = parties_of("Økonomiudvlaget", "Økonomiudvalget", activities=("Økonomiudvalget drøfter.",))

    assert names(found) == ["Økonomiudvalget"]
    assert found.findings[0].row == 1


def test_a_doubled_letter_or_a_space_left_out_is_a_slip() -> None:
    found = parties_of("Slagelse Kommune", "Slagelse Komune", "BoligKorsør", "Bolig Korsør")

    assert names(found) == ["Slagelse Kommune", "Bolig Korsør"]
    assert codes(found) == ["two-spellings", "two-spellings"]


def test_aa_for_a_ring_and_a_letter_left_out_of_a_long_ending_are_slips() -> None:
    for pair in (
        ("Byraadet", "Byrådet"),
        ("Aeldreraadet", "Ældrerådet"),
        ("Økonomiudvalgt", "Økonomiudvalget"),
    ):
        found = parties_of(*pair)
        assert names(found) == [pair[1]]
        assert codes(found) == ["two-spellings"]
    assert len(parties_of("Skolebestyrelsen", "Skolebestyrelser").parties) == 2


def test_the_prose_tells_the_right_spelling() -> None:
    found = parties_of("Landsbygefonden (LBF)", texts=("Ansøgning til Landsbyggefonden.",))

    assert found.parties == (Party(id="lbf", name="Landsbyggefonden", aliases=("Landsbygefonden", "LBF")),)


def test_endings_case_and_articles_make_no_other_party() -> None:
    found = parties_of(
        "Boligorganisationer", "Boligorganisationerne", "boligorganisationer", "De boligorganisationer"
    )

    assert len(found.parties) == 1
    assert codes(found) == ["group-without-members"]


def test_an_abbreviation_is_the_one_party_it_can_stand_for() -> None:
    found = parties_of("Boligorg.", "Boligorganisationerne", "Slagelse Kom.", "Slagelse Kommune")

    assert found.ids["Boligorg."] == found.ids["Boligorganisationerne"]
    assert found.ids["Slagelse Kom."] == found.ids["Slagelse Kommune"]


def test_an_abbreviation_of_two_parties_stays_apart() -> None:
    found = parties_of("Bolig.", "Boligselskabet", "Boligforeningen")

    assert len(found.parties) == 3


def test_short_names_figures_and_other_words_stay_apart() -> None:
    apart = (
        "SB",
        "FOB",
        "BK",
        "Afdelingen 10",
        "Afdelingen 11",
        "Center Nord",
        "Center Syd",
        "Bestyrelsen",
        "Bestyrelser",
        "Skole A",
        "Skole B",
    )

    assert len(parties_of(*apart).parties) == len(apart)


def test_a_role_in_brackets_is_the_party_itself() -> None:
    found = parties_of("MR", "MR (kirkeværge)")

    assert found.parties == (Party(id="mr", name="MR", aliases=("MR (kirkeværge)",)),)


def test_a_group_is_told_by_the_organ_its_members_act_through() -> None:
    found = parties_of(
        "Boligorganisationerne",
        "Slagelse Boligselskab (SB)",
        "FOB",
        "Slagelse Kommune",
        activities=(
            "Slagelse Boligselskab – Organisationsbestyrelse behandler materialet.",
            "FOB - Organisationsbestyrelse behandler materialet.",
            "Slagelse Kommune - politisk fremlæggelse.",
        ),
    )

    assert found.parties[0].members == ("sb", "fob")
    assert codes(found) == ["party-unexplained", "group-members-inferred"]


def test_a_group_is_told_by_the_noun_its_members_are_named_by() -> None:
    found = parties_of("Slagelse Kommune", "Sorø Kommune", "Kommunerne", "KL")

    assert found.parties[2].members == ("slagelse-kommune", "soroe-kommune")


def test_a_group_that_lists_its_members_needs_no_inference() -> None:
    found = parties_of("SB", "FOB", "Boligorganisationerne (SB og FOB)")

    assert found.parties[2].members == ("sb", "fob")
    assert "group-members-inferred" not in codes(found)


def test_an_abbreviation_that_the_plan_never_explains_is_told_once_at_its_first_row() -> None:
    found = parties_of("Slagelse Boligselskab (SB)", "FOB", "SB", "FOB", "HovedMED")

    told = [finding for finding in found.findings if finding.code == "party-unexplained"]
    assert [(finding.row, finding.values["written"]) for finding in told] == [(2, "FOB")]


def test_everybody_is_all_the_others() -> None:
    assert parties_of("SB", "Alle", "FOB").parties[1].members == ("sb", "fob")


def test_a_group_that_nothing_explains_names_the_setting() -> None:
    found = parties_of("Afdelingsbestyrelserne")

    assert found.parties[0].members == ()
    assert found.findings[0].values["setting"] == "RETTIDIG_GROUPS__AFDELINGSBESTYRELSERNE"


@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), max_size=8, unique=True))
def test_every_written_name_leads_to_a_party_with_an_id_of_its_own(written: list[str]) -> None:
    found = parties_of(*written)

    ids = [party.id for party in found.parties]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", party_id) for party_id in ids)
    assert set(found.ids) == set(written)
    assert set(found.ids.values()) <= set(ids)


def test_a_slug_is_plain_ascii() -> None:
    assert slug("Børne- og Ældreudvalget, Århus") == "boerne-og-aeldreudvalget-aarhus"
