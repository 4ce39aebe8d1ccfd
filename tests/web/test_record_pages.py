"""What was told of a milestone, for the coordinator alone; and what is held on people, for everybody."""

import pytest

from service.storage.links import LinkKind
from tests.web.conftest import Visited
from tests.web.housing_plan import housing_plan

MILESTONE = housing_plan().milestones[2]


def test_the_coordinator_sees_the_record_of_a_milestone_and_takes_it_along(visited: Visited) -> None:
    path = f"/plan/{visited.link(LinkKind.COORDINATOR)}/{MILESTONE.id}"
    assert f"{path}/record" in visited.get(path).text
    page = visited.get(f"{path}/record")
    assert page.status_code == 200
    assert MILESTONE.deadline in page.text
    table = visited.get(f"{path}/record.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert MILESTONE.deadline in table.content.decode("utf-8-sig")


@pytest.mark.parametrize("kind", [LinkKind.PLAN, LinkKind.FEED, LinkKind.MILESTONE, LinkKind.API])
def test_no_other_link_opens_it(visited: Visited, kind: LinkKind) -> None:
    for ending in ("record", "record.csv"):
        assert visited.get(f"/plan/{visited.link(kind)}/{MILESTONE.id}/{ending}").status_code == 404


@pytest.mark.parametrize(("reader", "said"), [("da", "730 dage"), ("en", "730 days")])
def test_everybody_can_see_what_is_kept_and_for_how_long(visited: Visited, reader: str, said: str) -> None:
    page = visited.get(f"/privacy/{reader}")
    assert page.status_code == 200
    assert said in page.text
    assert "Samlet procesplan" not in page.text
    assert '"/privacy/da"' in visited.get("/").text
    assert visited.get("/privacy/xx").status_code == 404
