"""The public pages in a real browser: for everybody, on a small telephone, on paper, without pictures."""

import re
import socket
from threading import Thread

import pytest
import uvicorn

from mailer.operations.press_room.withdraw import withdraw_release
from tests.browser.test_pages import axe_violations
from tests.counterparts.block_texts import BLOCK_TEXTS
from tests.counterparts.builders import ACTOR
from tests.counterparts.pages import a_picture
from tests.counterparts.press_room import PublishingOffice

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)
PAGES = {
    "list": "/fr/",
    "release": "/fr/blocs/",
    "english": "/en/blocs/",
    "corrected": "/fr/houle/",
    "cancelled": "/fr/visite/",
    "withdrawn": "/fr/plancton/",
    "verify": "/fr/verifier/?code=2222-2222-2222",
    "unknown": "/fr/rien/",
}


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A press room with every kind of page, served on loopback."""
    office = PublishingOffice(tmp_path_factory.mktemp("press"))
    texts = {"announcement.md": BLOCK_TEXTS["fr"], "announcement.en.md": BLOCK_TEXTS["en"]}
    blocks = office.writes("blocs", **texts)
    for name in set(re.findall(r"[\w-]+\.(?:png|jpg)", "".join(texts.values()))):
        (blocks.folder / name).write_bytes(a_picture(1200, 800))
    swell = office.writes("houle", headline="La houle du large", english=False)
    visit = office.writes("visite", headline="Une visite de la station")
    plankton = office.writes("plancton", headline="Le plancton")
    for each in (blocks, swell, visit, plankton):
        assert each.drafts.draft(each.slug).problems == ()
        each.launches()
    blocks.runs("2027-03-08 09:30")
    swell.edits("Station marine", "Grand amphithéâtre")
    swell.tells("correction", at="2027-03-09 10:00")
    visit.tells("cancellation", at="2027-03-09 11:00")
    now, ledger = office.clock.now(), office.app.ledger
    withdraw_release("plancton", why="Un chiffre était faux.", actor=ACTOR, ledger=ledger, now=now)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(office.press_room, log_level="error", lifespan="off", access_log=False)
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()
    office.close()


@pytest.fixture
def look(chromium, origin):
    """Opens a page of the press room; what its console says is a fault."""
    contexts = []

    def at(path, *, width=1280, scheme="light", pictures=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        if not pictures:
            page.route("**/*.png", lambda route: route.abort())
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.goto(origin + path)
        return page

    yield at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_has_no_fault_for_axe_and_fits_each_screen(name, look, axe):
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            page = look(PAGES[name], width=width, scheme=scheme)
            # The favicon that browsers ask for by themselves, and the page that does not exist.
            faults = [each for each in page.said if "404" not in each]
            page.evaluate(axe)  # not as a tag: the policy of the page runs none

            assert axe_violations(page, {"runOnly": LEVELS}) == [], (name, width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert faults == []


@pytest.mark.parametrize("name", ["release", "corrected"])
def test_a_page_on_paper_has_its_text_and_no_menu(name, look):
    page = look(PAGES[name])
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator("article").bounding_box()["width"] > 700
    assert len(page.pdf(format="A4")) > 1000


def test_without_pictures_each_is_described_and_nothing_is_fetched_from_elsewhere(look, origin):
    page = look(PAGES["release"], pictures=False)
    fetched = page.evaluate("performance.getEntriesByType('resource').map(it => it.name)")

    descriptions = page.locator("main img").evaluate_all("found => found.map(it => it.alt)")
    assert descriptions
    assert all(descriptions)
    assert all(each.startswith(origin) for each in fetched)


def test_the_code_of_a_page_leads_by_keyboard_to_its_line(look):
    page = look(PAGES["release"])
    code = page.locator("a.code")
    code.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifier/#*")

    assert page.locator(":target").inner_text().startswith(page.url.rpartition("#")[2][:4])


def test_a_text_is_compared_in_a_browser_without_script(chromium, origin):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}/fr/houle/texte.txt")
    text = page.locator("pre").inner_text().replace("douze", "treize")
    page.goto(f"{origin}/fr/verifier/")
    page.fill("#text", text)
    page.click("text=Comparer le texte")

    assert "des mots diffèrent" in page.locator("[role=status]").inner_text()
    assert "treize" in page.locator("table").first.inner_text()
    context.close()
