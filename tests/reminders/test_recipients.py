from dataclasses import replace

import pytest

from service.plan.party import Party
from service.plan.plan import Plan
from service.reminders.notice import Channel, Recipient, folded
from service.reminders.preferences import Preferences, read_pause
from service.reminders.recipients import (
    COORDINATOR,
    ConfiguredRecipient,
    hearers,
    recipients_of,
    stand_ins,
    with_groups,
)

PLAN = Plan(
    title="Procesplan",
    language="da",
    milestones=(),
    parties=(
        Party(id="sb", name="Slagelse Boligselskab", aliases=("SB",)),
        Party(id="fob", name="FOB"),
        Party(id="boerne-og-ungeudvalget", name="Børne- og Ungeudvalget", aliases=("BUU",)),
        Party(id="oekonomiudvalget", name="Økonomiudvalget", aliases=("Udvalget",)),
        Party(id="teknikudvalget", name="Teknikudvalget", aliases=("Udvalget",)),
        Party(id="boligorganisationerne", name="Boligorganisationerne", members=("sb", "fob")),
    ),
)
EVERYBODY = ("sb", "fob", "buu", "oekonomiudvalget", "teknikudvalget")


def configured(key: str, *hears_for: str, emails: tuple[str, ...] = ("a@sb.example",)) -> ConfiguredRecipient:
    recipient = Recipient(key=key, name="", parties=frozenset(), emails=emails)
    return ConfiguredRecipient(recipient=recipient, hears_for=hears_for)


def mailbox(key: str, *parties: str, emails: tuple[str, ...] = ("a@sb.example",)) -> Recipient:
    return Recipient(key=key, name=key, parties=frozenset(parties), emails=emails)


@pytest.mark.parametrize(
    ("key", "party"),
    [
        ("sb", "sb"),
        ("SB", "sb"),
        ("slagelse_boligselskab", "sb"),
        ("buu", "boerne-og-ungeudvalget"),
        ("boerne_og_ungeudvalget", "boerne-og-ungeudvalget"),
        ("B_RNE_OG_UNGEUDVALGET", "boerne-og-ungeudvalget"),
        ("_konomiudvalget", "oekonomiudvalget"),
        ("Økonomiudvalget", "oekonomiudvalget"),
        ("OEKONOMIUDVALGET", "oekonomiudvalget"),
    ],
)
def test_a_key_is_an_id_or_an_alias_in_any_letter_case_with_underscores_for_the_rest(
    key: str, party: str
) -> None:
    (recipient,), findings = recipients_of(PLAN, [configured(key)])

    assert recipient.parties == {party}
    assert {finding.code for finding in findings} == {"party-reaches-nobody"}


def test_a_recipient_hears_for_the_parties_it_lists_and_for_the_one_of_its_key() -> None:
    (recipient,), _ = recipients_of(PLAN, [configured("sb", "FOB", "Børne- og Ungeudvalget")])

    assert recipient.parties == {"sb", "fob", "boerne-og-ungeudvalget"}


def test_a_key_need_not_name_a_party_when_the_recipient_lists_some() -> None:
    (recipient,), findings = recipients_of(PLAN, [configured("sekretariatet", *EVERYBODY)])

    assert len(recipient.parties) == 5
    assert findings == ()


@pytest.mark.parametrize("recipient", [configured("skk"), configured("sb", "skk")])
def test_a_name_that_no_party_answers_to_is_told_with_those_there_are(recipient: ConfiguredRecipient) -> None:
    _, (finding, *_) = recipients_of(PLAN, [recipient])

    assert finding.code == "name-of-no-party"
    assert "“skk” is no party" in finding.message("en")
    assert "fob" in finding.message("da")


def test_a_name_that_several_parties_have_is_given_to_none_of_them() -> None:
    (recipient,), (finding, *_) = recipients_of(PLAN, [configured("udvalget")])

    assert recipient.parties == frozenset()
    assert finding.code == "name-of-several-parties"
    assert "oekonomiudvalget, teknikudvalget" in finding.message("en")


def test_a_party_that_nobody_hears_for_is_told_and_a_group_is_heard_through_its_members() -> None:
    _, findings = recipients_of(PLAN, [configured("sb", "buu", "oekonomiudvalget", "teknikudvalget")])

    assert [(finding.code, finding.values["id"]) for finding in findings] == [("party-reaches-nobody", "fob")]


def test_a_recipient_without_an_address_hears_for_nobody() -> None:
    _, findings = recipients_of(PLAN, [configured("sb", *EVERYBODY, emails=())])

    assert len(findings) == len(PLAN.parties)


def test_the_coordinator_need_not_be_a_party() -> None:
    coordinator = Recipient(
        key="coordinator", name="", parties=frozenset(), emails=("k@x.example",), is_coordinator=True
    )
    _, findings = recipients_of(
        PLAN, [configured("sb", *EVERYBODY), ConfiguredRecipient(recipient=coordinator)]
    )

    assert findings == ()


