"""A small office whose invitations carry answer links, and readers who open them without a network."""

import asyncio
import re
from html import unescape
from urllib.parse import urlencode, urljoin

from mailer.clock import SimulatedClock
from mailer.model.mailings.mailing import AudienceRule
from mailer.model.team.actor import PROGRAM
from mailer.receiver.serving import Ending, link_pages
from mailer.wiring.app import App
from tests.counterparts.builders import NOON, a_contact, a_delivery, a_mailing
from tests.counterparts.desk import run_apart

CAMPAIGN = """kind = "advisory"
title = "Rencontre"
language = "fr"
time_zone = "Europe/Paris"

[event]
name = "Rencontre nationale"
starts_at = 2017-12-09T09:30:00
ends_at = 2017-12-09T17:00:00
venue = "Grande salle"
address = "1 rue de l’Exemple, 75000 Paris"

[accreditation]
required = true
deadline = 2017-12-08T12:00:00
addresses = ["presse@institut.example"]
{rules}

[[steps]]
id = "announcement"
send = "J-5 09:30"
to = ["press"]
subject = "Invitation"
"""
CONFIG = """[office]
name = "Institut de l’Exemple"
language = "fr"
time_zone = "Europe/Paris"

[sender]
from = "Presse <presse@institut.example>"

[unsubscribe]
base_url = "https://liens.institut.example/stop"
keys = ["env:LINK_KEY"]

[ledger]
url = "{ledger}"
"""


class Answered:
    """What the page answered: status, text without tags, and the address it leads to."""

    def __init__(self, status, headers, body):
        self.status, self.html = status, body.decode()
        self.location = dict(headers).get(b"location", b"").decode()
        self.headers = {name.decode(): value.decode() for name, value in headers}

    @property
    def text(self):
        body = re.sub(r"<style>.*?</style>", " ", self.html, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).replace("\xa0", " ").split())


class AnswerOffice:
    """A workspace with a launched announcement to `count` people, and the page of its links."""

    def __init__(self, folder, ledger_url, *, rules="", count=3):
        self.folder = folder / "bureau"
        campaign = self.folder / "campaigns" / "meeting"
        campaign.mkdir(parents=True)
        self.write_rules(rules)
        (campaign / "announcement.md").write_text("# Rencontre\n\nVenez.\n", "utf-8")
        config = CONFIG.replace("{ledger}", ledger_url)
        (self.folder / "config.toml").write_text(config, "utf-8")
        self.app = App(self.folder, clock=SimulatedClock(NOON))
        self.ledger = self.app.ledger
        mailing = a_mailing(rule=AudienceRule(("press",)))
        self.deliveries = [a_delivery(number, mailing=mailing) for number in range(count)]
        contacts = [
            a_contact(
                str(each.address),
                first_name="Camille",
                last_name=f"Petit{number}",
                organisation=f"Journal {number}",
                lists=frozenset({"press"}),
            )
            for number, each in enumerate(self.deliveries)
        ]
        self.ledger.contacts.save(contacts, actor=PROGRAM, at=NOON)
        assert self.ledger.mailings.launch([mailing], actor=PROGRAM, at=NOON)
        assert self.ledger.mailings.start(
            mailing.id, deliveries=self.deliveries, exclusions=(), at=NOON
        )
        self.page = link_pages(self.app, Ending())

    def write_rules(self, rules):
        text = CAMPAIGN.replace("{rules}", rules)
        (self.folder / "campaigns" / "meeting" / "campaign.toml").write_text(text, "utf-8")

    def close(self):
        self.app.__exit__(None, None, None)

    def link(self, number, name="answer_url"):
        """The path of the link in the message to one person."""
        return self.app.links.url(name, self.deliveries[number].id).removeprefix(
            "https://liens.institut.example"
        )

    def ask(self, method, path, **fields):
        """Send one request, as a browser sends it."""
        body = urlencode(fields).encode()
        return run_apart(_ask(self.page, method, path, body))

    def statuses(self, method, paths):
        """Send many requests one after the other, as a machine does."""
        return run_apart(_statuses(self.page, method, paths))

    def open(self, number, link="answer_url"):
        return self.ask("GET", self.link(number, link))

    def press(self, number, act, *, link="answer_url", **fields):
        """Press a button of the page, and follow where it leads."""
        path = self.link(number, link)
        pressed = self.ask("POST", path, act=act, **fields)
        if pressed.status != 303:
            return pressed
        return self.ask("GET", urljoin(path, pressed.location))

    def register(self):
        found = self.ledger.accreditations.of_campaign("meeting")
        return {each.address.local: each.state.value for each in found}


async def _statuses(page, method, paths):
    return {(await _ask(page, method, path, b"")).status for path in paths}


async def _ask(page, method, path, body):
    path, _mark, query = path.partition("?")
    headers = [
        (b"host", b"liens.institut.example"),
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"content-length", str(len(body)).encode()),
        (b"accept-language", b"fr-FR,fr;q=0.9"),
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": headers,
        "server": ("liens.institut.example", 443),
        "scheme": "https",
        "root_path": "",
    }
    sent, received = [], asyncio.Queue()
    await received.put({"type": "http.request", "body": body, "more_body": False})

    async def send(message):
        sent.append(message)

    await page(scope, received.get, send)
    start = next(each for each in sent if each["type"] == "http.response.start")
    content = b"".join(each.get("body", b"") for each in sent)
    return Answered(start["status"], start["headers"], content)
