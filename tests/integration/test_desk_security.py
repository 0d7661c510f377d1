"""Who may speak to the desk: hosts, pages of other sites, people who are not signed in."""

import ast
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.requests import Request

import mailer.web
from mailer.clock import SimulatedClock
from mailer.errors import MailerError
from mailer.model.team.actor import PROGRAM
from mailer.model.team.identity import SignInMethod
from mailer.model.team.permission import PERMISSIONS, Act
from mailer.model.team.person import Role
from mailer.model.team.sign_in import IDLE
from mailer.operations.team.sign_in import new_session, visitor_of
from mailer.web.desk import Desk
from mailer.web.forms import Form
from mailer.web.routes import SCREENS
from mailer.web.security import PAGE_POLICY, own_hosts
from mailer.web.serving import desk_of
from mailer.web.sessions import Cookie, person_of, safe_path
from tests.counterparts.builders import NOON
from tests.counterparts.desk import HOST, OWN, PORT, Browser, an_office, give_password, signed_in
from tests.counterparts.strange_mails import strange_mail
from tests.counterparts.team import ADA, BEA, PASSWORD, a_person

CAMPAIGN = "2017-12-09-recherche-associations"
OTHER = "https://elsewhere.example"


@pytest.fixture
def clock():
    return SimulatedClock(NOON)


@pytest.fixture
def office(tmp_path, clock):
    with an_office(tmp_path, clock, [ADA, BEA]) as app:
        yield app


def later(clock, **duration):
    clock.wait_until(clock.now() + timedelta(**duration))


# The headers of each case are those that Chromium 141 and Firefox 143 send: see
# tests/browser/test_desk_requests.py, which records some of them from a real browser.
FROM_OWN_PAGES = {
    "a form over http on loopback": OWN,
    "a script of the page": {**OWN, "sec-fetch-mode": "cors"},
    "a form over http on a host name, without fetch metadata": {"origin": f"http://{HOST}"},
    "a browser that sends no Origin with a form": {"sec-fetch-site": "same-origin"},
}
FROM_ELSEWHERE = {
    "a form of another site": {"sec-fetch-site": "cross-site", "origin": OTHER},
    "a form of another port": {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:1"},
    "a sandboxed frame": {"sec-fetch-site": "cross-site", "origin": "null"},
    "a sandboxed frame of ours": {"sec-fetch-site": "same-origin", "origin": "null"},
    "an old browser on another site": {"origin": OTHER},
    "an old browser with a hidden origin": {"origin": "null"},
    "https where we speak http": {"sec-fetch-site": "same-origin", "origin": f"https://{HOST}"},
    "the address bar": {"sec-fetch-site": "none"},
    "a silent client": {},
    "words that are no site": {"sec-fetch-site": "same-origin, cross-site"},
    "only a referrer": {"referer": f"http://{HOST}/moi"},
}


@pytest.mark.parametrize("headers", FROM_OWN_PAGES.values(), ids=FROM_OWN_PAGES)
def test_a_form_of_the_desk_is_taken(office, headers):
    browser = signed_in(office, ADA)

    answer = browser.post("/moi", {"language": "fr"}, headers)

    assert answer.status == 303
    assert [each.language for each in office.ledger.team.people()] == ["fr", ""]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE)
def test_a_form_from_elsewhere_is_refused_and_changes_nothing(office, headers):
    browser = signed_in(office, ADA)
    lines = office.ledger.journal.entries()

    answer = browser.post("/moi", {"language": "fr"}, headers)

    assert answer.status == 403
    assert office.ledger.journal.entries() == lines


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_no_method_but_get_and_head_comes_in_without_proof(office, method):
    assert signed_in(office, ADA).send(method, "/moi", headers={}).status == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "",
        None,
        f"127.0.0.1:{PORT}.evil.example",
        f"127.0.0.1.nip.example:{PORT}",
        f"0.0.0.0:{PORT}",
    ],
)
def test_a_name_that_only_resolves_to_this_machine_is_refused(office, host):
    browser = Browser(desk_of(office, port=PORT), host=host)

    assert browser.get("/entrer").status == 421
    assert browser.post("/entrer", {"name": "ada"}, {"origin": f"http://{host}"}).status == 421


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_the_names_of_this_machine_are_known(office, host):
    assert Browser(desk_of(office, port=PORT), host=host).get("/entrer").status == 200


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("cross-site", "navigate", "document", 200),
        ("same-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "navigate", "object", 403),
        ("cross-site", "no-cors", "image", 403),
        ("cross-site", "no-cors", "script", 403),
        ("cross-site", "cors", "empty", 403),
        ("same-site", "no-cors", "style", 403),
    ],
)
def test_another_site_may_link_here_and_load_nothing(office, site, mode, dest, status):
    headers = {"sec_fetch_site": site, "sec_fetch_mode": mode, "sec_fetch_dest": dest}

    assert signed_in(office, ADA).get("/moi", **headers).status == status


