"""A release in a mail: what is quoted, forwarded or signed around it is not for the public."""

import pytest

from mailer.files.documents import read_document
from mailer.files.mail_subjects import headline_of_subject, with_headline
from mailer.files.quoted_mails import release_in

RELEASE = "Communiqué de presse\n\nUn pont de bois relie les deux rives\n\nLe pont ouvre."
SECRET = "Le maire hésite encore."
FIELDS_FR = "De : Marc <m@a.example>\nEnvoyé : lundi 15 mars 2027 18:40\nÀ : Léa\nObjet : RE: pont"
FIELDS_EN = (
    "From: Ann <a@a.example>\nSent: Monday, March 15, 2027 6:40 PM\nTo: Bo\nSubject: RE: bridge"
)

QUOTED = {
    "Outlook in French": f"-----Message d'origine-----\n{FIELDS_FR}\n\n{SECRET}",
    "Outlook's rule": f"________________________________\n{FIELDS_FR}\n\n{SECRET}",
    "Outlook in English": f"-----Original Message-----\n{FIELDS_EN}\n\n{SECRET}",
    "fields in bold": f"**De :** Marc\\\n**Envoyé :** lundi 15 mars 2027 18:40\\\n**À :** Léa\n\n{SECRET}",
    "Thunderbird": f"Le 15/03/2027 à 18:40, Marc a écrit :\n> {SECRET}",
    "two lines": f"Le lun. 15 mars 2027 à 18:40, Marc Vidal <m.vidal@littoral.example> a\nécrit :\n\n> {SECRET}",
    "Gmail": f"On Mon, Mar 15, 2027 at 6:40 PM Ann <a@a.example> wrote:\n\n> {SECRET}",
    "a signature": f"-- \nLéa Roy\n{SECRET}",
}


@pytest.mark.parametrize("below", QUOTED.values(), ids=QUOTED)
def test_what_stands_below_a_release_is_cut_and_said(below):
    found = release_in(f"{RELEASE}\n\n{below}", subject="RE: pont")

    assert found.text == RELEASE
    assert SECRET in "".join(map(str, found.left_out))


FORWARDED = {
    "Gmail": f"---------- Forwarded message ---------\n{FIELDS_EN}\n\n\n",
    "Gmail in French": f"---------- Message transféré ---------\n{FIELDS_FR}\n\n\n",
    "Apple Mail": "Begin forwarded message:\n\nFrom: Ann\n\nDate: 15 March 2027 at 18:40\n\nTo: Bo\n\n",
    "Outlook": f"{FIELDS_FR}\n\n",
    "Outlook with a line": f"-----Message d'origine-----\n{FIELDS_FR}\n\n",
}


@pytest.mark.parametrize("head", FORWARDED.values(), ids=FORWARDED)
@pytest.mark.parametrize("note", ["", f"{SECRET}\n\n-- \nLéa\n\n"])
def test_a_release_that_is_forwarded_is_kept_without_the_note_above_it(note, head):
    found = release_in(f"{note}{head}{RELEASE}", subject="TR : pont")

    assert found.text == RELEASE
    assert (SECRET in "".join(map(str, found.left_out))) == bool(note)


def test_a_forwarded_release_may_itself_be_quoted_sign_by_sign():
    quoted = "\n".join(f"> {line}".rstrip() for line in RELEASE.split("\n"))

    found = release_in(f"Begin forwarded message:\n\n{quoted}", subject="Fwd: pont")

    assert found.text == RELEASE


def test_an_answer_below_what_it_quotes_stays():
    found = release_in(f"On Monday, Ann <a@a.example> wrote:\n> {SECRET}\n\n{RELEASE}")

    assert found.text == RELEASE


@pytest.mark.parametrize(
    "text",
    [
        "MEDIA ADVISORY\n\nFROM: Harbour Authority\nTO: News desks\nDATE: 12 May 2027\n\nThe gate opens.",
        "> Une citation en exergue.\n\nLe texte.",
        "Titre\n\nLe maire a écrit :\n\n« Venez. »",
        "Titre\n\n--\n\nFin",
    ],
)
def test_what_only_looks_like_a_mail_stays_in_a_text(text):
    assert read_document(text.encode(), name="avis.txt").markdown == text


def test_a_mail_whose_subject_is_folded_before_its_first_word_is_a_mail():
    mail = b"From: a@a.example\nSubject:\n Press release: A bridge\nDate: Mon, 1 Feb 2027 09:00:00 +0000\n\nIt opens.\n"

    assert read_document(mail, name="a.eml").markdown == "# Press release: A bridge\n\nIt opens."


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Invitation presse – Une digue vivante, 8 avril", ("Invitation presse – ", "Une digue vivante")),
        ("TR : RE: Communiqué de presse : Un pont", ("Communiqué de presse : ", "Un pont")),
        ("Fwd: [Presse] Un pont (mardi 9 mars 2027)", ("", "Un pont")),
        ("Fw: Media advisory: Gate opens, May 12", ("Media advisory: ", "Gate opens")),
        ("[INVITATION PRESSE] 25 mars – Dix voiliers", ("INVITATION PRESSE – ", "Dix voiliers")),
        ("Save the date – 14 octobre 2027 : la serre ouvre", ("Save the date – ", "la serre ouvre")),
        ("May 12: a gate opens", ("", "a gate opens")),
        ("Invitation au voyage", ("", "Invitation au voyage")),
        ("Les 12 travaux de mai", ("", "Les 12 travaux de mai")),
        ("Refonte du port", ("", "Refonte du port")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_a_subject_without_its_marks_its_label_and_its_day(subject, expected):
    assert headline_of_subject(subject) == expected


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("RE: Un pont de bois, 9 mai", "Bonjour,\n\nUn pont de bois relie les rives", "Bonjour,\n\n# Un pont de bois relie les rives"),
        ("CP", RELEASE, RELEASE),
        ("TR: Invitation presse – Un pont", "Le pont ouvre.", "# Invitation presse – Un pont\n\nLe pont ouvre."),
        (
            "Media invitation: Skate hatches",
            "Dear all,\n\nA skate has hatched.\n\nPhotocall: Tuesday 16 March, 8.30am\n\nPlace: the quay",
            "# Media invitation: Skate hatches\n\nDear all,\n\nA skate has hatched.\n\nPhotocall: Tuesday 16 March, 8.30am\n\nPlace: the quay",
        ),
        ("Sujet", "# Titre\n\nTexte.", "# Titre\n\nTexte."),
        ("Un pont", "Communiqué de presse\n\nLe pont ouvre.", "# Un pont\n\nCommuniqué de presse\n\nLe pont ouvre."),
    ],
)  # fmt: skip
def test_the_headline_of_the_text_stands_before_the_subject(subject, text, expected):
    assert with_headline(text, subject=subject) == expected
