"""The picture of a rehearsal's page in the README: `python -m tools.rehearsal_picture`.

The year of the bundled plan in a wide window, and a day with an open mail on a phone.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "pictures" / "rehearsal.png"
DAY = "#d-2024-03-13"
HEIGHT = 1180
FLAGS = ["--no-sandbox", "--disable-quic"]


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder, "page.html")
        subprocess.run(  # noqa: S603 - the program itself
            (sys.executable, "-m", "service", "rehearse", "config/procesplan.docx", "--report", str(page)),
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        wide, narrow = Path(folder, "wide.png"), Path(folder, "narrow.png")
        photograph_year(browser, page, wide)
        photograph_day(browser, page, narrow)
        browser.close()
        left, right = Image.open(wide), Image.open(narrow)
        both = Image.new("RGB", (left.width + right.width, HEIGHT), "#eef1f0")
        both.paste(left, (0, 0))
        both.paste(right, (left.width, 0))
        both.quantize(256).save(PICTURE, optimize=True)


def photograph_year(browser: Browser, page: Path, picture: Path) -> None:
    shown = browser.new_page(viewport={"width": 1000, "height": HEIGHT})
    shown.goto(page.as_uri())
    shown.screenshot(path=picture)


def photograph_day(browser: Browser, page: Path, picture: Path) -> None:
    shown = browser.new_page(viewport={"width": 390, "height": HEIGHT})
    shown.goto(page.as_uri() + DAY)
    shown.locator(f"{DAY} details summary").nth(2).click()
    shown.wait_for_timeout(500)
    shown.locator(DAY).evaluate("day => window.scrollTo(0, day.getBoundingClientRect().top + scrollY - 70)")
    shown.wait_for_timeout(300)
    shown.screenshot(path=picture)


if __name__ == "__main__":
    main()
