"""The example and six invented campaigns on their bad days, read in French, true to the last figure.

Each tells what was sent to whom, in the order of sending.
"""

from collections import Counter

import pytest

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.operations.sending.suspend import lift_suspension, suspend_everything
from tests.counterparts.amending import PressOffice
from tests.counterparts.builders import ACTOR

ADVISORY = """\
kind = "advisory"
title = "{title}"
language = "fr"
place = "{city}"

[event]
name = "{title}"
starts_at = {starts_at}
venue = "{venue}"

[accreditation]
required = true
deadline = "J-1 12:00"
addresses = ["presse@institut.example"]

[[press_contacts]]
name = "Claire Delmas"
phone = "01 99 00 12 34"

[[steps]]
id = "announcement"
send = "J-5 09:30"
to = ["press"]
subject = "Invitation presse – {title}"
calendar = true

[[steps]]
id = "reminder"
send = "J-2 09:30"
to = ["press"]
unless = ["accredited", "declined"]
subject = "Relance – {title}"

[[steps]]
id = "practical"
send = "J-1 15:00"
to = ["press"]
only = ["accredited"]
subject = "Infos pratiques – {title}"
calendar = true
"""
TEXT = "# {{ campaign.title }}\n\nLe {{ event.date }}, à {{ event.place }}.\n"


@pytest.fixture
def campaign(tmp_path, ledger):
    """Makes a campaign with so many journalists."""

    def make(title, *, starts_at, venue, city="Lyon", at, people):
        folder = tmp_path / "campagne"
        folder.mkdir()
        facts = ADVISORY.format(title=title, starts_at=starts_at, venue=venue, city=city)
        (folder / "campaign.toml").write_text(facts, "utf-8")
        for step in ("announcement", "reminder", "practical"):
            (folder / f"{step}.md").write_text(TEXT, "utf-8")
        office = PressOffice(folder, ledger, at=at)
        office.knows(*(f"j{number}@presse.example" for number in range(people)))
        office.launches()
        return office

    return make


def story(office):
    """How many of each subject were sent, without the no-break spaces."""
    return Counter(" ".join(mail.subject.split()) for mail in office.post.mails)


def plain(mail):
    return " ".join(mail.text.split())


def leaves(office):
    """The local day and hour of each step to come."""
    found = office.ledger.mailings.summaries()
    return {each.step: each.local_time[:16] for each in found if each.state == "scheduled"}


def test_an_event_on_a_monday_is_corrected_before_its_weekend(campaign):
    office = campaign(
        "Les glaces en été", starts_at="2026-06-15T10:00:00", venue="Muséum", at="2026-06-08 09:00",
        people=12,
    )  # fmt: skip
    # J-5 is Wednesday the 10th, J-2 a Saturday: Friday the 12th; J-1 a Sunday: Friday as well.
    office.runs("2026-06-10 09:30")
    office.answers("j0@presse.example")
    office.edits("Muséum", "Musée des Confluences")

    told = office.tells("correction", at="2026-06-11 16:00")
    office.runs("2026-06-12 09:30")
    office.runs("2026-06-12 15:00")

    assert story(office) == {
        "Invitation presse – Les glaces en été": 12,
        "Rectificatif (lieu) – Les glaces en été": 12,
        "Relance – Les glaces en été": 11,
        "Infos pratiques – Les glaces en été": 1,
    }
    assert "Avant : Muséum Désormais : Musée des Confluences" in plain(told[0])
    assert "à Musée des Confluences" in plain(office.post.mails[-1])


def test_an_event_on_the_29th_of_march_2026_is_moved_over_the_change_of_clocks(campaign):
    office = campaign(
        "L’heure d’été", starts_at="2026-03-29T10:00:00", venue="Observatoire",
        at="2026-03-20 09:00", people=8,
    )  # fmt: skip
    office.runs("2026-03-24 09:30")
    office.answers("j3@presse.example")
    office.edits("2026-03-29T10:00", "2026-04-02T10:00")

    told = office.tells("move", at="2026-03-25 11:00")

    assert leaves(office) == {"reminder": "2026-03-31T09:30", "practical": "2026-04-01T15:00"}
    due = {each.step: f"{each.due_at:%H:%M}" for each in office.ledger.mailings.summaries()}
    assert (due["announcement"], due["reminder"], due["practical"]) == ("08:30", "07:30", "13:00")
    assert {mail.subject.replace("\xa0", " ") for mail in told} == {
        "REPORTÉ au jeudi 2 avril 2026 – L’heure d’été"
    }
    assert "Avant : dimanche 29 mars 2026 Désormais : jeudi 2 avril 2026" in plain(told[0])
    office.answers("j3@presse.example")
    office.runs("2026-03-31 09:30")
    office.runs("2026-04-01 15:00")
    assert story(office)["Relance – L’heure d’été"] == 7
    assert story(office)["Infos pratiques – L’heure d’été"] == 1


