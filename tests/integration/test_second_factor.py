"""The second factor: codes of a telephone, recovery codes, and who may not do without."""

from datetime import timedelta

import pyotp
import pytest

from mailer.clock import SimulatedClock
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Role
from mailer.web.serving import desk_of
from tests.counterparts.builders import NOON
from tests.counterparts.desk import PORT, Browser, an_office, give_password, signed_in
from tests.counterparts.team import ADA, BEA, PASSWORD

REQUIRED = '[web.second_factor]\nrequired_for = ["administrator"]\n'


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def office(tmp_path, clock):
    with an_office(tmp_path, clock, [ADA, BEA]) as app:
        give_password(app, ADA)
        give_password(app, BEA)
        yield app


def later(clock, **duration):
    clock.wait_until(clock.now() + timedelta(**duration))


def set_up(app, person=ADA):
    """The generator of a telephone, and the recovery codes, after somebody has set them up."""
    browser = signed_in(app, person)
    page = browser.get("/moi/second-facteur")
    telephone = pyotp.TOTP(page.text.partition('<code translate="no">')[2].partition("</code>")[0])
    code = telephone.at(app.clock.now())
    done = browser.post("/moi/second-facteur", {"sealed": page.hidden("sealed"), "code": code})
    codes = [each.partition("</code>")[0] for each in done.text.split('<code translate="no">')[1:]]
    return telephone, codes, browser


def with_password(app, person=ADA, password=PASSWORD, **fields):
    browser = Browser(desk_of(app, port=PORT))
    answer = browser.post("/entrer", {"name": person.id, "password": password, **fields})
    return browser, answer


def with_code(browser, answer, code, **fields):
    return browser.post("/entrer/code", {"ticket": answer.hidden("ticket"), "code": code, **fields})


def test_the_password_alone_opens_no_session_once_a_telephone_is_set_up(office, clock):
    telephone, codes, _browser = set_up(office)
    later(clock, minutes=1)

    browser, asked = with_password(office, suite="/contacts")
    outside = browser.get("/moi")
    entered = with_code(browser, asked, telephone.at(clock.now()), suite=asked.hidden("suite"))

    assert len(codes) == 8
    assert outside.location == "/entrer?suite=%2Fmoi"
    assert entered.location == "/contacts"
    methods = [each.method for each in office.ledger.sign_ins.sessions("ada", now=clock.now())]
    assert SignInMethod.PASSWORD_AND_CODE in methods


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "aaaaa-bbbbb-ccccc-ddddd", "²"])
def test_a_wrong_code_opens_nothing(office, clock, code):
    set_up(office)

    browser, asked = with_password(office)
    answer = with_code(browser, asked, code)

    assert "not the present one" in answer.text
    assert answer.hidden("ticket") == asked.hidden("ticket")
    assert browser.get("/moi").status == 303


@pytest.mark.parametrize(
    ("off_s", "is_taken"), [(-30, True), (30, True), (-90, False), (90, False)]
)
def test_a_clock_may_be_half_a_minute_off_and_no_more(office, clock, off_s, is_taken):
    telephone, _codes, _browser = set_up(office)
    later(clock, minutes=10)

    browser, asked = with_password(office)
    answer = with_code(browser, asked, telephone.at(clock.now() + timedelta(seconds=off_s)))

    assert (answer.status == 303) == is_taken


def test_a_code_is_good_once_also_the_one_of_the_set_up(office, clock):
    telephone, codes, _browser = set_up(office)
    of_set_up = telephone.at(clock.now())
    later(clock, minutes=5)

    for code in (telephone.at(clock.now()), codes[0]):
        first, asked = with_password(office)
        assert with_code(first, asked, code.upper()).status == 303
        second, asked = with_password(office)
        assert with_code(second, asked, code).status == 422
    assert with_code(*with_password(office), of_set_up).status == 422
    assert office.ledger.second_factors.recovery_left("ada") == 7


