"""What the resolver makes of name servers that answer, fail, lie or are silent."""

import pytest

from mailer.model.health.dns import NoRecords, NotAnswered, Records, RecordType
from mailer.network import resolver
from mailer.network.resolver import Resolver
from tests.counterparts.dns_server import REFUSED, SERVFAIL, SILENT, TRUNCATED, dns_server

ZONE = {
    "long.example TXT": ["x" * 3000],
    "cut.example TXT": [TRUNCATED, "whole"],
    "two.example TXT": ["b", "a"],
    "mail.example MX": ["20 second.example.", "10 First.Example."],
    "none.example MX": ["0 ."],
    "alias.example CNAME": "two.example",
    "failing.example TXT": SERVFAIL,
    "lame.example TXT": REFUSED,
    "silent.example TXT": SILENT,
    "1.2.0.192.in-addr.arpa PTR": ["out.example."],
}


@pytest.fixture(scope="module")
def server():
    with dns_server(ZONE) as (address, zone):
        yield address, zone


@pytest.mark.parametrize(
    ("name", "kind", "answer"),
    [
        ("long.example", RecordType.TXT, Records(("x" * 3000,))),
        ("cut.example", RecordType.TXT, Records(("whole",))),
        ("LONG.example.", RecordType.TXT, Records(("x" * 3000,))),
        ("mail.example", RecordType.MX, Records(("first.example", "second.example"))),
        ("none.example", RecordType.MX, Records(("",))),
        ("192.0.2.1", RecordType.PTR, Records(("out.example",))),
        ("two.example", RecordType.MX, NoRecords()),
        ("gone.example", RecordType.A, NoRecords(name_exists=False)),
        (f"{'x' * 64}.example", RecordType.A, NoRecords(name_exists=False)),
    ],
)
def test_records_are_read_as_mail_needs_them(server, name, kind, answer):
    assert Resolver([server[0]]).ask(name, kind) == answer


@pytest.mark.parametrize("name", ["failing.example", "lame.example", "silent.example"])
def test_a_server_that_fails_is_lame_or_silent_is_no_answer(server, name):
    assert isinstance(Resolver([server[0]], patience_s=1).ask(name, RecordType.TXT), NotAnswered)


def test_an_alias_is_followed_and_each_question_is_asked_once(server):
    address, zone = server
    asking = Resolver([address])

    answers = [asking.ask("alias.example", RecordType.TXT) for _each in range(3)]

    assert {frozenset(answer.values) for answer in answers} == {frozenset("ab")}
    assert zone.asked.count(("alias.example", "txt")) == 1


def test_only_waiting_uses_patience_up(server, monkeypatch):
    asking = Resolver([server[0]], patience_s=5)
    monkeypatch.setattr(resolver, "monotonic", lambda: 1e9)  # a slow page was rendered meanwhile

    assert isinstance(asking.ask("two.example", RecordType.TXT), Records)


def test_a_reserved_name_is_asked_of_no_server_of_this_machine():
    assert isinstance(Resolver().ask("institut.example", RecordType.TXT), NotAnswered)
