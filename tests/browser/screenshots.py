"""Pictures of every page, to be looked at: python -m tests.browser.screenshots FOLDER [SCENE…]."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import show
from tests.conftest import CHROMIUM, QUIET
from tests.counterparts.pages import SCENES, THEMES, compiled, html_of

LANGUAGE_OF = dict(zip(THEMES, ("fr", "en"), strict=False))


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for theme in THEMES:
            for scene in SCENES:
                if wanted and str(scene) not in wanted:
                    continue
                message = compiled(scene, language=LANGUAGE_OF[theme], theme=theme, logos=True)
                for width in (680, 360):
                    for scheme in ("light", "dark"):
                        page = browser.new_page(viewport={"width": width, "height": 600})
                        page.emulate_media(color_scheme=scheme)
                        show(page, html_of(message), message)
                        name = f"{scene}-{theme}-{width}-{scheme}.png"
                        page.screenshot(path=folder / name, full_page=True)
                        page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
