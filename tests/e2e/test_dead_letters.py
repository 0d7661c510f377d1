"""What came and could not be read is shown, and saved as it came."""

import pytest

from mailer.ledger import open_ledger
from mailer.model.feedback.inbox import MAILBOX, MAX_READ_ATTEMPTS
from tests.counterparts.builders import NOON
from tests.e2e.commands import answers, mailer

RAW = b"From: relay@press.example\r\n\r\nnobody can read this\xff"


@pytest.fixture
def workspace(tmp_path):
    """A workspace in whose ledger one mail and one post could not be read."""
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "var").mkdir()
    ledger = open_ledger(f"sqlite:///{tmp_path / 'var' / 'ledger.db'}")
    for _attempt in range(MAX_READ_ATTEMPTS):
        ledger.inbox.record_failure(b"not json", source="sendgrid", why="no events", at=NOON)
        ledger.inbox.record_failure(RAW, source=MAILBOX, why="no such charset", at=NOON)
    ledger.close()
    return tmp_path


def test_dead_letters_are_shown_with_the_reason(workspace):
    shown = mailer("bounces", "dead-letters", workspace=workspace, lang="en").stdout

    assert "no such charset" in shown
    assert "no events" in shown
    assert len(answers("bounces", "dead-letters", workspace=workspace)) == 2


def test_a_saved_dead_letter_is_byte_for_byte_what_came(workspace, tmp_path):
    folder = tmp_path / "letters"

    mailer("bounces", "dead-letters", "--save", folder, "--by", "Ada", workspace=workspace)

    saved = {file.suffix: file for file in folder.iterdir()}
    assert saved.keys() == {".eml", ".post"}
    assert saved[".eml"].read_bytes() == RAW
    assert saved[".eml"].stat().st_mode & 0o077 == 0
