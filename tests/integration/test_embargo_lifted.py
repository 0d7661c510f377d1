"""A step that an answer triggers says until when the embargo holds, and nothing of it afterwards."""

import pytest

from mailer.ledger import open_ledger
from mailer.ledger.storage.json_values import message_from_json, message_to_json
from mailer.model.campaign import VariantKey
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
    for name in ("announcement", "confirmation"):
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


def test_m26_the_label_goes_at_the_second_of_the_lifting_and_not_before(office):
    office.launches()
    office.runs("2027-03-08 09:30")

    before = confirmed(office, ADA, "2027-03-10 11:59:59")
    after = confirmed(office, BEA, "2027-03-10 12:00:00")

    assert before.subject.lower().startswith("embargo")
    assert "embargo" in before.text.lower()
    assert after.subject == "Vous êtes attendu"
    assert "embargo" not in after.raw.decode().lower()
    assert "jeudi 18" in after.text.replace("\u00a0", " ")


def test_what_leaves_after_the_lifting_was_signed_off_too(office):
    draft = office.drafts.draft(office.slug)
    key = VariantKey("", "fr")
    message = draft.messages["confirmation", key]

    assert message.lifted.at == paris("2027-03-10 12:00")
    assert content_hash(message) == message.content_hash != message.lifted.message.content_hash
    assert message_from_json(message_to_json(message)) == message
    assert draft.messages["announcement", key].lifted is None

    text = office.folder / "confirmation.md"
    text.write_text(
        text.read_text("utf-8") + "\n{% if embargo is not defined %}Fini.{% endif %}\n", "utf-8"
    )
    changed = office.drafts.draft(office.slug)
    assert changed.messages["confirmation", key].text == message.text
    assert changed.fingerprint != draft.fingerprint


def test_a_text_that_needs_the_embargo_is_refused_with_what_to_write(office):
    text = office.folder / "confirmation.md"
    text.write_text(text.read_text("utf-8") + "\nJusqu’au {{ embargo.until }}.\n", "utf-8")

    problems = office.drafts.draft(office.slug).problems

    assert any("{% if embargo is defined %}" in str(each.remedy) for each in problems)
