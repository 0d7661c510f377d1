"""The desk without a server: requests go straight into the application, as a browser sends them."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlencode

from mailer.model.team.person import Person, Role
from mailer.web.desk import make_desk
from tests.counterparts.desk import run_apart


class Answer(NamedTuple):
    """What the desk answered."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def location(self):
        return self.headers.get("location", "")


class Browser:
    """One person with a browser without script. Each thread makes its own."""

    def __init__(self, app, name="Ada", roles=frozenset({Role.EDITOR, Role.SIGNATORY})):
        person = Person(f"id-{name.lower()}", name, frozenset(roles))
        self._desk = make_desk(app, person_of=lambda _request: person)
        self.language = "fr"

    def get(self, address):
        return self._request("GET", address)

    def post(self, address, fields=(), *, files=(), accept="text/html"):
        """Send a form; line ends become CRLF, as a browser makes them."""
        pairs = [
            (name, re.sub(r"\r\n|\r|\n", "\r\n", str(value)))
            for name, value in (fields.items() if isinstance(fields, dict) else fields)
        ]
        if files:
            body, kind = _multipart(pairs, files)
        else:
            body, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        return self._request("POST", address, body=body, kind=kind, accept=accept)

    def submit(self, page, action, *, files=(), **changed):
        """Send the form with this action from a page as it stands, but for some fields."""
        fields = [
            (name, value) for name, value in forms_of(page.text)[action] if name not in changed
        ]
        return self.post(action, [*fields, *changed.items()], files=files)

    def _request(self, method, address, *, body=b"", kind="", accept="text/html"):
        path, _mark, query = address.partition("?")
        headers = {
            "host": "127.0.0.1",
            "accept": accept,
            "accept-language": self.language,
            "content-length": str(len(body)),
            "sec-fetch-site": "same-origin",
        } | ({"content-type": kind} if kind else {})
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        return run_apart(_answered(self._desk, scope, body))


async def _answered(desk, scope, body):
    sent, asked = [], [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        return asked.pop() if asked else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    await desk(scope, receive, send)
    start = sent[0]
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(each.get("body", b"") for each in sent[1:]))


def _multipart(pairs, files):
    edge = "=====edge====="
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for name, filename, content in files:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(f"{head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def forms_of(html):
    """The fields of each form with an action, as a browser would send them untouched."""
    reader = _Forms()
    reader.feed(html)
    return reader.forms


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.forms, self._fields, self._area, self._select = {}, None, None, None

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = self.forms.setdefault(found.get("action", ""), [])
        if self._fields is None:
            return
        if tag == "textarea":
            self._area = (found.get("name", ""), [])
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and self._select and "selected" in found:
            self._fields.append((self._select, found.get("value", "")))
        elif tag == "input" and found.get("name") and found.get("type") != "file":
            kind = found.get("type", "text")
            if kind not in {"checkbox", "radio"} or "checked" in found:
                self._fields.append((found["name"], found.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._fields = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            name, text = self._area
            # HTML drops one line end after the tag, and reads CRLF and CR as LF.
            whole = re.sub(r"\r\n|\r", "\n", "".join(text))
            whole = unescape(whole.removeprefix("\n"))
            if name and self._fields is not None:
                self._fields.append((name, whole))
            self._area = None

    def handle_data(self, data):
        if self._area:
            self._area[1].append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")
