"""Signing in at an OpenID provider: who comes in, who does not, and what a liar gains."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.clock import SimulatedClock
from mailer.model.team.actor import PROGRAM
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Role
from mailer.web.serving import desk_of
from tests.counterparts.builders import NOON
from tests.counterparts.desk import OWN, PORT, Browser, an_office, give_password, signed_in
from tests.counterparts.identities import a_linked
from tests.counterparts.openid import (
    CLIENT,
    SECRET,
    a_key,
    config_of,
    openid_server,
    signs_in,
    went_there,
)
from tests.counterparts.team import ADA, BEA, PASSWORD

GROUPS = 'groups_claim = "groups"\n[web.groups]\neditor = ["press"]\nsignatory = ["chiefs"]\n'


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def provider(clock):
    with openid_server(clock) as provider:
        yield provider


@pytest.fixture
def opened(tmp_path, clock, provider):
    """Open an office that knows this provider, with further settings of it."""
    offices = []

    def an_open_office(more="", people=(ADA, BEA)):
        app = an_office(tmp_path, clock, people, config_of(provider, more))
        (tmp_path / "oidc.secret").write_text(SECRET, "utf-8")
        (tmp_path / "oidc.secret").chmod(0o600)
        offices.append(app)
        return app

    yield an_open_office
    for app in offices:
        app.__exit__(None, None, None)


@pytest.fixture
def office(opened, provider):
    """An office in which the provider's `s-1` is Bea."""
    app = opened()
    link(app, provider)
    return app


def link(app, provider, person="bea", subject="s-1", **fields):
    linked = a_linked(person, subject, **fields)
    identity = replace(linked.identity, issuer=provider.issuer)
    app.ledger.identities.link(replace(linked, identity=identity), actor=PROGRAM)


def a_browser(app):
    return Browser(desk_of(app, port=PORT))


def later(clock, **duration):
    clock.wait_until(clock.now() + timedelta(**duration))


def who_is_in(app, browser):
    """The name on the page of one's account, or "" for a stranger."""
    page = browser.get("/moi")
    return next((each.name for each in app.ledger.team.people() if each.name in page.text), "")


def test_somebody_known_by_issuer_and_subject_comes_in(office, provider):
    browser = a_browser(office)

    answer = signs_in(provider, browser, "/entrer/fournisseur?suite=/contacts%3Fpage%3D2")

    assert (answer.status, answer.location) == (303, "/contacts?page=2")
    assert who_is_in(office, browser) == BEA.name
    (session,) = office.ledger.sign_ins.sessions("bea", now=office.clock.now())
    assert (session.method, session.subject) == (SignInMethod.PROVIDER, "s-1")
    assert session.expires_at == NOON + timedelta(hours=8)
    (asked,) = provider.asked
    assert (asked["scope"], asked["redirect_uri"]) == (
        "openid profile email",
        f"http://127.0.0.1:{PORT}/entrer/retour",
    )


def test_the_page_of_the_sign_in_has_a_button_for_the_provider(office):
    page = a_browser(office).get("/entrer?suite=/moi")

    assert "Sign in with ProConnect" in page.text
    assert "/entrer/fournisseur?suite=%2Fmoi" in page.text


def test_a_signed_answer_about_the_person_is_read(opened, provider):
    app = opened(GROUPS)
    provider.signs_userinfo = True
    provider.claims = {"sub": "s-7", "given_name": "Zoé", "usual_name": "Né", "groups": ["press"]}

    signs_in(provider, browser := a_browser(app))

    assert who_is_in(app, browser) == "Zoé Né"


