"""The page of a sign-off link on a telephone, by keyboard, without script, for axe."""

import socket

import pytest
from playwright.sync_api import expect

from mailer.web.serving import desk_of
from tests.counterparts.signing_links import signing_office, token_of
from tests.counterparts.team import PASSWORD
from tests.desk.keyboard import Keyboard
from tests.desk.test_doors_in_chromium import served, violations
from tests.desk.visitors import EXAMPLE


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A desk on loopback, and the address of the page for Claire Delmas."""
    with (
        signing_office(tmp_path_factory.mktemp("signing")) as app,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        port = listener.getsockname()[1]
        with served(desk_of(app, port=port), listener):
            yield app, f"http://127.0.0.1:{port}/signer/{token_of(app)}"


def telephone(chromium, **more):
    return chromium.new_context(
        locale="en-GB", viewport={"width": 320, "height": 640}, **more
    ).new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_telephone_and_axe_finds_nothing(chromium, axe, place, scheme):
    _app, link = place
    page = telephone(chromium, color_scheme=scheme)

    page.goto(link)
    page.get_by_role("button", name="Send my decision").click()  # refused: nothing was decided

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("iframe.mail").bounding_box()["width"] <= 320
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, axe) == []
    page.context.close()


def test_the_mail_in_the_frame_runs_no_script_and_asks_nothing_of_the_network(chromium, place):
    _app, link = place
    page, asked = telephone(chromium), []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(link)
    page.wait_for_load_state("networkidle")

    base = link.partition("/signer/")[0]
    assert [url for url in asked if not url.startswith((base, "data:"))] == []
    assert page.locator("iframe.mail").get_attribute("sandbox") == ""
    page.context.close()


def test_without_script_and_by_keyboard_alone_a_signatory_refuses_then_signs(chromium, place):
    app, link = place
    page = telephone(chromium, java_script_enabled=False)
    keyboard = Keyboard(page)

    page.goto(link)
    page.get_by_label("I refuse this version").focus()
    page.keyboard.press("Space")
    keyboard.fill("If you refuse", "the hour is wrong")
    keyboard.fill("Password of Claire Delmas", PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Claire Delmas refused this version on").wait_for()
    page.get_by_label("I sign off this version").focus()
    page.keyboard.press("Space")
    keyboard.fill("Password of Claire Delmas", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("Claire Delmas signed this version off on").wait_for()

    decided = app.ledger.mailings.sign_offs(EXAMPLE)
    assert [each.refused_because for each in decided] == ["the hour is wrong", ""]
    page.context.close()