def test_a_group_gets_the_members_that_the_settings_name() -> None:
    plan, findings = with_groups(PLAN, {"BOLIGORGANISATIONERNE": ["SB", "BUU"]})

    assert plan.party("boligorganisationerne").members == ("sb", "boerne-og-ungeudvalget")
    assert findings == ()


def test_unknown_groups_and_members_are_told() -> None:
    plan, findings = with_groups(PLAN, {"udvalgene": ["sb"], "boligorganisationerne": ["sb", "bk"]})

    assert plan.party("boligorganisationerne").members == ("sb",)
    assert [finding.values["name"] for finding in findings] == ["udvalgene", "bk"]


def test_each_party_but_a_group_and_the_coordinator_has_a_stand_in_that_no_mail_can_reach() -> None:
    people = stand_ins(PLAN, "da")

    assert [person.key for person in people] == [*(party.id for party in PLAN.parties[:-1]), "coordinator"]
    assert people[0].emails == ("sb@rettidig.example",)
    assert people[-1].is_coordinator
    assert people[-1].name == "Koordinator"


def test_a_person_who_stands_for_several_parties_hears_once_over_each_channel() -> None:
    people = hearers(
        [mailbox("sb", "sb", emails=("Ann@sb.example",)), mailbox("fob", "fob", emails=("ann@SB.example",))]
    )

    assert [(h.channel, h.address, h.recipient, set(h.parties)) for h in people] == [
        (Channel.EMAIL, "Ann@sb.example", "sb", {"sb", "fob"}),
        (Channel.INVITE, "Ann@sb.example", "sb", {"sb", "fob"}),
    ]


def test_recipients_in_one_teams_channel_are_one_hearer_there_for_all_their_parties() -> None:
    people = [replace(mailbox(key, key, emails=()), teams="a1b2") for key in ("fob", "sb")]

    assert [(h.channel, h.address, h.recipient, set(h.parties)) for h in hearers(people)] == [
        (Channel.TEAMS, "a1b2", "fob", {"sb", "fob"})
    ]


def test_a_recipient_hears_only_over_the_channels_it_wants() -> None:
    wants = Recipient(
        key="sb",
        name="",
        parties=frozenset({"sb"}),
        emails=("a@sb.example",),
        teams="sb",
        channels=frozenset({Channel.INVITE}),
    )

    assert [hearer.channel for hearer in hearers([wants])] == [Channel.INVITE]


def test_a_coordinator_who_is_a_recipient_too_is_one_hearer_and_the_coordinator() -> None:
    coordinator = Recipient(
        key="coordinator", name="", parties=frozenset(), emails=("a@sb.example",), is_coordinator=True
    )

    assert {(h.recipient, h.is_coordinator) for h in hearers([mailbox("sb", "sb"), coordinator])} == {
        ("sb", True)
    }


def test_recipients_that_share_a_mailbox_and_want_different_things_are_told_of_it() -> None:
    weekly = configured("fob", emails=("Ann@sb.example",))
    weekly = replace(weekly, recipient=replace(weekly.recipient, preferences=Preferences(digest="weekly")))
    _, findings = recipients_of(PLAN, [weekly, configured("sb", emails=("ann@SB.example",))])

    (at_odds,) = [finding for finding in findings if finding.code == "mailbox-shared-at-odds"]
    assert at_odds.values == {"key": "FOB", "other": "SB"}
    assert "example" not in at_odds.message("da")


def away(key: str, *parties: str, is_coordinator: bool = False) -> ConfiguredRecipient:
    pauses = (read_pause("2024-07-01..2024-07-31"),)
    plain = configured(key, *parties, emails=(f"{key}@x.example",))
    recipient = replace(
        plain.recipient, preferences=Preferences(pauses=pauses), is_coordinator=is_coordinator
    )
    return replace(plain, recipient=recipient)


def pauses_told(*people: ConfiguredRecipient) -> list[tuple[str, str]]:
    _, findings = recipients_of(PLAN, people)
    return [(each.code, str(each.values["key"])) for each in findings if "pause" in each.code]


def test_a_pause_in_which_nobody_would_hear_is_told() -> None:
    coordinator = configured(COORDINATOR, emails=("k@x.example",))
    coordinator = replace(coordinator, recipient=replace(coordinator.recipient, is_coordinator=True))

    assert pauses_told(away("sb")) == [("pause-reaches-nobody", "SB")]
    assert pauses_told(away("sb"), configured("kontoret", "sb")) == []
    assert pauses_told(away("sb"), coordinator) == []
    assert pauses_told(away("sb"), away(COORDINATOR, is_coordinator=True)) == [
        ("pause-reaches-nobody", "SB"),
        ("coordinator-pauses", "COORDINATOR"),
    ]


def test_names_that_differ_in_more_than_their_signs_stay_apart() -> None:
    assert folded("Slagelse-Boligselskab") == folded("SLAGELSE__BOLIGSELSKAB_") == "slagelse_boligselskab"
    assert folded("FOB") != folded("SB")
