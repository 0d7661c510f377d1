"""The same draft is not checked twice, and another one never gets its findings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.checks import CHECKS, findings_without_readers, run_checks
from mailer.checks.check import Check
from mailer.checks.kept_findings import without_readers
from mailer.model.drafts.draft import Draft
from tests.counterparts.drafts import MAIN, a_contact, a_draft, a_message, a_step, an_audience

SLIP = "# Titre\n\nLes les chercheurs seront là.\n"


@pytest.fixture(autouse=True)
def nothing_kept():
    findings_without_readers.cache_clear()


def runs():
    """How often the checks have read a whole draft."""
    return findings_without_readers.cache_info().misses


def names(draft):
    return {finding.check for finding in run_checks(draft)}


def test_an_equal_draft_is_not_read_again_on_the_same_day():
    first = a_draft(text=SLIP)
    later = replace(a_draft(text=SLIP), now=first.now + timedelta(hours=20))

    assert run_checks(first) == run_checks(later)

    assert runs() == 1


def test_the_next_day_is_another_draft():
    draft = a_draft()

    run_checks(draft)
    run_checks(replace(draft, now=draft.now + timedelta(days=1)))

    assert runs() == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"messages": {("announcement", MAIN): a_message()}},
        {"template_files": {"press/body.mjml.j2": "x"}},
        {"event_conflicts": ("another",)},
        {"last_edit": "another"},
        {"campaign": a_draft(title="Autre").campaign},
        {"plan": ()},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_draft_that_differs_anywhere_is_read_again_under_the_same_fingerprint(changed):
    draft = a_draft()

    run_checks(draft)
    findings_without_readers(without_readers(replace(draft, **changed)))

    assert runs() == 2


def test_a_corrected_text_loses_its_finding_and_gets_it_back_with_the_slip():
    wrong, right = a_draft(text=SLIP), a_draft(text=SLIP.replace("Les les", "Les"))

    found = ["doubled-word" in names(draft) for draft in (wrong, right, wrong)]

    assert found == [True, False, True]


def test_who_reads_it_is_asked_each_time():
    empty = a_draft(a_step(), audiences={"announcement": an_audience()})
    filled = replace(empty, audiences={"announcement": an_audience(a_contact())})

    assert "no-recipients" in names(empty)
    assert "no-recipients" not in names(filled)
    assert runs() == 1


def test_only_so_many_drafts_are_kept():
    limit = findings_without_readers.cache_info().maxsize

    for number in range(limit + 3):
        findings_without_readers(without_readers(a_draft(title=f"Titre {number}", steps=())))

    assert findings_without_readers.cache_info().currsize == limit


def test_a_check_that_does_not_say_so_cannot_read_the_audiences():
    draft = without_readers(a_draft(audiences={"announcement": an_audience(a_contact())})).draft
    checks = [check for check in CHECKS if check.reads_audiences]

    assert checks
    for check in checks:
        with pytest.raises(RuntimeError, match="READS_AUDIENCES"):
            found_by(check, draft)


def found_by(check: Check, draft: Draft):
    """Ask a check about a draft with a message, without which some have nothing to ask."""
    messages = {(planned.step.id, MAIN): a_message() for planned in draft.plan}
    return list(check.findings(replace(draft, messages=messages)))