@pytest.mark.parametrize("path", ["/moi", "/entrer", "/nulle-part", "/reglages/personnes"])
def test_every_answer_has_the_headers_that_close_it(office, path):
    headers = signed_in(office, ADA).get(path).headers

    assert headers["content-security-policy"] == PAGE_POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    # `no-referrer` would make browsers send `Origin: null` from our own forms.
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_refusal_has_them_too(office):
    refused = signed_in(office, ADA).post("/moi", {}, {"origin": OTHER})

    assert refused.headers["content-security-policy"] == PAGE_POLICY
    assert refused.headers["cache-control"] == "no-store"


def test_styles_may_be_kept_because_their_address_changes(office):
    browser = Browser(desk_of(office, port=PORT))

    assert "immutable" in browser.get("/fixe/desk.css?v=1").headers["cache-control"]
    assert browser.get("/fixe/desk.css").headers["cache-control"] == "no-store"
    assert browser.get("/fixe/../routes.py").status == 404


def test_behind_https_only_the_public_name_may_send_forms(tmp_path, clock):
    config = '[web]\npublic_url = "https://desk.office.example"\n'
    with an_office(tmp_path, clock, [ADA], config) as app:
        browser = Browser(desk_of(app, port=PORT), host="desk.office.example")
        give_password(app, ADA)
        form = {"name": "ada", "password": PASSWORD}

        by_http = browser.post("/entrer", form, {"origin": "http://desk.office.example"})
        by_https = browser.post("/entrer", form, {"origin": "https://desk.office.example"})

        assert (by_http.status, by_https.status) == (403, 303)
        (cookie,) = by_https.cookies
        assert cookie.startswith("__Host-desk=")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
        assert "domain" not in cookie.lower()
        assert by_https.location.startswith("/")


def test_the_cookie_of_a_loopback_desk_carries_its_port():
    assert Cookie(8911, is_https=False).name == "desk-8911"


def test_the_cookie_is_for_the_server_alone(office):
    give_password(office, ADA)

    answer = Browser(desk_of(office, port=PORT)).post(
        "/entrer", {"name": "ada", "password": PASSWORD}
    )

    (cookie,) = answer.cookies
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_the_public_address_is_known_with_its_port():
    reached = own_hosts(port=8765, public_url="https://desk.office.example:8443")

    assert "desk.office.example:8443" in reached.hosts
    assert reached.public_origin == "https://desk.office.example:8443"


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/campagnes/x?etape=1", "/campagnes/x?etape=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\n/evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/é", "/"),
        ("", "/"),
        ("/entrer", "/"),
    ],
)
def test_a_sign_in_leads_back_to_the_desk_only(asked, led_to):
    assert safe_path(asked) == led_to


# Sessions


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_a_stranger_sees_no_screen_but_those_where_people_come_in(office, screen):
    browser = Browser(desk_of(office, port=PORT))
    path = screen.path.replace("{slug}", CAMPAIGN).replace("{", "").replace("}", "")

    shown = browser.get(path)

    if path.startswith(("/entrer", "/bienvenue/", "/signer/")):
        assert shown.status in {200, 303, 404, 410, 422}
    else:
        assert (shown.status, shown.location.partition("?")[0]) == (303, "/entrer")
        if screen.act:
            assert browser.post(path).location == "/entrer?perdu=1"


