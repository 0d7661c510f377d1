"""What stands around the news of a release is read over: its kind, its subject, files and links."""

from datetime import UTC, datetime

import pytest

from mailer.model.campaigns.office import Office
from mailer.model.drafts.finding import Severity
from mailer.operations.campaigns.writing.diagnosis import diagnose
from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.counterparts.recall import LETTERHEAD, diagnosed

FR = (
    "{subject}Communiqué de presse\n\nVernoy, le 12 avril 2027\n\n# {headline}\n\n"
    "La Ville de Vernoy ouvre un jardin le 4 mai 2027, 3, rue Haute.\n\n{said}\n\n"
    "Contact presse\nLéa Morin, Ville de Vernoy, 06 39 98 12 34, lea@vernoy.example\n"
)
EN = (
    "{subject}Press release\n\nNorbury, 12 April 2027\n\n# {headline}\n\n"
    "The Norbury Trust opens a garden on 4 May 2027, 3 High Street.\n\n{said}\n\n"
    "Press contact\nAnn Low, Norbury Trust, 07700 900123, ann@norbury.example\n"
)


def findings(frame, *, headline="", said="", subject=""):
    headline = headline or ("Un jardin ouvre" if frame is FR else "A garden opens")
    subject = f"{subject}\n\n" if subject else ""
    text = frame.format(headline=headline, said=said, subject=subject)
    return {it.check: it.severity for it in diagnosed("a.txt", text)[1].findings}


@pytest.mark.parametrize(
    ("frame", "headline"),
    [
        (EN, "Photo opportunity: a garden opens"),
        (EN, "Press info: a garden opens"),
        (EN, "[Press release] A garden opens"),
        (EN, "EMBARGOED: a garden opens"),
        (EN, "Diary date: a garden opens"),
        (EN, "Note to editors: a garden opens"),
        (EN, "Invitation to the press: a garden opens"),
        (EN, "Media alert – a garden opens"),
        (FR, "[Communiqué] Un jardin ouvre"),
        (FR, "Conférence de presse : un jardin ouvre"),
        (FR, "Agenda : un jardin ouvre"),
        (FR, "Sous embargo : un jardin ouvre"),
        (FR, "Information à la presse : un jardin ouvre"),
        (FR, "Communiqué – Un jardin ouvre"),
    ],
)
def test_a_kind_before_the_news_of_a_headline_is_found(frame, headline):
    assert "kind-in-headline" in findings(frame, headline=headline)


@pytest.mark.parametrize(
    ("frame", "headline"),
    [
        (EN, "Release of sea eagles: forty birds fly"),
        (EN, "News from the sea: forty whales"),
        (EN, "Invitation to dance: a garden opens"),
        (EN, "(Re)discover a garden"),
        (FR, "Alerte aux moustiques : la Ville agit"),
        (FR, "Invitation au voyage : une exposition"),
        (FR, "Agenda 2030 : la Ville s’engage"),
        (FR, "Information et désinformation : un débat"),
    ],
)
def test_a_headline_that_begins_with_such_a_word_is_left_alone(frame, headline):
    assert "kind-in-headline" not in findings(frame, headline=headline)


LONG = "la Ville de Vernoy ouvre un jardin de lilas avec quarante arbres rares mardi 4 mai 2027"


@pytest.mark.parametrize(
    ("frame", "subject", "is_long"),
    [
        (FR, f"Objet : {LONG}", True),
        (FR, f"**Objet :** {LONG}", True),
        (EN, "Subject: the Norbury Trust opens a garden of lilacs with forty rare trees in May", True),
        (FR, "Objet : un jardin de lilas ouvre à Vernoy le 4 mai", False),
        (EN, "Subject: a garden of lilacs opens in Norbury", False),
    ],
)  # fmt: skip
def test_a_subject_typed_above_the_text_is_measured_and_is_no_headline(frame, subject, is_long):
    found = findings(frame, subject=subject)

    assert (found.get("subject-too-long") is Severity.WARNING) is is_long
    bare = frame.replace("# ", "").format(headline="Ceci", said="", subject=f"{subject}\n\n")
    told = recognise(bare, language="fr", today=datetime(2027, 4, 12, tzinfo=UTC).date())
    assert told.value("title") == "Ceci"