def test_an_event_on_all_saints_is_cancelled_and_nothing_follows(campaign):
    office = campaign(
        "Mémoires vives", starts_at="2026-11-01T15:00:00", venue="Théâtre", at="2026-10-20 09:00",
        people=9,
    )  # fmt: skip
    # J-5 is Tuesday the 27th of October; the 1st of November is a Sunday and a holiday.
    office.runs("2026-10-27 09:30")
    office.answers("j1@presse.example")
    office.answers("voisin@radio.example", AccreditationState.WAITING)

    told = office.tells("cancellation", at="2026-10-29 18:40", note="La salle est fermée.")
    for at in ("2026-10-30 09:30", "2026-10-30 15:00", "2026-10-31 15:00"):
        office.runs(at)

    assert story(office) == {
        "Invitation presse – Mémoires vives": 9,
        "ANNULÉ – Mémoires vives": 10,
    }
    accredited = next(mail for mail in told if mail.to == "j1@presse.example")
    others = [mail for mail in told if mail.to != "j1@presse.example"]
    assert "Votre accréditation est sans objet." in plain(accredited)
    assert not any("accréditation" in plain(mail) for mail in others)
    assert all(
        "prévu le dimanche 1er novembre 2026" in plain(m).replace("1ᵉʳ", "1er") for m in told
    )
    assert all("La salle est fermée." in plain(mail) for mail in told)


def test_an_event_moved_on_the_eve_asks_the_accredited_again_and_reminds_nobody(campaign):
    office = campaign(
        "La fusée", starts_at="2026-09-17T09:00:00", venue="Hangar 3", at="2026-09-10 09:00",
        people=10,
    )  # fmt: skip
    office.runs("2026-09-11 09:30")
    for number in range(4):
        office.answers(f"j{number}@presse.example")
    office.runs("2026-09-15 09:30")
    office.runs("2026-09-16 15:00")
    office.edits("2026-09-17T09:00", "2026-09-18T11:00")

    told = office.tells("move", at="2026-09-16 17:00")
    office.runs("2026-09-17 09:30")

    assert story(office) == {
        "Invitation presse – La fusée": 10,
        "Relance – La fusée": 6,
        "Infos pratiques – La fusée": 4,
        "REPORTÉ au vendredi 18 septembre 2026 – La fusée": 10,
    }
    asked = [mail for mail in told if "confirmer votre venue" in plain(mail)]
    assert sorted(mail.to for mail in asked) == [f"j{number}@presse.example" for number in range(4)]
    states = {each.state for each in office.ledger.accreditations.of_campaign(office.slug)}
    assert states == {AccreditationState.ASKED}


def partly_out(office, count, *, at):
    """Let `count` messages leave at an instant, then suspend everything and lift it."""

    def stop(number):
        if number == count - 1:
            suspend_everything(
                actor=ACTOR, why="attendez", ledger=office.ledger, now=office.clock.now()
            )

    office.post.before_each = stop
    office.runs(at)
    office.post.before_each = lambda _number: None
    lift_suspension(actor=ACTOR, why="", ledger=office.ledger, now=office.clock.now())


def test_an_event_cancelled_after_a_partial_send_is_told_to_those_who_have_it(campaign):
    office = campaign(
        "Les abeilles", starts_at="2026-05-21T10:00:00", venue="Serre", at="2026-05-10 09:00",
        people=20,
    )  # fmt: skip
    partly_out(office, 7, at="2026-05-15 09:30")

    office.tells("cancellation", at="2026-05-15 09:50")
    office.runs("2026-05-19 09:30")

    assert story(office) == {
        "Invitation presse – Les abeilles": 7,
        "ANNULÉ – Les abeilles": 7,
    }


def test_a_venue_corrected_when_60_percent_are_out_reaches_each_once(campaign):
    office = campaign(
        "La Loire, vue du ciel", starts_at="2026-10-08T10:00:00", venue="Salle Rousseau",
        at="2026-09-28 09:00", people=50,
    )  # fmt: skip
    partly_out(office, 30, at="2026-10-02 09:30")
    office.edits("Salle Rousseau", "Salle Balzac")

    told = office.tells("correction", at="2026-10-02 09:50")
    office.runs("2026-10-06 09:30")

    assert story(office) == {
        "Invitation presse – La Loire, vue du ciel": 50,
        "Rectificatif (lieu) – La Loire, vue du ciel": 30,
        "Relance – La Loire, vue du ciel": 50,
    }
    invited = [mail for mail in office.post.mails if mail.subject.startswith("Invitation")]
    assert Counter("Salle Balzac" in plain(mail) for mail in invited) == {False: 30, True: 20}
    assert max(Counter(mail.to for mail in told).values()) == 1
