"""Our requests keep to SendGrid's own description of `mail/send`, in whatever form they leave."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mailer.model.address import Address, Mailbox
from mailer.model.mailings.message import Embedded, Letterhead
from tests.counterparts.builders import COMPILED, LETTERHEAD
from tests.counterparts.schema import breaches
from tests.counterparts.sendgrid_sending import kinds, messages, send, simulator
from tests.sendgrid_simulator import Service

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "counterparts/sendgrid_mail_send.json").read_text()
)
FILES = (
    Embedded("logo.png", "image/png", b"png", "logo@x"),
    Embedded("dossier été.pdf", "application/pdf", b"pdf"),
)


def recorded(sent, **settings):
    """The bodies in which these leave, all of them accepted."""
    bodies = []

    class Recorder(Service):
        def send(self, body):
            bodies.append(json.loads(body))
            return super().send(body)

    with simulator(service=Recorder) as server:
        outcomes, error = send(server, sent, **settings)
    assert error is None
    assert set(kinds(outcomes)) == {"Accepted"}
    return bodies


def everybody(count=1, **changes):
    return [replace(message, **changes) for message in messages(count)]


@pytest.mark.parametrize(
    ("sent", "settings", "has"),
    [
        (everybody(), {}, {"from", "subject", "content", "tracking_settings"}),
        (everybody(7), {"batch_size": 7}, set()),
        (everybody(3, recipient=Mailbox(Address("a", "x.example"))), {}, set()),
        (everybody(2, values=("é" * 6_000, "Ada", "Ada")), {}, set()),
        (everybody(compiled=replace(COMPILED, embedded=FILES)), {}, {"attachments"}),
        (everybody(compiled=replace(COMPILED, embedded=FILES, text=())), {}, {"attachments"}),
        (everybody(letterhead=replace(LETTERHEAD, reply_to=LETTERHEAD.sender)), {}, {"reply_to"}),
        (everybody(letterhead=Letterhead(Mailbox(Address("a", "x.example")))), {}, set()),
        (everybody(2, categories=("meeting", "meeting.invitation")), {}, {"categories"}),
        (everybody(2), {"sandbox": True}, {"mail_settings"}),
    ],
    ids=[
        "one person", "a batch", "without a name", "filled before", "files", "without a text",
        "replies", "a bare sender", "categories", "sandbox",
    ],
)  # fmt: skip
def test_a_request_is_as_sendgrid_describes_it(sent, settings, has):
    bodies = recorded(sent, **settings)

    assert bodies
    for body in bodies:
        assert list(breaches(body, SCHEMA)) == []
        assert has <= body.keys()


@pytest.mark.parametrize(
    "change",
    [
        {"from": {"name": "Nobody"}},
        {"from": {"email": "nobody"}},
        {"subject": ""},
        {"personalizations": [{}]},
        {"personalizations": [{"to": [{"email": "a@x.example"}]}] * 1_001},
        {"personalizations": [{"to": [{"email": "a@x.example"}], "substitutions": {"-a-": 1}}]},
        {"categories": ["a", "a"]},
        {"categories": [str(number) for number in range(11)]},
        {"send_at": True},
        {"tracking_setings": {}},
        {"attachments": [{"content": "YQ==", "filename": "a", "disposition": "beside"}]},
        {"tracking_settings": {"open_tracking": {"enable": "no"}}},
    ],
)
def test_the_description_is_read_strictly(change):
    (body,) = recorded(everybody())

    assert len(list(breaches(body | change, SCHEMA))) == 1
