"""The desk in a second browser: Debian's Firefox, by hand and by axe."""

import pytest

from tests.counterparts.firefox import FIREFOX, firefox
from tests.counterparts.waiting import wait_until
from tests.desk.test_browser import LEVELS, SCREENS
from tests.desk.visitors import CAMPAIGN, EXAMPLE

TEXT = f"{CAMPAIGN}/textes/announcement.md"
AXE = """
const [levels, done] = arguments;
axe.run(document, {runOnly: levels}).then(
  found => done(found.violations.map(it => it.id + ": " + it.nodes.map(node => node.target).join(" "))),
  error => done([String(error)]));
"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
    if FIREFOX is None:
        pytest.skip("Firefox is missing: install Debian's package firefox-esr")
    with firefox(tmp_path_factory.mktemp("firefox")) as tab:
        yield tab


def address(desk, path):
    return f"http://127.0.0.1:{desk.port}{path}"


def test_axe_and_the_console_find_nothing_on_any_screen(tab, shown_desk, axe):
    found = {}
    for path in SCREENS:
        tab.open(address(shown_desk, path))
        said = tab.said(address(shown_desk, ""))
        tab.ask(axe)
        if problems := tab.ask_later(AXE, LEVELS) + said:
            found[path] = problems
        tab.said("")  # axe tries to speak to the frames, which cannot hear it

    assert found == {}


@pytest.mark.parametrize("width", [450, 1440])  # narrower than 450 no window of Firefox is
def test_no_screen_is_wider_than_its_window(tab, shown_desk, width):
    tab.resize(width, 900)
    wide = []
    for path in SCREENS:
        tab.open(address(shown_desk, path))
        if tab.ask("return document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)

    assert wide == []


def test_what_is_typed_is_seen_in_the_mail_beside_it_and_saved(tab, desk):
    tab.open(address(desk, TEXT))

    tab.type("textarea", "Une phrase de Firefox. ")
    wait_until(lambda: "Une phrase de Firefox" in tab.words_in_frame("iframe[name=apercu]"))
    tab.ask("document.querySelector('textarea').form.requestSubmit()")

    written = desk.app.workspace / "campaigns" / EXAMPLE / "announcement.md"
    wait_until(lambda: "Une phrase de Firefox." in written.read_text("utf-8"))
