import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.certificates import Authority, make_authority
from tests.incoming.dovecot import Dovecot, a_dovecot
from tests.incoming.secretariat import Secretariat, a_secretariat


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def running_dovecot() -> Iterator[Dovecot]:
    with a_dovecot() as server:
        yield server


@pytest.fixture
def dovecot(running_dovecot: Dovecot) -> Dovecot:
    """One server for all tests, with an empty mailbox for each."""
    running_dovecot.empty()
    return running_dovecot


@pytest.fixture
def secretariat(tmp_path: Path, dovecot: Dovecot) -> Iterator[Secretariat]:
    with a_secretariat(tmp_path, dovecot) as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Never left out in CI, which installs it."""
    for item in items:
        if "dovecot" in getattr(item, "fixturenames", ()) and not shutil.which("dovecot"):
            item.add_marker(pytest.mark.skip(reason="there is no Dovecot (apt install dovecot-imapd)"))