def test_a_script_without_a_session_is_answered_401(office):
    browser = Browser(desk_of(office, port=PORT))

    assert browser.get("/campagnes", sec_fetch_mode="cors").status == 401
    assert browser.post("/moi", {}, {**OWN, "sec-fetch-mode": "cors"}).status == 401


def test_an_invented_token_is_nobodys(office):
    browser = signed_in(office, ADA)
    browser.cookies[f"desk-{PORT}"] = "x" * 43

    assert browser.get("/moi").location == "/entrer?suite=%2Fmoi"


def test_what_was_typed_after_the_session_had_ended_comes_back_and_does_nothing(office, clock):
    browser = signed_in(office, ADA)
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    clock.wait_until(clock.now() + IDLE)
    typed = {"name": "Cy Roy", "address": "cy@office.example", "roles": ["editor", "reader"]}

    sent = browser.post("/reglages/personnes", {**typed, "password": "typed secret"})
    shown = browser.get(sent.location)
    entered = browser.post(
        "/entrer", {"name": "ada", "password": PASSWORD, "garde": shown.hidden("garde")}
    )
    kept = browser.get(entered.location)

    assert "What you typed is kept" in shown.text
    assert [each.name for each in office.ledger.team.people()] == [ADA.name, BEA.name]
    assert 'action="/reglages/personnes"' in kept.text
    assert kept.hidden("name") == "Cy Roy"
    assert kept.text.count('name="roles"') == 2
    assert "typed secret" not in kept.text

    browser.post("/reglages/personnes", typed)
    assert "Cy Roy" in [each.name for each in office.ledger.team.people()]


def test_a_file_chosen_after_the_session_had_ended_is_asked_for_again_by_its_name(office, clock):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, days=20)
    body = (
        '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nUne nuit\r\n'
        '--x\r\nContent-Disposition: form-data; name="word"; filename="avis.docx"\r\n\r\nPK\r\n--x--\r\n'
    )

    headers = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    sent = browser.send("POST", "/campagnes/nouvelle", body=body, headers=headers)
    garde = browser.get(sent.location).hidden("garde")
    entered = browser.post("/entrer", {"name": "ada", "password": PASSWORD, "garde": garde})
    kept = browser.get(entered.location).text

    assert "Choose the file “avis.docx” again" in kept
    assert 'name="word" type="file" required' in kept
    assert 'enctype="multipart/form-data"' in kept
    assert "It is all here" not in kept
    assert "chosen:" not in kept


def test_a_long_text_comes_back_byte_for_byte(office, clock):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, days=20)
    text = "\nPremière ligne\r\n<b>« deux »</b>\u202f!\r\n"

    sent = browser.post("/moi", {"text": text})
    entered = browser.post(
        "/entrer",
        {"name": "ada", "password": PASSWORD, "garde": browser.get(sent.location).hidden("garde")},
    )
    shown = browser.get(entered.location).text

    # A browser drops the first line end of a textarea, so that one is added.
    assert "\n" + text.replace("\r\n", "\n") + "</textarea>" in shown


def test_short_fields_come_back_too_and_are_called_as_on_their_page(office, clock):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, days=1)
    typed = {
        "title": "La mer",
        "venue": "Le Havre",
        "event.day": "2017-12-30",
        "kind": "advisory",
        "base": "3",
    }
    sent = browser.post("/campagnes/nouvelle", typed)
    kept = browser.get(sent.location).hidden("garde")
    entered = browser.post("/entrer", {"name": "ada", "password": PASSWORD, "garde": kept})

    page = browser.get(entered.location)

    shown = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page.text)
    assert shown == [
        ("Title of the campaign", "La mer"),
        ("Where?", "Le Havre"),
        ("The day on which it starts", "Saturday 30 December 2017"),
        ("Kind of document", "media advisory"),
    ]
    assert {name: page.hidden(name) for name in typed} == typed


def test_somebody_else_at_the_same_browser_does_not_see_what_was_typed(office, clock):
    browser = signed_in(office, ADA)
    give_password(office, BEA)
    later(clock, days=1)
    kept = browser.get(browser.post("/moi", {"text": "private"}).location).hidden("garde")

    entered = browser.post("/entrer", {"name": "bea", "password": PASSWORD, "garde": kept})
    shown = browser.get(entered.location)

    assert shown.status == 404
    assert "private" not in shown.text


