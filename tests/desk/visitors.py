"""A desk on loopback, and people who visit it as a browser without scripts would."""

from __future__ import annotations

import socket
import threading
import urllib.parse
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from re import DOTALL, findall, sub

import uvicorn
from starlette.datastructures import Headers
from starlette.middleware import Middleware

from mailer.calendar.instants import read_instant
from mailer.clock import SimulatedClock
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Person, Role
from mailer.operations.people.import_contacts import ImportRequest, import_file
from mailer.operations.team.visitors import Visitor as SignedIn
from mailer.web.desk import make_desk
from mailer.web.sessions import Cookie
from mailer.wiring.app import App
from tests.counterparts.team import a_session
from tests.counterparts.workspaces import workspace_with_ledger

EXAMPLE = "2017-12-09-recherche-associations"
CAMPAIGN = f"/campagnes/{EXAMPLE}"
WRITER = Person("n.leroy", "Nadia Leroy", frozenset({Role.EDITOR}))
SIGNATORY = Person("c.delmas", "Claire Delmas", frozenset({Role.SIGNATORY}))
ADMINISTRATOR = Person("a.benali", "Amina Benali", frozenset({Role.ADMINISTRATOR}))
READER = Person("n.lambert", "Noé Lambert", frozenset({Role.READER}))
PEOPLE = {each.id: each for each in (WRITER, SIGNATORY, ADMINISTRATOR, READER)}
_IMPORTER = Actor("", "test", Via.PROGRAM, frozenset(Role))


@dataclass(frozen=True)
class Page:
    """An answer of the desk."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def html(self) -> str:
        return self.content.decode()

    @property
    def text(self) -> str:
        """The words of the page, each run of blanks as one."""
        body = sub(r"<(script|style|title)\b.*?</\1>", " ", self.html, flags=DOTALL)
        return " ".join(unescape(sub(r"<[^>]*>", " ", body)).split())

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    def hidden(self, name: str) -> str:
        """The value of the first hidden field of this name."""
        found = findall(rf'name="{name}" value="([^"]*)"', self.html)
        return unescape(found[0])

    def links(self) -> list[str]:
        return [unescape(each) for each in findall(r'href="(/[^"#]*)"', self.html)]


@dataclass(frozen=True)
class Visitor:
    """Somebody who visits the desk."""

    port: int
    person: Person
    language: str = "fr"

    def get(self, path: str) -> Page:
        return self._ask("GET", path, {})

    def post(self, path: str, _files: dict[str, tuple[str, bytes]] | None = None, **fields) -> Page:
        if _files is None:
            body = urllib.parse.urlencode(fields, doseq=True).encode()
            return self._ask("POST", path, {"content-type": _FORM}, body)
        boundary = "a-part-of-a-form"
        body = b"".join(_parts(boundary, fields, _files))
        kind = f"multipart/form-data; boundary={boundary}"
        return self._ask("POST", path, {"content-type": kind}, body)

    def follow(self, page: Page) -> Page:
        assert page.status == 303, page.text
        return self.get(page.location)

    def finished(self, page: Page) -> Page:
        """Follow an answer that leads to work in the background; return what the work leads to."""
        work = page.location
        assert work.startswith("/travaux/"), page.text
        page = self.get(work)  # the desk waits a while before it answers
        while page.status == 200 and "<progress" in page.html:
            page = self.get(work)
        return page

    def upload(self, files: dict[str, tuple[str, bytes]] | None = None, **fields) -> Page:
        """Choose a list, and wait until it was read: returns what the reading leads to."""
        page = self.post("/contacts/importer", files, **fields)
        if page.location.startswith("/travaux/"):
            page = self.finished(page)
        return self.follow(page) if page.location.startswith("/contacts/importer") else page

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            about = {"accept-language": self.language, "x-person": self.person.id}
            connection.request(method, path, body, headers | about)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Page(answer.status, found, answer.read())
        finally:
            connection.close()


_FORM = "application/x-www-form-urlencoded"


def _parts(boundary, fields, files):
    for name, value in fields.items():
        yield f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        yield f"{value}\r\n".encode()
    for name, (filename, content) in files.items():
        yield f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '.encode()
        yield f'filename="{filename}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        yield content + b"\r\n"
    yield f"--{boundary}--\r\n".encode()


@dataclass(frozen=True)
class RunningDesk:
    """A desk, its parts, and the port on loopback where it answers."""

    app: App
    port: int

    def visitor(self, person: Person = WRITER, language: str = "fr") -> Visitor:
        return Visitor(self.port, person, language)


class _JustSignedIn:
    """Takes the word of `x-person` for who visits, and that they typed their password now."""

    def __init__(self, app, *, clock):
        self._app, self._clock = app, clock

    async def __call__(self, scope, receive, send):
        person = PEOPLE[Headers(scope=scope).get("x-person", WRITER.id)]
        session = a_session(person.id, proved_at=self._clock.now())
        visitor = SignedIn(person, session, is_open=True)
        scope.setdefault("state", {}).update(visitor=visitor, cookie=Cookie(0, is_https=False))
        await self._app(scope, receive, send)


@contextmanager
def running_desk(app: App):
    """Serve the desk of a workspace in a thread. The header `x-person` says who visits."""
    desk = make_desk(
        app,
        person_of=lambda request: request.state.visitor.person,
        middleware=[Middleware(_JustSignedIn, clock=app.clock)],
    )
    config = uvicorn.Config(desk, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield RunningDesk(app, listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def example_app(folder, *, at="2017-12-01T10:00", config=""):
    """An `App` on a workspace with the example campaign and its lists, at an hour before it."""
    workspace = workspace_with_ledger(folder)
    if config:
        (workspace / "config.toml").write_text(config, encoding="utf-8")
    app = App(workspace, clock=SimulatedClock(read_instant(at, zone="Europe/Paris")))
    for file, list_name in (("journalistes.xlsx", "press"), ("associations.csv", "associations")):
        import_file(
            ImportRequest(workspace / "campaigns" / EXAMPLE / "lists" / file, list_name),
            read_file=app.children.read_contacts,
            write_quarantine=lambda _read: None,
            actor=_IMPORTER,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    return app
