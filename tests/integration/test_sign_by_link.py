"""A sign-off by the link of a test mail, which proves nothing by itself."""

import os
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from mailer.model.team.actor import PROGRAM
from mailer.model.team.person import Role
from mailer.operations.campaigns.plans.plan import plan_campaign
from mailer.web.serving import desk_of
from tests.counterparts.desk import PORT, Browser, signed_in
from tests.counterparts.signing_links import (
    CLAIRE,
    HUGO,
    HUGOS,
    NADIA,
    PUBLIC,
    WITH_ADDRESS,
    links,
    mails_of_test,
    parts,
    signing_office,
    token_of,
)
from tests.counterparts.team import PASSWORD, a_person
from tests.desk.signatories import launch, write
from tests.desk.visitors import EXAMPLE

SIGN = {"decision": "sign", "password": PASSWORD}
REFUSE = {"decision": "refuse", "why": "the hour is wrong", "password": PASSWORD}


@pytest.fixture
def office(tmp_path):
    with signing_office(tmp_path) as app:
        yield app


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory):
    """An office in which nobody manages to sign."""
    with signing_office(tmp_path_factory.mktemp("unsigned")) as app:
        yield app


def everything(app):
    """All that a sign-off, or a scanner, could change."""
    return (
        app.ledger.mailings.sign_offs(EXAMPLE),
        [(each.action, each.detail) for each in app.ledger.journal.entries()],
        app.ledger.revisions.head(EXAMPLE),
        app.ledger.suppressions.all(),
    )


def stranger(app, **more):
    return Browser(desk_of(app, port=PORT), **more)


def decisions(app):
    return [(each.person, each.refused_because) for each in app.ledger.mailings.sign_offs(EXAMPLE)]


def test_the_test_mail_leads_its_signatory_alone_to_the_version_to_sign(tmp_path):
    with signing_office(tmp_path, WITH_ADDRESS) as app:
        mails = mails_of_test(app)

        text, html = parts(mails["claire@office.example"])
        (link,) = links(text)
        own_page = {"origin": f"https://{PUBLIC}"}
        signed = stranger(app, host=PUBLIC).post(urlsplit(link).path, SIGN, own_page)
        asked_again = parts(mails_of_test(app)["claire@office.example"])

        assert links(html) == {link}
        assert "Claire Delmas, your sign-off of" in text
        assert not any(map(links, parts(mails["team@office.example"])))
        assert (signed.status, decisions(app)) == (303, [("claire", "")])
        assert plan_campaign(EXAMPLE, drafts=app.drafts).signed_by == ("Claire Delmas",)
        assert not any(map(links, asked_again))


def test_without_a_public_address_the_mail_says_where_the_desk_signs(unsigned):
    text, html = parts(mails_of_test(unsigned)["claire@office.example"])

    assert "at the desk: the page “Sign-off” of the campaign" in text
    assert "at the desk: the page “Sign-off” of the campaign" in html
    assert not links(text + html)


def test_a_scanner_that_opens_every_link_again_and_again_signs_nothing(unsigned):
    paths = [
        f"/signer/{token_of(unsigned, person)}{rest}"
        for person in (CLAIRE, HUGO)
        for rest in ("", "/cadre", "?etape=reminder")
    ]
    browser, before = stranger(unsigned), everything(unsigned)

    for path in paths:
        for method in ("GET", "HEAD"):
            assert browser.send(method, path, headers={}).status == 200
        for method in ("OPTIONS", "PUT", "DELETE"):
            assert browser.send(method, path, headers={}).status == 403

    assert everything(unsigned) == before


SCANNED = int(os.environ.get("MAILS_SCANNED", "4"))
"""How many test mails the scanner reads; `MAILS_SCANNED=500` for the whole."""


def test_a_scanner_that_opens_every_link_of_every_test_mail_signs_nothing(tmp_path):
    people = [a_person(f"Signatory{number} Test", Role.SIGNATORY) for number in range(SCANNED)]
    with signing_office(tmp_path, WITH_ADDRESS) as app:
        app.ledger.team.add(people, actor=PROGRAM, at=app.clock.now())
        mails = mails_of_test(app, *(each.address for each in people))
        found = [links("".join(parts(mails[str(each.address)]))) for each in people]
        assert {len(each) for each in found} == {1}
        opened = {urlsplit(link).path for each in found for link in each}
        browser, before = stranger(app, host=PUBLIC), everything(app)

        answers = {
            browser.send(method, path, headers={}).status
            for path in opened
            for method in ("GET", "HEAD")
        }

        assert len(opened) == SCANNED
        assert answers == {200}
        assert everything(app) == before
        assert decisions(app) == []


