"""The page behind the button of a mail: reading it changes nothing, a press does, and can be undone."""

from datetime import timedelta
from pathlib import Path

import pytest
import requests
from structlog.testing import capture_logs

from service.plan.marks import Progress
from service.reminders.schedule import Standing
from service.storage.links import LinkKind, revoke_links, revoke_links_of, token_name
from service.storage.plans import standings
from tests.web.conftest import Visited
from tests.web.housing_plan import BOARD_MEETING, CHECKLIST
from tests.web.reporting import a_mail_link, press


def stands(visited: Visited, milestone: str = "m3") -> Standing:
    with visited.database.read() as connection:
        return next(each for each in standings(connection) if each.milestone.id == milestone)


def progress(visited: Visited, milestone: str = "m3") -> Progress:
    return stands(visited, milestone).progress


def test_it_shows_the_milestone_and_the_buttons(visited: Visited) -> None:
    page = visited.get(a_mail_link(visited)).text
    for said in (
        BOARD_MEETING,
        "Onsdag den 13. marts 2024 kl. 16.00",
        "Meld udført",
        "Vi er i gang",
        "Giv videre",
    ):
        assert said in page


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_it_changes_nothing_however_often(visited: Visited, method: str) -> None:
    path = a_mail_link(visited)
    for query in ("", "?kind=done", "?kind=done&confirm=1"):
        requests.request(method, visited.url + path + query, headers={"Purpose": "prefetch"}, timeout=10)
    assert progress(visited) == Progress()


def test_a_press_reports_it_and_the_page_says_who_and_when(visited: Visited) -> None:
    path = a_mail_link(visited)
    answer = press(visited, path, kind="done")
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert stands(visited).settled is not None
    page = visited.get(path).text
    assert "Meldt udført af SB den 11. marts 2024 kl. 08.00" in page
    assert "Meld udført</button>" not in page


def test_a_double_click_is_one_report(visited: Visited) -> None:
    path = a_mail_link(visited)
    assert [press(visited, path, kind="done").status_code for _ in range(2)] == [303, 303]
    assert len(progress(visited).in_force) == 1
    assert press(visited, path, kind="not-relevant").status_code == 409


def test_every_report_can_be_undone_on_the_same_page_for_seven_days(visited: Visited) -> None:
    path = a_mail_link(visited)
    for kind in ("done", "not-relevant", "started", "handed-over"):
        press(visited, path, kind=kind, to="fob")
        (made,) = progress(visited).in_force
        assert f'name="mark" value="{made.id}"' in visited.get(path).text
        press(visited, path, kind="undone", mark=str(made.id))
        assert progress(visited).in_force == ()


def test_after_seven_days_it_says_whom_to_ask(visited: Visited) -> None:
    path = a_mail_link(visited)
    press(visited, path, kind="done")
    visited.clock.advance(timedelta(days=8))
    assert "Fortryd" not in visited.get(path).text
    refused = press(visited, path, kind="undone", mark="1")
    assert refused.status_code == 409
    assert "Bed jeres koordinator" in refused.text


def test_what_another_recipient_reported_is_seen_but_not_undone(visited: Visited) -> None:
    """FOB and SB share it through their group."""
    press(visited, a_mail_link(visited, "m7", "sk"), kind="done")
    page = visited.get(a_mail_link(visited, "m7", "fob")).text
    assert "Meldt udført af SK" in page
    assert "Fortryd" not in page


def test_points_of_the_checklist_are_ticked_one_by_one(visited: Visited) -> None:
    path = a_mail_link(visited, "m6", "bestyrelsen")
    press(visited, path, kind="ticked", point="2")
    assert progress(visited, "m6").ticked == {CHECKLIST[1]}
    assert visited.get(path).text.count('aria-pressed="true"') == 1
    press(visited, path, kind="unticked", point="2")
    assert progress(visited, "m6").ticked == frozenset()


def test_a_snooze_is_offered_only_up_to_the_day_before_the_due_date(visited: Visited) -> None:
    assert "Udskyd påmindelser" not in visited.get(a_mail_link(visited, "m3")).text, "due in two days"
    page = visited.get(a_mail_link(visited, "m5", "sk")).text
    assert 'value="2024-03-14"' in page
    refused = press(visited, a_mail_link(visited, "m5", "sk"), kind="snoozed", until="2024-05-27")
    assert refused.status_code == 409
    assert "før fristen" in refused.text


@pytest.mark.parametrize(
    "body", ["", "kind=", "kind=finished", "kind=ticked&point=99", "%ff%fe", "a=1&" * 50]
)
def test_a_press_that_makes_no_sense_changes_nothing_and_is_answered_plainly(
    visited: Visited, body: str
) -> None:
    answer = requests.post(visited.url + a_mail_link(visited), data=body.encode(), timeout=10)
    assert 400 <= answer.status_code < 500
    assert "Rettidig" in answer.text
    assert progress(visited) == Progress()


