"""A bad day at the desk: stop everything, then tell people, each with one form (M20, D9, D3)."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from mailer.calendar.instants import read_instant
from mailer.model.service.trusted_time import ClockReading
from mailer.service.service import Service
from tests.counterparts.builders import ACTOR, NOON
from tests.desk.test_walk import _launched
from tests.desk.visitors import CAMPAIGN, EXAMPLE, READER, SIGNATORY

AMEND = f"{CAMPAIGN}/rectifier"


def test_one_button_on_every_page_suspends_everything_and_asks_nothing(desk):
    reader = desk.visitor(READER)
    assert 'action="/tout-suspendre"' in reader.get("/contacts").html

    stopped = reader.follow(reader.post("/tout-suspendre"))

    assert "Tout est suspendu" in stopped.text
    assert desk.app.ledger.suspensions.present().by == READER.name
    assert "Tout est suspendu." in reader.get("/contacts").text
    signatory = desk.visitor(SIGNATORY)
    lifted = signatory.follow(signatory.post("/tout-reprendre", why="vu"))
    assert "Suspension levée" in lifted.text
    assert desk.app.ledger.suspensions.present() is None


def test_a_jump_of_the_clock_is_confirmed_by_who_has_seen_that_one(desk):
    trusted, before = desk.app.ledger.trusted_time, ClockReading(NOON, 1_000.0, "first", "bureau")
    trusted.observe(before)
    trusted.observe(replace(before, wall_at=NOON + timedelta(hours=1)))
    signatory = desk.visitor(SIGNATORY)
    assert 'href="/horloge"' in signatory.get("/").html
    assert "Votre rôle ne permet pas" in desk.visitor().get("/horloge").text
    shown = signatory.get("/horloge")

    trusted.observe(replace(before, wall_at=NOON + timedelta(hours=2)))
    refused = signatory.post("/horloge", shown=shown.hidden("shown"))
    now_shown = signatory.get("/horloge")
    signatory.post("/horloge", shown=now_shown.hidden("shown"))

    assert refused.location == "/horloge?fait=changed-meanwhile"
    assert "1:00:00" in shown.text
    assert "2:00:00" in now_shown.text
    assert all(each.is_confirmed for each in trusted.all())


def test_what_was_launched_for_another_provider_is_said_and_let_go_by_ours(desk):
    _launched(desk)
    mailings = desk.app.ledger.mailings
    left = [each.id for each in mailings.summaries(EXAMPLE)]
    mailings.change_provider(left, to="smtp", actor=ACTOR, why="", at=desk.app.clock.now())
    signatory = desk.visitor(SIGNATORY)
    assert "partir par smtp" in signatory.get(f"{CAMPAIGN}/en-cours").text

    signatory.post(f"{CAMPAIGN}/reprendre", provider="file")

    assert {each.provider for each in mailings.summaries(EXAMPLE)} == {"file"}
    assert "partir par smtp" not in signatory.get(f"{CAMPAIGN}/en-cours").text


def test_a_test_of_no_step_is_refused_and_one_of_a_step_says_of_which(desk):
    writer, page = desk.visitor(), f"{CAMPAIGN}/essai"

    refused = writer.post(page)
    sent = writer.follow(writer.post(page, step="reminder"))

    assert refused.status == 422
    assert "Aucune étape n’est choisie" in refused.text
    assert "Relance , vendredi 1er décembre 2017" in sent.text
    assert "Annonce , vendredi" not in sent.text


def test_a_pause_is_told_with_who_asked_for_it(desk):
    _launched(desk)
    signatory = desk.visitor(SIGNATORY)
    signatory.post(f"{CAMPAIGN}/suspendre", why="la salle")

    assert "Suspendu par vous le" in signatory.get(f"{CAMPAIGN}/en-cours").text
    assert f"Suspendu par {SIGNATORY.name} le" in desk.visitor(READER).get(CAMPAIGN).text


def test_who_only_reads_is_offered_no_act_that_is_refused(desk):
    _launched(desk)
    reader = desk.visitor(READER)
    shown = {each: reader.get(f"{CAMPAIGN}/{each}").html for each in ("en-cours", "annuler")}

    assert "renvoyer" not in shown["en-cours"]
    assert "annuler" not in shown["en-cours"]
    assert 'name="confirm"' not in shown["annuler"]
    assert 'type="file"' not in reader.get("/contacts/importer").html


def test_a_reminder_alone_is_cancelled_once_it_is_confirmed(desk):
    _launched(desk)
    signatory, page = desk.visitor(SIGNATORY), f"{CAMPAIGN}/annuler?etape=reminder"
    assert page in signatory.get(f"{CAMPAIGN}/en-cours").html
    asked = signatory.get(page)

    refused = signatory.post(f"{CAMPAIGN}/annuler", etape=asked.hidden("etape"), confirm="4")
    done = signatory.post(f"{CAMPAIGN}/annuler", etape=asked.hidden("etape"), confirm="1")

    assert "Seule cette étape est annulée" in asked.text
    assert (refused.status, done.status) == (422, 303)
    states = Counter(each.state.value for each in desk.app.ledger.mailings.summaries(EXAMPLE))
    assert states == {"scheduled": 3, "cancelled": 1}


def test_a_correction_is_drafted_signed_and_launched_on_one_page(desk):
    _launched(desk)
    writer, signatory = desk.visitor(), desk.visitor(SIGNATORY)
    page = writer.get(AMEND)

    drafted = writer.follow(
        writer.post(
            AMEND,
            base=page.hidden("base"),
            kind="correction",
            **{"event.venue": "Institut Imagine", "note": "La salle a changé."},
        )
    )

    assert "Institut Imagine" in drafted.text
    assert "La salle a changé." in drafted.text
    assert "Lancer" not in writer.get(AMEND).text  # nobody has signed it off yet
    version = signatory.get(AMEND).hidden("fingerprint")
    signed = signatory.follow(signatory.post(f"{AMEND}/bon-a-tirer", fingerprint=version))
    assert f"Bon à tirer donné par {SIGNATORY.name}" in signed.text
    wrong = signatory.post(f"{AMEND}/lancer", fingerprint=version, confirm="3")
    assert wrong.status == 422
    launched = signatory.post(f"{AMEND}/lancer", fingerprint=version, confirm="0")
    assert launched.status == 303
    steps = {each.step: each for each in desk.app.ledger.mailings.summaries(EXAMPLE)}
    assert steps["announcement"].version == 2
    assert "correction" in steps


def _drafted(desk):
    """A writer who has drafted a correction of the launched example."""
    _launched(desk)
    writer = desk.visitor()
    base = writer.get(AMEND).hidden("base")
    writer.post(AMEND, base=base, kind="correction", note="La salle a changé.")
    return writer


def test_a_drafted_correction_is_shown_to_the_signatory_and_before_resuming(desk):
    writer, signatory = _drafted(desk), desk.visitor(SIGNATORY)
    link = f'href="{AMEND}"'
    waits = "Donner le bon à tirer à ce qui doit être annoncé maintenant"
    assert link in signatory.get("/").html
    assert waits in signatory.get("/").text
    assert waits not in writer.get("/").text
    assert 'id="prepare"' in writer.get(CAMPAIGN).html
    signatory.post(f"{CAMPAIGN}/suspendre")

    page = signatory.get(f"{CAMPAIGN}/en-cours")

    assert page.html.index('id="prepare"') < page.html.index('id="reprendre"')
    assert (
        "Reprendre maintenant envoie le texte qui a reçu le bon à tirer au lancement" in page.text
    )


def test_a_drafted_correction_lists_each_version_once(desk):
    _launched(desk)
    desk.app.clock.wait_until(read_instant("2017-12-04T13:30", zone="Europe/Paris"))
    for _tick in Service(desk.app).ticks_until_idle():
        pass
    writer = desk.visitor()
    base = writer.get(AMEND).hidden("base")
    writer.post(AMEND, base=base, kind="correction", note="La salle a changé.")

    page = writer.get(AMEND).html
    heads = re.findall(r"<summary>.*?</summary>", page)
    assert heads
    assert len(heads) == len(set(heads))


def test_a_drafted_correction_is_dropped_by_a_button_and_only_the_one_that_was_seen(desk):
    writer = _drafted(desk)
    page = writer.get(AMEND)
    refused = writer.post(f"{AMEND}/abandonner", drafted="2017-01-01T00:00:00+00:00")

    dropped = writer.follow(writer.post(f"{AMEND}/abandonner", drafted=page.hidden("drafted")))

    assert refused.status == 422
    assert "Rien n’en a été annoncé" in dropped.text
    assert list(desk.app.ledger.amendments.open()) == []
    assert 'id="prepare"' not in writer.get(f"{CAMPAIGN}/en-cours").html
    assert "a abandonné le projet d’un rectificatif" in desk.visitor(SIGNATORY).get("/journal").text


def test_the_deadline_is_corrected_by_its_day_and_hour_and_else_stays_a_rule(desk):
    _launched(desk)
    writer = desk.visitor()
    file = desk.app.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    before, page = file.read_text("utf-8"), writer.get(AMEND)
    shown = page.hidden("deadline-shown")
    day, hour = shown.split()
    assert f'type="date" value="{day}"' in page.html
    typed = {
        "base": page.hidden("base"),
        "kind": "correction",
        "deadline-shown": shown,
        "note": "Une précision.",
        "accreditation.deadline.day": day,
    }

    half = writer.post(AMEND, **typed, **{"accreditation.deadline.hour": ""})
    writer.post(AMEND, **typed, **{"accreditation.deadline.hour": hour})
    unchanged = file.read_text("utf-8")
    typed["base"] = writer.get(AMEND).hidden("base")
    changed = writer.post(AMEND, **typed, **{"accreditation.deadline.hour": "11:11"})
    told = writer.follow(changed).text

    assert half.status == 422
    assert "L’heure manque." in half.text
    assert unchanged == before
    assert changed.status == 303
    assert f"{day} 11:11" in file.read_text("utf-8").replace("T", " ")
    assert re.search(r"\b\w+di \d+ \w+ 2017, [\d h]+ → \w+di \d+ \w+ 2017, 11 h 11", told)


def test_the_texts_of_what_is_corrected_are_changed_where_the_correction_is_drafted(desk):
    _launched(desk)
    writer, text = desk.visitor(), f"{CAMPAIGN}/textes/announcement.md"
    assert "readonly" in writer.get(text).html
    page = writer.get(AMEND)
    drafted = writer.follow(
        writer.post(AMEND, base=page.hidden("base"), kind="correction", note="Une phrase change.")
    )
    assert f'href="{text}"' in drafted.html

    edited = writer.get(text)
    saved = writer.post(
        text,
        base=edited.hidden("base"),
        tab=edited.hidden("tab"),
        subject="Invitation presse – La mer",
        preheader="",
        body="# La mer, cartographiée\n\nUne phrase neuve.\n",
    )

    assert saved.status == 303
    assert "Une phrase neuve." in writer.get(text).html
    assert writer.get(AMEND).status == 200


def test_somebody_who_only_reads_sees_the_page_and_changes_nothing(desk):
    _launched(desk)

    page = desk.visitor(READER).get(AMEND)

    assert "Votre rôle ne permet pas d’écrire des campagnes." in page.text
    assert desk.visitor(READER).post(AMEND, kind="correction").status == 422


def test_a_campaign_that_was_not_launched_has_nothing_to_correct(desk):
    page = desk.visitor(SIGNATORY).get(AMEND)

    assert page.status == 409
    assert "n’a pas été lancée" in page.text
