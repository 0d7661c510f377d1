"""A relay that has recognised people: believed when it is listed, and nobody else in its place."""

import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from getpass import getuser
from threading import Thread

import httpx
import pytest
from starlette.datastructures import Headers

from mailer.clock import SimulatedClock
from mailer.config.web_sections import ProxySettings
from mailer.model.team.actor import PROGRAM
from mailer.model.team.identity import ProviderIdentity
from mailer.model.team.person import Role
from mailer.receiver.serving import OpenPorts
from mailer.web.peers import Peers, proven_by
from mailer.web.serving import desk_of
from tests.counterparts.builders import NOON
from tests.counterparts.desk import HOST, PORT, Browser, an_office, give_password
from tests.counterparts.identities import a_linked
from tests.counterparts.team import ADA, BEA, PASSWORD

CONFIG = """
[web.proxy]
trusted = [{trusted}]
issuer = "renater"
subject = "X-Desk-Subject"
name = "X-Desk-Name"
address = "X-Desk-Address"
groups = "X-Desk-Groups"
logout_url = "https://desk.office.example/Shibboleth.sso/Logout"
[web.groups]
editor = ["press"]
signatory = ["chiefs"]
"""
BEA_THERE = ProviderIdentity("renater", "b-1")


@contextmanager
def office_behind(tmp_path, trusted):
    with an_office(
        tmp_path, SimulatedClock(NOON), [ADA, BEA], CONFIG.format(trusted=trusted)
    ) as app:
        app.ledger.identities.link(a_linked("bea", identity=BEA_THERE), actor=PROGRAM)
        yield app


@pytest.fixture
def office(tmp_path):
    with office_behind(tmp_path, '"127.0.0.1"') as app:
        yield app


def named(subject="b-1", groups="press", **more):
    return {"x-desk-subject": subject, "x-desk-groups": groups} | more


def entered(app, **headers):
    """A browser that asked for a page, and was led through the sign-in."""
    browser = Browser(desk_of(app, port=PORT))
    led = browser.get("/moi", **headers)
    browser.get(led.location, **headers)
    return browser


def test_whom_the_relay_names_is_in_without_a_page_to_sign_in_at(office):
    browser = Browser(desk_of(office, port=PORT))

    led = browser.get("/contacts?page=2", **named())
    back = browser.get(led.location, **named())

    assert back.location == "/contacts?page=2"
    assert BEA.name in browser.get("/moi", **named()).text


def test_a_newcomer_of_an_admitted_group_has_their_name_in_any_letters(office):
    headers = named("c-1", "x;press", **{"x-desk-name": "Zoé Né"})

    browser = entered(office, **headers)

    assert "Zoé Né" in browser.get("/moi", **headers).text


@pytest.mark.parametrize(
    "headers",
    [named(), named("ada"), {**named(), "x-forwarded-for": "127.0.0.1"}, {"forwarded": "by=unix"}],
)
def test_headers_from_anybody_else_are_dropped(tmp_path, headers):
    with office_behind(tmp_path, '"10.0.0.0/8", "unix"') as app:
        browser = entered(app, **headers)

        assert browser.get("/moi", **headers).location == "/entrer?suite=%2Fmoi"
        assert app.ledger.sign_ins.sessions("bea", now=NOON) == []


@pytest.mark.parametrize(
    "now_named",
    [{}, named("a-1"), named(groups="press"), named(groups="")],
    ids=["nobody", "somebody else", "other groups", "no group"],
)
def test_a_session_ends_as_soon_as_the_relay_says_something_else(office, now_named):
    browser = entered(office, **named(groups="press;chiefs"))

    sent = browser.post("/moi", {"language": "fr"}, {**_own(), **now_named})

    assert sent.location.startswith("/entrer?garde=")
    assert office.ledger.team.people()[1].language == ""


def _own():
    return {"sec-fetch-site": "same-origin", "origin": f"http://{HOST}"}


def test_other_groups_give_other_roles_at_the_next_click(office):
    entered(office, **named(groups="press;chiefs"))
    with_both = {each.id: each.roles for each in office.ledger.team.people()}["bea"]

    entered(office, **named(groups="press"))

    assert with_both == {Role.EDITOR, Role.SIGNATORY}
    assert {each.id: each.roles for each in office.ledger.team.people()}["bea"] == {Role.EDITOR}


def test_being_named_by_the_relay_proves_nothing_for_an_act_that_asks_for_a_proof(office):
    browser = entered(office, **named())

    assert browser.post("/contacts/export.xlsx", {}, {**_own(), **named()}).status == 403


def test_signing_out_leads_to_the_relays_own_sign_out(office):
    browser = entered(office, **named())

    page = browser.post("/sortir", {}, {**_own(), **named()})

    assert "https://desk.office.example/Shibboleth.sso/Logout" in page.text


