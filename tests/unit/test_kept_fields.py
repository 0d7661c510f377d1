"""What somebody had typed comes back in words, whichever form it was typed into."""

import re
from pathlib import Path

import pytest

import mailer.web
from mailer.operations.team.kept_forms import SECRET_FIELDS
from mailer.web.kept_fields import kept_fields, label_of_kept_field

TEMPLATES = Path(mailer.web.__file__).parent / "templates"
BEFORE_SIGN_IN = {"passkey-name"}
"""What is typed with a proof of who somebody is, and never kept."""


def typed_names():
    """The fields that the pages let somebody type into, but those for files and for searches."""
    found = set()
    for file in TEMPLATES.rglob("*.j2"):
        found |= set(re.findall(r'\b(?:field|area)\(visit, "([^"]+)"', file.read_text("utf-8")))
    found |= {"office.name", "sender.reply_to"}  # written by a macro of their page
    return found - SECRET_FIELDS - {"file", "word"} - BEFORE_SIGN_IN


@pytest.mark.parametrize("name", sorted(typed_names()))
def test_every_field_that_is_typed_into_has_words(name):
    assert label_of_kept_field(name) is not None


def test_a_mark_of_the_page_is_sent_again_and_not_shown():
    (mark, empty, step) = kept_fields(
        [("fingerprint", "ab12"), ("why", " "), ("steps.reminder.to", "press")]
    )

    assert (mark.value, mark.is_shown) == ("ab12", False)
    assert not empty.is_shown
    assert (str(step.label), str(step.shown)) == ("Lists", "press")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("outcome", "no-answer", "no answer"),
        ("outcome", "unheard-of", "unheard-of"),
        ("kind", "correction", "correction"),
        ("accreditation.deadline.day", "2017-12-04", "2017-12-04"),
    ],
)
def test_a_choice_is_shown_by_its_words(name, value, shown):
    (field,) = kept_fields([(name, value)])

    assert field.is_shown
    assert str(field.shown) == shown


def test_what_is_no_day_stays_as_it_was_typed():
    (wrong, right) = kept_fields([("day", "2017-02-30"), ("day", "2017-12-31")])

    assert wrong.day is None
    assert str(right.day) == "2017-12-31"
