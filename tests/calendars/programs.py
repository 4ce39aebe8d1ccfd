"""Programs that people keep calendars in, run as they are run: khal, vdirsyncer, and Radicale as a server."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import requests

BIN = Path(sys.executable).parent
PATIENCE_SECONDS = 30
USER = "sb"
# Far from Denmark: a day that moved by an hour would be another day.
ELSEWHERE = {**os.environ, "TZ": "Pacific/Auckland", "LANG": "C.UTF-8"}

_KHAL = """
[calendars]
[[frister]]
path = {folder}/frister
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = Europe/Copenhagen
local_timezone = Europe/Copenhagen
[sqlite]
path = {folder}/khal.db
"""

_OVER_HTTP = """
type = "http"
url = "{url}"
"""
_BY_CALDAV = """
type = "caldav"
url = "{url}"
username = "{user}"
password = "{password}"
"""
_VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair frister]
a = "fra"
b = "til"
collections = null
[storage fra]
{source}
[storage til]
type = "filesystem"
path = "{folder}/vdir/"
fileext = ".ics"
"""


class Shown(NamedTuple):
    """One entry as khal lists it; `at` is empty for a whole day."""

    day: str
    at: str
    title: str


@dataclass(frozen=True, slots=True)
class Khal:
    folder: Path

    @classmethod
    def new(cls, folder: Path) -> "Khal":
        (folder / "frister").mkdir(parents=True)
        (folder / "config").write_text(_KHAL.format(folder=folder), encoding="utf-8")
        return cls(folder)

    def takes(self, ics: bytes) -> None:
        """What a person does with an .ics file, or a mail program with an invitation."""
        (self.folder / "given.ics").write_bytes(ics)
        self._say("import", "--batch", str(self.folder / "given.ics"))

    def lists(self, since: date, days: int) -> str:
        """The days of a stretch and what stands on them, as it comes on the screen."""
        line = "{cancelled} {start-end-time-style} {title}{alarm-symbol}"
        return self._say("list", since.isoformat(), f"{days}d", "--format", line)

    def shows(self, since: date, days: int) -> list[Shown]:
        """Each entry once, on its first day."""
        line = "{start-date}\t{start-time}\t{title}"
        said = self._say(
            "list", "--once", since.isoformat(), f"{days}d", "--format", line, "--day-format", ""
        )
        return [Shown(*row.split("\t")) for row in said.splitlines() if row.strip()]

    def _say(self, *arguments: str) -> str:
        return _run("khal", "-c", str(self.folder / "config"), *arguments)


def vdirsyncer(folder: Path, url: str) -> list[bytes]:
    """The entries that it takes from a feed, each a file of its own."""
    return _synced(folder, _OVER_HTTP.format(url=url))


def vdirsyncer_by_caldav(folder: Path, url: str, password: str) -> list[bytes]:
    """The entries that it takes from a collection."""
    return _synced(folder, _BY_CALDAV.format(url=url, user=USER, password=password))


def _synced(folder: Path, source: str) -> list[bytes]:
    config = folder / "vdirsyncer"
    config.write_text(_VDIRSYNCER.format(folder=folder, source=source), encoding="utf-8")
    (folder / "vdir").mkdir()
    for order in ("discover", "sync"):
        _run("vdirsyncer", "-c", str(config), order)
    return [file.read_bytes() for file in sorted((folder / "vdir").glob("*.ics"))]


def _run(program: str, *arguments: str) -> str:
    ended = subprocess.run(
        [BIN / program, *arguments],
        env=ELSEWHERE,
        text=True,
        capture_output=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@contextmanager
def radicale(folder: Path, password: str = "") -> Iterator[str]:
    """The address of a calendar on a running CalDAV server, the user in it.

    It lets everybody in, or only who knows the password.
    """
    accounts = folder / "accounts"
    accounts.write_text(f"{USER}:{password}\n", encoding="utf-8")
    lets_in = (
        ("--auth-type", "htpasswd", "--auth-htpasswd-encryption", "plain", "--auth-delay", "0")
        if password
        else ("--auth-type", "none")
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = subprocess.Popen(
        [
            *(BIN / "radicale", "--config", "", *lets_in, "--auth-htpasswd-filename", accounts),
            *("--hosts", f"127.0.0.1:{port}", "--storage-filesystem-folder", folder / "radicale"),
        ],
        env=ELSEWHERE,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/")
        yield f"http://{USER}:{password}@127.0.0.1:{port}/{USER}/kalender/"
    finally:
        server.terminate()
        server.wait()


def _wait_until_it_answers(url: str) -> None:
    for _ in range(PATIENCE_SECONDS * 10):
        try:
            requests.get(url, timeout=1)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("radicale does not answer")


def on_the_day(server: str, day: date) -> str:
    """What the server itself says lies on a day (CalDAV calendar-query, RFC 4791 7.8)."""
    query = f"""<?xml version="1.0"?>
        <C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
          <D:prop><C:calendar-data/></D:prop>
          <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
            <C:time-range start="{day:%Y%m%d}T100000Z" end="{day:%Y%m%d}T110000Z"/>
          </C:comp-filter></C:comp-filter></C:filter>
        </C:calendar-query>"""
    answer = requests.request("REPORT", server, data=query, headers={"Depth": "1"}, timeout=PATIENCE_SECONDS)
    answer.raise_for_status()
    return answer.text