SETTINGS = ProxySettings(trusted=("10.0.0.0/8",), subject="X-Desk-Subject")


@pytest.mark.parametrize(
    ("peer", "forwarded", "place"),
    [
        ("192.0.2.9", "198.51.100.1", "192.0.2.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", ""),
        ("10.0.0.1", "not an address", ""),
        ("127.0.0.1", "198.51.100.1", ""),
    ],
)
def test_the_readers_address_is_what_a_trusted_relay_saw(peer, forwarded, place):
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"type": "http", "client": (peer, 1), "headers": headers}

    assert Peers(SETTINGS).place_of(scope) == place


def test_a_relay_that_names_nobody_is_believed_about_nothing():
    assert proven_by(Headers({"x-desk-subject": "  "}), SETTINGS) is None
    assert proven_by(Headers({"x-desk-subject": "x"}), ProxySettings()) is None


# A real nginx, over a Unix socket

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NGINX_CONFIG = """
user {user}; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  map $arg_as $subject {{ default ""; bea "b-1"; }}
  server {{
    listen unix:{folder}/front.sock;
    location / {{
      proxy_pass http://unix:{folder}/desk.sock;
      proxy_set_header Host {host};
      proxy_set_header X-Forwarded-For 198.51.100.7;
      proxy_set_header X-Desk-Subject $subject;
      proxy_set_header X-Desk-Name "";
      proxy_set_header X-Desk-Address "";
      proxy_set_header X-Desk-Groups "press";
    }}
  }}
}}
"""


@contextmanager
def nginx_before(app, folder):
    """The desk on a Unix socket, and Debian's nginx before it."""
    text = NGINX_CONFIG.format(folder=folder, host=HOST, user=getuser())
    (folder / "nginx.conf").write_text(text, "utf-8")
    with ExitStack() as stack:
        ports = OpenPorts()
        ports.add_socket(folder / "desk.sock", desk_of(app, port=PORT), stack)
        thread = Thread(target=ports.serve, kwargs={"shutdown_s": 1})
        thread.start()
        stack.callback(thread.join)
        stack.callback(ports.stop)
        running = subprocess.Popen(
            [NGINX, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")],
            stderr=subprocess.PIPE,
        )
        stack.callback(running.stderr.close)
        stack.callback(running.wait)
        stack.callback(running.terminate)
        transport = httpx.HTTPTransport(uds=str(folder / "front.sock"), retries=8)
        yield stack.enter_context(httpx.Client(transport=transport, base_url=f"http://{HOST}"))


# A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
@pytest.mark.skipif(NGINX is None, reason="nginx is missing: install Debian's nginx-light")
def test_nginx_names_people_and_what_readers_write_themselves_never_arrives(tmp_path):
    folder = tmp_path / "n"
    folder.mkdir()
    forged = {"X-Desk-Subject": "b-1", "X-Desk-Groups": "chiefs", "X-Forwarded-For": "1.2.3.4"}
    with office_behind(tmp_path / "office", '"unix"') as app, nginx_before(app, folder) as reader:
        stranger = reader.get("/entrer", headers=forged)
        known = reader.get("/entrer?as=bea&suite=/contacts", headers=forged)
        (session,) = app.ledger.sign_ins.sessions("bea", now=NOON)
        page = reader.get("/moi?as=bea")
        gone = reader.get("/moi", headers=forged)

    assert (stranger.status_code, "set-cookie" in stranger.headers) == (200, False)
    assert known.headers["location"] == "/contacts"
    assert (session.method, session.place) == ("proxy", "198.51.100.7")
    assert BEA.name in page.text
    assert gone.headers["location"] == "/entrer?suite=%2Fmoi"


# Guessing, counted by the address that the relay saw


def tries(app, name, password, place):
    browser = Browser(desk_of(app, port=PORT))
    headers = {**_own(), "x-forwarded-for": place}
    return browser.post("/entrer", {"name": name, "password": password}, headers)


def test_one_place_that_tries_many_names_is_slowed_down_and_no_other(office):
    give_password(office, ADA)
    for number in range(20):
        tries(office, f"nobody {number}", "a wrong password", "198.51.100.9")

    slowed = tries(office, "ada", PASSWORD, "198.51.100.9")
    elsewhere = tries(office, "ada", PASSWORD, "203.0.113.4")

    assert "many wrong passwords from your network address" in slowed.text
    assert elsewhere.status == 303


def test_right_passwords_from_one_place_are_never_counted(office):
    give_password(office, ADA)

    answers = [tries(office, "ada", PASSWORD, "198.51.100.9").status for _number in range(25)]

    assert set(answers) == {303}