WRONG = "This name and this password do not go together"
FORWARDED = {
    "no password": ({"decision": "sign"}, WRONG),
    "the password of another signatory": ({"decision": "sign", "password": HUGOS}, WRONG),
    "another name beside one's own password": (
        {"decision": "sign", "password": HUGOS, "username": "hugo", "person": "hugo"},
        WRONG,
    ),
    "a refusal": ({"decision": "refuse", "why": "no", "password": HUGOS}, WRONG),
    "nothing decided": ({"password": PASSWORD}, 'href="#decision"'),
    "a word": ({"decision": "yes", "password": PASSWORD}, 'href="#decision"'),
    "a signature with a reason": ({**SIGN, "why": "the hour"}, 'href="#why"'),
    "a refusal without one": ({**REFUSE, "why": " \n"}, 'href="#why"'),
}


@pytest.mark.parametrize(("typed", "said"), FORWARDED.values(), ids=FORWARDED)
def test_without_the_persons_password_and_a_clear_word_nothing_is_signed(unsigned, typed, said):
    unsigned.gate.attempts.forget("link claire")
    before = everything(unsigned)

    answer = signed_in(unsigned, NADIA).post(f"/signer/{token_of(unsigned)}", typed)

    assert answer.status == 422
    assert said in answer.text
    assert everything(unsigned)[0] == before[0]


def test_guesses_by_the_link_are_slowed_down_and_the_desk_stays_open_to_the_person(unsigned):
    path = f"/signer/{token_of(unsigned)}"
    for _guess in range(6):
        guessed = stranger(unsigned).post(path, {"decision": "sign", "password": "guess"})

    entered = stranger(unsigned).post("/entrer", {"name": "claire", "password": PASSWORD})

    assert "several wrong passwords" in guessed.text
    assert entered.status == 303


def test_the_frame_holds_the_mail_without_script_or_network(unsigned):
    shown = stranger(unsigned).get(f"/signer/{token_of(unsigned)}")
    framed = stranger(unsigned).get(f"/signer/{token_of(unsigned)}/cadre?etape=reminder")

    assert 'sandbox title="The mail as it will be received"' in shown.text
    assert framed.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "/signer/" not in framed.text


def test_the_link_can_be_opened_any_number_of_times_and_says_what_was_done(office):
    path, browser = f"/signer/{token_of(office)}", stranger(office)

    browser.post(path, REFUSE)
    refused = browser.get(path).text
    signed = browser.post(path, SIGN)

    assert "refused this version on" in refused
    assert "the hour is wrong" in refused
    for _visit in range(3):
        opened = stranger(office).get(path)
        assert opened.status == 200
        assert "Claire Delmas signed this version off on" in opened.text
        assert "You may decide otherwise" in opened.text
    assert decisions(office) == [("claire", "the hour is wrong"), ("claire", "")]
    lines = office.ledger.journal.entries(EXAMPLE)
    assert {(each.person, each.via) for each in lines[-2:]} == {("claire", "link")}
    assert not signed.cookies  # the link signs nobody in
    assert browser.get(f"/campagnes/{EXAMPLE}/bon-a-tirer").status == 303


def test_an_edit_ends_the_link_and_the_page_says_what_changed(office):
    token, browser = token_of(office), stranger(office)
    browser.post(f"/signer/{token}", SIGN)
    write(office, "Claire Delmas", "Une phrase de plus.")

    shown = browser.get(f"/signer/{token}")
    refused = browser.post(f"/signer/{token}", REFUSE)
    framed = browser.get(f"/signer/{token}/cadre")
    new = browser.get(f"/signer/{token_of(office)}").text
    own = browser.post(f"/signer/{token_of(office)}", SIGN)

    assert "there is nothing to sign here" in shown.text
    assert "The next test mail brings a link" in shown.text
    assert "<ins>Une phrase de plus.</ins>" in shown.text
    assert "Send my decision" not in shown.text
    assert (refused.status, framed.status) == (422, 404)
    assert "Claire Delmas signed the last one off on" in new
    assert "<ins>Une phrase de plus.</ins>" in new
    assert "Send my decision" in new
    assert "may not be the only one who signs it off" in own.text
    assert decisions(office) == [("claire", "")]


def test_a_link_ends_with_its_week_its_account_and_the_launch(office):
    token, hugos = token_of(office), token_of(office, HUGO)
    browser = stranger(office)
    browser.post(f"/signer/{token}", SIGN)
    office.ledger.team.replace(
        HUGO,
        replace(HUGO, disabled_at=office.clock.now()),
        action="disable-person",
        detail="",
        actor=PROGRAM,
        at=office.clock.now(),
    )
    launch(office)

    launched = browser.get(f"/signer/{token}")
    too_late = browser.post(f"/signer/{token}", REFUSE)
    closed = browser.get(f"/signer/{hugos}")
    not_his = browser.post(f"/signer/{hugos}", {"decision": "sign", "password": HUGOS})
    office.clock.wait_until(office.clock.now() + timedelta(days=7))
    ended = browser.get(f"/signer/{token}")

    assert "This campaign is launched" in launched.text
    assert (closed.status, ended.status) == (410, 410)
    assert "signed this version off on" in ended.text
    assert "<iframe" not in ended.text + launched.text + closed.text
    assert (too_late.status, not_his.status) == (422, 422)
    assert decisions(office) == [("claire", "")]
