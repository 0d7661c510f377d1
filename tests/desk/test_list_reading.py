"""The first reading of a list at the desk: long work like its taking in, and told where it fails."""

import subprocess
import sys
from io import BytesIO

from openpyxl import Workbook

from mailer.model.service.job import JobState
from mailer.model.team.actor import Actor, Via
from mailer.operations.exports import KEPT_FOR
from mailer.operations.jobs import LEASE
from mailer.operations.people.kept_lists import discard_list, keep_list
from mailer.wiring.jobs import JobRunner
from tests.desk.visitors import READER, WRITER

NADIA = Actor(WRITER.id, WRITER.name, Via.DESK, WRITER.roles)
ROWS = b"Nom;Courriel\nDurand;lea.durand@gmial.com\nPetit;ana@radio.example\n"


def kept(desk, content=ROWS, name="liste.csv"):
    """The job that reads an uploaded list, which nobody has begun."""
    asked = {"ledger": desk.app.ledger, "now": desk.app.clock.now()}
    return keep_list(name, content, list_name="essai", field="file", actor=NADIA, **asked)


def state(desk, job):
    return desk.app.ledger.jobs.get(job.id).state


def test_a_reading_whose_page_was_left_is_found_again_and_leads_to_its_rows(desk):
    job, visitor = kept(desk), desk.visitor()

    start = visitor.get("/")
    led = visitor.get(f"/travaux/{job.id}")
    while led.status == 200:  # the desk was too busy to read it at once
        led = visitor.get(f"/travaux/{job.id}")

    assert f'href="/travaux/{job.id}"' in start.html
    assert "Lecture d’une liste" in start.text
    assert led.location == f"/imports/{job.request.subject}"
    assert "2 lignes lues. 1 ligne à décider." in visitor.follow(led).text


def test_a_list_whose_reading_was_killed_twice_says_so_and_is_read_when_it_is_opened(desk):
    app, job, visitor = desk.app, kept(desk), desk.visitor()
    killed = subprocess.Popen([sys.executable, "-c", "pass"])
    killed.wait()
    host = app.worker.rpartition(":")[0]
    worker, lease_until = f"{host}:{killed.pid}", app.clock.now() + LEASE
    app.ledger.jobs.claim(worker=worker, lease_until=lease_until)
    app.ledger.jobs.requeue(job.id, worker=worker)
    app.ledger.jobs.claim(worker=worker, lease_until=lease_until)
    JobRunner(app).start()

    told = visitor.get(f"/travaux/{job.id}")
    opened = visitor.get(f"/imports/{job.request.subject}")
    if opened.status == 303:
        opened = visitor.follow(visitor.finished(opened))

    assert state(desk, job) is JobState.INTERRUPTED
    assert f'href="/imports/{job.request.subject}"' in told.html
    assert "2 lignes lues." in opened.text


def test_a_file_that_is_refused_late_is_told_at_its_field_and_does_not_wait(desk):
    job, visitor = kept(desk, b"%PDF-1.7 avis", "avis.pdf"), desk.visitor()

    led = visitor.get(f"/travaux/{job.id}")
    while led.status == 200:
        led = visitor.get(f"/travaux/{job.id}")
    form = visitor.follow(led)

    assert form.status == 422
    assert 'href="#file"' in form.html
    assert 'value="essai"' in form.html
    assert desk.app.ledger.list_files.waiting() == []


def test_a_reading_is_removed_with_its_list_and_made_again_when_it_is_old(desk):
    app = desk.app
    location = desk.visitor().upload({"file": ("liste.csv", ROWS)}, list="essai").location
    file = location.rpartition("/")[2]
    first = app.ledger.exported_files.get(file)

    app.clock.wait_until(app.clock.now() + KEPT_FOR)
    app.ledger.exported_files.remove_older(app.clock.now())
    again = desk.visitor().get(location)
    if again.status == 303:
        again = desk.visitor().follow(desk.visitor().finished(again))
    second = app.ledger.exported_files.get(file)
    discard_list(file, actor=NADIA, ledger=app.ledger)

    assert "2 lignes lues." in again.text
    assert first.made_at < second.made_at
    assert app.ledger.exported_files.get(file) is None


def test_a_list_that_is_being_read_is_read_once_however_often_it_is_opened(desk):
    app, job, visitor = desk.app, kept(desk), desk.visitor()
    app.ledger.jobs.claim(worker="elsewhere:1", lease_until=app.clock.now() + LEASE)

    opened = [visitor.get(f"/imports/{job.request.subject}") for _time in range(2)]

    assert {each.location for each in opened} == {f"/travaux/{job.id}"}
    assert len(app.ledger.jobs.newest(person=WRITER.id, limit=9)) == 1


def test_who_may_take_no_list_in_has_none_read(desk):
    job = kept(desk)
    desk.app.ledger.jobs.ask_to_cancel(job.id, at=desk.app.clock.now())

    assert desk.visitor(READER).get(f"/imports/{job.request.subject}").status == 409
    assert desk.app.ledger.jobs.newest(person=READER.id, limit=9) == []


def test_what_a_list_says_otherwise_of_people_on_it_is_told_before_it_is_taken_in(desk):
    visitor = desk.visitor()
    first = b"Nom;Courriel;M\xc3\xa9dia\nLou Le Gall;lou@radio.example;Ouest Info\n"
    again = b"Nom;Courriel;M\xc3\xa9dia\nLou Le Gall;LOU@radio.example;Doublon\n"

    path = visitor.upload({"file": ("liste.csv", first)}, list="essai").location
    visitor.finished(visitor.post(path))
    told = visitor.get(visitor.upload({"file": ("liste.csv", again)}, list="essai").location)
    other = visitor.get(visitor.upload({"file": ("b.csv", again)}, list="associations").location)

    assert "Lou Le Gall est déjà sur cette liste, qui dit maintenant autre chose" in told.html
    assert "«\u00a0Ouest Info\u00a0» devient «\u00a0Doublon\u00a0»" in told.html
    assert "devient" not in other.html


def test_what_is_said_of_many_rows_is_one_line_and_the_sheets_are_told_first(desk):
    book = Workbook()
    radios, tv = book.active, book.create_sheet("Télés")
    radios.title = "Radios"
    for sheet in (radios, tv):
        sheet.append(["Nom", "Courriel", "Média"])
    for number in range(60):
        radios.append(["", f"redaction@radio{number}.example", f"Radio {number}"])
    tv.append(["Petit", "ana.petit@tele.example", "Télé"])
    file = BytesIO()
    book.save(file)
    visitor = desk.visitor()

    page = visitor.follow(visitor.upload({"file": ("tout.xlsx", file.getvalue())}, list="radios"))

    before, _, remarks = page.text.partition("remarques")
    assert "tout ce qui est lu va dans la liste « radios »" in before.replace("\u00a0", " ")
    assert "Télés" in before
    assert "60 lignes de ce genre" in remarks
    assert "Les 50 premières sont montrées." in remarks
    assert page.html.count("<details><summary>") < 10
