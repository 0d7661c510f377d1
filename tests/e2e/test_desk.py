"""The desk as a process: it starts with an address to begin at, and stops when it is asked to."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest

from mailer.ledger import open_ledger
from mailer.model.team.actor import PROGRAM
from mailer.web.serving import SHUTDOWN_S
from tests.counterparts.builders import NOON, a_delivery, a_mailing
from tests.counterparts.team import ADA
from tests.counterparts.waiting import wait_until
from tests.counterparts.webhook import free_port
from tests.e2e.commands import PLAIN, mailer

OFFICE = '[office]\nname = "Institut"\nlanguage = "en"\n'


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "config.toml").write_text(OFFICE, "utf-8")
    return tmp_path


@pytest.fixture
def start(workspace):
    """Starts the desk; returns the process and the address at which to begin."""
    started = []

    def start(*options, command="web", config=""):
        (workspace / "config.toml").write_text(f"{OFFICE}{config}", "utf-8")
        port, out = free_port(), workspace / "out.txt"
        words = ["--workspace", str(workspace), "--lang", "en", command]
        with out.open("w") as written:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "mailer",
                    *words,
                    f"--port={port}",
                    "--no-browser",
                    *options,
                ],
                stdout=written,
                stderr=subprocess.STDOUT,
                cwd=workspace,
                env={**os.environ, **PLAIN},
            )
        started.append(process)

        def address():
            return re.search(r"The desk: (\S+)\n", out.read_text("utf-8"))

        wait_until(address, process=process)
        return process, address()[1], out

    yield start
    for process in started:
        process.kill()
        process.wait()


def asked(address, fields=None, cookie=""):
    """The status, the headers and the text that the desk answers."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=120)
    body = urlencode(fields) if fields is not None else None
    headers = {"cookie": cookie} | (
        {
            "sec-fetch-site": "same-origin",
            "origin": f"http://{parts.netloc}",
            "content-type": "application/x-www-form-urlencoded",
        }
        if fields is not None
        else {}
    )
    with closing(connection):
        path = urlunsplit(("", "", parts.path, parts.query, ""))
        connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def test_an_empty_workspace_begins_with_the_first_administrator(start, workspace):
    process, address, out = start()
    password = "quatre mots pour entrer"
    account = {"name": "Ada Lovelace", "address": "", "new": password, "again": password}

    assert "Create my account" in asked(address)[2]
    status, headers, _text = asked(address, account)
    cookie = headers["set-cookie"].partition(";")[0]
    home = address.partition("/bienvenue")[0] + "/"

    assert status == 303
    assert asked(home, cookie=cookie)[0] == 200
    assert asked(address)[0] == 410
    assert asked(home)[0] == 303
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert "Traceback" not in out.read_text("utf-8")
    ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
    assert [each.name for each in ledger.team.people()] == ["Ada Lovelace"]
    ledger.close()


def test_what_an_administrator_changed_holds_after_a_start_from_the_desk_itself(start, workspace):
    process, address, out = start()
    cookie, base = signed_in(address), address.partition("/bienvenue")[0]
    page = f"{base}/reglages/bureau"
    was = dict(re.findall(r'name="(was\.[a-z_.]+)" value="([^"]*)"', asked(page, cookie=cookie)[2]))
    own = {name.removeprefix("was."): text for name, text in was.items()}
    changed = {"office.name": "Observatoire", "sender.from": "Presse <presse@obs.example>"}

    status, headers, _text = asked(page, was | own | changed, cookie)
    assert (status, "office-changed" in headers["location"]) == (303, True)
    assert "Start the desk again" in asked(page, cookie=cookie)[2]
    status, headers, text = asked(page, {"start_again": "1"}, cookie)

    assert (status, headers["refresh"]) == (200, "30;url=/reglages/bureau")
    assert "comes back by itself" in text
    wait_until(lambda: out.read_text("utf-8").count("The desk: ") == 2, process=process)
    after = asked(page, cookie=cookie)[2]
    assert "Start the desk again" not in after
    assert "Observatoire" in after.partition("<main")[0]
    assert "Traceback" not in out.read_text("utf-8")
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert "a redémarré le bureau" in mailer("journal", "list", workspace=workspace).stdout