OTHER_KEY = a_key("k1")
# What a liar, a thief or a broken provider sends. Each is refused, and opens no session.
LIES = {
    "a token of another issuer": {"token": {"iss": "https://evil.example"}},
    "a token for another client": {"token": {"aud": "somebody else"}},
    "a token for several, and by another": {"token": {"aud": [CLIENT, "x"], "azp": "x"}},
    "a token that answers another request": {"token": {"nonce": "n"}},
    "a token without a nonce": {"token": {"nonce": None}},
    "a token that has ended": {"token": {"exp": int(NOON.timestamp()) - 61}},
    "a token from tomorrow": {"token": {"iat": int(NOON.timestamp()) + 86_400}},
    "a token about nobody": {"token": {"sub": None}},
    "a token about an empty name": {"token": {"sub": ""}},
    "a token about a number": {"token": {"sub": 1}},
    "a token of another access token": {"token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "a key that the provider does not have": {"keys": [a_key("k1")]},
    "a key of an unknown name": {"header": {"kid": "k9"}},
    "a person other than the token's": {"userinfo": {"sub": "s-2"}},
    "a signed answer for another client": {"signs_userinfo": True, "userinfo": {"aud": "x"}},
    "a signed answer of another issuer": {
        "signs_userinfo": True,
        "userinfo": {"iss": "https://evil.example"},
    },
    "a signed answer of yesterday": {
        "signs_userinfo": True,
        "userinfo": {"exp": int(NOON.timestamp()) - 86_400},
    },
    "a provider that answers for another (mix-up)": {"answer": {"iss": "https://evil.example"}},
    "a provider that does not say who it is": {"answer": {"iss": None}},
    "an invented code": {"answer": {"code": "invented"}},
    "no code": {"answer": {"code": None}},
    "an error": {"answer": {"code": None, "error": "server_error"}},
    "a refusal": {"answer": {"code": None, "error": "access_denied"}},
    "a discovery of another provider": {"metadata": {"issuer": "https://evil.example"}},
    "an endpoint without encryption": {"metadata": {"token_endpoint": "http://evil.example/t"}},
    "keys from anywhere": {"metadata": {"jwks_uri": "http://10.0.0.1/keys"}},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_an_answer_that_does_not_prove_who_it_is_opens_nothing(office, provider, lie):
    browser = a_browser(office)
    is_found = "metadata" not in lie
    for name, value in lie.items():
        setattr(provider, name, value)
    if "keys" in lie:
        provider.sign = lambda claims: _signed(claims, OTHER_KEY)

    departure = browser.get("/entrer/fournisseur")
    answer = (
        browser.get(went_there(provider, browser, departure))
        if departure.location.startswith(provider.issuer)
        else departure
    )

    assert answer.status != 303
    assert is_found == departure.location.startswith(provider.issuer)
    assert "was not accepted" in answer.text or "does not work now" in answer.text
    assert who_is_in(office, browser) == ""
    assert office.ledger.sign_ins.sessions("bea", now=NOON) == []


def _signed(claims, key):
    from joserfc import jwt

    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_anybody_could_write_opens_nothing(office, provider, algorithm):
    import base64
    import hmac
    import json

    def forged(claims):
        def coded(value):
            return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

        text = coded({"alg": algorithm, "kid": "k1"}) + b"." + coded(claims)
        public = provider.keys[0].as_pem(private=False)
        sign = b"" if algorithm == "none" else hmac.digest(public, text, "sha256")
        return (text + b"." + base64.urlsafe_b64encode(sign).rstrip(b"=")).decode()

    provider.sign = forged

    answer = signs_in(provider, browser := a_browser(office))

    assert "was not accepted" in answer.text
    assert who_is_in(office, browser) == ""


def test_an_answer_is_for_the_browser_that_began_alone(office, provider):
    victim, thief = a_browser(office), a_browser(office)
    back = went_there(provider, thief, thief.get("/entrer/fournisseur"))

    answer = victim.get(back)

    assert "not begun in this browser" in answer.text
    assert who_is_in(office, victim) == ""


def test_an_answer_is_good_once(office, provider):
    browser = a_browser(office)
    back = went_there(provider, browser, browser.get("/entrer/fournisseur"))
    cookies = dict(browser.cookies)
    browser.get(back)
    again = a_browser(office)
    again.cookies = {name: value for name, value in cookies.items() if "desk" in name}

    assert again.get(back).status == 422
    assert who_is_in(office, again) == ""


def test_the_same_state_with_another_code_opens_nothing(office, provider):
    """A code that somebody got for themself, put into the sign-in of another."""
    victim, thief = a_browser(office), a_browser(office)
    own = went_there(provider, victim, victim.get("/entrer/fournisseur"))
    stolen = went_there(provider, thief, thief.get("/entrer/fournisseur"))
    code = stolen.partition("code=")[2].partition("&")[0]

    answer = victim.get(own.replace(own.partition("code=")[2].partition("&")[0], code))

    assert "was not accepted" in answer.text


def test_a_sign_in_that_took_too_long_begins_anew(office, provider, clock):
    browser = a_browser(office)
    back = went_there(provider, browser, browser.get("/entrer/fournisseur"))
    later(clock, minutes=11)

    assert "took too long" in browser.get(back).text


def test_five_tabs_sign_in_at_once_and_each_ends_where_it_wanted_to(office, provider):
    browser = a_browser(office)
    wanted = [f"/campagnes/c-{number}" for number in range(5)]
    begun = [browser.get(f"/entrer/fournisseur?suite={each}") for each in wanted]

    backs = [went_there(provider, browser, each) for each in begun]
    ended = [browser.get(back).location for back in reversed(backs)]

    assert ended == list(reversed(wanted))


@pytest.mark.parametrize(
    "next_page",
    ["//evil.example", "https://evil.example", "/%5Cevil.example", "%2F%2Fevil.example", "/entrer"],
)
def test_a_sign_in_leads_nowhere_but_into_the_desk(office, provider, next_page):
    answer = signs_in(provider, a_browser(office), f"/entrer/fournisseur?suite={next_page}")

    assert answer.location == "/"


def test_another_site_begins_no_sign_in(office):
    departure = a_browser(office).get(
        "/entrer/fournisseur?suite=/moi",
        sec_fetch_site="cross-site",
        sec_fetch_mode="navigate",
        sec_fetch_dest="document",
    )

    assert departure.location == "/entrer?suite=%2Fmoi"
    assert departure.cookies == []


def test_a_session_has_a_token_of_its_own_whatever_the_browser_had_before(office, provider):
    """Fixation: what an attacker put into a browser is nobody's session afterwards."""
    browser = a_browser(office)
    browser.cookies[f"desk-{PORT}"] = "x" * 43

    signs_in(provider, browser)

    assert browser.cookies[f"desk-{PORT}"] != "x" * 43
    assert who_is_in(office, browser) == BEA.name


def test_new_keys_of_the_provider_are_fetched_when_a_token_names_them(office, provider, clock):
    signs_in(provider, a_browser(office))
    provider.keys.append(a_key("k2"))
    later(clock, minutes=1)

    assert signs_in(provider, a_browser(office)).status == 303


# Who somebody is


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "bea@office.example"},
        {"email": "bea@office.example", "email_verified": True},
        {"email": "BEA@office.example", "email_verified": "true"},
        {"email": "other@office.example", "name": "Bea MARTIN"},
    ],
)
def test_an_address_or_a_name_that_we_know_opens_nothing_and_waits(opened, provider, claims):
    app = opened(GROUPS)
    provider.claims = {"sub": "new", "groups": ["press", "chiefs"]} | claims
    browser = a_browser(app)

    answer = signs_in(provider, browser)

    assert "an administrator has to say" in answer.text
    assert who_is_in(app, browser) == ""
    (waiting,) = app.ledger.identities.waiting()
    assert (waiting.person, waiting.identity.subject) == ("bea", "new")
    assert len(app.ledger.team.people()) == 2


