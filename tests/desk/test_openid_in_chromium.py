"""A real OpenID provider of somebody else's, and a real browser that goes there and back."""

import json
import socket
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from mailer.clock import WallClock
from tests.counterparts.team import ADA
from tests.counterparts.waiting import wait_until
from tests.desk.served import served_by_name

ZOE = {"sub": "zoe-1", "name": "Zoé Né", "email": "zoe@office.example", "groups": ["press"]}
CONFIG = """
[web.oidc]
issuer = "{issuer}"
client_id = "desk"
client_secret = "env:PATH"
label = "Keycloak"
groups_claim = "groups"
[web.groups]
editor = ["press"]
"""


@contextmanager
def a_provider():
    """The provider in a process of its own; yields its issuer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--user-claims", json.dumps(ZOE)]
    issuer = f"http://localhost:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            wait_until(lambda: _answers(issuer))
            yield issuer
        finally:
            running.terminate()


def _answers(issuer):
    try:
        return httpx.get(f"{issuer}/.well-known/openid-configuration").is_success
    except httpx.TransportError:
        return False


@pytest.fixture
def page(chromium):
    context = chromium.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


def test_somebody_signs_in_at_the_provider_and_comes_back_to_what_they_wanted(
    tmp_path, chromium, page
):
    with a_provider() as issuer:
        config = CONFIG.format(issuer=issuer)
        with served_by_name(tmp_path, [ADA], config, clock=WallClock()) as (app, base):
            page.goto(f"{base}/contacts?page=2")
            page.click("text=Sign in with Keycloak")
            page.click("button[value='zoe-1']")
            page.wait_for_url(f"{base}/contacts?page=2")

            (zoe,) = [each for each in app.ledger.team.people() if each.name == "Zoé Né"]
            (identity,) = app.ledger.identities.of_person(zoe.id)
            page.goto(f"{base}/moi")
            page.click("form[action='/sortir'] button")
            page.wait_for_url(f"{issuer}/**")

            assert (identity.identity.issuer, identity.identity.subject) == (issuer, "zoe-1")
            assert app.ledger.sign_ins.sessions(zoe.id, now=app.clock.now()) == []
