"""Chromium without a network: images of a message come from the message, or from nowhere."""

import re
import shutil
from importlib.resources import files
from importlib.util import find_spec

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    if find_spec("axe_playwright_python") is None:
        pytest.skip("axe-core is missing: install axe-playwright-python")
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture
def page(chromium):
    page = chromium.new_page(viewport={"width": 600, "height": 900})
    yield page
    page.close()


def show(page, html, message, *, images=True):
    """`html` in the page; its `cid:` images are served from the message, or refused."""
    contents = {it.content_id: it for it in message.embedded}

    def answer(route):
        found = contents.get(route.request.url.rpartition("/")[2])
        if images and found:
            route.fulfill(body=found.content, content_type=found.media_type)
        else:
            route.abort()

    page.route("**/*", answer)
    page.set_content(re.sub(r'src="cid:', 'src="https://images.invalid/', html), wait_until="load")