def test_an_administrator_says_who_it_is_and_from_then_on_they_come_in(opened, provider):
    app = opened()
    provider.claims["email"] = "bea@office.example"
    signs_in(provider, a_browser(app))
    ada = signed_in(app, ADA)
    form = {"issuer": provider.issuer, "subject": "s-1", "person": "bea"}

    shown = ada.get("/reglages/personnes").text
    ada.post("/reglages/identites", {**form, "decision": "recognise"})
    signs_in(provider, browser := a_browser(app))

    assert "This is Bea Martin" in shown
    assert who_is_in(app, browser) == BEA.name


def test_a_new_address_there_changes_nothing_but_the_address(opened, provider):
    app = opened()
    link(app, provider, address="bea@office.example")
    provider.claims["email"] = "bea.roy@office.example"

    signs_in(provider, a_browser(app))

    bea = next(each for each in app.ledger.team.people() if each.id == "bea")
    assert str(bea.address) == "bea.roy@office.example"
    assert len(app.ledger.team.people()) == 2


@pytest.mark.parametrize("address", ["ada@office.example", "not an address", ""])
def test_nobody_takes_the_address_of_somebody_else(opened, provider, address):
    app = opened()
    link(app, provider, address="bea@office.example")
    provider.claims["email"] = address

    answer = signs_in(provider, a_browser(app))

    assert answer.status == 303
    assert [str(each.address) for each in app.ledger.team.people()] == [
        "ada@office.example",
        "bea@office.example",
    ]


def test_somebody_unknown_is_told_so_and_leaves_nothing_behind(opened, provider):
    app = opened(GROUPS)
    provider.claims = {"sub": "x", "name": "Cy Roy", "email": "cy@o.example", "groups": ["other"]}

    answer = signs_in(provider, a_browser(app))

    assert "nobody has let you in here" in answer.text
    assert app.ledger.team.people() == [ADA, BEA]
    assert app.ledger.identities.waiting() == []


