"""A finding keeps its mark while its words stand, and an accepted one no longer counts."""

import pytest

from mailer.checks import run_checks
from mailer.checks.accepting import accepted_findings, open_findings
from mailer.model.drafts.accepted_finding import AcceptedFinding
from tests.counterparts.builders import NOON
from tests.counterparts.drafts import CLEAN, CONFIRMATION, a_draft, a_step, an_event

SLIP = "Une étude de de grande taille."


def checked(text, *, accepted=(), **changes):
    step = a_step(text=f"{CLEAN}\n{text}\n")
    return run_checks(a_draft(step, CONFIRMATION, accepted=accepted, **changes))


def accepting(finding):
    return (AcceptedFinding("meeting", finding.id, finding.check, "voulu", NOON, "", "Ada"),)


@pytest.mark.parametrize(
    "moved", [SLIP, f"Un mot avant.\n\n{SLIP}", f"{SLIP}\n\nUn mot après.", f"{SLIP} "]
)
def test_an_acceptance_holds_wherever_its_line_moves(moved):
    (finding,) = checked(SLIP)

    found = checked(moved, accepted=accepting(finding))

    assert open_findings(found) == ()
    assert [each.accepted.why for each in accepted_findings(found)] == ["voulu"]


@pytest.mark.parametrize("changed", ["Une étude de de petite taille.", f"L’{SLIP}", "Une une."])
def test_an_acceptance_lapses_when_the_words_change(changed):
    (finding,) = checked(SLIP)

    found = checked(changed, accepted=accepting(finding))

    assert accepted_findings(found) == ()
    assert len(open_findings(found)) == 1


def test_the_same_slip_in_another_line_is_not_accepted_with_it():
    (finding,) = checked(SLIP)

    found = checked(f"{SLIP}\n\nUne autre étude de de l’année.", accepted=accepting(finding))

    assert (len(accepted_findings(found)), len(open_findings(found))) == (1, 1)


def test_what_blocks_is_never_accepted():
    draft = {"event": an_event(venue="")}
    finding = next(each for each in checked("Du texte.", **draft) if each.blocks)

    found = checked("Du texte.", accepted=accepting(finding), **draft)

    assert finding in open_findings(found)
    assert accepted_findings(found) == ()