def test_open_connections_do_not_keep_the_desk_from_stopping(start):
    process, address, out = start("--without-service")
    parts = urlsplit(address)
    lines = [socket.create_connection((parts.hostname, parts.port)) for _tab in range(20)]
    for number, line in enumerate(lines):
        line.sendall(b"POST /entrer HTTP/1.1\r\n" if number % 2 else b"")

    process.send_signal(signal.SIGINT)

    assert process.wait() == 0
    assert "Traceback" not in out.read_text("utf-8")
    for line in lines:
        line.close()


def test_twenty_people_who_watch_a_mailing_do_not_keep_the_desk_from_stopping(start, workspace):
    """Each page asks again and again on a connection that it keeps; all ask as the desk is ended."""
    process, address, out = start("--without-service")
    cookie = signed_in(address)
    under_way(workspace, "rencontre")
    pages = [HTTPConnection(urlsplit(address).netloc, timeout=120) for _person in range(20)]
    watched = "/campagnes/rencontre/en-cours"
    for page in pages:
        page.request("GET", watched, headers={"cookie": cookie})
        text = page.getresponse().read().decode()
        assert f'data-live="{watched}?vif=1"' in text
        assert "data-ended" not in text

    for page in pages:
        page.request("GET", f"{watched}?vif=1", headers={"cookie": cookie})
    process.send_signal(signal.SIGTERM)

    assert process.wait() == 0
    assert SHUTDOWN_S < 5  # after so long what is still asked for is given up
    assert "Traceback" not in out.read_text("utf-8")
    assert {last_answer(page) for page in pages} <= {"whole", "none"}


def signed_in(address):
    """Make the account of the first administrator; returns the cookie."""
    password = "quatre mots pour entrer"
    account = {"name": "Ada Lovelace", "address": "", "new": password, "again": password}
    _status, headers, _text = asked(address, account)
    return headers["set-cookie"].partition(";")[0]


def under_way(workspace, campaign):
    """Have a mailing to one person under way, that nobody sends."""
    ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
    mailing = a_mailing(campaign=campaign)
    ledger.mailings.launch([mailing], actor=PROGRAM, at=NOON)
    ledger.mailings.start(
        mailing.id, deliveries=[a_delivery(0, mailing=mailing)], exclusions=(), at=NOON
    )
    ledger.close()


def last_answer(page):
    """Say whether a page got the last answer that it waited for; half of one is an error."""
    with closing(page):
        try:
            answer = page.getresponse()
        except (RemoteDisconnected, ConnectionResetError):
            return "none"
        text = answer.read().decode()
        assert answer.status == 200, text
        assert "data-live" in text
        return "whole"


def test_the_service_runs_beside_the_desk_and_has_a_heartbeat(start, workspace):
    process, _address, _out = start()

    def heartbeat():
        ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
        last = ledger.heartbeat.last()
        ledger.close()
        return last

    wait_until(heartbeat)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0


@pytest.mark.parametrize("option", ["--with-service", "--without-service"])
def test_a_desk_whose_ledger_was_replaced_ends_and_says_why(start, workspace, option):
    process, _address, out = start(option)
    ledger = workspace / "var" / "ledger.db"
    copy = workspace / "var" / "copy.db"
    copy.write_bytes(ledger.read_bytes())

    copy.replace(ledger)

    assert process.wait() == 74
    assert "Traceback" not in out.read_text("utf-8")
    assert "Another file was put in the ledger" in out.read_text("utf-8")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "desk.office.example"])
