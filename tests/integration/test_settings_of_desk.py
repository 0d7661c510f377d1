"""Each setting of the desk changes who comes in, or where it is reached."""

import socket
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, urlsplit

import pytest

from mailer.clock import SimulatedClock
from mailer.model.team.actor import PROGRAM
from mailer.web.serving import Console, desk_of, serve
from tests.counterparts.builders import NOON
from tests.counterparts.desk import OWN, PORT, Browser, signed_in
from tests.counterparts.openid import CLIENT, SECRET, openid_server, signs_in
from tests.counterparts.team import ADA, BEA
from tests.counterparts.tried_settings import Workplace, trials_of, with_an_empty_ledger
from tests.counterparts.webhook import free_port

CONFIG = f"""\
[office]
name = "Institut"
language = "en"

[web]
port = {free_port()}

[web.oidc]
issuer = "https://login.institut.example"
client_id = "{CLIENT}"
client_secret = "env:SECRET"
groups_claim = "groups"

[web.groups]
editor = ["press"]

[web.proxy]
trusted = ["127.0.0.1"]
subject = "X-Subject"
name = "X-Name"
address = "X-Address"
groups = "X-Groups"
"""
TOLD = {
    "x-subject": "z-1",
    "x-name": "Zoe",
    "x-address": "zoe@login.example",
    "x-groups": "press;chiefs",
}


@contextmanager
def with_people(at):
    with with_an_empty_ledger(at) as app:
        app.ledger.team.add([ADA, BEA], actor=PROGRAM, at=NOON)
        yield app


def newcomers(app):
    """Who is known besides Ada and Bea, by which provider, and until when they are in."""
    people = [each for each in app.ledger.team.people() if each.id not in {"ada", "bea"}]
    sessions = [
        (each.method, each.expires_at)
        for person in people
        for each in app.ledger.sign_ins.sessions(person.id, now=NOON)
    ]
    told = [(each.name, str(each.address), sorted(each.roles)) for each in people]
    entries = [each.detail for each in app.ledger.journal.entries()]
    return told, sessions, entries


def at_the_door(at):
    """The page where people sign in, and where its button leads."""
    with with_people(at) as app:
        return Browser(desk_of(app, port=PORT)).get("/entrer").body


def by_the_provider(at):
    """Somebody signs in at the provider, which says that they belong to the press."""
    with openid_server(SimulatedClock(NOON)) as provider:
        provider.claims |= {"name": "Zoe", "email": "zoe@login.example"}
        provider.claims |= {"groups": ["press"], "teams": ["chiefs"]}
        with with_people(at.having("web.oidc.issuer", f'"{provider.issuer}"')) as app:
            browser = Browser(desk_of(app, port=PORT))
            signs_in(provider, browser)
            return without_issuer(newcomers(app), provider.issuer)


def without_issuer(shown, issuer):
    return repr(shown).replace(issuer, "")


def asked_of_the_provider(at):
    """What the provider is asked when somebody wants to sign in."""
    with openid_server(SimulatedClock(NOON)) as provider:
        at = at.having("web.oidc.issuer", f'"{provider.issuer}"')
        asked = parse_qs(urlsplit(led_there(at)).query)
    return {name: asked.get(name) for name in ("client_id", "scope", "acr_values")}


def led_there(at):
    with with_people(at) as app:
        browser = Browser(desk_of(app, port=PORT))
        return browser.get("/entrer/fournisseur", sec_fetch_site="same-origin").location


def by_the_relay(at):
    """Somebody whom a relay names asks for a page, and signs out then."""
    with with_people(at) as app:
        browser = Browser(desk_of(app, port=PORT))
        led = browser.get("/moi", **TOLD)
        browser.get(led.location, **TOLD)
        shown = newcomers(app)
        own = {name: OWN[name] for name in ("sec-fetch-site", "origin")}
        return shown, browser.post("/sortir", {}, {**own, **TOLD}).body


def by_a_password(at):
    """Where an editor is led who has signed in by a password alone."""
    with with_people(at) as app:
        page = signed_in(app, BEA).get("/")
        return page.status, page.location


def by_another_name(at):
    """What the desk answers somebody who reaches it by a public name."""
    with with_people(at) as app:
        desk = desk_of(app, port=PORT)
        return Browser(desk, host="bureau.institut.example").get("/entrer").status


class _SeenError(Exception):
    """The desk was seen, and is to end."""


def served(at):
    """Where the desk is while it is served."""
    seen = []
    with with_people(at) as app:
        port = app.settings.web.port

        def look(line):
            if "desk:" in str(line):
                seen.append(str(line).rpartition("/")[0])
                seen.append(is_reached(socket.AF_INET, ("127.0.0.1", port)))
                seen.append(is_reached(socket.AF_UNIX, str(at.folder / "desk.sock")))
                raise _SeenError

        console = Console(
            print_line=look,
            failed=print,
            on_tick=print,
            on_outcome=print,
            on_alert=print,
            instruct=str,
        )
        with suppress(_SeenError):
            serve(app, console, with_service=False)
    return seen


def is_reached(family, address):
    with socket.socket(family) as line:
        return line.connect_ex(address) == 0


TRIED = {
    "web.host": ('"::1"', served),
    "web.port": (str(free_port()), served),
    "web.socket": ('"desk.sock"', served),
    "web.public_url": ('"https://bureau.institut.example"', by_another_name),
    "web.oidc.issuer": ('"https://autre.institut.example"', at_the_door),
    "web.oidc.label": ('"ProConnect"', at_the_door),
    "web.oidc.client_id": ('"autre"', asked_of_the_provider),
    "web.oidc.client_secret": ('"env:OTHER"', by_the_provider),
    "web.oidc.scopes": ('["openid", "groups"]', asked_of_the_provider),
    "web.oidc.acr_values": ('["eidas2"]', asked_of_the_provider),
    "web.oidc.groups_claim": ('"teams"', by_the_provider),
    "web.oidc.session_hours": ("2", by_the_provider),
    "web.groups.reader": ('["press"]', by_the_provider),
    "web.groups.editor": ('["chiefs"]', by_the_provider),
    "web.groups.signatory": ('["press"]', by_the_provider),
    "web.groups.administrator": ('["press"]', by_the_provider),
    "web.groups.partner": ('["press"]', by_the_provider),
    "web.second_factor.required_for": ('["editor"]', by_a_password),
    "web.proxy.trusted": ('["10.0.0.0/8"]', by_the_relay),
    "web.proxy.issuer": ('"renater"', by_the_relay),
    "web.proxy.subject": ('"X-Other"', by_the_relay),
    "web.proxy.name": ('"X-Other"', by_the_relay),
    "web.proxy.address": ('"X-Other"', by_the_relay),
    "web.proxy.groups": ('"X-Other"', by_the_relay),
    "web.proxy.separator": ('","', by_the_relay),
    "web.proxy.logout_url": ('"https://relais.institut.example/out"', by_the_relay),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET", SECRET)
        patch.setenv("OTHER", "another")
        yield Workplace(tmp_path_factory.mktemp("desk"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
