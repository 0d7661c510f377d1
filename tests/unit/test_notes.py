"""What the program notes down is said later in the reader's language."""

from datetime import UTC, datetime
from gettext import NullTranslations

from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import reason_of
from mailer.files.catalogues import translations_for
from mailer.wording import _, _n, as_note, from_note, say

AT = datetime(2017, 12, 4, 9, 30, tzinfo=UTC)


def test_a_note_keeps_its_values_and_is_translated_when_it_is_read():
    note = as_note(
        _("it was due at {due_at} and useful until {expires_at}", due_at=AT, expires_at=AT)
    )

    assert say(from_note(note), NullTranslations()).startswith("it was due at 2017-12-04 09:30")
    assert "04/12/2017 à 09\u00a0h\u00a030" in say(from_note(note), translations_for("fr"))


def test_a_note_in_the_plural_keeps_its_number():
    note = as_note(_n("{count} step", "{count} steps", count=2))

    assert say(from_note(note), NullTranslations()) == "2 steps"


@given(st.text())
def test_the_words_of_a_person_are_shown_as_they_are(words):
    assert say(from_note(words), NullTranslations()) == words


def test_what_the_system_refuses_is_said_in_our_words():
    refused = FileNotFoundError(2, "No such file or directory")

    assert str(reason_of(refused)) == "there is no such file or folder"
    assert str(reason_of(OSError(9999, "odd"))) == "odd"