def test_what_came_back_can_be_thrown_away(office, clock):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, days=1)
    kept = browser.get(browser.post("/moi", {"text": "x"}).location).hidden("garde")
    browser.post("/entrer", {"name": "ada", "password": PASSWORD, "garde": kept})

    dropped = browser.post(f"/repris/{kept}")

    assert dropped.location == "/?fait=dropped"
    assert browser.get(f"/repris/{kept}").status == 404


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("//evil.example/moi", "/"),
        ("/reglages/personnes/Cl%C3%A9%20d", "/reglages/personnes/Cl%C3%A9%20d"),
    ],
)
def test_what_was_typed_is_sent_to_the_desk_alone(office, clock, path, action):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, days=1)
    kept = browser.get(browser.post(path, {"text": "x"}).location).hidden("garde")

    entered = browser.post("/entrer", {"name": "ada", "password": PASSWORD, "garde": kept})

    assert f'action="{action}"' in browser.get(entered.location).text


def test_a_closed_account_is_out_at_the_next_click(office):
    browser = signed_in(office, BEA)
    office.ledger.team.replace(
        BEA,
        replace(BEA, disabled_at=office.clock.now()),
        action="disable-person",
        detail="",
        actor=PROGRAM,
        at=office.clock.now(),
    )

    led = browser.get("/moi").location
    assert led == "/entrer?suite=%2Fmoi&ferme=1"
    assert "Your account is closed" in browser.get(led).text
    assert browser.post("/moi", {"language": "fr"}).location.startswith("/entrer?garde=")
    assert browser.post("/moi", {}, {**OWN, "sec-fetch-mode": "cors"}).status == 403


def test_other_roles_hold_from_the_next_click_on(office):
    browser = signed_in(office, BEA)
    before = browser.get("/reglages/personnes")
    office.ledger.team.replace(
        BEA,
        replace(BEA, roles=frozenset({Role.ADMINISTRATOR})),
        action="change-roles",
        detail="",
        actor=PROGRAM,
        at=office.clock.now(),
    )

    assert "Bea Martin may not" in before.text
    assert browser.get("/reglages/personnes").status == 200


def test_signing_out_ends_the_session_and_not_only_the_cookie(office):
    browser = signed_in(office, ADA)
    cookies = dict(browser.cookies)

    browser.post("/sortir")
    browser.cookies = cookies

    assert browser.get("/moi").status == 303


# The password again


def test_an_act_that_must_be_proved_asks_for_the_password_and_keeps_the_form(office, clock):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, minutes=10)
    typed = {"name": "Cy Roy", "address": "", "roles": "reader"}

    asked = browser.post("/reglages/personnes", typed)
    wrong = browser.post("/reglages/personnes", {**typed, "password": "wrong"})
    done = browser.post("/reglages/personnes", {**typed, "password": PASSWORD})

    assert asked.status == 403
    assert asked.hidden("name") == "Cy Roy"
    assert "do not go together" in wrong.text
    assert wrong.hidden("name") == "Cy Roy"
    assert (done.status, done.location) == (303, "/reglages/personnes/cy.roy?fait=person-added")
    actions = [entry.action for entry in office.ledger.journal.entries("team")]
    assert actions[-2:] == ["prove-identity", "add-person"]


@pytest.mark.parametrize(
    "page",
    [
        "/contacts/export.xlsx",
        f"/campagnes/{CAMPAIGN}/bilan.csv",
        f"/campagnes/{CAMPAIGN}/bilan.xlsx",
    ],
)
def test_an_export_of_people_asks_for_the_password_first_and_has_its_line(office, clock, page):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, minutes=10)

    asked = browser.post(page)
    before = [entry.action for entry in office.ledger.journal.entries()]
    begun = browser.post(page, {"password": PASSWORD})
    file = browser.get(_finished(browser, begun.location).location)
    later(clock, minutes=10)
    fetched_later = browser.get(begun.location.partition("?")[0] + "/fichier")

    assert asked.status == 403
    assert "export" not in before
    assert file.headers["content-disposition"].startswith("attachment")
    actions = [entry.action for entry in office.ledger.journal.entries()]
    assert actions.index("export") < actions.index("fetch-export")
    assert actions.count("fetch-export") == 1
    assert fetched_later.location.startswith("/confirmer?suite=%2Ftravaux%2F")