@pytest.mark.parametrize(
    ("frame", "said", "severity"),
    [
        (EN, "Attached: report.pdf", Severity.NOTE),
        (EN, "Please find attached the press kit.", Severity.NOTE),
        (EN, "Attachments: photos.zip, plan.pdf (14 MB)", Severity.WARNING),
        (EN, "Pictures attached (8 photos, 25 MB).", Severity.WARNING),
        (EN, "Attached: press kit (PDF, 900 kB)", Severity.NOTE),
        (FR, "Pièce jointe : dossier.pdf", Severity.NOTE),
        (FR, "PJ : dossier de presse", Severity.NOTE),
        (FR, "Vous trouverez ci-joint le dossier de presse.", Severity.NOTE),
        (FR, "Ci-joint : 8 photos haute définition (25 Mo)", Severity.WARNING),
        (EN, "Attached: press kit (PDF, 240 kB)", None),
        (EN, "The garden is attached to the museum. Attached to the wall: a rose.", None),
        (EN, "The press kit (PDF, 12 MB) is in the press room.", None),
        (FR, "Pièce jointe : dossier de presse (PDF, 240 Ko)", None),
        (FR, "Une pièce jointe au jardin accueille les enfants.", None),
        (FR, "Le dossier de presse (PDF, 12 Mo) est en ligne.", None),
    ],
)
def test_an_attachment_is_told_with_its_format_and_weight_and_is_light(frame, said, severity):
    assert findings(frame, said=said).get("attachment-not-told") is severity


@pytest.mark.parametrize(
    ("frame", "said", "is_foreign"),
    [
        (EN, "Book at https://tickets.reserve.example/garden", True),
        (EN, "See [the programme](https://docs.share.example/x) now.", True),
        (FR, "Photos : www.partage-photos.example/abc", True),
        (EN, "See https://www.norbury.example/garden", False),
        (EN, "The Lilac Club helps: https://lilacclub.example/garden", False),
        (FR, "La Maison des lilas aide : https://maison-des-lilas.example", False),
    ],
)
def test_a_link_to_a_site_of_nobody_in_the_text_is_noted(frame, said, is_foreign):
    found = findings(frame, said=said)

    assert (found.get("foreign-domain") is Severity.NOTE) is is_foreign


@pytest.mark.parametrize(
    ("venue", "is_bare"),
    [
        ("Norbury Town Hall", True),
        ("Corn Hall, Norbury", True),
        ("Mill Lane, Norbury", False),
        ("Corn Hall, Market Square, Norbury", False),
        ("salle des fêtes", True),
        ("rue du Moulin, à Vernoy", False),
        ("salle des fêtes, place du Marché", False),
    ],
)
def test_a_street_without_a_number_is_an_address_and_a_house_alone_is_none(venue, is_bare):
    text = (
        f"MEDIA ADVISORY\n\n# A garden opens\n\nWhen: Tuesday 4 May 2027, 10 am\nWhere: {venue}\n"
    )

    found = {it.check for it in diagnosed("a.txt", text)[1].findings}
    assert ("no-street-address" in found) is is_bare


@pytest.mark.parametrize(
    ("margin", "said", "is_hidden"),
    [
        ("EMBARGOED until 10 am, Tuesday 20 April 2027", "", True),
        ("SOUS EMBARGO jusqu’au mardi 20 avril 2027 à 10 h", "", True),
        ("Norbury Trust, page 1", "", False),
        ("EMBARGOED", "Embargoed until 10 am, Tuesday 20 April 2027.", False),
    ],
)
def test_an_embargo_that_only_a_page_header_says_is_found(margin, said, is_hidden):
    diagnosis = diagnose(
        EN.format(subject="", headline="A garden opens", said=said),
        name="a.docx",
        office=Office("Institut d’essai"),
        letterhead=LETTERHEAD,
        now=datetime(2027, 4, 12, 9, tzinfo=UTC),
        margins=(margin,),
    )

    assert ("embargo-in-header-only" in {it.check for it in diagnosis.findings}) is is_hidden