def test_a_body_that_is_far_too_long_is_refused(visited: Visited) -> None:
    answer = requests.post(visited.url + a_mail_link(visited), data=b"x" * 100_000, timeout=10)
    assert answer.status_code == 400


class TestRightAfterTheMailWasSent:
    """A link scanner opens links, and some press buttons, within seconds of the delivery."""

    def test_the_first_press_is_held_and_says_so(self, visited: Visited) -> None:
        path = a_mail_link(visited, age=timedelta(seconds=20))
        press(visited, path, kind="done")
        assert stands(visited).settled is None
        page = visited.get(path).text
        assert "Tryk én gang til" in page
        assert "afventer bekræftelse" in visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text

    def test_the_second_press_counts(self, visited: Visited) -> None:
        path = a_mail_link(visited, age=timedelta(seconds=20))
        press(visited, path, kind="done")
        press(visited, path, kind="done")
        assert stands(visited).settled is not None
        assert progress(visited).held == ()

    def test_a_robot_that_presses_every_button_once_settles_nothing(self, visited: Visited) -> None:
        path = a_mail_link(visited, age=timedelta(seconds=1))
        for kind in ("done", "started", "not-relevant"):
            press(visited, path, kind=kind)
        press(visited, path, kind="handed-over", to="fob")
        assert stands(visited).settled is None
        assert progress(visited).handovers == ()

    def test_a_minute_later_one_press_is_enough(self, visited: Visited) -> None:
        press(visited, a_mail_link(visited, age=timedelta(seconds=60)), kind="done")
        assert stands(visited).settled is not None


class TestWhoHoldsNoLink:
    def test_unknown_revoked_lapsed_and_wrong_kind_are_the_same_page(self, visited: Visited) -> None:
        unknown = "/m/not-a-token-of-ours"
        wrong_kind = f"/m/{visited.link(LinkKind.PLAN)}"
        gone = a_mail_link(visited, "m99")
        revoked, of_who_left = a_mail_link(visited), a_mail_link(visited, "m5", "sk")
        with visited.database.write() as connection:
            revoke_links(connection, LinkKind.MILESTONE, "m3", visited.clock.now())
            assert revoke_links_of(connection, "sk", visited.clock.now()) == 1
        lapsed = a_mail_link(visited, "m2", "bestyrelsen")
        press(visited, lapsed, kind="done")
        visited.clock.advance(timedelta(days=31))
        paths = (unknown, wrong_kind, gone, revoked, of_who_left, lapsed)
        assert len({visited.get(path).text for path in paths}) == 1
        for path in paths:
            pressed = press(visited, path, kind="undone", mark="1")
            assert visited.get(path).status_code == pressed.status_code == 404

    def test_what_is_late_can_be_reported_however_late(self, visited: Visited) -> None:
        path = a_mail_link(visited, "m2", "bestyrelsen")
        visited.clock.advance(timedelta(days=400))
        assert visited.get(path).status_code == 200
        assert press(visited, path, kind="done").status_code == 303

    def test_a_feed_or_plan_link_opens_no_button(self, visited: Visited) -> None:
        for kind in (LinkKind.FEED, LinkKind.PLAN, LinkKind.API):
            path = f"/plan/{visited.link(kind)}/m3"
            assert visited.get(path).status_code == press(visited, path, kind="done").status_code == 404

    def test_tokens_are_hashed_at_rest_and_in_no_log(self, visited: Visited, tmp_path: Path) -> None:
        path = a_mail_link(visited)
        token = path.removeprefix("/m/")
        with capture_logs() as logs:
            visited.get(path)
            press(visited, path, kind="done")
            visited.server.stop()  # the line is written after the answer has left
        assert token not in str(logs)
        assert token_name(token) in str(logs)
        kept = b"".join(file.read_bytes() for file in tmp_path.glob("rettidig.db*"))
        assert token.encode() not in kept


class TestTheCoordinator:
    def test_a_plan_link_is_read_only_and_a_coordinators_leads_to_buttons(self, visited: Visited) -> None:
        assert "Meld om punktet" not in visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
        path = f"/plan/{visited.link(LinkKind.COORDINATOR)}"
        assert f'href="{path}/m3"' in visited.get(path).text
        assert "Meld udført" in visited.get(f"{path}/m3").text

    def test_reports_for_everybody_and_undoes_what_others_reported(self, visited: Visited) -> None:
        press(visited, a_mail_link(visited), kind="done")
        path = f"/plan/{visited.link(LinkKind.COORDINATOR)}/m3"
        press(visited, path, kind="undone", mark="1")
        assert stands(visited).settled is None
        press(visited, path, kind="done")
        settled = stands(visited).settled
        assert settled is not None
        assert (settled.by, settled.parties) == ("koordinatoren", ())

    def test_sees_who_reported_what_and_when(self, visited: Visited) -> None:
        press(visited, a_mail_link(visited), kind="handed-over", to="fob")
        page = visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
        assert "Givet videre til FOB af SB den 11. marts 2024" in page
