"""Passkeys in a real Chromium, with its virtual authenticator."""

from datetime import timedelta

import pytest

from tests.counterparts.desk import give_password
from tests.counterparts.team import ADA, BEA, PASSWORD
from tests.desk.served import served_by_name

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def desk(tmp_path):
    with served_by_name(tmp_path, [ADA, BEA]) as (app, base):
        give_password(app, ADA)
        yield app, base


@pytest.fixture
def page(chromium, desk):
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    page.device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.devices = devices
    yield page
    context.close()


def register(page, base):
    page.goto(f"{base}/entrer?suite=/moi")
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    page.click("form[action='/entrer'] button")
    page.fill("#passkey-name", "Téléphone d’Ada")
    page.click("form[data-passkey=create] button")
    page.wait_for_url(f"{base}/moi?fait=passkey-added")


def test_a_passkey_is_made_and_signs_its_person_in_without_a_password(desk, page):
    app, base = desk
    register(page, base)
    (passkey,) = app.ledger.second_factors.passkeys("ada")
    page.click("form[action='/sortir'] button")

    page.goto(f"{base}/entrer?suite=/contacts")
    page.click("form[data-passkey=get] button")
    page.wait_for_url(f"{base}/contacts")

    assert passkey.name == "Téléphone d’Ada"
    assert ADA.name in page.inner_text("header")
    methods = {each.method for each in app.ledger.sign_ins.sessions("ada", now=app.clock.now())}
    assert methods == {"passkey"}


def test_a_passkey_proves_who_one_is_and_the_form_goes_on(desk, page):
    app, base = desk
    register(page, base)
    app.clock.wait_until(app.clock.now() + timedelta(minutes=11))

    page.goto(f"{base}/reglages/personnes")
    page.fill("#name", "Cy Roy")
    page.check("input[value=reader]")
    page.click("text=Add to the team")
    page.click("form[data-passkey=get] button")
    page.wait_for_url("**/cy.roy?fait=person-added")

    assert "Cy Roy" in page.inner_text("h1")


def test_a_device_that_does_not_ask_its_owner_opens_nothing(desk, page):
    app, base = desk
    register(page, base)
    page.click("form[action='/sortir'] button")
    page.devices.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": page.device["authenticatorId"], "isUserVerified": False},
    )

    page.goto(f"{base}/entrer")
    page.click("form[data-passkey=get] button")
    page.wait_for_selector("[data-failed]:visible")

    assert app.ledger.sign_ins.sessions("ada", now=app.clock.now()) == []


def test_an_answer_is_good_once(desk, page):
    _app, base = desk
    register(page, base)
    page.click("form[action='/sortir'] button")
    page.goto(f"{base}/entrer")
    with page.expect_request("**/entrer/cle") as sent:
        page.click("form[data-passkey=get] button")
    page.wait_for_url(f"{base}/")
    page.context.clear_cookies()

    page.goto(f"{base}/entrer")
    page.evaluate(
        """fields => {
             const form = document.querySelector("form[data-passkey=get]");
             for (const [name, value] of new URLSearchParams(fields))
               form.elements.namedItem(name).value = value;
             HTMLFormElement.prototype.submit.call(form);
           }""",
        sent.value.post_data,
    )
    page.wait_for_selector(".refused")

    assert "does not open this desk" in page.inner_text("main")
