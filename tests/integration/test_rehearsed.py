"""A rehearsal of answers, places, substitutes and bad days, true to the last figure."""

from collections import Counter
from email import message_from_bytes, policy

import pytest

from mailer.errors import RuleError
from mailer.files.catalogues import translations_for
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.mailings.amendment import BadDay
from mailer.model.mailings.delivery import DeliveryStatus as Status
from mailer.model.reports.rehearsed import Rehearsed
from mailer.operations.campaigns.launching.rehearsed import rehearsed_in_words
from mailer.pages.rehearsal_figures import rehearsal_from_json, rehearsal_to_json
from mailer.wiring.rehearsal import rehearse_campaign
from mailer.wording import say
from tests.desk.visitors import EXAMPLE, example_app

PLACES = 12
WRITTEN = {Status.ACCEPTED, Status.DELIVERED, Status.BOUNCED}


@pytest.fixture
def app(tmp_path):
    """The example campaign, with fewer places than people will ask for."""
    with example_app(tmp_path / "workspace") as app:
        path = app.campaigns.folder(EXAMPLE) / "campaign.toml"
        text = path.read_text("utf-8")
        assert "[accreditation]\n" in text
        path.write_text(
            text.replace("[accreditation]\n", f"[accreditation]\ntotal = {PLACES}\n"), "utf-8"
        )
        yield app


def played(app, out, **more):
    return rehearse_campaign(app, EXAMPLE, out=out, language="fr", **more)


def files(rehearsal):
    """The mails that were written, by step."""
    return Counter(path.parent.name for path in rehearsal.messages.rglob("*.eml"))


def subjects(rehearsal, step):
    mails = (rehearsal.messages / step).glob("*.eml")
    return {
        message_from_bytes(each.read_bytes(), policy=policy.default)["Subject"] for each in mails
    }


@pytest.mark.parametrize("bad_day", [None, *BadDay])
def test_what_a_rehearsal_tells_is_what_it_has_written(app, tmp_path, bad_day):
    found = played(app, tmp_path / "out", seed=4, bad_day=bad_day)

    by_step = {
        each.step: sum(count for status, count in each.by_status.items() if status in WRITTEN)
        for each in found.report.mailings
    }
    told = dict(found.played.told)
    states = Counter(found.report.accreditations)
    assert files(found) == {step: count for step, count in by_step.items() if count}
    assert found.played.written == sum(files(found).values())
    assert told == ({bad_day: by_step[bad_day]} if bad_day else {})
    assert states[AccreditationState.ACCEPTED] <= PLACES
    assert found.played.waited >= found.played.promoted
    shown = rehearsal_from_json(rehearsal_to_json(found.report, found.played))
    assert shown.played == found.played
    assert not app.ledger.mailings.summaries(EXAMPLE)
    assert not app.ledger.accreditations.of_campaign(EXAMPLE)
    if bad_day is None:
        assert found.played.substitutes >= 1
        assert found.played.promoted >= 1
        assert states[AccreditationState.ACCEPTED] == PLACES
    if bad_day is BadDay.MOVE:
        assert all("16" in each and "2017" in each for each in subjects(found, "move"))
    if bad_day is BadDay.CANCELLATION:
        assert set(files(found)) == {"announcement", "cancellation"}


def test_the_same_seed_plays_the_same_answers_and_another_others(app, tmp_path):
    first, second, other = (
        played(app, tmp_path / str(number), seed=seed) for number, seed in enumerate((7, 7, 8))
    )

    assert (first.played, first.report.accreditations) == (
        second.played,
        second.report.accreditations,
    )
    assert first.played != other.played


def test_an_event_without_a_date_cannot_be_moved_and_that_is_said(app, tmp_path):
    folder = app.campaigns.folder(EXAMPLE)
    facts = (folder / "campaign.toml").read_text("utf-8")
    start, end = facts.index("[event]"), facts.index("[accreditation]")
    facts = facts[:start] + facts[end:].replace('deadline = "J-1 12:00"', "# no deadline", 1)
    for number in (5, 2, 1, 0):
        facts = facts.replace(f'"J-{number} ', f'"2017-12-{9 - number:02} ')
    (folder / "campaign.toml").write_text(facts, "utf-8")

    with pytest.raises(RuleError):
        played(app, tmp_path / "out", bad_day=BadDay.MOVE)


def test_what_was_played_is_said_in_french_in_the_singular_and_the_plural():
    def told(found):
        words = (say(each, translations_for("fr")) for each in rehearsed_in_words(found))
        return [each.replace("\xa0", " ").replace("\u202f", " ") for each in words]

    kinds = [(BadDay.CORRECTION, 1), (BadDay.MOVE, 2), (BadDay.CANCELLATION, 1)]
    assert told(Rehearsed(9, 1, 1, 1, 0, ())) == [
        "Joué : 1 réponse par le lien d’un message.",
        "1 personne vient à la place d’une autre.",
        "1 personne est passée par la liste d’attente ; places obtenues depuis : 0.",
    ]
    assert told(Rehearsed(9, 0, 0, 0, 0, tuple(kinds))) == [
        "Un rectificatif inventé a été adressé à 1 personne.",
        "L’événement a été reporté d’une semaine, et 2 personnes ont été prévenues.",
        "L’événement a été annulé, et 1 personne a été prévenue.",
    ]
