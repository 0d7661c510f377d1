"""Contact sheets of every page that ships: python -m tests.browser.contact_sheets FOLDER [SCENE…].

A sheet is one page, language and width: the four themes side by side, in the light and in the
dark, as JPEG; a tall one is cut into numbered parts, which a screen shows whole. `paper` is the
width of an A4 sheet between its margins, as printed. Whoever changes a template draws the sheets of its pages and looks at them; the tests beside this file
hold what somebody once saw there.
"""

import base64
import html
import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from mailer.pages.received import in_scheme
from tests.conftest import CHROMIUM, QUIET
from tests.counterparts.pages import LANGUAGES, SCENES, THEMES, compiled, html_of
from tests.counterparts.rich_pages import RICH

WIDTHS = (600, 375, 320)
PAPER = 680
SHEET_WIDTH = 1800
"""Pixels of the picture: what a screen shows without scrolling sideways."""


class Sheet(NamedTuple):
    """What one picture shows: the same page in every theme and scheme."""

    scene: str
    language: str
    width: int

    @property
    def is_paper(self):
        return self.width == PAPER

    @property
    def name(self):
        return f"{self.scene}-{self.language}-{'paper' if self.is_paper else self.width}"


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenes = {str(it): it for it in (*SCENES, *RICH)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, language in product(wanted or scenes, LANGUAGES):
            for width in (*WIDTHS, PAPER):
                sheet = Sheet(name, language, width)
                for number, taken in enumerate(pictures(browser, sheet, scenes[name]), 1):
                    (folder / f"{sheet.name}-{number}.jpg").write_bytes(taken)
                print(sheet.name, flush=True)
        browser.close()


def pictures(browser, sheet: Sheet, scene) -> Iterator[bytes]:
    """Yield one sheet, part by part; each mail is a frame, as wide as the program that shows it."""
    schemes = ("light",) if sheet.is_paper else ("light", "dark")
    columns = len(THEMES) * len(schemes)
    scale = min(1, SHEET_WIDTH / (columns * (sheet.width + 12)))
    page = browser.new_page(viewport={"width": columns * (sheet.width + 12), "height": 800})
    page.set_content(
        "<style>body{margin:0;display:flex;gap:12px;background:#888}iframe{border:0}</style>"
        + "".join(
            frame(compiled(scene, language=sheet.language, theme=theme, logos=True), sheet, scheme)
            for theme, scheme in product(THEMES, schemes)
        ),
        wait_until="load",
    )
    page.evaluate(
        "() => document.querySelectorAll('iframe').forEach(it => {"
        "it.height = it.contentDocument.documentElement.scrollHeight })"
    )
    session = page.context.new_cdp_session(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    part = SHEET_WIDTH / scale
    for top in range(0, height, int(part)):
        clip = {"x": 0, "y": top, "width": columns * (sheet.width + 12), "scale": scale}
        clip["height"] = min(part, height - top)
        taken = session.send(
            "Page.captureScreenshot",
            {"format": "jpeg", "quality": 80, "captureBeyondViewport": True, "clip": clip},
        )
        yield base64.b64decode(taken["data"])
    page.close()


def frame(message, sheet: Sheet, scheme: str) -> str:
    """Return a frame with the mail, its pictures inside."""
    files = {
        it.content_id: f"data:{it.media_type};base64,{base64.b64encode(it.content).decode()}"
        for it in message.embedded
    }
    shown = re.sub(r"cid:([^\"']+)", lambda it: files[it[1]], html_of(message))
    shown = in_scheme(shown, is_dark=scheme == "dark", is_printed=sheet.is_paper)
    return f'<iframe width="{sheet.width}" srcdoc="{html.escape(shown)}"></iframe>'


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
