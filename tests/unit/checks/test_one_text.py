"""What one text says against itself is found; what only looks like it is left alone."""

import pytest

from mailer.checks import run_checks
from tests.counterparts.drafts import a_draft, a_step, an_event
from tests.unit.checks.one_text import CONTRADICTIONS


def found(check, text, language):
    draft = a_draft(
        a_step(text=f"{text}\n", language=language),
        language=language,
        event=an_event("2017-12-12 14:00"),
        partners=(),
        press_contacts=(),
    )
    return [str(each.what) for each in run_checks(draft) if each.check == check]


@pytest.mark.parametrize(
    ("check", "language", "text", "expected"),
    [
        (check, language, text, expected)
        for check, by_answer in CONTRADICTIONS.items()
        for expected, texts in by_answer.items()
        for language, text in texts
    ],
)
def test_a_text_agrees_with_itself(check, language, text, expected):
    assert bool(found(check, text, language)) is expected
