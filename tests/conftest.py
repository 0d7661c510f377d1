"""What holds for every test."""

import gc
import os
import shutil
from importlib.resources import files
from importlib.util import find_spec

import pytest
from hypothesis import Phase, settings

# A deadline measures the machine and what else it is doing, not the code.
settings.register_profile("house", deadline=None, max_examples=50)
# For a night, or before a release: HYPOTHESIS_PROFILE=thorough.
settings.register_profile("thorough", deadline=None, max_examples=1_000)
# For `tests.mutation`: one failure is enough, and the same examples for each mutant.
settings.register_profile(
    "mutants",
    deadline=None,
    max_examples=50,
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    database=None,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_finish():
    """Leave what was imported and collected out of every later collection of garbage.

    It stays to the end, and the collector would go through half a million objects each time.
    """
    gc.freeze()


@pytest.fixture(scope="session")
def chromium():
    # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: install Debian's package chromium")
    from playwright.sync_api import expect, sync_playwright

    # A click ends when the next page begins to arrive: what it shows is waited for, however busy
    # the machine.
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgres():
    """The URL of a PostgreSQL; None where there is none. To start one takes longer than most tests."""
    from tests.counterparts.postgres import postgres_server

    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def axe():
    # As above: it comes with the locked requirements for development, which the gate installs.
    if find_spec("axe_playwright_python") is None:
        pytest.skip("axe-core is missing: install axe-playwright-python")
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
