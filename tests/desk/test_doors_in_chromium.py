"""Signing in with a real browser, and what pages of other sites can do from there."""

import socket
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
import uvicorn
from playwright.sync_api import expect
from starlette.responses import HTMLResponse

from mailer.clock import SimulatedClock
from mailer.model.team.person import Role
from mailer.operations.team.people import invite
from mailer.operations.team.welcome import start_link
from mailer.web.serving import desk_of
from tests.conftest import CHROMIUM, QUIET
from tests.counterparts.builders import ACTOR, NOON
from tests.counterparts.desk import an_office, give_password
from tests.counterparts.team import ADA, PASSWORD, a_person

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BEA = a_person("Bea Martin", Role.EDITOR, address=None)


@contextmanager
def served(make, listener):
    """Serve an application in a thread."""
    server = uvicorn.Server(uvicorn.Config(make, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


class Place:
    """A desk on loopback, its parts, and a page of another origin."""

    def __init__(self, app, port, other):
        self.app, self.port, self.other = app, port, other
        self.url = f"http://127.0.0.1:{port}"


@pytest.fixture
def place(tmp_path):
    with (
        an_office(tmp_path, SimulatedClock(NOON), [ADA, BEA]) as app,
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        port = listener.getsockname()[1]
        give_password(app, ADA)
        page = {"html": ""}

        async def elsewhere(scope, receive, send):
            await HTMLResponse(page["html"])(scope, receive, send)

        with served(desk_of(app, port=port), listener), served(elsewhere, other):
            made = Place(app, port, f"http://localhost:{other.getsockname()[1]}/")
            made.put = lambda html: page.update(html=html)
            yield made


@pytest.fixture
def page(chromium):
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


def enter(page, place, *, name="ada"):
    page.goto(f"{place.url}/entrer")
    page.get_by_label("Name, id").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def violations(page, axe):
    page.evaluate(axe)
    run = "levels => axe.run({runOnly: {type: 'tag', values: levels}})"
    return [
        (each["id"], each["nodes"][0]["html"]) for each in page.evaluate(run, LEVELS)["violations"]
    ]


def test_the_link_of_the_start_lets_the_reader_in_with_one_button(page, place):
    token = start_link(ledger=place.app.ledger, now=place.app.clock.now())

    page.goto(f"{place.url}/bienvenue/{token}")
    page.get_by_label("Ada Lovelace").check()
    page.get_by_role("button", name="Enter").click()

    expect(page.get_by_role("link", name="Ada Lovelace")).to_be_visible()
    assert page.said == []


def test_a_whole_account_from_invitation_to_sign_out(page, place):
    token = invite("bea", actor=ACTOR, ledger=place.app.ledger, now=place.app.clock.now())

    page.goto(f"{place.url}/bienvenue/{token}")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("The same password again").fill("short")
    page.get_by_role("button", name="Set my password").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("Password", exact=True).get_attribute("aria-invalid") == "true"
    page.reload()  # the browser sends the form again
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Set my password").click()
    page.get_by_role("link", name="Bea Martin").click()
    page.get_by_role("button", name="Sign out").click()

    page.wait_for_url(f"{place.url}/entrer*")
    enter(page, place, name="bea")
    expect(page.get_by_role("link", name="Bea Martin")).to_be_visible()


def test_what_was_typed_when_the_session_ended_is_there_after_the_sign_in(page, place):
    enter(page, place)
    page.goto(f"{place.url}/reglages/personnes")
    page.get_by_label("Given and family name").fill("Cy Roy")
    page.get_by_label("reader").check()
    place.app.clock.wait_until(place.app.clock.now() + timedelta(hours=13))
    page.get_by_role("button", name="Add to the team").click()

    expect(page.locator("main")).to_contain_text("What you typed is kept")
    page.get_by_label("Name, id").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert "Cy Roy" not in [each.name for each in place.app.ledger.team.people()]
    page.get_by_role("button", name="Send it now").click()

    assert "Cy Roy" in [each.name for each in place.app.ledger.team.people()]


FORM = '<form method=post action="{url}/moi"><input name=language value=fr></form>'
SENDING = "<script>document.forms[0].submit()</script>"
ATTACKS = {
    "a form of another site": FORM + SENDING,
    "a form in a sandboxed frame": '<iframe sandbox="allow-scripts allow-forms" srcdoc=\''
    + FORM.replace('"', "&quot;")
    + SENDING
    + "'></iframe>",
    "a form without a referrer": '<meta name=referrer content="no-referrer">' + FORM + SENDING,
    "a script with the cookies": "<script>fetch('{url}/moi', {{method: 'POST', mode: 'no-cors', "
    "credentials: 'include', body: new URLSearchParams('language=fr')}})</script>",
    "a form sent into a frame": "<iframe name=x></iframe>"
    + FORM.replace("<form", "<form target=x")
    + SENDING,
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_page_of_another_site_changes_nothing(page, place, attack):
    enter(page, place)
    answers = []
    page.on("response", lambda each: answers.append(each) if "/moi" in each.url else None)
    place.put(attack.format(url=place.url))
    lines = place.app.ledger.journal.entries()

    page.goto(place.other)
    page.wait_for_load_state("networkidle")

    assert [each.status for each in answers if each.request.method == "POST"] in ([403], [])
    assert place.app.ledger.journal.entries() == lines


def test_a_page_of_another_site_shows_nothing_of_the_desk_in_itself(page, place):
    enter(page, place)
    place.put(
        f"<iframe src='{place.url}/moi'></iframe><img src='{place.url}/fixe/icon.svg'>"
        f"<object data='{place.url}/moi'></object>"
    )

    page.goto(place.other)
    page.wait_for_load_state("networkidle")

    assert not any(ADA.name in frame.content() for frame in page.frames[1:])
    assert page.evaluate("document.images[0].naturalWidth") == 0


def test_a_name_that_resolves_to_this_machine_reads_nothing(chromium, place):
    rules = "--host-resolver-rules=MAP rebound.example 127.0.0.1"
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*QUIET, rules])

    answer = browser.new_page().goto(f"http://rebound.example:{place.port}/entrer")

    assert (answer.status, answer.text()) == (421, "Misdirected Request")
    browser.close()


SCREENS = (
    "/entrer",
    "/entrer?garde=x",
    "/bienvenue/used",
    "/moi",
    "/sortir",
    "/confirmer?suite=/moi",
    "/reglages/personnes",
    "/reglages/personnes/bea",
    "/reglages/personnes/ada",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_screens_of_people(page, place, axe, scheme):
    page.emulate_media(color_scheme=scheme)
    first = start_link(ledger=place.app.ledger, now=place.app.clock.now())
    enter(page, place)

    found = {}
    for path in (*SCREENS, f"/bienvenue/{first}"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{place.url}{path}")
        found[path] = violations(page, axe)
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found[path].append("scrolls sideways")

    assert not any(found.values()), found
    assert [each for each in page.said if "410" not in each] == []