def test_the_page_that_asked_who_one_is_says_that_it_is_done_when_a_file_follows(office, clock):
    give_password(office, ADA)
    browser = signed_in(office, ADA)
    later(clock, minutes=10)
    table = f"/campagnes/{CAMPAIGN}/accreditations/registre.xlsx"

    fetched = browser.post("/confirmer", {"suite": table, "password": PASSWORD})
    later(clock, minutes=10)
    proved = browser.post("/journal.xlsx", {"acte": "sign-in", "password": PASSWORD})
    written = [entry.action for entry in office.ledger.journal.entries()]
    file = browser.post("/journal.xlsx", {"acte": proved.hidden("acte")})

    assert fetched.status == 200
    assert fetched.headers["refresh"] == f"0;url={table}"
    assert "Nothing is left to do on this page" in fetched.text
    assert proved.status == 200
    assert 'action="/journal.xlsx"' in proved.text
    assert "export" not in written
    assert PASSWORD not in proved.text
    assert file.headers["content-disposition"].startswith("attachment")


def _finished(browser, work):
    """The answer of a page of work in the background when the work has ended."""
    page = browser.get(work)  # the desk waits a while before it answers
    while "<progress" in page.text:
        page = browser.get(work)
    return page


def test_who_has_no_password_is_led_to_choosing_one(office, clock):
    browser = signed_in(office, ADA)
    later(clock, minutes=10)

    asked = browser.post("/reglages/personnes", {"name": "Cy", "roles": "reader"})

    assert 'href="/moi"' in asked.text


# Every address and every role

