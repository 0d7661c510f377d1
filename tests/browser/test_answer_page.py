"""The page of an answer in a real browser: by keyboard, on a small telephone, without any script."""

import socket
import threading

import pytest
import uvicorn

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.operations.people.accreditations import Ruling, register_accreditation
from tests.browser.test_pages import axe_violations
from tests.counterparts.answers import AnswerOffice
from tests.counterparts.builders import ACTOR, NOON, after
from tests.counterparts.empty_ledger import empty_ledger

SMALL = {"width": 320, "height": 640}
WORDS = {
    "fr": ("Je viens", "Je ne viens pas", "Vous êtes accrédité", "Vous n’êtes pas"),
    "en": ("I come", "I do not come", "You are accredited", "You are not"),
}
"""The two buttons, what the page says of who comes, and the question to another reader."""


class ServedOffice:
    """An office whose answer page is served on loopback."""

    def __init__(self, folder):
        self.office = AnswerOffice(
            folder, empty_ledger(folder / "ledger.db"), rules="total = 2", count=9
        )
        self._socket = socket.create_server(("127.0.0.1", 0))
        host, port = self._socket.getsockname()[:2]
        self.origin = f"http://{host}:{port}"
        config = uvicorn.Config(self.office.page, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )
        self._thread.start()

    def url(self, number, language, link="answer_url"):
        return f"{self.origin}{self.office.link(number, link)}?lang={language}"

    def close(self):
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self.office.close()


@pytest.fixture(scope="module")
def serve(tmp_path_factory):
    """Serves one office for each moment that the tests look at."""
    offices = {}

    def at(moment=None):
        if moment not in offices:
            offices[moment] = ServedOffice(tmp_path_factory.mktemp("answers"))
            if moment is not None:
                offices[moment].office.app.clock.wait_until(moment)
        return offices[moment]

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LINK_KEY", "k" * 40)
        yield at
        for each in offices.values():
            each.close()


@pytest.fixture
def served(serve):
    return serve()


@pytest.fixture
def without_script(chromium):
    context = chromium.new_context(java_script_enabled=False, viewport=SMALL)
    yield context.new_page()
    context.close()


def tab_to(page, label):
    """Press the tabulator until the button with this label has the focus."""
    for _step in range(20):
        page.keyboard.press("Tab")
        focused = page.locator("*:focus")
        if focused.count() and focused.inner_text().strip() == label:
            return
    raise AssertionError(f"no keyboard leads to {label}")


@pytest.mark.parametrize(("number", "language"), [(0, "fr"), (1, "en")])
def test_by_keyboard_alone_and_without_a_script_one_answers_and_changes_the_answer(
    served, without_script, number, language
):
    page, (comes, declines, said, _other) = without_script, WORDS[language]
    page.goto(served.url(number, language))

    tab_to(page, comes)
    page.keyboard.press("Enter")
    page.wait_for_selector(".state")

    assert said in page.inner_text(".state")
    assert "2017" in page.inner_text(".state")  # when it was recorded
    assert served.office.register()[f"reader{number}"] == "accepted"

    tab_to(page, declines)
    page.keyboard.press("Enter")
    page.wait_for_selector(f".state:not(:has-text('{said}'))")
    assert served.office.register()[f"reader{number}"] == "declined"


def prepared(served, state):
    """Bring the office into a state, and return the number of the reader whose page shows it."""
    office = served.office
    if state == "accepted":
        office.press(2, "comes")
        return 2
    if state == "declined":
        office.press(7, "declines")
        return 7
    if state == "refused":
        if office.register().get("reader8") != "refused":
            refuse(office, 8)
        return 8
    if state in {"full", "waiting"}:
        for number in (2, 3, *([4] if state == "waiting" else [])):
            office.press(number, "comes")
        return 4 if state == "waiting" else 5
    return 6


def refuse(office, number):
    """Refuse the request of a reader, with a reason that the page shows."""
    register_accreditation(
        "meeting",
        office.deliveries[number].address,
        ruling=Ruling(AccreditationState.REFUSED, reason="La salle est pleine."),
        actor=ACTOR,
        ledger=office.ledger,
        now=NOON,
    )


STATES = ("fresh", "accepted", "full", "waiting", "declined", "refused", "closed", "over")
MOMENTS = {"closed": after(days=4), "over": after(days=6)}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_320_pixels(
    serve, page, axe, state, language
):
    served = serve(MOMENTS.get(state))
    number = prepared(served, state)
    page.set_viewport_size(SMALL)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(served.url(number, language))

        page.evaluate("() => document.querySelectorAll('details').forEach(it => it.open = true)")
        page.evaluate(axe)  # not as a tag: the policy of the page runs none

        assert axe_violations(page, {}) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        for button in page.locator("button:visible").all():
            assert button.bounding_box()["height"] >= 44  # a thumb


@pytest.mark.parametrize("state", ["fresh", "accepted", "waiting", "refused"])
def test_13_the_page_wears_the_look_of_the_office_and_asks_nobody_else_for_anything(
    served, page, state
):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(served.url(prepared(served, state), "fr"))

    band = page.locator(".office")
    assert band.evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(31, 47, 70)"
    assert band.inner_text().strip() == "Institut de l’Exemple"
    assert band.locator("img").evaluate("it => it.naturalWidth > 0")
    assert [url for url in asked if not url.startswith(("data:", served.origin))] == []


def test_13_a_refusal_stands_on_no_ground_of_good_news_and_offers_no_deadline(served, page):
    grounds = []
    for state in ("accepted", "waiting", "refused"):
        page.goto(served.url(prepared(served, state), "fr"))
        told = page.locator(".state").evaluate("it => getComputedStyle(it).backgroundColor")
        grounds.append(told)

    assert len(set(grounds)) == 3
    assert "jusqu’au" not in page.inner_text("body")


def test_an_unknown_link_says_so_accessibly(served, page, axe):
    page.set_viewport_size(SMALL)
    page.goto(f"{served.origin}{served.office.link(0)[:-3]}?lang=fr")

    page.evaluate(axe)

    assert "Ce lien n’est pas complet" in page.inner_text("h1")
    assert axe_violations(page, {}) == []
