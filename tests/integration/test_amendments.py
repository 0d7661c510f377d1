"""Corrections, moves and cancellations of a campaign that is leaving."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from mailer.calendar.timetable import plan
from mailer.errors import RuleError
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.mailings.delivery import Accepted, Deferred, Uncertain
from mailer.model.mailings.mailing import MailingState
from mailer.operations.amendments.act import (
    cancelled_before,
    findings_of,
    launch_amendment,
    open_amendment,
)
from mailer.operations.campaigns.drafts.since_launch import since_launch
from mailer.operations.campaigns.plans.plan import plan_campaign
from mailer.operations.sending.resend import (
    groups_to_resend,
    what_to_resend,
)
from mailer.operations.sending.start import start_due
from mailer.operations.sending.suspend import lift_suspension, suspend_everything
from tests.counterparts.amending import PressOffice
from tests.counterparts.builders import ACTOR, a_bar, a_delivery
from tests.counterparts.drafts import OFFICE

FACTS = """\
kind = "advisory"
title = "La mer, cartographiée"
language = "fr"
place = "Brest"

[event]
name = "La mer, cartographiée"
starts_at = 2026-03-31T09:30:00
venue = "Station marine"
address = "quai de la Douane, Brest"

[accreditation]
required = true
deadline = "J-1 12:00"
addresses = ["presse@institut.example"]

[[press_contacts]]
name = "Claire Delmas"
email = "claire@institut.example"
phone = "01 99 00 12 34"

[[steps]]
id = "announcement"
send = "J-8 09:30"
to = ["press", "associations"]
subject = "Invitation presse – La mer, cartographiée"
calendar = true

[[steps]]
id = "reminder"
send = "J-4 09:30"
to = ["press"]
unless = ["accredited", "declined"]
subject = "Relance – La mer, cartographiée"

