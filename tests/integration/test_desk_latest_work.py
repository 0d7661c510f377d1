"""What the start page says of a person's latest work: each thing once, with the name of its file."""

from datetime import timedelta
from itertools import count

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import Place, Problem
from mailer.model.service.job import JobEnd, JobKind, JobRequest, JobState
from mailer.model.team.actor import Actor, Via
from mailer.model.team.person import Person, Role
from mailer.operations.jobs import ask_for_job
from mailer.wording import _
from tests.counterparts.builders import NOON
from tests.counterparts.desk import an_office, signed_in

ADA = Person("ada", "Ada Roy", frozenset({Role.EDITOR}))
EMPTY = JobEnd(
    JobState.REFUSED, problems=(Problem(Place(""), _("the file is empty"), _("Choose another.")),)
)


@pytest.fixture
def app(tmp_path):
    app = an_office(tmp_path / "office", SimulatedClock(NOON), [ADA])
    yield app
    app.__exit__(None, None, None)


@pytest.fixture
def read(app):
    """Reads files for a list one after the other; each reading ends so."""

    numbers = count()

    def read(*files, end=EMPTY, name="presse"):
        actor = Actor(ADA.id, ADA.name, Via.DESK, ADA.roles)
        for file in files:
            number = next(numbers)
            at = NOON + timedelta(seconds=number)
            values = {"list": name, "file": file, "field": "file"}
            job = ask_for_job(
                JobRequest(JobKind.READING, f"f{number}", actor, values), ledger=app.ledger, now=at
            )
            app.ledger.jobs.claim(worker="w", lease_until=at + timedelta(minutes=1))
            app.ledger.jobs.end(job.id, end, worker="w", at=at)

    return read


def work(app):
    page = signed_in(app, ADA).get("/").text
    return page.partition('id="work"')[2].partition("</section>")[0]


def test_the_same_refusal_of_six_files_stands_there_once_with_the_newest(app, read):
    read(*(f"liste{number}.csv" for number in range(6)))

    shown = work(app)

    assert shown.count("Reading a list") == 1
    assert "liste5.csv · presse" in shown


def test_another_reason_and_another_list_stand_there_by_their_own_names(app, read):
    read("presse.csv")
    read("labos.csv", name="laboratoires")
    read("vieux.doc", end=JobEnd(JobState.INTERRUPTED))

    shown = work(app)

    for words in ("presse.csv · presse", "labos.csv · laboratoires", "vieux.doc · presse"):
        assert words in shown


def test_work_about_no_file_stands_there_too(app):
    actor = Actor(ADA.id, ADA.name, Via.DESK, ADA.roles)
    request = JobRequest(JobKind.REHEARSAL, "rencontre", actor)
    job = ask_for_job(request, ledger=app.ledger, now=NOON)

    assert "rencontre · " in work(app)
    assert "rencontre" in signed_in(app, ADA).get(f"/travaux/{job.id}").text


def test_a_file_that_was_read_since_is_not_told_as_refused(app, read):
    read("presse.csv")
    read("presse.csv", end=JobEnd(JobState.DONE))

    assert work(app) == ""
