"""The press room as files: what is public and nothing else, replaced whole, made anew at the hour."""

import os

import pytest

from mailer.errors import ContentError
from mailer.files.site_folders import replace_site
from mailer.model.mailings.progress import Task
from mailer.press_room.exporting import StaticPressRoom
from mailer.service.service import Service
from tests.counterparts.press_room import CONFIG, TOML, PublishingOffice

HOUR = "2027-03-10 12:00"


@pytest.fixture
def office(tmp_path):
    made = PublishingOffice(tmp_path, config=f'{CONFIG}folder = "var/presse"\n')
    yield made
    made.close()


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_files_never_have_the_future_and_are_made_anew_at_the_hour(office):
    campaign = office.writes(embargo="2027-03-10T12:00:00")
    campaign.launches()
    campaign.runs("2027-03-08 09:30")
    folder = office.workspace / "var" / "presse"
    (work,) = (
        each.tasks[Task.PRESS_ROOM]
        for each in Service(office.app).background(
            on_outcome=lambda _outcome: None, on_alert=lambda _alert: None
        )
        if Task.PRESS_ROOM in each.tasks
    )

    office.is_at("2027-03-10 11:59:59")
    written = [work(), work()]
    before = files_of(folder)
    office.is_at(HOUR)
    written += [work(), work()]
    after = files_of(folder)

    assert written == [True, False, True, False]
    assert not [
        path for path, content in before.items() if b"mar" in content and b"minute" in content
    ]
    assert {"fr/marees/index.html", "en/marees/index.html", "fr/marees/texte.txt"} <= (
        after.keys() - before.keys()
    )


def test_the_files_are_what_the_server_answers_but_for_the_forms(office):
    offered = '\n[[attachments]]\npath = "dossier.pdf"\npublic = true\n'
    campaign = office.writes(toml=TOML + offered)
    (office.workspace / "campaigns" / "marees" / "dossier.pdf").write_bytes(b"%PDF-1.7")
    campaign.launches()
    campaign.runs("2027-03-08 09:30")
    folder = office.workspace / "var" / "presse"
    StaticPressRoom(office.app).write()
    assert [path for path in files_of(folder) if path.endswith(".pdf")]

    for path, content in files_of(folder).items():
        answer = office.asks("/" + path.removesuffix("index.html"))
        is_page = path.endswith(".html")
        assert answer.status == (404 if path == "404.html" else 200)
        assert is_page or answer.body == content, path
        assert b"<form" not in content


def test_a_folder_is_replaced_whole_and_only_if_it_is_a_press_room(tmp_path):
    folder = tmp_path / "site"
    foreign = tmp_path / "documents"
    foreign.mkdir()
    (foreign / "lettre.txt").write_text("à garder", "utf-8")

    changed = [replace_site(folder, {"index.html": b"1", "a/b.html": b"2"})]
    held = os.open(folder, os.O_RDONLY)
    changed += [replace_site(folder, each) for each in ({"index.html": b"3"},) * 2]

    assert changed == [True, True, False]
    assert files_of(folder) == {"index.html": b"3"}
    # Who has the folder open goes on in the state that they found.
    with open("index.html", "rb", opener=lambda path, how: os.open(path, how, dir_fd=held)) as file:
        assert file.read() == b"1"
    os.close(held)
    with pytest.raises(ContentError):
        replace_site(foreign, {"index.html": b""})
    assert (foreign / "lettre.txt").read_text("utf-8") == "à garder"