def test_guessing_codes_is_slowed_down_and_nobody_is_locked_out(office, clock):
    telephone, _codes, _browser = set_up(office)
    later(clock, minutes=1)
    browser, asked = with_password(office)
    for _number in range(5):
        with_code(browser, asked, "000000")

    slowed = with_code(browser, asked, telephone.at(clock.now()))
    later(clock, minutes=1)
    again = with_code(browser, asked, telephone.at(clock.now()))

    assert "several wrong codes" in slowed.text
    assert again.status == 303


def test_a_ticket_ends_with_its_minutes_and_with_the_password(office, clock):
    _telephone, codes, _browser = set_up(office)
    browser, asked = with_password(office)
    late, asked_late = with_password(office)
    give_password(office, ADA, "quatre autres mots encore")

    changed = with_code(browser, asked, codes[0])
    later(clock, minutes=6)

    assert "came too late" in changed.text
    assert "came too late" in with_code(late, asked_late, codes[1]).text
    assert browser.post("/entrer/code", {"ticket": "x", "code": codes[2]}).status == 422
    assert office.ledger.second_factors.recovery_left("ada") == 8


def test_the_proof_before_an_act_asks_for_the_code_too(office, clock):
    telephone, _codes, browser = set_up(office)
    later(clock, minutes=11)
    typed = {"name": "Cy Roy", "address": "", "roles": "reader"}

    asked = browser.post("/reglages/personnes", typed)
    alone = browser.post("/reglages/personnes", {**typed, "password": PASSWORD})
    proof = {"password": PASSWORD, "code": telephone.at(clock.now())}
    done = browser.post("/reglages/personnes", {**typed, **proof})

    assert 'name="code"' in asked.text
    assert "not the present one" in alone.text
    assert alone.hidden("name") == "Cy Roy"
    assert done.location.endswith("fait=person-added")


def test_who_has_to_have_one_can_do_nothing_before_it_is_set_up(tmp_path, clock):
    with an_office(tmp_path, clock, [ADA, BEA], REQUIRED) as app:
        browser = signed_in(app, ADA)

        before = [browser.get("/contacts"), browser.post("/reglages/personnes", {"name": "Cy"})]
        _telephone, _codes, browser = set_up(app)
        after = browser.get("/contacts")

        assert [each.location for each in before] == ["/moi/second-facteur"] * 2
        assert after.status == 200
        assert signed_in(app, BEA).get("/contacts").status == 200


def test_a_lost_telephone_is_reset_by_an_administrator_and_ends_the_sessions(office, clock):
    _telephone, _codes, bea = set_up(office, BEA)

    signed_in(office, ADA).post("/reglages/personnes/bea/second-facteur")
    _browser, entered = with_password(office, BEA)

    assert bea.get("/moi").status == 303
    assert entered.status == 303
    assert "remove-second-factor" in [each.action for each in office.ledger.journal.entries("team")]


def test_another_telephone_takes_a_proof_and_the_secret_of_somebody_else_is_refused(office, clock):
    _telephone, _codes, browser = set_up(office)
    others = signed_in(office, BEA).get("/moi/second-facteur")
    secret = others.text.partition('<code translate="no">')[2].partition("</code>")[0]
    code = pyotp.TOTP(secret).at(clock.now())

    stolen = browser.post("/moi/second-facteur", {"sealed": others.hidden("sealed"), "code": code})
    later(clock, minutes=11)
    old = browser.post("/moi/second-facteur/retirer")

    assert "open for too long" in stolen.text
    assert old.status == 403
    assert office.ledger.second_factors.generator("ada") is not None


def test_the_square_is_drawn_in_the_page_and_says_whose_it_is(office):
    page = signed_in(office, ADA).get("/moi/second-facteur").text

    assert "<svg" in page
    assert "<img" not in page.partition("<main")[2]


def test_the_roles_that_need_one_are_named_in_the_configuration(tmp_path, clock):
    with an_office(tmp_path, clock, [ADA], REQUIRED) as app:
        assert app.gate.second_factor_for == {Role.ADMINISTRATOR}
