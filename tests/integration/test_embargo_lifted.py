"""What can leave before and after an embargo’s end says until when it holds, and nothing afterwards."""

import pytest

from mailer.ledger import open_ledger
from mailer.ledger.storage.json_values import message_from_json, message_to_json
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.mailings.delivery import Accepted, Deferred
from mailer.render.fingerprint import content_hash
from tests.counterparts.amending import PressOffice
from tests.counterparts.drafts import paris
from tests.counterparts.empty_ledger import empty_ledger

TOML = """\
kind = "press-release"
title = "Les marées"
language = "fr"
time_zone = "Europe/Paris"
place = "Brest"

[event]
name = "Visite de la station"
starts_at = 2027-03-18T10:00:00
venue = "Station marine"
address = "1 quai de l’Exemple, 29200 Brest"

[accreditation]
required = true

[embargo]
until = 2027-03-10T12:00:00

[[press_contacts]]
name = "Claire Delmas"
email = "presse@institut.example"
phone = "01 99 00 12 34"

[[steps]]
id = "announcement"
send = "2027-03-08 09:30"
to = ["press"]
subject = "Les marées, mieux prévues"

[[steps]]
id = "reminder"
send = "2027-03-11 09:30"
to = ["press"]
unless = ["accredited", "declined"]
subject = "Relance"

[[steps]]
id = "confirmation"
on = "accepted"
to = ["press"]
subject = "Vous êtes attendu"
"""
TEXT = "# {title}\n\nLa visite a lieu {{{{ event.date }}}}.\n"
ADA, BEA = "ada.keriven@journal.example", "bea.morvan@radio.example"


@pytest.fixture
def office(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    folder = tmp_path / "campaigns" / "marees"
    folder.mkdir(parents=True)
    (folder / "campaign.toml").write_text(TOML, "utf-8")
    for name in ("announcement", "reminder", "confirmation"):
        (folder / f"{name}.md").write_text(TEXT.format(title=name.title()), "utf-8")
    office = PressOffice(folder, ledger, at="2027-03-01 09:00")
    office.knows(ADA, BEA)
    yield office
    ledger.close()


def confirmed(office, address, at):
    """The mail that confirms an answer, given at this instant."""
    office.clock.wait_until(paris(at))
    office.answers(address)
    office.runs(at)
    return next(
        mail for mail in office.post.mails if (mail.to, mail.step) == (address, "confirmation")
    )


def test_the_label_goes_at_the_second_of_the_lifting_and_not_before(office):
    office.launches()
    office.runs("2027-03-08 09:30")

    before = confirmed(office, ADA, "2027-03-10 11:59:59")
    after = confirmed(office, BEA, "2027-03-10 12:00:00")

    assert before.subject.lower().startswith("embargo")
    assert "embargo" in before.text.lower()
    assert after.subject == "Vous êtes attendu"
    assert "embargo" not in after.raw.decode().lower()
    assert "jeudi 18" in after.text.replace("\u00a0", " ")


def mails_of(office, step):
    return {mail.to: mail for mail in office.post.mails if mail.step == step}


def test_an_ordinary_step_that_is_late_leaves_without_the_label(office):
    office.launches()

    office.runs("2027-03-10 12:00:00")

    for mail in mails_of(office, "announcement").values():
        assert mail.subject == "Les marées, mieux prévues"
        assert "embargo" not in mail.raw.decode().lower()


def test_a_mailing_in_whose_midst_the_embargo_ends_changes_at_that_second(office):
    office.launches()
    office.knows("cleo.vial@revue.example")
    office.post.before_each = lambda number: (
        office.clock.wait_until(paris("2027-03-10 12:00:00")) if number == 0 else None
    )

    office.runs("2027-03-10 11:59:59")

    mails = office.post.mails
    labelled = ["embargo" in mail.raw.decode().lower() for mail in mails]
    assert labelled == [True, False, False]
    assert all(mails[0].subject.endswith(mail.subject) for mail in mails[1:])


def test_what_was_put_off_before_the_hour_is_written_again_after_it(office):
    office.launches()
    office.post.answers = lambda _number, _mail: Deferred("451 greylisted", retry_after_s=9000)
    office.runs("2027-03-10 11:00:00")
    office.post.answers = lambda _number, _mail: Accepted("250 ok")

    office.runs("2027-03-10 14:00:00")

    late = mails_of(office, "announcement")
    assert set(late) == {ADA, BEA}
    assert not any("embargo" in mail.raw.decode().lower() for mail in late.values())


def test_a_reminder_that_was_due_before_and_is_late_has_no_label(office):
    office.edits("2027-03-11 09:30", "2027-03-10 09:30")
    office.launches()
    office.runs("2027-03-08 09:30")

    office.runs("2027-03-10 15:00:00")

    (subject,) = {mail.subject for mail in mails_of(office, "reminder").values()}
    assert subject == "Relance"


def test_a_step_that_ends_before_the_embargo_has_its_label_alone(office):
    office.edits('send = "2027-03-11 09:30"', 'send = "2027-03-09 09:30"')
    draft = office.drafts.draft(office.slug)

    assert draft.messages["announcement", VariantKey("", "fr")].lifted is None


def test_what_leaves_after_the_lifting_was_signed_off_too(office):
    draft = office.drafts.draft(office.slug)
    key = VariantKey("", "fr")
    message = draft.messages["confirmation", key]

    assert message.lifted.at == paris("2027-03-10 12:00")
    assert content_hash(message) == message.content_hash != message.lifted.message.content_hash
    assert message_from_json(message_to_json(message)) == message
    assert draft.messages["announcement", key].lifted.at == message.lifted.at
    assert draft.messages["reminder", key].lifted is None
    assert "embargo" not in draft.messages["reminder", key].subject_text.lower()

    text = office.folder / "confirmation.md"
    text.write_text(
        text.read_text("utf-8") + "\n{% if embargo is not defined %}Fini.{% endif %}\n", "utf-8"
    )
    changed = office.drafts.draft(office.slug)
    assert changed.messages["confirmation", key].text == message.text
    assert changed.fingerprint != draft.fingerprint


@pytest.mark.parametrize("step", ["announcement", "confirmation"])
def test_a_text_that_needs_the_embargo_is_refused_with_what_to_write(office, step):
    text = office.folder / f"{step}.md"
    text.write_text(text.read_text("utf-8") + "\nJusqu’au {{ embargo.until }}.\n", "utf-8")

    problems = office.drafts.draft(office.slug).problems

    assert any("{% if embargo is defined %}" in str(each.remedy) for each in problems)
