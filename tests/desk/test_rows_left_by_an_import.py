"""Rows in doubt of a command-line import are decided at the desk, as those of an uploaded list."""

from mailer.files.quarantine import write_quarantine
from mailer.model.team.actor import Actor, Via
from mailer.operations.people.import_contacts import ImportRequest, import_file
from tests.desk.test_rows_to_decide import decided, rows_of
from tests.desk.visitors import WRITER

NADIA = Actor(WRITER.id, WRITER.name, Via.CLI, WRITER.roles)
DOUBTFUL = "Nom;Courriel\nDurand;lea.durand@gmial.com\nPetit;ana@radio.example\n"
SURE = DOUBTFUL.replace("gmial", "gmail")


def imported(desk, folder, text=DOUBTFUL, **request):
    """Import a file as `mailer contacts import` does."""
    path = folder / "liste.csv"
    path.write_text(text, "utf-8")
    return import_file(
        ImportRequest(path, "essai", **request),
        read_file=desk.app.children.read_contacts,
        write_quarantine=lambda read: write_quarantine(read, folder / "lignes.csv", say=str),
        actor=NADIA,
        ledger=desk.app.ledger,
        now=desk.app.clock.now(),
        leaves_to_desk=True,
    )


def waiting(desk):
    return desk.app.ledger.list_files.waiting()


def in_directory(desk):
    return sorted(str(each.address) for each in desk.app.ledger.contacts.all(("essai",)))


def test_a_row_in_doubt_waits_on_the_pages_of_the_desk_and_is_decided_there(desk, tmp_path):
    found = imported(desk, tmp_path)
    visitor = desk.visitor()

    assert found.waits_at_desk
    assert in_directory(desk) == ["ana@radio.example"]
    assert "liste.csv" in visitor.get("/contacts/importer").text
    path = f"/imports/{waiting(desk)[0].id}"
    assert f'href="{path}"' in visitor.get("/").html
    page = visitor.get(path)
    while page.status != 200 or not rows_of(page):  # the reading is a job
        page = visitor.follow(page) if page.location else visitor.get(path)
    assert len(rows_of(page)) == 1

    visitor.finished(visitor.post(path, **decided(page, "accept")))

    assert in_directory(desk) == ["ana@radio.example", "lea.durand@gmail.com"]
    assert waiting(desk) == []


def test_the_same_file_waits_once_and_no_longer_after_it_was_corrected(desk, tmp_path):
    imported(desk, tmp_path)
    imported(desk, tmp_path)
    assert len(waiting(desk)) == 1

    corrected = imported(desk, tmp_path, SURE)

    assert not corrected.waits_at_desk
    assert waiting(desk) == []


def test_a_file_that_the_desk_would_read_otherwise_waits_in_its_table_alone(desk, tmp_path):
    found = imported(desk, tmp_path, encoding="utf-8")

    assert found.quarantine is not None
    assert not found.waits_at_desk
    assert waiting(desk) == []


def test_a_dry_run_leaves_nothing_to_the_desk(desk, tmp_path):
    assert not imported(desk, tmp_path, is_dry_run=True).waits_at_desk
    assert waiting(desk) == []
