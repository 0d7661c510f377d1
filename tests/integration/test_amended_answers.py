"""The steps that answers trigger, after a correction and after a move."""

from collections import Counter

import pytest

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address
from mailer.operations.people.accreditations import Ruling, register_accreditation
from mailer.operations.sending.suspend import lift_suspension, suspend_everything
from tests.counterparts.amending import PressOffice
from tests.counterparts.builders import ACTOR
from tests.integration.test_amendments import FACTS, PRESS, TEXT, wrong_room

State = AccreditationState
ON_ANSWERS = "".join(
    f'\n[[steps]]\nid = "{name}"\non = "{state}"\nto = ["press"]\nsubject = "Votre demande"\n'
    for name, state in (("confirmation", "accepted"), ("receipt", "asked"))
)
ADA, BEA, CLEO, DORA = PRESS[:4]


@pytest.fixture
def office(tmp_path, ledger):
    """The invitation has left, and one person has their confirmation."""
    folder = tmp_path / "2026-mer"
    folder.mkdir()
    (folder / "campaign.toml").write_text(FACTS + ON_ANSWERS, "utf-8")
    for step in ("announcement", "reminder", "practical", "confirmation", "receipt"):
        (folder / f"{step}.md").write_text(TEXT, "utf-8")
    office = PressOffice(folder, ledger, at="2026-03-20 10:00")
    office.knows(*PRESS)
    office.launches()
    office.runs("2026-03-23 09:30")
    answers(office, ADA)
    office.runs("2026-03-23 09:40")
    assert told(office) == {(ADA, "confirmation"): 1}
    return office


def answers(office, address, state=State.ACCEPTED):
    register_accreditation(
        office.slug,
        Address.parse(address),
        ruling=Ruling(state),
        actor=ACTOR,
        ledger=office.ledger,
        now=office.clock.now(),
    )


def told(office, *, since=0):
    """Who was told of their answer, by which step."""
    mails = office.post.mails[since:]
    return Counter(
        (mail.to, mail.step) for mail in mails if mail.step.startswith(("confirmation", "receipt"))
    )


def test_after_a_correction_each_answer_is_told_once_by_the_version_of_then(office):
    answers(office, BEA)  # and the correction is faster than the service
    wrong_room(office)
    amended = office.drafts_amendment("correction", at="2026-03-23 09:50")
    sent = office.tells("correction")
    answers(office, CLEO)
    office.runs("2026-03-23 10:40")
    office.runs("2026-03-23 10:50")

    assert amended.count == len(sent) == len(PRESS) + 1
    assert told(office) == {
        (ADA, "confirmation"): 1,
        (BEA, "confirmation-v2"): 1,
        (CLEO, "confirmation-v2"): 1,
    }
    late = [mail for mail in office.post.mails if mail.step == "confirmation-v2"]
    assert all("Océanopolis" in mail.text for mail in late)


def test_after_two_corrections_nobody_is_told_again_what_the_first_version_told(office):
    for at, (old, new) in {
        "2026-03-23 09:50": ("Station marine", "Océanopolis"),
        "2026-03-23 10:50": ("Océanopolis", "Salle 2"),
    }.items():
        office.edits(old, new)
        office.tells("correction", at=at)
    answers(office, BEA)
    office.runs("2026-03-23 11:40")

    assert told(office) == {(ADA, "confirmation"): 1, (BEA, "confirmation-v3"): 1}


def test_after_a_move_who_confirms_is_told_and_being_asked_again_is_no_new_request(office):
    answers(office, DORA, State.ASKED)
    office.runs("2026-03-23 09:45")
    before = len(office.post.mails)
    office.edits("2026-03-31", "2026-04-02")
    office.tells("move", at="2026-03-23 09:50")
    office.runs("2026-03-23 10:30")
    assert told(office, since=before) == {}

    answers(office, ADA)
    answers(office, CLEO, State.ASKED)
    answers(office, DORA)
    office.runs("2026-03-23 10:40")

    assert told(office, since=before) == {
        (ADA, "confirmation-v2"): 1,
        (CLEO, "receipt-v2"): 1,
        (DORA, "confirmation-v2"): 1,
    }
    assert "jeudi 2 avril" in office.post.mails[-1].text.replace("\xa0", " ")


def test_a_confirmation_that_was_stopped_in_mid_mailing_comes_from_the_new_version(office):
    for each in PRESS[1:6]:
        answers(office, each)
    sent = len(office.post.mails)
    office.post.before_each = lambda number: (
        suspend_everything(actor=ACTOR, why="", ledger=office.ledger, now=office.clock.now())
        if number == sent + 1
        else None
    )
    office.runs("2026-03-23 09:45")
    office.post.before_each = lambda _number: None
    lift_suspension(actor=ACTOR, why="", ledger=office.ledger, now=office.clock.now())
    by_first = {to for to, step in told(office) if step == "confirmation"}
    wrong_room(office)

    office.tells("correction", at="2026-03-23 09:50")

    by_second = {to for to, step in told(office) if step == "confirmation-v2"}
    assert len(by_first) == 3
    assert by_first | by_second == set(PRESS[:6])
    assert max(Counter(to for to, _step in told(office)).values()) == 1


def test_after_a_cancellation_no_answer_is_told_any_more(office):
    answers(office, BEA)
    office.tells("cancellation", at="2026-03-23 09:50")
    answers(office, CLEO)
    office.runs("2026-03-23 10:40")

    assert told(office) == {(ADA, "confirmation"): 1}