def test_a_group_admits_somebody_with_its_roles(opened, provider):
    app = opened(GROUPS)
    provider.claims = {"sub": "x", "name": "Cy Roy", "email": "cy@o.example", "groups": "press"}

    signs_in(provider, browser := a_browser(app))

    cy = next(each for each in app.ledger.team.people() if each.id == "cy.roy")
    assert (cy.roles, str(cy.address)) == (frozenset({Role.EDITOR}), "cy@o.example")
    assert who_is_in(app, browser) == "Cy Roy"


def test_who_was_taken_out_of_a_group_loses_its_role_and_the_other_sessions(opened, provider):
    app = opened(GROUPS)
    link(app, provider)
    provider.claims["groups"] = ["chiefs"]
    signs_in(provider, elsewhere := a_browser(app))
    with_group = {each.id: each.roles for each in app.ledger.team.people()}["bea"]

    provider.claims["groups"] = []
    signs_in(provider, here := a_browser(app))

    assert with_group == {Role.EDITOR, Role.SIGNATORY}
    assert {each.id: each.roles for each in app.ledger.team.people()}["bea"] == {Role.EDITOR}
    assert who_is_in(app, elsewhere) == ""
    assert who_is_in(app, here) == BEA.name


@pytest.mark.parametrize("claims", [{"groups": []}, {}, {"groups": 7}, {"groups": ["other"]}])
def test_whom_no_group_admits_any_more_is_out_everywhere(opened, provider, claims):
    app = opened(GROUPS)
    person = {"sub": "x", "name": "Cy Roy"}
    provider.claims = {**person, "groups": ["press"]}
    signs_in(provider, browser := a_browser(app))

    provider.claims = {**person, **claims}
    answer = signs_in(provider, a_browser(app))

    assert "nobody has let you in here" in answer.text
    assert who_is_in(app, browser) == ""


def test_the_last_administrator_is_not_lost_with_a_group(opened, provider):
    app = opened('groups_claim = "g"\n[web.groups]\nadministrator = ["keys"]\n', people=())
    person = {"sub": "x", "name": "Cy Roy"}
    provider.claims = {**person, "g": ["keys"]}
    signs_in(provider, a_browser(app))

    provider.claims = {**person, "g": []}
    answer = signs_in(provider, browser := a_browser(app))

    assert "last administrator" in answer.text
    assert who_is_in(app, browser) == ""
    assert [each.is_administrator for each in app.ledger.team.people()] == [True]


def test_a_closed_account_stays_closed_whatever_the_provider_says(office, provider):
    closed = replace(BEA, disabled_at=NOON)
    office.ledger.team.replace(
        BEA, closed, action="disable-person", detail="", actor=PROGRAM, at=NOON
    )

    answer = signs_in(provider, browser := a_browser(office))

    assert "This account is closed" in answer.text
    assert who_is_in(office, browser) == ""


def test_an_invitation_is_accepted_with_the_provider_instead_of_a_password(opened, provider):
    app = opened()
    ada = signed_in(app, ADA)
    page = ada.post("/reglages/personnes/bea/invitation").text
    token = page.partition("/bienvenue/")[2].partition('"')[0]
    browser = a_browser(app)

    offered = browser.get(f"/bienvenue/{token}").text
    signs_in(provider, browser, f"/entrer/fournisseur?invitation={token}")

    assert f"/entrer/fournisseur?invitation={token}" in offered
    assert who_is_in(app, browser) == BEA.name
    assert browser.get(f"/bienvenue/{token}").status == 410


def test_an_identity_is_added_to_an_account_by_who_is_in_it(opened, provider):
    app = opened()
    browser = signed_in(app, BEA)

    answer = signs_in(provider, browser, "/moi/relier")

    assert answer.location == "/moi?fait=identity-linked"
    assert signs_in(provider, a_browser(app)).status == 303


def test_an_identity_of_somebody_else_is_not_added(office, provider):
    ada = signed_in(office, ADA)

    answer = signs_in(provider, ada, "/moi/relier")

    assert "that of somebody else" in answer.text
    assert office.ledger.identities.of_person("ada") == []


def test_an_identity_that_is_taken_away_signs_nobody_in(office, provider):
    signs_in(provider, browser := a_browser(office))
    form = {"issuer": provider.issuer, "subject": "s-1"}

    signed_in(office, ADA).post("/reglages/personnes/bea/identites", form)

    assert who_is_in(office, browser) == ""
    assert "nobody has let you in" not in signs_in(provider, browser).location


