"""The desk without a network: requests as browsers make them, straight to the application."""

import asyncio
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlencode

from mailer.model.team.actor import PROGRAM
from mailer.model.team.identity import SignInMethod
from mailer.operations.team.sign_in import new_session
from mailer.web.serving import desk_of
from mailer.wiring.app import App
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.team import PASSWORD

PORT = 8765
HOST = f"127.0.0.1:{PORT}"
OWN = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "origin": f"http://{HOST}"}
ROOT = Path(__file__).resolve().parents[2]


def run_apart(asking):
    """Run a coroutine to its end in a thread: the browser of another test may hold this one's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asking).result()


class Answer:
    """What the desk answered."""

    def __init__(self, status, headers, body):
        self.status, self.body = status, body
        self.headers = {name.decode().lower(): value.decode() for name, value in headers}
        self.cookies = [value.decode() for name, value in headers if name.lower() == b"set-cookie"]

    @property
    def text(self):
        return unescape(self.body.decode())

    @property
    def location(self):
        return self.headers.get("location", "")

    def hidden(self, name):
        """The value of the field called `name`."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.body.decode())
        return unescape(found[1])


class Browser:
    """A browser with its cookies. A POST has the headers of a form on a page of the desk."""

    def __init__(self, desk, *, host=HOST):
        self._desk, self._host, self.cookies = desk, host, {}

    def get(self, path, **headers):
        return self.send("GET", path, headers=headers)

    def post(self, path, fields=None, headers=None):
        return self.send("POST", path, body=urlencode(fields or {}, doseq=True), headers=headers)

    def send(self, method, path, *, body="", headers=None):
        own = OWN if method == "POST" and headers is None else {}
        sent = {"host": self._host, **own, **(headers or {})}
        if method == "POST":
            sent.setdefault("content-type", "application/x-www-form-urlencoded")
            sent["content-length"] = str(len(body.encode()))
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = run_apart(_ask(self._desk, method, path, body.encode(), sent))
        for cookie in answer.cookies:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


async def _ask(desk, method, path, body, headers):
    path, _mark, query = path.partition("?")
    sent = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (name.replace("_", "-").lower().encode(), value.encode())
            for name, value in headers.items()
            if value is not None
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", PORT),
    }
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    await desk(scope, receive, send)
    start = next(each for each in sent if each["type"] == "http.response.start")
    content = b"".join(each.get("body", b"") for each in sent)
    return Answer(start["status"], start["headers"], content)


def a_workspace(folder, config=""):
    """A workspace with the example campaign."""
    shutil.copytree(ROOT / "campaigns", folder / "campaigns")
    (folder / "config.toml").write_text(
        f'[office]\nname = "Institut"\nlanguage = "en"\n{config}', encoding="utf-8"
    )
    return folder


def an_office(folder, clock, people=(), config=""):
    """An open workspace whose ledger has these people."""
    workspace = a_workspace(folder, config)
    ledger = workspace / "var" / "ledger.db"
    ledger.parent.mkdir(mode=0o700)
    empty_ledger(ledger)
    ledger.chmod(0o600)
    app = App(workspace, clock=clock)
    app.ledger.team.add(people, actor=PROGRAM, at=clock.now())
    return app


def signed_in(app, person):
    """A browser in which this person has just signed in."""
    browser = Browser(desk_of(app, port=PORT))
    opened = new_session(
        person, method=SignInMethod.PASSWORD, agent="Firefox, Linux", now=app.clock.now()
    )
    app.ledger.sign_ins.open_session(opened.session, actor=opened.actor)
    browser.cookies[f"desk-{PORT}"] = opened.token
    return browser


def give_password(app, person, password=PASSWORD):
    """Give a person a password, as an invitation would."""
    hashed = app.gate.passwords.hash(password)
    app.ledger.sign_ins.set_password(person.id, hashed, keep="", actor=PROGRAM, at=app.clock.now())
