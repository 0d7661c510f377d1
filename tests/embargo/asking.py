"""Asks for every kind of public address, around the instant at which an embargo ends."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from threading import Lock, Thread
from urllib.parse import urlencode, urlsplit

WITHIN_S = 2
"""How long after the hour everything must be there."""
GOES_ON_S = 4
"""How long after the hour it is asked at least."""


@dataclass(frozen=True)
class Question:
    """One request. Its answer must not differ before the hour, in anything but the hour."""

    path: str
    method: str = "GET"
    headers: dict = field(default_factory=dict)
    body: str = ""


def questions(embargo, etags):
    """Every kind of public address, and what a reader may ask of it."""
    pasted = {"content-type": "application/x-www-form-urlencoded"}
    return {
        "front page": Question("/"),
        "list": Question("/fr/"),
        "list in English": Question("/en/"),
        "page": Question("/fr/marees/"),
        "page in English": Question("/en/marees/"),
        "file": Question("/fr/marees/texte.txt"),
        "picture": Question(f"/fr/marees/{embargo.picture}"),
        "Atom": Question("/fr/feed.atom"),
        "JSON Feed": Question("/fr/feed.json"),
        "sitemap": Question("/sitemap.xml"),
        "code": Question(f"/fr/verifier/?code={embargo.code}"),
        "pasted text": Question(
            "/fr/verifier/", "POST", pasted, urlencode({"text": embargo.text[:600]})
        ),
        "size of the list": Question("/fr/", "HEAD"),
        "size of the page": Question("/fr/marees/", "HEAD"),
        "size of the picture": Question(f"/fr/marees/{embargo.picture}", "HEAD"),
        "validator of the list": Question("/fr/", headers={"if-none-match": etags["/fr/"]}),
        "validator of the feed": Question(
            "/fr/feed.atom", headers={"if-none-match": etags["/fr/feed.atom"]}
        ),
        "any validator": Question("/fr/marees/", headers={"if-none-match": "*"}),
        "part of the page": Question("/fr/marees/", headers={"range": "bytes=0-10"}),
    }


class SharedTime:
    """The clock that the hosts share, as this process knows it between two bounds."""

    def __init__(self, shared_now):
        self._asked_s = time.monotonic()
        self._said_at = shared_now()
        self._answered_s = time.monotonic()

    def at_most(self):
        return self._said_at + timedelta(seconds=time.monotonic() - self._asked_s)

    def at_least(self):
        return self._said_at + timedelta(seconds=time.monotonic() - self._answered_s)


@dataclass
class Found:
    """How often each kind was asked and was shown, and every answer that came too early or late."""

    before: Counter = field(default_factory=Counter)
    after: Counter = field(default_factory=Counter)
    shown: Counter = field(default_factory=Counter)
    early: list = field(default_factory=list)
    late: list = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def note(self, kind, *, is_shown, is_before, is_late):
        with self._lock:
            (self.before if is_before else self.after)[kind] += 1
            self.shown[kind] += is_shown
            if is_shown and is_before:
                self.early.append(kind)
            if is_late and not is_shown:
                self.late.append(kind)

    @property
    def asked(self):
        return self.before + self.after


class Reader:
    """Somebody with one connection, who asks one thing after the other."""

    def __init__(self, url):
        where = urlsplit(url)
        self._connection = HTTPConnection(where.hostname, where.port)

    def told(self, question):
        """What an answer tells: everything but what a cache may do with it."""
        connection = self._connection
        connection.request(
            question.method, question.path, question.body or None, dict(question.headers)
        )
        answer = connection.getresponse()
        content = answer.read()
        headers = tuple(answer.getheader(name) for name in ("etag", "content-length", "location"))
        return answer.status, headers, content

    def etag(self, path):
        _status, (etag, *_rest), _content = self.told(Question(path))
        return etag

    def close(self):
        self._connection.close()


def ask_around(embargo, url, *, each, readers):
    """Let `readers` ask for everything until the hour is over and each kind was asked `each` times.

    Through `url`, which is a cache; what it answered first is what it must answer until the hour.
    """
    first = Reader(url)
    asked = questions(embargo, {path: first.etag(path) for path in ("/fr/", "/fr/feed.atom")})
    before = {kind: first.told(question) for kind, question in asked.items()}
    clock, found = SharedTime(embargo.shared_now), Found()
    assert clock.at_most() < embargo.hour, "the hour came before the hosts were asked"
    threads = [
        Thread(target=_read_on, args=(Reader(url), embargo, asked, before, clock, found, each))
        for _reader in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first.close()
    return found


def _read_on(reader, embargo, asked, before, clock, found, each):
    until = embargo.hour + timedelta(seconds=GOES_ON_S)
    latest = embargo.hour + timedelta(seconds=WITHIN_S)
    while clock.at_least() < until or min(found.asked[kind] for kind in asked) < each:
        for kind, question in asked.items():
            is_late = clock.at_least() >= latest
            told = reader.told(question)
            found.note(
                kind,
                is_shown=told != before[kind],
                is_before=clock.at_most() < embargo.hour,
                is_late=is_late,
            )
    reader.close()
