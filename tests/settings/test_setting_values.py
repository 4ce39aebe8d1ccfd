"""What each setting takes, and the one line that says what is wrong with it."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.reminders.notice import Channel
from service.reminders.preferences import AS_THE_RULES, Preferences, read_pause
from service.settings import SettingError, Settings, cautions, clock_shift
from service.settings.names import ANY_KEY, setting_names
from service.settings.sources import PREFIX, Name, variable

Load = Callable[..., Settings]
WORKFLOW = (
    "https://default0.1a.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/x/"
    "triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=canary-sig"
)


def test_without_any_setting_the_defaults_of_the_design_hold(load: Load) -> None:
    loaded = load()

    assert loaded.plan == Path("config/procesplan.docx")
    assert loaded.database_url.get_secret_value() == "sqlite:///data/rettidig.db"
    assert (loaded.timezone, loaded.language, loaded.tick_seconds) == ("Europe/Copenhagen", "da", 30)
    assert loaded.reminders.ahead == (30, 14, 7, 1)
    assert (loaded.reminders.send_at, loaded.reminders.quiet_from) == (time(8), time(20))
    assert (loaded.web.host, loaded.web.port) == ("127.0.0.1", 8080)
    assert loaded.configured_recipients() == ()


def test_every_setting_of_a_whole_setup_arrives(load: Load) -> None:
    loaded = load(
        MAIL__FROM="Rettidig <frister@example.dk>",
        SMTP__HOST="smtp.example.dk",
        SMTP__USERNAME="u",
        SMTP__PASSWORD="p",
        COORDINATOR__EMAIL="k@example.dk",
        RECIPIENTS__SB__EMAIL="a@sb.example, b@sb.example",
        RECIPIENTS__SB__NAME="Slagelse Boligselskab",
        RECIPIENTS__SB__TEAMS_WEBHOOK=WORKFLOW,
        RECIPIENTS__SB__PARTIES="fob,bk",
        RECIPIENTS__SB__CHANNELS="email,teams",
        RECIPIENTS__SB__LANGUAGE="en",
        GROUPS__BOLIGORGANISATIONERNE="sb,fob,bk",
    )
    sb, coordinator = loaded.configured_recipients()

    assert loaded.mail.sender is not None
    assert (loaded.mail.sender.name, loaded.mail.sender.address) == ("Rettidig", "frister@example.dk")
    assert loaded.smtp.password is not None
    assert loaded.smtp.password.get_secret_value() == "p"
    assert loaded.groups == {"boligorganisationerne": ("sb", "fob", "bk")}
    assert sb.hears_for == ("fob", "bk")
    assert sb.recipient.emails == ("a@sb.example", "b@sb.example")
    assert sb.recipient.channels == {Channel.EMAIL, Channel.TEAMS}
    assert (sb.recipient.key, sb.recipient.name, sb.recipient.language) == (
        "sb",
        "Slagelse Boligselskab",
        "en",
    )
    assert sb.recipient.teams
    assert coordinator.recipient.is_coordinator
    assert coordinator.recipient.language == "da"


def test_what_one_recipient_wants_otherwise_than_everybody_arrives(load: Load) -> None:
    loaded = load(
        COORDINATOR__EMAIL="k@example.dk",
        COORDINATOR__DIGEST="weekly",
        RECIPIENTS__SB__EMAIL="a@sb.example",
        RECIPIENTS__SB__AHEAD="14,1",
        RECIPIENTS__SB__PAUSE="2024-07-01..2024-07-31, ..2024-02-09",
        RECIPIENTS__FOB__EMAIL="a@fob.example",
    )
    fob, sb, coordinator = (each.recipient.preferences for each in loaded.configured_recipients())

    assert fob == AS_THE_RULES
    assert sb == Preferences(
        ahead=(14, 1), pauses=(read_pause("2024-07-01..2024-07-31"), read_pause("..2024-02-09"))
    )
    assert coordinator == Preferences(digest="weekly")


def test_recipients_in_one_teams_channel_share_it(load: Load) -> None:
    loaded = load(
        COORDINATOR__TEAMS_WEBHOOK=WORKFLOW.replace("workflows/x", "workflows/y"),
        RECIPIENTS__SB__TEAMS_WEBHOOK=WORKFLOW,
        RECIPIENTS__FOB__TEAMS_WEBHOOK=WORKFLOW,
        RECIPIENTS__SK__EMAIL="a@sk.example",
    )

    channels = {each.recipient.key: each.recipient.teams for each in loaded.configured_recipients()}
    assert channels["fob"] == channels["sb"] != channels["coordinator"]
    assert channels["sk"] is None
    assert set(loaded.webhooks()) == {channels["sb"], channels["coordinator"]}


def test_a_teams_channel_is_the_same_whoever_is_reached_there_and_when_its_flow_is_signed_anew(
    load: Load,
) -> None:
    (channel,) = load(RECIPIENTS__SB__TEAMS_WEBHOOK=WORKFLOW).webhooks()
    (renamed,) = load(RECIPIENTS__SBO__TEAMS_WEBHOOK=WORKFLOW).webhooks()
    (signed_anew,) = load(RECIPIENTS__SB__TEAMS_WEBHOOK=WORKFLOW.replace("sig=", "sig=new")).webhooks()
    (another,) = load(RECIPIENTS__SB__TEAMS_WEBHOOK=WORKFLOW.replace("workflows/x", "workflows/y")).webhooks()

    assert channel == renamed == signed_anew != another


def test_a_webhook_is_kept_to_the_letter(load: Load) -> None:
    webhooks = load(RECIPIENTS__SB__TEAMS_WEBHOOK=WORKFLOW).webhooks()

    assert [url.get_secret_value() for url in webhooks.values()] == [WORKFLOW]


@pytest.mark.parametrize("key", ["SLAGELSE_KOMMUNE", "slagelse_kommune", "_SLAGELSE_KOMMUNE_"])
def test_the_letter_case_of_a_key_and_underscores_round_it_do_not_count(load: Load, key: str) -> None:
    assert list(load(**{f"RECIPIENTS__{key}__EMAIL": "a@sk.example"}).recipients) == ["slagelse_kommune"]


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25), ("TLS", 465)])
def test_the_port_follows_from_the_security(load: Load, security: str, port: int) -> None:
    assert load(SMTP__SECURITY=security).smtp.port == port
    assert load(SMTP__SECURITY=security, SMTP__PORT="2525").smtp.port == 2525


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("frister@example.dk", ("", "frister@example.dk")),
        ('"Rettidig" <frister@example.dk>', ("Rettidig", "frister@example.dk")),
        ('"Rettidig <frister@example.dk>"', ("Rettidig", "frister@example.dk")),
        ("Sekretariatet, Børn & Unge <x@example.dk>", ("Sekretariatet, Børn & Unge", "x@example.dk")),
        ("Rettidig <frister@rødgrød.example>", ("Rettidig", "frister@xn--rdgrd-vuad.example")),
    ],
)
def test_a_sender_is_an_address_perhaps_with_a_name(
    load: Load, written: str, understood: tuple[str, str]
) -> None:
    sender = load(MAIL__FROM=written).mail.sender

    assert sender is not None
    assert (sender.name, sender.address) == understood


def test_a_list_can_be_empty_by_the_word_none(load: Load) -> None:
    assert load(REMINDERS__AHEAD="none").reminders.ahead == ()
    paused = load(RECIPIENTS__SB__EMAIL="a@sb.example", RECIPIENTS__SB__CHANNELS="none")
    assert paused.recipients["sb"].channels == ()


def test_a_list_names_everything_once(load: Load) -> None:
    assert load(REMINDERS__AHEAD="7, 1,7,").reminders.ahead == (7, 1)


def test_the_moment_of_a_trial_is_local_or_has_an_offset(load: Load) -> None:
    assert load(AS_OF="2024-03-01T07:59").as_of == datetime(2024, 3, 1, 7, 59)  # noqa: DTZ001 - local on purpose
    offset = load(AS_OF="2024-03-01T07:59+01:00").as_of
    assert offset is not None
    assert offset.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("SMTP__PORT", "0", "write a whole number from 1 to 65535"),
        ("SMTP__PORT", "25 ", None),
        ("SMTP__PORT", "٢٥", "write a whole number"),
        ("WEB__PORT", "http", "write a whole number from 1 to 65535"),
        ("TICK_SECONDS", "31", "write a whole number from 1 to 30"),
        ("SMTP__PER_MINUTE", "0", None),
        ("SMTP__PER_MINUTE", "-1", "write a whole number"),
        ("REMINDERS__AHEAD", "30,fourteen", "write a whole number from 1 to 365"),
        ("REMINDERS__OVERDUE_EVERY", "366", "write a whole number from 0 to 365"),
        ("REMINDERS__COUNTRY", "Danmark", "write the code of a country in two letters"),
        ("REMINDERS__CLOSED", "2024-07-26..2024-07-08", "write closing days as 05-01"),
        ("REMINDERS__CLOSED", "01-01..12-31", "write closing days as 05-01"),
        ("REMINDERS__CLOSED", "01-01..03-31,04-01..06-30,07-01..09-30", "closes more than half of the year"),
        ("REMINDERS__CLOSED", "05-01,07-08..07-26,12-22..01-02", None),
        ("REMINDERS__OVERDUE_ON", "saturday", "write one of the words monday, "),
        ("RECIPIENTS__SB__AHEAD", "often", "write a whole number from 1 to 365"),
        ("RECIPIENTS__SB__DIGEST", "daily", "write one of the words none, weekly, monthly"),
        ("RECIPIENTS__SB__PAUSE", "2024-07-31..2024-07-01", "write the pause as 2024-07-01..2024-07-31"),
        ("COORDINATOR__PAUSE", "2024-07-01", "write the pause as 2024-07-01..2024-07-31"),
        ("RULES__RANGE__AHEAD", "often", "write a whole number from 1 to 365"),
        ("SMTP__SECURITY", "ssl", "write one of the words starttls, tls, none"),
        ("LANGUAGE", "dansk", "write one of the words da, en"),
        ("RECIPIENTS__SB__CHANNELS", "email,sms", "write one of the words email, teams, invite, feed"),
        ("REMINDERS__SEND_AT", "00:00", "write a time from 04:00 to 23:59"),
        ("REMINDERS__SEND_AT", "03:59", "write a time from 04:00 to 23:59"),
        ("REMINDERS__SEND_AT", "04:00", None),
        ("REMINDERS__SEND_AT", "8.30", None),
        ("REMINDERS__SEND_AT", "25:00", "write a time of day such as 08:00"),
        ("REMINDERS__SEND_AT", "morning", "write a time of day such as 08:00"),
        ("REMINDERS__QUIET_FROM", "07:00", "write a time later than RETTIDIG_REMINDERS__SEND_AT"),
        ("TIMEZONE", "Europe/Slagelse", "write a time zone such as Europe/Copenhagen"),
        ("TIMEZONE", "Europe", "write a time zone such as Europe/Copenhagen"),
        ("TIMEZONE", "../../etc/passwd", "write a time zone such as Europe/Copenhagen"),
        ("AS_OF", "yesterday", "write an instant such as 2024-03-01T07:59"),
        ("AS_OF", "0001-01-01T00:00", "write an instant such as 2024-03-01T07:59"),
        ("MAIL__FROM", "Rettidig", "write an e-mail address"),
        ("MAIL__FROM", "Rettidig <>", "write the sender as"),
        ("MAIL__FROM", "A <a@b.example>\r\nBcc: c@d.example", "write the sender as"),
        ("COORDINATOR__EMAIL", "jørgen@example.dk", "letters outside a-z before the @"),
        ("COORDINATOR__EMAIL", "Jørgen <j@example.dk>", "write an e-mail address"),
        ("COORDINATOR__EMAIL", "a@example.dk;b@example.dk", "write an e-mail address"),
        ("COORDINATOR__EMAIL", "a@-example.dk", "write an e-mail address"),
        ("COORDINATOR__EMAIL", "a@example..dk", "write an e-mail address"),
        ("COORDINATOR__EMAIL", f"{'a' * 65}@example.dk", "write an e-mail address"),
        ("COORDINATOR__NAME", "a\nb", "write one line of plain text"),
        ("SMTP__HOST", "smtp://mail.example.dk", "write only the name or IP address"),
        ("WEB__HOST", "::1", None),
        ("BASE_URL", "frister.example.dk", "write the address of the pages"),
        ("BASE_URL", "https://frister.example.dk/?a=b", "write the address of the pages"),
        ("BASE_URL", "https://frister.example.dk:port", "write the address of the pages"),
        ("DATABASE_URL", "mysql://u:canary@h/d", "write sqlite:///data/rettidig.db or postgresql://"),
        ("DATABASE_URL", "postgresql+psycopg://u:p@h/d", None),
        ("COORDINATOR__TEAMS_WEBHOOK", "http://example.com/hook", "begins with https://"),
        ("COORDINATOR__TEAMS_WEBHOOK", "http://127.0.0.1:9000/hook", None),
        (
            "COORDINATOR__TEAMS_WEBHOOK",
            "https://x.webhook.office.com/webhookb2/a",
            "has closed the old Teams",
        ),
        ("COORDINATOR__TEAMS_WEBHOOK", "https://outlook.office.com/webhook/a", "has closed the old Teams"),
    ],
)
def test_a_wrong_value_is_told_by_name_in_one_line(
    load: Load, variable: str, value: str, sentence: str | None
) -> None:
    if sentence is None:
        load(**{"RECIPIENTS__SB__EMAIL": "a@sb.example", variable: value})
        return
    with pytest.raises(SettingError) as refused:
        load(**{"RECIPIENTS__SB__EMAIL": "a@sb.example", variable: value})

    assert f"RETTIDIG_{variable}" in str(refused.value)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "RETTIDIG_" in refused.value.sentence("da")


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"SMTP__HOST": "smtp.example.dk"}, "RETTIDIG_MAIL__FROM is missing"),
        ({"SMTP__USERNAME": "u"}, "RETTIDIG_SMTP__PASSWORD is missing"),
        ({"SMTP__PASSWORD": "p"}, "RETTIDIG_SMTP__USERNAME is missing"),
        ({"RECIPIENTS__SB__NAME": "SB"}, "RETTIDIG_RECIPIENTS__SB: write __EMAIL"),
        (
            {"RECIPIENTS__SB__EMAIL": "a@sb.example", "RECIPIENTS__SB__CHANNELS": "teams"},
            "RETTIDIG_RECIPIENTS__SB:",
        ),
        ({"RECIPIENTS__COORDINATOR__EMAIL": "a@sb.example"}, "RETTIDIG_RECIPIENTS__COORDINATOR: this key"),
        (
            {"RECIPIENTS__SB__EMAIL": "a@sb.example", "RECIPIENTS__SB__CHANNELS": "email,feed"},
            "RETTIDIG_BASE_URL is missing",
        ),
        ({"COORDINATOR__CHANNELS": "email,feed"}, "RETTIDIG_BASE_URL is missing"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(
    load: Load, variables: dict[str, str], name: str
) -> None:
    with pytest.raises(SettingError, match=name):
        load(**variables)


@pytest.mark.parametrize(
    ("channels", "is_invited", "follows"),
    [
        (None, True, False),
        ("email,feed", False, True),
        ("email", False, False),
        ("email,invite,feed", True, True),
    ],
)
def test_a_recipient_gets_invitations_or_a_feed_and_both_only_when_both_are_asked_for(
    load: Load, channels: str | None, is_invited: bool, follows: bool
) -> None:
    wish = {"RECIPIENTS__SB__CHANNELS": channels} if channels else {}
    loaded = load(RECIPIENTS__SB__EMAIL="a@sb.example", BASE_URL="https://frister.example.dk", **wish)
    (sb,) = (each.recipient for each in loaded.configured_recipients())

    assert (Channel.INVITE in sb.channels, sb.preferences.feed) == (is_invited, follows)


@pytest.mark.parametrize(
    ("variables", "codes"),
    [
        ({}, []),
        ({"AS_OF": "2024-03-01T07:59"}, ["clock-shifted"]),
        ({"SMTP__HOST": "127.0.0.1", "SMTP__SECURITY": "none"}, []),
        ({"SMTP__HOST": "relay.example.dk", "SMTP__SECURITY": "none"}, ["mail-in-the-clear"]),
        ({"SMTP__HOST": "smtp.office365.com"}, []),
        ({"SMTP__HOST": "smtp.office365.com", "SMTP__CONNECTIONS": "4"}, ["relay-slows-us-down"]),
        ({"SMTP__HOST": "smtp.office365.com", "SMTP__PER_MINUTE": "0"}, ["relay-slows-us-down"]),
        ({"SMTP__HOST": "relay.example.dk"}, []),
    ],
)
def test_what_is_allowed_but_dangerous_is_warned_about(
    load: Load, variables: dict[str, str], codes: list[str]
) -> None:
    loaded = load(MAIL__FROM="a@example.dk", **variables)
    found = [*clock_shift(loaded), *cautions(loaded)]

    assert [finding.code for finding in found] == codes
    assert all(finding.message("da") and finding.message("en") for finding in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(
    name=st.sampled_from(sorted(setting_names(Settings))),
    text=st.text(st.characters(exclude_characters="\0", codec="utf-8"))
    | st.sampled_from(
        ["http://[::1", "https://a:99999", "[::1]", "//", "1e5", "2024-W01", "Europe", "@", "<>"]
    ),
)
def test_whatever_is_written_it_is_taken_or_refused_in_one_line(load: Load, name: Name, text: str) -> None:
    variable_name = variable(tuple("sb" if word == ANY_KEY else word for word in name))
    try:
        load(**{variable_name.removeprefix(PREFIX): text})
    except SettingError as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - that it is not refused is just as good
