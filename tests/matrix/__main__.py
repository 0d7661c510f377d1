"""`python -m tests.matrix`: every screen × state × language × theme × width, in Chromium.

The list of screens is made from the routes. `--state`, `--path` and `--language` look at a part;
`--pictures FOLDER` keeps a picture of each view, wide and narrow, light and dark.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM, QUIET
from tests.matrix.browsing import LANGUAGES, opened
from tests.matrix.looks import every_look
from tests.matrix.offices import STATES, office
from tests.matrix.pictures import take_pictures
from tests.matrix.screens import views_of


def main():
    asked = _asked()
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    found, looked, begun = [], 0, time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for state in asked.state or STATES:
            with (
                tempfile.TemporaryDirectory() as folder,
                office(Path(folder) / "office", state) as place,
            ):
                for language in asked.language or LANGUAGES:
                    for view in views_of(state, place.values):
                        if asked.path not in view.path:
                            continue
                        looked += 1
                        for each in looked_at(browser, place, view, language, axe, asked.pictures):
                            found.append(f"{view} {language}: {each}")
                            print(found[-1], flush=True)
        browser.close()
    seconds = time.monotonic() - begun
    print(f"{looked} views looked at in {seconds:.0f} s: {len(found)} faults")
    sys.exit(bool(found))


def looked_at(browser, place, view, language, axe, pictures=None):
    """Open a view in a context of its own; return what is wrong with it.

    A view that cannot be opened or looked at is a fault as well: the others are looked at.
    """
    try:
        with opened(browser, place, view, language) as page:
            if pictures:
                take_pictures(page, pictures, f"{language}-{view}")
                return []
            return list(every_look(page, axe=axe))
    except PlaywrightError as error:
        return [f"could not be looked at: {error}"]


def _asked():
    parser = argparse.ArgumentParser(prog="python -m tests.matrix")
    parser.add_argument("--state", action="append", choices=list(STATES))
    parser.add_argument("--language", action="append", choices=list(LANGUAGES))
    parser.add_argument("--path", default="")
    parser.add_argument("--pictures", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