CAMPAIGNS = "/campagnes/{slug}"
TEAM = "/reglages/personnes"
ACTS = {
    "/sortir": None,
    "/confirmer": None,
    "/entrer": None,
    "/bienvenue/{token}": None,
    "/signer/{token}": None,
    "/repris/{form}": None,
    "/moi": None,
    "/moi/mot-de-passe": None,
    "/moi/sessions": None,
    "/moi/identites": None,
    "/entrer/code": None,
    "/entrer/cle": None,
    "/moi/second-facteur": None,
    "/moi/second-facteur/retirer": None,
    "/moi/cles": None,
    "/moi/cles/retirer": None,
    f"{CAMPAIGNS}/essai": Act.SEND_PROOF,
    f"{CAMPAIGNS}/bon-a-tirer": Act.SIGN_OFF,
    f"{CAMPAIGNS}/lancement": Act.LAUNCH,
    f"{CAMPAIGNS}/suspendre": Act.PAUSE,
    f"{CAMPAIGNS}/reprendre": Act.RESUME_OWN_PAUSE,
    f"{CAMPAIGNS}/annuler": Act.CANCEL,
    f"{CAMPAIGNS}/rectifier": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/rectifier/bon-a-tirer": Act.SIGN_OFF,
    f"{CAMPAIGNS}/rectifier/lancer": Act.LAUNCH,
    f"{CAMPAIGNS}/rectifier/abandonner": Act.EDIT_CAMPAIGN,
    "/demonstration": Act.LAUNCH,
    "/horloge": Act.CONFIRM_CLOCK,
    "/tout-suspendre": Act.PAUSE,
    "/tout-reprendre": Act.RESUME_OWN_PAUSE,
    f"{CAMPAIGNS}/renvoyer": Act.LAUNCH,
    f"{CAMPAIGNS}/incertains": Act.RESOLVE,
    f"{CAMPAIGNS}/accreditations": Act.ACCREDIT,
    f"{CAMPAIGNS}/verifications": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/verifications/corriger": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/verifications/liens": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/retombees": Act.NOTE_COVERAGE,
    f"{CAMPAIGNS}/accreditations/confirmer": Act.ACCREDIT,
    f"{CAMPAIGNS}/accreditations/importer": Act.ACCREDIT,
    f"{CAMPAIGNS}/accreditations/porte": Act.ACCREDIT,
    f"{CAMPAIGNS}/accreditations/demandes/{{request}}": Act.ACCREDIT,
    f"{CAMPAIGNS}/accreditations/{{entry}}": Act.ACCREDIT,
    f"{CAMPAIGNS}/accreditations/{{entry}}/remplacer": Act.ACCREDIT,
    "/contacts": Act.EDIT_CONTACTS,
    "/contacts/export.xlsx": Act.EXPORT_PEOPLE,
    "/journal.xlsx": Act.EXPORT_PEOPLE,
    "/conservation": Act.EXPORT_PEOPLE,
    "/contacts/sollicitations.csv": Act.EXPORT_PEOPLE,
    f"{CAMPAIGNS}/bilan.csv": Act.EXPORT_PEOPLE,
    f"{CAMPAIGNS}/bilan.xlsx": Act.EXPORT_PEOPLE,
    "/contacts/importer": Act.IMPORT_CONTACTS,
    "/imports/{file}": Act.IMPORT_CONTACTS,
    "/travaux/{job}": None,
    "/contacts/{contact}": Act.EDIT_CONTACTS,
    "/listes/{list}": Act.EDIT_CONTACTS,
    "/contacts/{contact}/donnees": Act.EXPORT_PEOPLE,
    "/contacts/{contact}/effacer": Act.FORGET,
    "/a-rappeler": Act.CALL_BACK,
    "/a-rappeler/ne-plus-ecrire": Act.SUPPRESS,
    "/oppositions": Act.SUPPRESS,
    "/salle-de-presse": Act.CANCEL,
    "/courrier": Act.SUPPRESS,
    "/courrier/{mail}": Act.SUPPRESS,
    "/courrier/{mail}/courrier.eml": Act.EXPORT_PEOPLE,
    f"{CAMPAIGNS}/repetition": None,
    f"{CAMPAIGNS}/textes/{{file}}/apercu": None,
    "/campagnes/nouvelle": Act.EDIT_CAMPAIGN,
    "/convertir": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/faits": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/faits/brouillon": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/faits/abandonner": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/faits/confirmer": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/calendrier/{{step}}": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/calendrier/{{step}}/brouillon": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/calendrier/{{step}}/abandonner": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/calendrier/{{step}}/retirer": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/nouvelle-etape": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/textes/{{file}}": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/textes/{{file}}/brouillon": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/textes/{{file}}/abandonner": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/textes/{{file}}/commentaires": Act.COMMENT,
    f"{CAMPAIGNS}/textes/{{file}}/supprimer": Act.EDIT_CAMPAIGN,
    f"{CAMPAIGNS}/versions": Act.EDIT_CAMPAIGN,
    TEAM: Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/listes": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/fermer": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/ouvrir": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/invitation": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/sessions": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/second-facteur": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/identites": Act.MANAGE_PEOPLE,
    "/reglages/identites": Act.MANAGE_PEOPLE,
    "/reglages/bureau": Act.CHANGE_OFFICE,
}
"""What a form that is sent to each address asks for; None where everybody may send it."""
SHOWN_TO = {
    "/travaux/{job}/fichier": Act.EXPORT_PEOPLE,
    f"{CAMPAIGNS}/accreditations/porte.xlsx": Act.EXPORT_PEOPLE,
    f"{CAMPAIGNS}/accreditations/registre.xlsx": Act.EXPORT_PEOPLE,
    TEAM: Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/listes": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/fermer": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/ouvrir": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/invitation": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/sessions": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/second-facteur": Act.MANAGE_PEOPLE,
    f"{TEAM}/{{person}}/identites": Act.MANAGE_PEOPLE,
    "/reglages/identites": Act.MANAGE_PEOPLE,
}
"""The pages that only some may see."""
OPEN_TO_ALL = {
    "/",
    "/aide",
    "/aide/mots",
    "/aide/{page}",
    "/calendrier",
    "/signer/{token}/cadre",
    "/entrer/fournisseur",
    "/entrer/retour",
    "/moi/relier",
    "/campagnes",
    CAMPAIGNS,
    *(
        f"{CAMPAIGNS}/{page}"
        for page in (
            "calendrier",
            "destinataires/{step}",
            "messageries",
            "lancement/sante",
            "apercu",
            "apercu/cadre",
            "apercu/message.eml",
            "apercu/suivi",
            "apercu/remarques",
            "apercu/reseaux.zip",
            "apercu/page.html",
            "apercu/salle-de-presse",
            "en-cours",
            "en-cours/personnes",
            "bilan",
            "bilan/imprimer",
            "archive.zip",
            "textes",
            "versions/{first}..{second}",
        )
    ),
    "/accreditations",
    "/courrier/{mail}/cadre",
    "/journal",
    "/contacts/sollicitations",
    "/reglages",
    "/sante",
    "/sante/examen",
}
"""The pages that everybody who is signed in may see, and that hold no form."""
REFUSED = "{name} may not {act}"