[[steps]]
id = "practical"
send = "J-1 15:00"
to = ["press"]
only = ["accredited"]
subject = "Infos pratiques – La mer, cartographiée"
calendar = true
"""
TEXT = "# La mer, cartographiée\n\nLe {{ event.date }}, à {{ event.venue }}.\n"
PRESS = [f"p{number}@press.example" for number in range(10)]


@pytest.fixture
def office(tmp_path, ledger):
    folder = tmp_path / "2026-mer"
    folder.mkdir()
    (folder / "campaign.toml").write_text(FACTS, "utf-8")
    for step in ("announcement", "reminder", "practical"):
        (folder / f"{step}.md").write_text(TEXT, "utf-8")
    office = PressOffice(folder, ledger, at="2026-03-20 10:00")
    office.knows(*PRESS)
    return office


@pytest.fixture
def announced(office):
    """The announcement has left to everybody."""
    office.launches()
    office.runs("2026-03-23 09:30")
    assert len(office.post.mails) == len(PRESS)
    return office


def wrong_room(office):
    office.edits("Station marine", "Océanopolis")


def out_at(office, count):
    """Suspend everything while message number `count` is being sent, as somebody who sees it."""

    def suspend(number):
        if number == count - 1:
            suspend_everything(
                actor=ACTOR, why="la salle", ledger=office.ledger, now=office.clock.now()
            )

    office.post.before_each = suspend


def goes_on(office):
    office.post.before_each = lambda _number: None
    lift_suspension(actor=ACTOR, why="", ledger=office.ledger, now=office.clock.now())


def by_step(mails):
    return Counter(mail.step for mail in mails)


def test_those_who_have_it_are_told_and_those_who_have_nothing_get_version_2(office):
    office.launches()
    out_at(office, 6)
    office.runs("2026-03-23 09:30")
    first = {mail.to for mail in office.post.mails}
    goes_on(office)
    wrong_room(office)

    told = office.tells("correction", at="2026-03-23 09:50")

    assert len(first) == 6
    assert by_step(told) == {"correction": 6, "announcement-v2": 4}
    corrected = [mail for mail in told if mail.step == "correction"]
    assert {mail.to for mail in corrected} == first
    assert all(mail.subject.startswith("Rectificatif (lieu)") for mail in corrected)
    assert all("Station marine" in mail.text and "Océanopolis" in mail.text for mail in corrected)
    again = [mail for mail in told if mail.step == "announcement-v2"]
    assert {mail.subject for mail in again} == {"Invitation presse – La mer, cartographiée"}
    assert all("Station marine" not in mail.text for mail in again)
    assert max(Counter(mail.to for mail in office.post.mails).values()) == 2


def test_coming_steps_tell_version_2_and_nothing_else_changed(announced):
    wrong_room(announced)
    announced.answers(PRESS[0])
    announced.tells("correction", at="2026-03-24 10:00")

    announced.runs("2026-03-27 09:30")
    announced.runs("2026-03-30 15:00")

    reminded = [mail for mail in announced.post.mails if mail.step == "reminder"]
    (practical,) = [mail for mail in announced.post.mails if mail.step == "practical"]
    assert {mail.to for mail in reminded} == {*PRESS[1:]}
    assert practical.to == PRESS[0]
    assert all("à Océanopolis" in mail.text for mail in (*reminded, practical))


def test_a_step_that_was_due_and_suspended_leaves_corrected_and_late(office):
    office.launches()
    suspend_everything(actor=ACTOR, why="salle", ledger=office.ledger, now=office.clock.now())
    office.runs("2026-03-23 09:30")
    wrong_room(office)
    found = office.drafts_amendment("correction", at="2026-03-23 09:50")
    goes_on(office)

    told = office.tells("correction")

    assert [each.step for each in found.given_up] == []
    assert (found.count, by_step(told)) == (len(PRESS), {"announcement": len(PRESS)})
    assert all("Océanopolis" in mail.text for mail in told)
    assert office.states()["reminder"] == "scheduled"


def test_two_corrections_in_a_row_tell_each_person_what_changed_for_them(office):
    office.launches()
    out_at(office, 5)
    office.runs("2026-03-23 09:30")
    goes_on(office)
    wrong_room(office)
    office.tells("correction", at="2026-03-23 10:00")
    office.edits("T09:30:00", "T10:30:00")

    told = office.tells("correction", at="2026-03-23 11:00")

    assert by_step(told) == {"correction-3": 10}
    assert {mail.subject.partition(" –")[0] for mail in told} == {"Rectificatif (horaires)"}
    assert not any("Station marine" in mail.text for mail in told)


def test_who_missed_the_first_correction_is_told_both_changes_by_the_second(announced):
    wrong_room(announced)
    out_at(announced, 10 + 4)
    announced.tells("correction", at="2026-03-24 10:00")
    goes_on(announced)
    announced.edits("T09:30:00", "T10:30:00")

    told = announced.tells("correction", at="2026-03-24 11:00")

    kinds = Counter(mail.subject.partition(" –")[0] for mail in told)
    assert kinds == {"Rectificatif (horaires)": 4, "Rectificatif (horaires, lieu)": 6}
    assert all("Station marine" in m.text for m in told if "lieu)" in m.subject)


def test_a_correction_reaches_nobody_who_refused_and_nobody_twice(announced):
    opted_out = a_bar(PRESS[3], reason=SuppressionReason.OPT_OUT)
    announced.ledger.suppressions.add(opted_out, actor=ACTOR)
    wrong_room(announced)

    told = announced.tells("correction", at="2026-03-24 10:00")
    announced.runs("2026-03-24 12:00")

    assert Counter(mail.to for mail in told) == Counter({*PRESS} - {PRESS[3]})


def test_who_left_every_list_since_still_learns_what_was_wrong(announced):
    gone = [replace(each, lists=frozenset()) for each in [*announced.ledger.contacts.all()][:2]]
    announced.ledger.contacts.save(gone, actor=ACTOR, at=announced.clock.now())
    wrong_room(announced)

    told = announced.tells("correction", at="2026-03-24 10:00")

    assert {mail.to for mail in told} == {*PRESS}


def test_everybody_who_holds_something_or_asked_to_come_learns_of_the_cancellation(announced):
    for address, state in (
        ("par-telephone@press.example", AccreditationState.ACCEPTED),
        ("attente@press.example", AccreditationState.WAITING),
        (PRESS[1], AccreditationState.DECLINED),
    ):
        announced.answers(address, state)
    announced.knows("nouveau@press.example")
    announced.ledger.suppressions.add(a_bar(PRESS[0]), actor=ACTOR)
    announced.answers(PRESS[0])

    told = announced.tells("cancellation", at="2026-03-24 10:00", note="Avis de tempête.")

    expected = {*PRESS, "par-telephone@press.example", "attente@press.example"}
    assert Counter(mail.to for mail in told) == Counter(expected)
    assert {mail.subject for mail in told} == {"ANNULÉ – La mer, cartographiée"}
    assert all("Avis de tempête." in mail.text for mail in told)
    assert announced.states()["reminder"] == announced.states()["practical"] == "cancelled"
    announced.runs("2026-03-30 15:00")
    assert announced.post.mails[-1] == told[-1]


def test_after_a_partial_send_those_who_have_nothing_get_nothing(office):
    office.launches()
    out_at(office, 3)
    office.runs("2026-03-23 09:30")
    goes_on(office)

    told = office.tells("cancellation", at="2026-03-23 10:00")

    assert len(told) == 3
    assert {mail.to for mail in told} == {mail.to for mail in office.post.mails[:3]}


def test_a_second_cancellation_is_refused_and_does_nothing(announced):
    announced.tells("cancellation", at="2026-03-24 10:00")

    with pytest.raises(RuleError, match="was cancelled"):
        announced.drafts_amendment("cancellation", at="2026-03-24 11:00")

    assert cancelled_before(announced.slug, ledger=announced.ledger) is not None
    assert open_amendment(announced.slug, drafts=announced.drafts) is None


def test_a_move_tells_the_new_date_plans_again_and_asks_accepted_people_again(announced):
    announced.answers(PRESS[0])
    announced.edits("2026-03-31T09:30", "2026-04-09T14:00")

    told = announced.tells("move", at="2026-03-24 10:00")

    subjects = Counter(mail.subject.replace("\xa0", " ") for mail in told)
    assert subjects == {"REPORTÉ au jeudi 9 avril 2026 – La mer, cartographiée": 10}
    asked = next(mail for mail in told if mail.to == PRESS[0])
    assert "confirmer votre venue" in " ".join(asked.text.split())
    (answer,) = announced.ledger.accreditations.of_campaign(announced.slug)
    assert answer.state is AccreditationState.ASKED
    assert "accepted" in answer.note
    local = {each.step: each.local_time for each in announced.ledger.mailings.summaries()}
    # J-4 of a Thursday is a Sunday, and Good Friday is no holiday there: Friday the 3rd.
    assert local["reminder"].startswith("2026-04-03T09:30")
    assert local["practical"].startswith("2026-04-08T15:00")


def test_after_a_move_places_are_kept_until_an_answer_or_the_limit(announced):
    announced.edits("required = true", "required = true\ntotal = 2\nconfirm_within_hours = 48")
    for number, state in enumerate(("accepted", "accepted", "waiting", "waiting")):
        announced.answers(PRESS[number], state=AccreditationState(state))
    announced.edits("2026-03-31T09:30", "2026-04-09T14:00")
    announced.tells("move", at="2026-03-24 10:00")

    asked = announced.sweeps("2026-03-26 09:00")
    announced.answers(PRESS[0], state=AccreditationState.DECLINED)
    freed = announced.sweeps("2026-03-26 09:01")
    limit = announced.sweeps("2026-03-26 10:01")

    assert asked == ["asked", "asked", "waiting", "waiting"]
    assert freed == ["declined", "asked", "accepted", "waiting"]
    assert limit == ["declined", "asked", "accepted", "accepted"]


def test_a_move_to_an_earlier_day_gives_up_the_steps_that_would_be_past(announced):
    announced.edits("2026-03-31T09:30", "2026-03-26T09:30")

    found = announced.drafts_amendment("move", at="2026-03-24 10:00")

    assert [each.step for each in found.given_up] == ["reminder"]
    assert [each.step.id for each in found.later] == ["practical"]


def test_a_correction_of_the_day_is_refused_since_it_is_a_move(announced):
    announced.edits("2026-03-31T09:30", "2026-04-09T14:00")

    with pytest.raises(RuleError, match="no correction but a move"):
        announced.drafts_amendment("correction", at="2026-03-24 10:00")


def test_a_subject_of_ours_that_nobody_can_shorten_is_no_finding(office):
    """Readers of two versions and accredited ones get it, so that it was told three times."""
    name = "La mer, cartographiée de la pointe du Raz jusqu’au Havre et au-delà"
    office.edits("La mer, cartographiée", name)
    office.launches()
    office.runs("2026-03-23 09:30")
    office.edits("Station marine", "Océanopolis")

    found = office.drafts_amendment("correction")

    findings = findings_of(found, drafts=office.drafts)
    subjects = {each.subject_text for each in found.draft.messages.values()}
    assert max(map(len, subjects)) > 70
    said = [(each.check, str(each.what), each.where) for each in findings]
    assert len(said) == len(set(said))
    assert not any(
        each.check == "subject-too-long" and "Rectificatif" in str(each.what) for each in findings
    )


def test_the_checks_blame_no_sentence_of_ours_but_read_the_note_of_the_office(announced):
    announced.answers(PRESS[0])
    announced.edits("2026-03-31T09:30", "2026-04-14T09:30")

    found = announced.drafts_amendment("move", note="La la salle reste la même.")

    contents = [each for step in found.now_told for each in step.step.contents.values()]
    assert any("Merci de confirmer votre venue" in each.text for each in contents)
    findings = findings_of(found, drafts=announced.drafts)
    checks = Counter(each.check for each in findings)
    assert checks["vague-request"] == checks["attachment-not-told"] == 0
    assert checks["doubled-word"] == 1
    (doubled,) = (each for each in findings if each.check == "doubled-word")
    assert not doubled.where.file


def test_with_nothing_to_correct_a_note_is_wanted(announced):
    with pytest.raises(RuleError, match="those that were announced"):
        announced.drafts_amendment("correction", at="2026-03-24 10:00")

    found = announced.drafts_amendment("correction", note="Le nom de l’oratrice.")

    assert found.count == len(PRESS)


def test_any_edit_voids_the_signature_and_no_edit_does_not(announced):
    wrong_room(announced)
    found = announced.drafts_amendment("correction", at="2026-03-24 10:00")
    same = announced.drafts_amendment("correction", at="2026-03-24 10:30")
    announced.edits("quai de la Douane", "port du Moulin Blanc")
    other = announced.drafts_amendment("correction", at="2026-03-24 10:40")

    assert found.draft.fingerprint == same.draft.fingerprint
    assert found.draft.fingerprint != other.draft.fingerprint


@pytest.mark.parametrize(
    ("confirm", "signatures", "why"), [(9, 0, "10 messages leave"), (10, 1, "sign-off")]
)
def test_a_wrong_number_or_a_missing_signature_launches_nothing(
    announced, confirm, signatures, why
):
    wrong_room(announced)
    announced.drafts_amendment("correction", at="2026-03-24 10:00")

    with pytest.raises(RuleError, match=why):
        launch_amendment(
            announced.slug,
            confirm=confirm,
            signatures_required=signatures,
            actor=ACTOR,
            drafts=announced.drafts,
        )

    assert announced.states()["reminder"] == "scheduled"


def test_a_draft_of_yesterday_is_drafted_again_before_it_is_launched(announced):
    wrong_room(announced)
    announced.drafts_amendment("correction", at="2026-03-24 10:00")
    announced.clock.wait_until(announced.clock.now() + timedelta(hours=25))

    with pytest.raises(RuleError, match="drafted on"):
        launch_amendment(
            announced.slug,
            confirm=10,
            signatures_required=0,
            actor=ACTOR,
            drafts=announced.drafts,
        )


def test_who_was_being_written_to_at_that_moment_gets_exactly_one_of_the_two(office):
    """The relay answers 451 to the message in flight when the correction is launched."""
    office.launches()
    office.clock.wait_until(office.clock.now())
    deferred = []

    def correct_in_flight(number, mail):
        if number != 4:
            return Accepted("250 ok")
        deferred.append(mail.to)
        wrong_room(office)
        office.launches_amendment(office.drafts_amendment("correction"))
        return Deferred("451 later")

    office.post.answers = correct_in_flight
    office.runs("2026-03-23 09:30")
    office.runs("2026-03-23 09:31")

    told = office.post.mails[4:]
    assert by_step(told) == {"correction": 4, "announcement-v2": 6}
    assert Counter(mail.to for mail in told) == Counter(PRESS)
    assert deferred[0] in {mail.to for mail in told if mail.step == "announcement-v2"}


def test_whoever_holds_the_wrong_room_is_told_before_anybody_gets_the_new_version(office):
    """They are many, so that the few of the new version would go first."""
    office.knows(*(f"q{number}@press.example" for number in range(30)))
    office.launches()

    def correct_in_flight(number, _mail):
        if number == 34:
            wrong_room(office)
            office.launches_amendment(office.drafts_amendment("correction"))
            # Another thread of the service looks for what is due while this message is in flight.
            a_minute_later = office.clock.now() + timedelta(minutes=1)
            assert list(start_due(office.ledger, now=a_minute_later)) == []
            office.clock.wait_until(a_minute_later)  # both are due
        return Accepted("250 ok")

    office.post.answers = correct_in_flight
    office.runs("2026-03-23 09:30")

    told = [mail.step for mail in office.post.mails[35:]]
    assert told == ["correction"] * 35 + ["announcement-v2"] * 5


def test_who_may_have_it_is_told_of_the_correction_and_not_sent_the_new_version(office):
    office.launches()
    office.post.answers = lambda number, _mail: (
        Uncertain("cut") if number == 0 else Accepted("250 ok")
    )
    office.runs("2026-03-23 09:30")
    wrong_room(office)

    told = office.tells("correction", at="2026-03-23 09:30")

    assert by_step(told) == {"correction": 1, "announcement-v2": 9}


def test_a_correction_is_never_sent_again_to_who_had_the_new_version_alone(office):
    office.launches()
    out_at(office, 6)
    office.runs("2026-03-23 09:30")
    wrong_room(office)
    goes_on(office)
    told = office.tells("correction", at="2026-03-23 09:40")
    renewed = [mail.to for mail in told if mail.step == "announcement-v2"]
    now = {"ledger": office.ledger, "now": office.clock.now()}

    groups = groups_to_resend(office.slug, "correction", **now)
    named = what_to_resend(office.slug, "correction", to=[Address.parse(renewed[0])], **now)

    assert len(renewed) == 4
    assert [found.people for found in groups.values()] == [(), ()]
    assert "new version alone" in str(named.refused[0].why)


def test_after_a_correction_the_folder_is_as_people_were_told(announced):
    wrong_room(announced)
    announced.tells("correction", at="2026-03-24 10:00")
    campaign = announced.drafts.load(announced.slug)

    found = since_launch(
        campaign,
        plan(campaign, office=OFFICE),
        mailings=announced.ledger.mailings.summaries(campaign.slug),
        ledger=announced.ledger,
    )

    assert found.changes == ()


def test_after_a_correction_the_campaign_was_launched_when_it_was_and_no_step_is_called_new(office):
    office.launches()
    launched_at = office.clock.now()
    out_at(office, 6)
    office.runs("2026-03-23 09:30")
    goes_on(office)
    wrong_room(office)
    office.tells("correction", at="2026-03-23 09:50")

    found = plan_campaign(office.slug, drafts=office.drafts)

    assert office.ledger.history.signed_steps(office.slug)  # those of the correction
    assert found.since_launch.at == launched_at
    assert found.removed == ()
    assert [each.since_signed for each in found.steps] == [None, None, None]


def test_thanks_to_those_who_came_and_the_kit_for_the_others(announced):
    announced.answers(PRESS[0], AccreditationState.ATTENDED)
    announced.answers(PRESS[1], AccreditationState.ACCEPTED)
    announced.answers("venu@press.example", AccreditationState.ATTENDED)

    told = announced.tells("follow-up", at="2026-04-01 10:00", note="Photos : voir le lien.")

    thanked = {mail.to for mail in told if mail.step == "thanks"}
    given = {mail.to for mail in told if mail.step == "kit"}
    assert thanked == {PRESS[0], "venu@press.example"}
    assert given == {*PRESS[1:]}
    assert {mail.subject for mail in told} == {
        "Merci de votre venue – La mer, cartographiée",
        "Dossier de presse – La mer, cartographiée",
    }


def test_nothing_of_a_wrong_version_leaves_later_to_a_corrected_address(announced):
    wrong_room(announced)
    announced.tells("correction", at="2026-03-24 10:00")
    (first,) = [
        each
        for each in announced.ledger.mailings.all(announced.slug)
        if each.step == "announcement"
    ]

    added = announced.ledger.deliveries.add(
        a_delivery(mailing=first), actor=ACTOR, why="new address", at=announced.clock.now()
    )

    assert not added


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_in_whatever_order_nobody_is_lost_and_nobody_gets_it_twice(office, seed):
    """Partial sends, doubts, answers, refusals and up to three amendments, drawn by chance."""
    chance = Random(seed)
    refused = {*chance.sample(PRESS, 2)}
    rooms = ["Station marine"]
    office.post.answers = lambda _number, _mail: (
        Uncertain("cut") if chance.random() < 0.04 else Accepted("250 ok")
    )
    office.launches()
    at = office.clock.now().replace(day=23, hour=8, minute=30)
    for round_ in range(3):
        out_at(office, len(office.post.mails) + chance.randrange(1, 9))
        office.clock.wait_until(at + timedelta(hours=round_))
        office.runs()
        goes_on(office)
        office.answers(chance.choice(PRESS))
        rooms.append(f"Salle {round_}")
        office.edits(rooms[-2], rooms[-1])
        office.tells("correction")
    for address in refused:
        office.ledger.suppressions.add(a_bar(address), actor=ACTOR)
    office.post.before_each = lambda _number: None
    office.tells("correction", note="Toutes nos excuses.")
    for mailing in office.ledger.mailings.summaries(office.slug):
        if mailing.state is MailingState.PAUSED:  # the brake on doubts: a person looks
            office.ledger.mailings.change_state(
                mailing.id, to=MailingState.ACTIVE, actor=ACTOR, why="", at=office.clock.now()
            )
    office.clock.wait_until(office.clock.now() + timedelta(minutes=5))
    office.runs()

    got = Counter((mail.to, mail.step) for mail in office.post.mails)
    assert max(got.values()) == 1
    in_doubt = {str(each.address) for each in office.ledger.uncertain.find()}
    for address in {*PRESS} - refused - in_doubt:
        newest = [mail for mail in office.post.mails if mail.to == address][-1]
        assert rooms[-1] in newest.text
