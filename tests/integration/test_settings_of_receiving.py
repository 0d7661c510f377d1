"""Each setting of the mailbox and of the receiver changes what is read, or where it is taken."""

import sqlite3
from contextlib import ExitStack, closing
from queue import Full

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.datastructures import Headers

from mailer.errors import MailerError
from mailer.mailbox import ImapSettings
from mailer.providers import registry
from mailer.receiver.serving import Ending, _webhook, receiving
from mailer.service.rounds import intervals_of
from mailer.wiring.event_collector import EventCollector
from tests.counterparts.asking_mails import arf, dsn
from tests.counterparts.certificates import server_context
from tests.counterparts.scripted_imap import ScriptedImap
from tests.counterparts.tried_settings import NOW, Workplace, trials_of, with_an_empty_ledger
from tests.counterparts.webhook import body_of, free_port, public_text, signed
from tests.pigeon_provider.provider import PIGEON

OTHER_KEY = ec.generate_private_key(ec.SECP256R1())
WEBHOOK_PORT, PAGE_PORT = free_port(), free_port()
CONFIG = f"""\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple"

[sender]
from = "Presse <presse@institut.example>"

[unsubscribe]
base_url = "https://www.institut.example/u"
keys = ["env:SECRET"]
port = {PAGE_PORT}

[feedback.imap]
host = "localhost"
username = "rejets"
password = "env:FIRST"
ca_file = "localhost.pem"

[feedback.webhook]
keys = ["{public_text()}"]
port = {WEBHOOK_PORT}
"""
MAILS = {
    1: dsn("ada@press.example").encode(),
    2: arf("ada@press.example", kind="not-spam").encode(),
}


def read(at):
    """What an IMAP server is asked while its mails are read, and which folders it has then."""
    server = ScriptedImap(at.folder, mails=dict(MAILS))
    server.folders["Rejets"] = {3: MAILS[1]}
    server_context(at.folder, name="other.example")
    with at.opened() as app:
        is_usual = app.settings.part(ImapSettings).port == 993
    with server:
        if is_usual:
            at = at.having("feedback.imap.port", server.settings.port)
        with with_an_empty_ledger(at) as app:
            try:
                count = EventCollector(app, on_trouble=print).read_mailbox(lambda _: None).mails
            except MailerError as refused:
                return type(refused), server.commands
    return count, server.commands, {name: len(held) for name, held in server.folders.items()}


def planned(at):
    """How often the service does what."""
    with at.opened() as app:
        return intervals_of(app.settings)


def opened_ports(at):
    """Where posts and people are received."""
    with with_an_empty_ledger(at) as app, receiving(app, print_line=print) as opened:
        return [each.getsockname()[:2] for each in opened.sockets]


def posted(at):
    """Whether a post is believed that our key has signed."""
    with at.opened() as app:
        headers = Headers(signed(body_of(), at=NOW.timestamp()))
        return app.webhook.verifier.refusal(body_of(), headers=headers, now=NOW)


def reported_by(at):
    """Whose posts are received where pigeons carry the mail."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, PIGEON))
        at = at.having("transport.backend", '"pigeon"').having(
            "transport.pigeon.ring", '"env:FIRST"'
        )
        with at.opened() as app:
            return app.reporter


def crowded(at):
    """Whether ten posts may wait while something else writes the ledger."""
    with with_an_empty_ledger(at) as app, ExitStack() as stack:
        intake = _webhook(app, app.webhook, "/sendgrid", stack, Ending())._intake
        other = stack.enter_context(closing(sqlite3.connect(at.folder / "var" / "ledger.db")))
        other.execute("BEGIN IMMEDIATE")
        try:
            for _ in range(10):
                intake.put(b"[]")
        except Full:
            return False
        finally:
            other.rollback()
    return True


TRIED = {
    "feedback.imap.host": ('"::1"', read),
    "feedback.imap.port": ("9", read),
    "feedback.imap.username": ('"autre"', read),
    "feedback.imap.password": ('"env:SECOND"', read),
    "feedback.imap.folder": ('"Rejets"', read),
    "feedback.imap.done_folder": ('"Lus"', read),
    "feedback.imap.unknown_folder": ('"Inconnus"', read),
    "feedback.imap.every_s": ("60", planned),
    "feedback.imap.ca_file": ('"other.example.pem"', read),
    "feedback.webhook.keys": (f'["{public_text(OTHER_KEY)}"]', posted),
    "feedback.webhook.provider": ('"sendgrid"', reported_by),
    "feedback.webhook.host": ('"::1"', opened_ports),
    "feedback.webhook.port": (str(free_port()), opened_ports),
    "feedback.webhook.queue": ("1", crowded),
    "unsubscribe.host": ('"::1"', opened_ports),
    "unsubscribe.port": (str(free_port()), opened_ports),
}
"""By key: another value, and what shows it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRST", "first")
        patch.setenv("SECOND", "second")
        patch.setenv("SECRET", "s" * 40)
        yield Workplace(tmp_path_factory.mktemp("received"), CONFIG)


as_written, test_another_value_is_seen, test_the_same_values_show_the_same = trials_of(TRIED)