def test_every_address_is_in_the_table_of_permissions():
    acting = {screen.path for screen in SCREENS if screen.act}
    shown = {screen.path for screen in SCREENS if not screen.act}

    assert acting == ACTS.keys()
    assert shown == OPEN_TO_ALL | (SHOWN_TO.keys() - ACTS.keys())
    assert {screen.path: screen.needs for screen in SCREENS if screen.needs} == {
        path: act for path, act in {**SHOWN_TO, **ACTS}.items() if act
    }


def a_visit(app, role, path):
    """A visit of somebody with this role alone, who typed their password just now."""
    person = a_person("Cy Roy", role)
    app.ledger.team.add([person], actor=PROGRAM, at=NOON)
    opened = new_session(person, method=SignInMethod.PASSWORD, agent="", now=app.clock.now())
    app.ledger.sign_ins.open_session(opened.session, actor=opened.actor)
    visitor = visitor_of(opened.token, ledger=app.ledger, now=app.clock.now())
    parameters = {
        "slug": CAMPAIGN,
        "job": "j",
        "person": "bea",
        "token": "t",
        "form": "f",
        "file": "f",
        "entry": "e",
        "request": "1",
        "list": "press",
        "mail": "m",
        "page": "lancement",
    }
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", HOST.encode())],
        "path_params": {**parameters, "contact": "c", "step": "announcement"},
        "state": {"visitor": visitor, "cookie": Cookie(PORT, is_https=False)},
    }
    return Desk(app, person_of=person_of).visit(Request(scope))


def is_refused(call, *given):
    """Whether somebody was told that they may not do this."""
    try:
        call(*given)
    except MailerError as error:
        return any(problem.what.sentence == REFUSED for problem in error.problems)
    return False


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("screen", [each for each in SCREENS if each.act], ids=lambda it: it.path)
def test_a_form_is_acted_on_for_those_whose_role_allows_it_alone(office, screen, role):
    act = ACTS[screen.path]
    visit = a_visit(office, role, screen.path)

    refused = is_refused(
        screen.do, visit, Form({"address": ["x@press.example"], "outcome": ["reached"]})
    )

    assert refused == (act is not None and act not in PERMISSIONS[role])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", SHOWN_TO)
def test_a_page_with_people_to_export_or_manage_is_for_some_only(office, path, role):
    screen = next(each for each in SCREENS if each.path == path)

    refused = is_refused(screen.view, a_visit(office, role, path))

    assert refused == (SHOWN_TO[path] not in PERMISSIONS[role])


def test_a_foreign_mail_comes_with_a_policy_that_leaves_it_nothing(office):
    name = strange_mail(office.ledger, "<script>x</script>", at=NOON, kind="text/html")

    frame = signed_in(office, ADA).get(f"/courrier/{name}/cadre")

    assert frame.status == 200
    assert frame.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert frame.headers["x-content-type-options"] == "nosniff"
    assert frame.headers["cache-control"] == "no-store"
    assert "script" not in frame.text


def test_a_view_never_opens_the_door_to_strangers_by_itself():
    """The pages outside are named once, in `sessions`; no view asks who is signed in."""
    views = Path(mailer.web.__file__).parent / "views"
    imports = [
        node.module
        for file in views.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]

    assert "mailer.web.security" not in imports