# A proof, and what is typed meanwhile


def a_proof(provider, browser, path="/entrer/fournisseur?preuve=1"):
    return signs_in(provider, browser, path)


def test_a_sign_in_by_the_session_there_proves_nothing(office, provider, clock):
    """Whoever sits at the open screen comes in by one click, and may not launch by it."""
    provider.auth_time = NOON - timedelta(hours=3)

    signs_in(provider, browser := a_browser(office))
    asked = browser.post("/contacts/export.xlsx")

    assert asked.status == 403
    assert "Prove it with ProConnect" in asked.text


def test_a_proof_at_the_provider_counts_and_what_was_typed_is_sent_by_its_person(
    office, provider, clock
):
    give_password(office, ADA)
    link(office, provider, "ada", "s-9")
    provider.claims = {"sub": "s-9"}
    signs_in(provider, browser := a_browser(office))
    typed = {"name": "Cy Roy", "address": "", "roles": "reader"}
    asked = browser.post("/reglages/personnes", typed)
    elsewhere = asked.text.partition('href="/entrer/fournisseur?preuve=1')[2].partition('"')[0]
    before = len(office.ledger.team.people())

    later(clock, minutes=1)
    provider.auth_time = clock.now()
    proved = a_proof(provider, browser, f"/entrer/fournisseur?preuve=1{elsewhere}")
    kept = browser.get(proved.location)
    done = browser.post("/reglages/personnes", typed)

    assert provider.asked[-1]["prompt"] == "login"
    assert provider.asked[-1]["max_age"] == "0"
    assert proved.location.startswith("/repris/")
    assert kept.hidden("name") == "Cy Roy"
    assert before == 2
    assert done.location.endswith("fait=person-added")


@pytest.mark.parametrize("ago", [None, timedelta(minutes=2), timedelta(days=1)])
def test_an_old_proof_there_is_none(office, provider, ago):
    signs_in(provider, browser := a_browser(office))
    provider.auth_time = ago and NOON - ago

    answer = a_proof(provider, browser)

    assert "does not say that you proved again" in answer.text
    assert browser.post("/contacts/export.xlsx").status == 403


def test_a_proof_of_somebody_else_is_none(office, provider, clock):
    signs_in(provider, browser := a_browser(office))
    provider.claims, provider.auth_time = {"sub": "s-2"}, clock.now()

    answer = a_proof(provider, browser)

    assert "Somebody else signed in at the provider" in answer.text
    assert browser.post("/contacts/export.xlsx").status == 403


def test_what_was_typed_when_the_session_had_ended_comes_back_by_the_provider(
    office, provider, clock
):
    signs_in(provider, browser := a_browser(office))
    later(clock, hours=9)
    text = "\nPremière ligne\r\n« deux »\u202f!\r\n"

    sent = browser.post("/moi", {"text": text})
    page = browser.get(sent.location).text
    way = "/entrer/fournisseur?" + page.partition("/entrer/fournisseur?")[2].partition('"')[0]
    shown = browser.get(signs_in(provider, browser, way).location).text

    assert "\n" + text.replace("\r\n", "\n") + "</textarea>" in shown


def test_signing_out_here_signs_out_there(office, provider):
    signs_in(provider, browser := a_browser(office))

    page = browser.post("/sortir")

    assert f"{provider.issuer}/logout?id_token_hint=" in page.text
    assert "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1" in page.text
    assert who_is_in(office, browser) == ""


def test_a_provider_that_is_away_leaves_the_password(office, provider):
    provider.metadata = {"jwks_uri": "x"}
    give_password(office, ADA)
    browser = a_browser(office)

    away = browser.get("/entrer/fournisseur")
    browser.post("/entrer", {"name": "ada", "password": PASSWORD}, OWN)

    assert "does not work now" in away.text
    assert who_is_in(office, browser) == ADA.name


def test_only_a_sign_in_of_the_asked_strength_is_accepted(opened, provider):
    app = opened('acr_values = ["eidas2", "eidas3"]\n')
    link(app, provider)

    provider.token = {"acr": "eidas1"}
    weak = signs_in(provider, a_browser(app))
    provider.token = {"acr": "eidas2"}
    strong = signs_in(provider, a_browser(app))

    assert "stronger sign-in" in weak.text
    assert strong.status == 303
    assert provider.asked[-1]["acr_values"] == "eidas2 eidas3"
