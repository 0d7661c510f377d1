"""An office at work on one SQLite ledger: an import, a mailing under way, five people clicking."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle, islice
from threading import Event

from mailer.model.mailings.mailing import MailingState
from mailer.operations.sending.serve import run_tick
from mailer.render.fingerprint import content_hash
from tests.counterparts.builders import ACTOR, COMPILED, FRENCH, a_delivery, a_mailing
from tests.desk.visitors import (
    ADMINISTRATOR,
    CAMPAIGN,
    SIGNATORY,
    WRITER,
    example_app,
    running_desk,
)

DELIVERIES, ROWS = 1_500, 1_500
PAGES = (
    "/",
    "/campagnes",
    CAMPAIGN,
    f"{CAMPAIGN}/destinataires/announcement",
    "/campagnes/meeting/en-cours",
    "/contacts",
    "/contacts?q=lecteur+7",
    "/journal",
)


def a_list(rows):
    lines = "\n".join(
        f"Lecteur {number};lecteur{number}@gazette{number % 50}.example" for number in range(rows)
    )
    return f"Nom;Courriel\n{lines}\n".encode()


def started_mailing(app):
    now = app.clock.now()
    signed = replace(COMPILED, content_hash=content_hash(COMPILED))
    mailing = a_mailing(
        due_at=now, expires_at=now.replace(year=now.year + 1), variants={FRENCH: signed}
    )
    app.ledger.mailings.launch([mailing], actor=ACTOR, at=now)
    deliveries = [a_delivery(number, mailing=mailing) for number in range(DELIVERIES)]
    assert app.ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=now)
    return mailing


def test_nobody_meets_a_locked_ledger(tmp_path):
    with example_app(tmp_path / "office") as app, running_desk(app) as desk:
        mailing = started_mailing(app)
        known = len(app.ledger.contacts.summaries())
        done = Event()

        def send():
            return run_tick(
                ledger=app.ledger,
                backend=app.eml_files(tmp_path / "sent"),
                engine=app.engine,
                clock=app.clock,
                message_for=app.message_for,
                worker="w",
            )

        def take_in():
            visitor = desk.visitor(WRITER)
            kept = visitor.upload({"file": ("l.csv", a_list(ROWS))}, list="press")
            return visitor.finished(visitor.post(kept.location))

        def click(person, first):
            answers = []
            pages = islice(cycle(PAGES), first, None)
            while not done.is_set():
                answers.append(desk.visitor(person).get(next(pages)))
            return answers

        with ThreadPoolExecutor(8) as threads:
            clicks = [
                threads.submit(click, person, first)
                for first, person in enumerate(
                    (WRITER, SIGNATORY, ADMINISTRATOR, SIGNATORY, WRITER)
                )
            ]
            work = [threads.submit(send), threads.submit(take_in)]
            try:
                sent, taken = [each.result() for each in work]
            finally:
                done.set()
            answers = [answer for each in clicks for answer in each.result()]

        assert taken.location.startswith("/contacts?fait=taken-in")
        assert {answer.status for answer in answers} == {200}
        assert sent.failures == ()
        assert len(app.ledger.contacts.summaries()) == known + ROWS
        tally = app.ledger.deliveries.tally(mailing.id)
        assert dict(tally.by_status) == {"accepted": DELIVERIES}
        assert app.ledger.mailings.summaries("meeting")[0].state is MailingState.DONE
