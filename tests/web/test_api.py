"""What other programs read and report."""

from datetime import date
from typing import Any

import pytest
import requests
from structlog.testing import capture_logs

from service.plan.as_json import milestone_as_json
from service.storage.links import LinkKind, revoke_links
from tests.web.conftest import Visited
from tests.web.housing_plan import housing_plan

HALF = rb'{"kind": "done", "by": "\ud800"}'
"""JSON with half a character, which no database takes."""
MARKS = "/api/milestones/m3/marks"


class Program:
    """Another program with its key."""

    def __init__(self, visited: Visited) -> None:
        self._visited = visited
        self.token = visited.link(LinkKind.API)

    def get(self, path: str) -> requests.Response:
        return self._visited.get(path, Authorization=f"Bearer {self.token}")

    def post(self, path: str, **fields: Any) -> requests.Response:
        return self.send(path, json=fields)

    def send(self, path: str, **body: Any) -> requests.Response:
        key = {"Authorization": f"Bearer {self.token}"}
        return requests.post(self._visited.url + path, headers=key, timeout=10, **body)


@pytest.fixture
def program(visited: Visited) -> Program:
    return Program(visited)


def test_the_plan_is_the_stable_json_with_where_each_milestone_stands(program: Program) -> None:
    plan = program.get("/api/plan").json()
    assert plan["title"] == housing_plan().title
    for shown, milestone in zip(plan["milestones"], housing_plan().milestones, strict=True):
        assert milestone_as_json(milestone).items() <= shown.items()
        assert (shown["settled"], shown["dropped_on"], shown["marks"]) == (None, None, [])
    assert {"id", "name", "aliases", "members"} == set(plan["parties"][0])


def test_a_report_is_made_and_seen(program: Program) -> None:
    answer = program.post(MARKS, kind="done", by="Sagssystemet", party="sb")
    assert answer.status_code == 201
    made = answer.json()
    assert {
        "milestone": "m3",
        "kind": "done",
        "by": "Sagssystemet",
        "parties": ["sb"],
    }.items() <= made.items()
    shown = program.get("/api/plan").json()["milestones"][2]
    assert shown["settled"] == {key: value for key, value in made.items() if key != "milestone"}


def test_everything_the_page_can_do_the_api_can(program: Program) -> None:
    by = {"by": "Sagssystemet"}
    for fields in (
        {"kind": "started"},
        {"kind": "ticked", "point": 1},
        {"kind": "snoozed", "until": date(2024, 3, 20).isoformat()},
        {"kind": "handed-over", "to": "sb"},
        {"kind": "not-relevant"},
        {"kind": "undone", "mark": 5},
    ):
        assert program.post("/api/milestones/m6/marks", **by, **fields).status_code == 201, fields
    shown = program.get("/api/plan").json()["milestones"][5]
    assert shown["started_on"] == "2024-03-11"
    assert shown["ticked"] == [True, False, False]
    assert [mark["kind"] for mark in shown["marks"]] == ["started", "ticked", "snoozed", "handed-over"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 400),
        ({"kind": "done"}, 400),
        ({"kind": "done", "by": "x" * 101}, 400),
        ({"kind": "done", "by": "A", "party": "nobody"}, 400),
        ({"kind": "finished", "by": "A"}, 400),
        ({"kind": ["done"], "by": "A"}, 400),
        ({"kind": True, "by": "A"}, 400),
        ({"kind": "snoozed", "by": "A", "until": "2024-13-01"}, 400),
        ({"kind": "undone", "by": "A", "mark": 10**30}, 400),
    ],
)
def test_bad_input_is_one_sentence_as_json(program: Program, fields: dict[str, Any], status: int) -> None:
    answer = program.post(MARKS, **fields)
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert program.get("/api/plan").json()["milestones"][2]["marks"] == []


@pytest.mark.parametrize(
    "body", [b"", b"kind=done", b"[1]", b"\xff", b"[" * 5000, b'"' + b"x" * 9000 + b'"', HALF]
)
def test_what_is_no_small_json_object_is_refused(program: Program, body: bytes) -> None:
    answer = program.send(MARKS, data=body)
    assert answer.status_code == 400
    assert "error" in answer.json()


def test_an_unknown_milestone_is_404(program: Program) -> None:
    answer = program.post("/api/milestones/m99/marks", kind="done", by="A")
    assert answer.status_code == 404
    assert "GET /api/plan" in answer.json()["error"]


@pytest.mark.parametrize(
    "key", ["", "Bearer", "Bearer nonsense", "Basic {api}", "Bearer {plan}", "Bearer {feed}"]
)
def test_without_a_key_of_its_own_nothing_is_told_or_changed(visited: Visited, key: str) -> None:
    tokens = {kind.value: visited.link(kind) for kind in (LinkKind.API, LinkKind.PLAN, LinkKind.FEED)}
    headers = {"Authorization": key.format(**tokens)}
    for answer in (
        requests.get(f"{visited.url}/api/plan", headers=headers, timeout=10),
        requests.post(visited.url + MARKS, headers=headers, json={"kind": "done", "by": "A"}, timeout=10),
        requests.post(visited.url + MARKS, headers=headers, data=b"no json", timeout=10),
    ):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "rettidig links api" in answer.json()["error"]


def test_a_revoked_key_opens_nothing_at_once(visited: Visited, program: Program) -> None:
    assert program.get("/api/plan").status_code == 200
    with visited.database.write() as connection:
        revoke_links(connection, LinkKind.API, "", visited.clock.now())
    assert program.get("/api/plan").status_code == 401


def test_the_key_is_in_no_log(visited: Visited, program: Program) -> None:
    with capture_logs() as logs:
        program.get("/api/plan")
        program.post(MARKS, kind="done", by="A")
        visited.server.stop()
    assert len(logs) == 3
    assert program.token not in str(logs)
