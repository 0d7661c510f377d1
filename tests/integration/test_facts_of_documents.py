"""From advisories in Word to campaigns: each fact right, none wrong, none invented."""

import re
from datetime import date

import pytest

from mailer.files.campaigns.scaffold import Answers, starter_files
from mailer.model.campaigns.campaign import CampaignKind
from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.counterparts.advisories import FOLDER, advisories
from tests.counterparts.facts import campaign_files, judged, texts_wrong

ADVISORIES = [
    (folder, name, text)
    for folder in ("right", "held_out")
    for name, text, _facts in advisories(folder, "facts.toml")
]


@pytest.mark.parametrize("folder", ["right", "held_out"])
def test_the_facts_of_ten_advisories_are_right_or_missing_and_never_wrong(folder):
    every = list(judged(folder))
    right = sum(len(each.right) for each in every)
    missing = sum(len(each.missing) for each in every)

    assert len(every) == len(list((FOLDER / folder).glob("*.txt"))) == 10
    assert [(each.name, pair) for each in every for pair in each.wrong] == []
    assert [(each.name, pair) for each in every for pair in each.invented] == []
    assert right / (right + missing) >= 0.9


def test_the_facts_of_seven_documents_as_offices_save_them_are_right():
    every = list(judged("offices"))

    assert len(every) == 7
    assert [(each.name, pair) for each in every for pair in (*each.wrong, *each.invented)] == []
    assert [(each.name, pair) for each in every for pair in each.missing] == []


def test_the_facts_of_ten_later_documents_are_right_or_missing_and_never_wrong():
    every = list(judged("later"))
    right = sum(len(each.right) for each in every)
    missing = sum(len(each.missing) for each in every)

    assert len(every) == 10
    assert [(each.name, pair) for each in every for pair in (*each.wrong, *each.invented)] == []
    assert right / (right + missing) >= 0.95


def test_the_facts_of_twenty_documents_are_told_by_what_stands_near():
    every = list(judged("near"))

    assert len(every) == 20
    assert [(each.name, pair) for each in every for pair in (*each.wrong, *each.invented)] == []
    assert [(each.name, pair) for each in every for pair in each.missing] == []


@pytest.mark.parametrize("folder", ["offices", "later"])
def test_nothing_of_these_documents_is_written_twice_or_lost(folder):
    assert list(texts_wrong(folder)) == []


@pytest.mark.parametrize(
    ("folder", "name", "text"), ADVISORIES, ids=[f"{f}-{name}" for f, name, _ in ADVISORIES]
)
def test_no_word_of_a_document_is_lost(folder, name, text):
    files = campaign_files(text)

    kept = files["original.txt"].decode() + files["campaign.toml"].decode()
    plain = re.sub(r"\]\([^)]*\)|^#+ ", " ", text, flags=re.MULTILINE)
    for word in re.findall(r"[\w@.’-]{3,}", plain.replace("HEADER: ", "")):
        if name == "01-tableau.txt" and word in plain.partition("\n")[0]:
            continue  # the page header is said, and holds no embargo
        assert word.strip(".-") in kept.replace("\\", "")


INVITED = "# Titre\n\nInvitation presse\n\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Avec le soutien de la Région présentera ses résultats.", "partners"),
        ("En partenariat avec les associations, l’institut avance.", "partners"),
        ("En partenariat avec la Fondation Bleue et Verte, l’institut avance.", "partners"),
        ("Partenaires : Port et Baie de Brest", "partners"),
        ("Institut, 4 rue de l’Exemple, 54000 Nancy, 03 99 00 12 12", "event.address"),
        ("Lieu : gare\n\nLieu de repli : mairie", "event.venue"),
        ("Du 14 au 18 septembre 2026.", "event.starts_at"),
        ("Sous embargo jusqu’au jeudi 8 octobre 2026 à 14 h, heure de Samoa.", "embargo"),
        ("Sous embargo jusqu’au jeudi 8 octobre 2026 à 14 h CST.", "embargo"),
        ("Sous embargo jusqu’au jeudi 8 octobre 2026 à 14 h EST.", "embargo"),
        ("Sous embargo jusqu’au jeudi 8 octobre 2026.", "embargo"),
        ("Accréditation souhaitée avant le 7 avril.", "accreditation"),
        ("Contact presse\n\nAgence Horizon\n\n01 99 00 45 45", "press_contacts"),
        ("Contact : Zoé Roy, 03 99 00 14 2", "press_contacts.0.phone"),
        ("Pour en savoir plus : [ici](https://a.example)", "links"),
        ("En savoir plus : [Le site](javascript:alert)", "links"),
        ("Embargoed until 2 pm, Thursday 8 October 2026", "place"),
    ],
)
def test_what_is_not_said_outright_is_not_made_up_and_stays_in_the_text(text, key):
    found = recognise(INVITED + text, language="fr", today=date(2026, 3, 2))

    keys = [".".join(map(str, fact.path)) for fact in found.facts]
    assert [each for each in keys if f"{each}.".startswith(f"{key}.")] == []
    assert text.splitlines()[0] in found.text or key == "press_contacts.0.phone"


def test_a_sentence_at_the_beginning_is_no_headline():
    found = recognise("Le maire ouvre le pont jeudi.", language="fr", today=date(2026, 3, 2))

    assert found.facts == ()


def test_a_campaign_from_a_document_without_a_deadline_speaks_of_none_and_compiles(tmp_path):
    said = recognise(
        "Invitation presse\n\n# La rade, cartographiée\n\nLa station présente sa carte.\n",
        language="fr",
        today=date(2026, 3, 2),
    )
    answers = Answers("La rade, cartographiée", event="2026-03-31 09:30", language="fr")

    files = starter_files(
        "2026-03-31-rade", CampaignKind.ADVISORY, answers, today=date(2026, 3, 2), document=said
    )

    assert not any(b"accreditation.deadline" in content for content in files.values())
    assert "Nous n’avons pas encore reçu votre réponse." in files["reminder.md"].decode("utf-8")


def test_a_postcode_in_a_sentence_is_read_to_its_end():
    said = (
        "# Press briefing: the Otter Report\nTewford, 14 May 2027\nThe Rivers Society invites journalists"
        " to a briefing on Tuesday 25 May 2027 at 9.30am at the Weir House, 12 Lock Lane, Tewford TW1 3AB.\n"
    )

    written = campaign_files(said)["campaign.toml"].decode()

    assert 'address = "12 Lock Lane, Tewford TW1 3AB"' in written
