"""The forms of a page as a browser without scripts finds, fills in and sends them."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote, urljoin

import html5lib

_BOUNDARY = "a-part-of-a-form"


@dataclass(frozen=True)
class FoundField:
    """A field of a form: `kind` is its type, or `choice` where one of several values is sent."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class FoundForm:
    """A form that is sent to the desk by POST."""

    action: str
    fields: tuple[FoundField, ...]


@dataclass(frozen=True)
class Answer:
    """What the desk answered."""

    status: int
    headers: dict
    body: bytes


def forms_of(path, html):
    """Yield the forms of a page that are sent by POST."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for form in tree.iter("form"):
        if form.get("method", "").lower() == "post":
            action = urljoin(path, form.get("action", path))
            yield FoundForm(action, tuple(field for each in form.iter() for field in _field(each)))


def _field(element):
    name = element.get("name")
    if not name:
        return
    if element.tag == "textarea":
        yield FoundField(name, "text", element.text or "")
    elif element.tag == "select":
        values = [each.get("value", each.text or "") for each in element.iter("option")]
        yield FoundField(name, "choice", values[0] if values else "")
    elif element.tag == "button":
        yield FoundField(name, "choice", element.get("value", ""))
    elif element.tag == "input":
        kind = element.get("type", "text")
        is_choice = kind in {"radio", "checkbox"}
        yield FoundField(name, "choice" if is_choice else kind, element.get("value", ""))


def ask(place, method, path, *, person, fields=(), files=(), language="fr"):
    """Send a request as the desk's own pages do; `files` gives names and contents by field."""
    body, kind = _multipart(fields, files) if method == "POST" else (b"", "text/html")
    host = f"127.0.0.1:{place.port}"
    headers = {
        "cookie": f"desk-{place.port}={place.cookies[person]}",
        "origin": place.base,
        "sec-fetch-site": "same-origin",
        "content-type": kind,
        "accept-language": language,
    }
    connection = HTTPConnection(host, timeout=300)
    try:
        connection.request(method, quote(path, safe="/?&=%.+~"), body, headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found, answer.read())
    finally:
        connection.close()


def _multipart(fields, files):
    parts = [(f'name="{_quoted(name)}"', value.encode()) for name, value in fields]
    parts += [
        (f'name="{_quoted(name)}"; filename="{_quoted(filename)}"', content)
        for name, (filename, content) in dict(files).items()
    ]
    body = b"".join(
        f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for head, content in parts
    )
    return body + f"--{_BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={_BOUNDARY}"


def _quoted(text):
    """Return a name as browsers write it into the head of a part."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
