"""What the ledger promises of reminders to signatories: each is sent once for each hour."""

from mailer.model.team.actor import PROGRAM
from tests.counterparts.builders import NOON, after

HOUR = after(days=1)
CLAIM = {"due_at": HOUR, "at": NOON}


def test_one_of_two_services_sends_a_reminder(ledger):
    reminders = ledger.sign_off_reminders

    assert reminders.claim("meeting", "claire", **CLAIM)
    assert not reminders.claim("meeting", "claire", **CLAIM)
    assert reminders.claim("meeting", "hugo", **CLAIM)
    assert reminders.claim("meeting", "claire", due_at=after(days=2), at=NOON)


def test_a_sent_reminder_is_journalled_and_never_free_again(ledger):
    reminders = ledger.sign_off_reminders
    reminders.claim("meeting", "claire", **CLAIM)

    reminders.record_sent("meeting", "claire", due_at=HOUR, at=NOON)
    reminders.release("meeting", "claire", due_at=HOUR)

    assert reminders.reminded("meeting", due_at=HOUR) == {"claire"}
    assert not reminders.claim("meeting", "claire", due_at=HOUR, at=after(days=9))
    (line,) = ledger.journal.entries("meeting", action="remind-signatory")
    assert (line.via, line.detail.partition(":")[0]) == (PROGRAM.via, "claire")


def test_what_could_not_be_sent_or_a_dead_service_had_reserved_is_free_again(ledger):
    reminders = ledger.sign_off_reminders
    reminders.claim("meeting", "claire", **CLAIM)
    reminders.release("meeting", "claire", due_at=HOUR)
    reminders.claim("meeting", "hugo", **CLAIM)

    assert reminders.claim("meeting", "claire", **CLAIM)
    assert not reminders.claim("meeting", "hugo", due_at=HOUR, at=after(minutes=29))
    assert reminders.claim("meeting", "hugo", due_at=HOUR, at=after(minutes=30))
    assert reminders.reminded("meeting", due_at=HOUR) == frozenset()
