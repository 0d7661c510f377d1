"""Draws the pictures of docs/images/look again: python -m tests.browser.docs_pictures [NAME…].

Each is the first screen of a page that ships, as WebP, because a picture of a page is small so.
`drawn.json` beside them says of which page each was drawn. A test compares: whoever changes a page
draws its pictures again, and looks at them before they are committed.
"""

import base64
import json
import sys
from hashlib import sha256
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from tests.browser.conftest import show
from tests.conftest import CHROMIUM, QUIET
from tests.counterparts.pages import ROOT, SCENES, THEMES, compiled, html_of

FOLDER = ROOT / "docs" / "images" / "look"
DRAWN = FOLDER / "drawn.json"
NAMED = {str(scene): scene for scene in SCENES}


class Shot(NamedTuple):
    """One picture: a page in a theme, and how a mail program shows it."""

    scene: str
    theme: str
    width: int = 660
    height: int = 820
    scheme: str = "light"
    language: str = "fr"


SHOTS = {
    **{theme: Shot("announcement", theme) for theme in THEMES},
    **{f"{theme}-dark": Shot("announcement", theme, 375, 760, "dark") for theme in THEMES},
    "correction": Shot("correction", "institutional"),
    "every-block": Shot("press-blocks", "editorial", height=1400, language="en"),
    "cancellation": Shot("cancellation", "clear", 375, 760),
    "save-the-date": Shot("save-the-date", "classic", 375, 760),
}


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    drawn = json.loads(DRAWN.read_text("utf-8")) if DRAWN.exists() else {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in wanted or SHOTS:
            (FOLDER / f"{name}.webp").write_bytes(picture(browser, SHOTS[name]))
            drawn[name] = fingerprint(SHOTS[name])
        browser.close()
    DRAWN.write_text(json.dumps(drawn, indent=2, sort_keys=True) + "\n", "utf-8")


def page_of(shot: Shot):
    return compiled(NAMED[shot.scene], language=shot.language, theme=shot.theme, logos=True)


def fingerprint(shot: Shot) -> str:
    """Return what changes when the page of a shot does, or the way it is taken."""
    return sha256(f"{shot} {html_of(page_of(shot))}".encode()).hexdigest()[:16]


def picture(browser, shot: Shot) -> bytes:
    """Return the WebP of a shot; Playwright itself writes PNG and JPEG only."""
    message = page_of(shot)
    page = browser.new_page(viewport={"width": shot.width, "height": shot.height})
    page.emulate_media(color_scheme=shot.scheme)
    show(page, html_of(message), message)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 75})
    page.close()
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    main(sys.argv[1:])
