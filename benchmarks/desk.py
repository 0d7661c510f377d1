"""The desk's pages with an office's years behind them: CPU time, statements and bytes of each.

    python benchmarks/desk.py [CONTACTS [CAMPAIGNS [DELIVERIES]]]

Each page is asked for ROUNDS times, one after the other, all in this process. The front page of an
empty desk, measured alternately, is the measure: the ratio holds on a busy machine, the
milliseconds are this machine's.
"""

from __future__ import annotations

import gzip
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import event

from benchmarks.directory import NOON, contacts, fill
from mailer.model.mailings.mailing import MailingState, SignOff
from mailer.operations.campaigns.plans.plan_changes import signed_steps
from mailer.web.desk import STATIC
from tests.counterparts.builders import ACTOR, a_delivery, a_mailing
from tests.desk.visitors import CAMPAIGN, EXAMPLE, example_app, running_desk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.contacts.contact import Contact
    from mailer.wiring.app import App
    from tests.desk.visitors import RunningDesk, Visitor

SIZES = (100_000, 200, 1_000_000)
ROUNDS = 15
STEPS = ("announcement", "reminder", "practical", "morning")
PAGES = (
    "/",
    "/campagnes",
    CAMPAIGN,
    f"{CAMPAIGN}/verifications",
    f"{CAMPAIGN}/apercu?etape=announcement",
    f"{CAMPAIGN}/destinataires/announcement",
    f"{CAMPAIGN}/calendrier",
    f"{CAMPAIGN}/bon-a-tirer",
    f"{CAMPAIGN}/lancement",
    "/campagnes/campaign-000/en-cours",
    "/campagnes/campaign-000/en-cours/personnes?etape=announcement",
    "/contacts",
    "/contacts?q=lefevre+77",
    "/contacts/{person}",
    f"{CAMPAIGN}/accreditations",
    "/oppositions",
    "/a-rappeler",
    "/courrier",
    "/journal",
)


class Statements:
    """Counts the statements that the ledger's database is asked."""

    def __init__(self, app: App) -> None:
        self.count = 0  # without the BEGIN of each transaction
        engine = app.ledger.contacts._database.engine  # noqa: SLF001 - nothing else counts them
        event.listen(engine, "after_cursor_execute", self._add)

    def _add(self, _connection: object, _cursor: object, statement: str, *_about: object) -> None:
        self.count += not statement.startswith("BEGIN")


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]]
    people, campaigns, deliveries = (*sizes, *SIZES[len(sizes) :])
    print(f"{people:,} contacts, {campaigns} campaigns, {deliveries:,} deliveries")
    with (
        TemporaryDirectory() as folder,
        example_app(Path(folder) / "empty") as empty,
        example_app(Path(folder) / "office") as office,
    ):
        fill_office(office, people=people, campaigns=campaigns, deliveries=deliveries)
        sign_off(office)
        with running_desk(empty) as measure, running_desk(office) as desk:
            _measure(desk, measure)
    print(f"scripts: {_scripts_bytes() / 1000:.1f} kB, gzip, of all pages together")


def _measure(desk: RunningDesk, measure: RunningDesk) -> None:
    statements = Statements(desk.app)
    visitor, idle = desk.visitor(), measure.visitor()
    person = next(iter(desk.app.ledger.contacts.page(limit=1))).id
    print("   ms median    p95   ratio  statements     kB  page")
    for path in PAGES:
        asked = path.format(person=person)
        visitor.get(asked)
        idle.get("/")
        taken, base = [], []
        before = statements.count
        for _round in range(ROUNDS):
            base.append(_seconds(idle, "/"))
            taken.append(_seconds(visitor, asked))
        page = visitor.get(asked)
        each = (statements.count - before) / (ROUNDS + 1)
        p95 = quantiles(taken, n=20)[-1]
        print(
            f"{1000 * median(taken):12.1f} {1000 * p95:6.1f} {median(taken) / median(base):7.1f}"
            f" {each:11.1f} {len(page.content) / 1000:6.1f}  {path} ({page.status})"
        )


def _scripts_bytes() -> int:
    return sum(len(gzip.compress(file.read_bytes())) for file in STATIC.rglob("*.js"))


def _seconds(visitor: Visitor, path: str) -> float:
    start = process_time()
    visitor.get(path)
    return process_time() - start


def fill_office(app: App, *, people: int, campaigns: int, deliveries: int) -> None:
    """Give an office a directory, and campaigns that have ended with this many deliveries."""
    fill(app.ledger, count=people, campaign=EXAMPLE)
    readers = list(contacts(people))
    each = deliveries // (campaigns * len(STEPS))
    for number in range(campaigns):
        due_at = NOON - timedelta(days=campaigns - number)
        mailings = [
            replace(a_mailing(step, campaign=f"campaign-{number:03}"), due_at=due_at)
            for step in STEPS
        ]
        app.ledger.mailings.launch(mailings, actor=ACTOR, at=due_at)
        for place, mailing in enumerate(mailings):
            found = _some(readers, (number * len(STEPS) + place) * each, each)
            app.ledger.mailings.start(
                mailing.id,
                deliveries=(
                    a_delivery(
                        at,
                        mailing=mailing,
                        contact_id=reader.id,
                        address=reader.address,
                        name=reader.name,
                    )
                    for at, reader in found
                ),
                exclusions=(),
                at=due_at,
            )
            app.ledger.mailings.change_state(
                mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
            )


def sign_off(app: App) -> None:
    """Sign the example off: from then on its pages compare its people with those who were signed."""
    draft, at = app.drafts.draft(EXAMPLE), app.clock.now()
    signed = SignOff(EXAMPLE, draft.fingerprint, ACTOR.name, at, ACTOR.person)
    app.ledger.mailings.sign(signed, actor=ACTOR, steps=signed_steps(draft))


def _some(readers: Sequence[Contact], begin: int, count: int) -> Iterator[tuple[int, Contact]]:
    """Yield `count` people, each once, from a place of the directory on."""
    begin %= len(readers)
    return zip(range(count), chain(readers[begin:], readers[:begin]), strict=False)


if __name__ == "__main__":
    main()