def test_an_address_on_the_network_is_refused_without_https_and_passwords(workspace, host):
    (workspace / "config.toml").write_text(f'{OFFICE}[web]\nhost = "{host}"\n', "utf-8")

    refused = mailer("web", "--no-browser", workspace=workspace, lang="en", expect=78)

    assert "without encryption" in refused.stderr
    assert "no administrator has a password" in refused.stderr


def test_on_the_network_the_desk_waits_for_an_administrator_who_was_invited(start, workspace):
    config = '[[team.people]]\nid = "ada"\nname = "Ada"\nroles = ["administrator", "signatory"]\n'
    config += '[web]\nhost = "0.0.0.0"\npublic_url = "https://desk.office.example"\n'
    (workspace / "config.toml").write_text(f"{OFFICE}{config}", "utf-8")
    shown = mailer("team", "invite", "Ada", "--by", "ada", workspace=workspace, lang="en")

    _process, address, _out = start("--without-service", config=config)

    assert "https://desk.office.example/bienvenue/" in shown.stdout
    assert address == "https://desk.office.example/"


def test_behind_https_with_a_password_no_link_is_made_for_whoever_reads_the_log(start, workspace):
    ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
    ledger.team.add([ADA], actor=PROGRAM, at=NOON)
    ledger.sign_ins.set_password("ada", "$argon2id$", keep="", actor=PROGRAM, at=NOON)
    ledger.close()

    _process, address, _out = start(
        "--without-service", config='[web]\npublic_url = "https://desk.office.example"\n'
    )

    assert address == "https://desk.office.example/"


def test_a_person_whose_account_is_closed_acts_nowhere(workspace):
    ada = 'id = "ada"\nname = "Ada"\nroles = ["administrator", "signatory"]\n'
    config = f"{OFFICE}[[team.people]]\n{ada}"
    (workspace / "config.toml").write_text(config, "utf-8")
    ledger = open_ledger(f"sqlite:///{workspace / 'var' / 'ledger.db'}")
    ledger.team.add(
        [replace(ADA, disabled_at=NOON), replace(ADA, id="bea", name="Bea", address=None)],
        actor=PROGRAM,
        at=NOON,
    )
    ledger.close()
    suppress = ("contacts", "suppress", "x@press.example", "--why", "asked")

    refused = mailer(*suppress, "--by", "ada", workspace=workspace, lang="en", expect=77)
    mailer(*suppress, "--by", "bea", workspace=workspace, lang="en")

    assert "is closed" in refused.stderr


@pytest.mark.timeout(3600)
def test_the_demonstration_lands_in_the_desk(start, workspace):
    _process, address, out = start("--web", "--out", str(workspace / "demo"), command="demo")
    status, _headers, page = asked(address)

    assert status == 200
    assert "Qui êtes-vous" in page
    for name in ("Claire Delmas", "Hugo Marchetti", "Amina Benali"):
        assert name in page
    assert "communiqué de presse" in out.read_text("utf-8")


@pytest.mark.timeout(3600)
def test_a_demonstration_begun_again_goes_on_with_what_was_made_in_it(start, workspace):
    demo = workspace / "demo"
    mailer("demo", "--out", demo)
    note = demo / "workspace" / "campaigns" / "mine.txt"
    note.write_text("made by hand", "utf-8")
    ledger = open_ledger(f"sqlite:///{demo / 'workspace' / 'var' / 'ledger.db'}")
    acted_at = datetime(2017, 12, 5, 9, 30, tzinfo=UTC)
    ledger.journal.add(at=acted_at, actor=PROGRAM, action="test", subject="team")
    ledger.close()

    _process, address, out = start("--web", "--out", str(demo), command="demo")

    assert "Qui êtes-vous" in asked(address)[2]
    assert note.read_text("utf-8") == "made by hand"
    said = out.read_text("utf-8")
    assert "Tuesday 5 December 2017" in said
    assert f"mailer demo --anew --out {demo}" in said
