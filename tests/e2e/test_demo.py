"""The first minutes of a newcomer."""

import email
import email.policy
import tomllib
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from tests.e2e.commands import EXAMPLE, mailer


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The folder of a demo that has run."""
    out = tmp_path_factory.mktemp("tour") / "demo"
    shown = mailer("demo", "--out", out).stdout
    (out / "begun.txt").write_text(shown, "utf-8")
    return out


def test_the_demo_ends_in_files_to_look_at_and_can_be_run_twice(demo):
    began = (demo / "begun.txt").read_text("utf-8")
    shown = mailer("demo", "--out", demo).stdout

    written = list(demo.glob("messages/*/*.eml"))
    assert f"{len(written)} messages écrits, rien n’est parti" in shown
    assert (demo / "preview" / "index.html").is_file()
    assert (demo / "report" / "index.html").is_file()
    for line in ("journalistes.xlsx → press", "associations.csv → associations"):
        assert line in began
        assert line not in shown


def test_every_message_of_the_demo_names_one_person_of_a_reserved_domain(demo):
    for path in demo.glob("messages/*/*.eml"):
        message = email.message_from_bytes(path.read_bytes())
        (to,) = message.get_all("To")
        assert to.count("@") == 1
        assert to.rstrip(">").rpartition(".")[2] in {"example", "invalid", "test"}
        assert message["Cc"] is None
        assert message["Bcc"] is None


def test_who_comes_finds_the_meeting_in_the_practical_mail_and_calendars_agree_on_its_hour(demo):
    entries = {path: calendar_in(path) for path in demo.glob("messages/*/*.eml")}
    kept = {path: entry for path, entry in entries.items() if entry}

    assert len(kept) > 10
    assert set(kept) == set(demo.glob("messages/practical/*.eml"))
    assert len({event_of(entry)["UID"] for entry in kept.values()}) == 1
    for entry in kept.values():
        event = event_of(entry)
        assert event.start.astimezone(UTC) == datetime(2017, 12, 9, 8, 30, tzinfo=UTC)
        assert event.end.astimezone(UTC) == datetime(2017, 12, 9, 16, 0, tzinfo=UTC)
        assert "23 quai de Conti" in event["LOCATION"]
        # By the rules of the file's own VTIMEZONE, without a database of zones.
        zone = tzical(StringIO(entry.replace("\r\n", "\n"))).get("Europe/Paris")
        assert event.start.replace(tzinfo=zone).astimezone(UTC) == event.start.astimezone(UTC)


def calendar_in(path):
    """The text of a message's calendar file, or nothing."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    found = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return found[0].get_payload(decode=True).decode() if found else ""


def event_of(entry):
    (event,) = Calendar.from_ical(entry).events
    return event


def test_a_workspace_to_start_from_has_all_it_needs(tmp_path):
    folder = tmp_path / "bureau de presse"

    mailer("init", folder)

    assert (folder / "config.toml").is_file()
    assert (folder / "campaigns" / EXAMPLE / "campaign.toml").is_file()
    assert [path for path in (folder / "templates").rglob("*") if path.is_file()] == []


def test_init_names_the_office_and_leaves_the_rest_of_its_file_as_it_is(tmp_path):
    plain, named = tmp_path / "plain", tmp_path / "named"

    mailer("init", plain)
    mailer("init", named, "--office", 'Institut "des Rivages"')

    before, after = ((each / "config.toml").read_text() for each in (plain, named))
    assert tomllib.loads(after)["office"]["name"] == 'Institut "des Rivages"'
    changed = [
        new for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new
    ]
    assert len(changed) == 1
    assert "# nom sous lequel on vous connaît" in changed[0]


def test_init_leaves_a_folder_that_holds_something_as_it_is(tmp_path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")

    refused = mailer("init", tmp_path, expect=65)

    assert "n’est pas vide" in refused.stderr
    assert [path.name for path in Path(tmp_path).iterdir()] == ["letter.txt"]


def test_a_demonstration_is_deleted_only_when_somebody_says_so(tmp_path):
    demo = tmp_path / "demo"
    mailer("demo", "--out", demo)
    note = demo / "workspace" / "campaigns" / "mine.txt"
    note.write_text("made by hand", "utf-8")

    refused = mailer("demo", "--out", demo, "--anew", expect=1)
    kept = note.exists()
    mailer("demo", "--out", demo, "--anew", "--yes")

    assert "Rien n’a été supprimé" in refused.stdout
    assert kept
    assert not note.exists()
    assert (demo / "workspace" / "config.toml").is_file()
