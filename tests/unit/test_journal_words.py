"""The journal reads in words, in the reader's language, whatever an older version wrote."""

import ast
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import mailer
from mailer.files.catalogues import translations_for
from mailer.journal.words import ACT_NAMES, detail_of, name_of, subject_called, subject_of
from mailer.model.journal.line import JournalEntry
from mailer.model.team.actor import PROGRAM, Via
from mailer.wording import FactKey, Quoted, Text, _, _n, as_note, say

NOON = datetime(2017, 12, 4, 12, tzinfo=UTC)
NBSP, NNBSP = "\u00a0", "\u202f"


NOT_TAKEN = _(
    "{fact} is not taken, the document does not say it for sure: {words}",
    fact=FactKey("embargo.until"),
    words=(_("“{words}”", words=Quoted("Embargo : mercredi", "fr")),),
)
NOT_TAKEN_IN_FRENCH = (
    f"until sous [embargo] n’est pas repris, le document ne le dit pas de façon sûre{NBSP}: "
    f"«{NBSP}Embargo : mercredi{NBSP}»"
)


def french(text: Text) -> str:
    return say(text, translations_for("fr"))


def line(action: str, detail: str) -> JournalEntry:
    return JournalEntry(NOON, "claire", "Claire", Via.CLI, action, "meeting", detail)


def written_acts() -> set[str]:
    """Return every act that the code writes, as `action="launch"` or by a constant of its file."""
    found: set[str] = set()
    for file in Path(mailer.__file__).parent.rglob("*.py"):
        text = file.read_text("utf-8")
        if "action" not in text:
            continue  # or most of the time would go to files that write no act
        tree = ast.parse(text)
        named = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "action":
                value = named.get(node.value.id) if isinstance(node.value, ast.Name) else node.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found.add(value.value)
    return found


def test_every_act_that_the_code_writes_has_a_name():
    written = written_acts()

    assert {"launch", "clock-jumped", "door-list"} <= written
    assert not written - set(ACT_NAMES)


@pytest.mark.parametrize(
    ("action", "detail", "shown"),
    [
        ("export", "3 people", "3 personnes"),
        (
            "suppress",
            "do-not-contact: p.csv:12: Write to them: no",
            f"à ne pas contacter{NBSP}: p.csv, ligne 12{NBSP}: ne plus lui écrire, décidé à l’importation",
        ),
        (
            "suppress",
            "do-not-contact: liste.csv:26: Ne pas contacter: oui",
            f"à ne pas contacter{NBSP}: liste.csv:26: Ne pas contacter: oui",
        ),
        ("export", "1 people", "1 personne"),
        ("accreditation", "c@a.example: accepted", f"c@a.example{NBSP}: accrédité"),
        (
            "accreditation",
            "accepted@a.example: waiting; no room; forced by Claire: the minister asked",
            (
                f"accepted@a.example{NBSP}: en liste d’attente; no room; forcé par Claire{NBSP}: "
                "the minister asked"
            ),
        ),
        ("accreditation", "c@a.example: removed", f"c@a.example{NBSP}: retiré du registre"),
        (
            "suppress",
            "opt-out: replied STOP",
            f"a demandé à ne plus être contacté{NBSP}: replied STOP",
        ),
        (
            "import",
            "a.csv: 27 added, 2 changed, 0 unchanged",
            f"a.csv{NBSP}: 27 ajoutés, 2 modifiés, 0 inchangé",
        ),
        (
            "import",
            "a.csv: 0 added, 0 changed, 27 unchanged, 2 forgotten, 1 former",
            (
                f"a.csv{NBSP}: 0 ajouté, 0 modifié, 27 inchangés, "
                f"2 non repris{NBSP}: effacés auparavant, 1 sous une ancienne adresse"
            ),
        ),
        ("call", "coming meeting", "viendra meeting"),
        ("decide-quarantine", "leave-out", "ligne écartée"),
        ("decide-quarantine", "accept a@b.example", "l’adresse proposée est la bonne a@b.example"),
        ("sign-in", "Firefox, link", "Firefox, par un lien à usage unique"),
        ("make-link", "invitation: claire", f"invitation{NBSP}: claire"),
        ("make-link", "sign-in", "pour se connecter"),
        ("edit", "3: 12 people came", f"version 3{NBSP}: 12 people came"),
        (
            "edit",
            f"1: {as_note(Text('{said}', {'said': (NOT_TAKEN,)}))}",
            f"version 1{NBSP}: {NOT_TAKEN_IN_FRENCH}",
        ),
        (
            "add-person",
            "lise (Lise reader): editor, reader",
            f"lise (Lise reader){NBSP}: rédacteur, lecteur",
        ),
        ("change-roles", "lise: signatory", f"lise{NBSP}: signataire"),
        ("accept-finding", "slot-conflict 62c7ff19: Voulu", f"contrôle slot-conflict{NBSP}: Voulu"),
        ("withdraw-acceptance", "slot-conflict 62c7ff19", "contrôle slot-conflict"),
        ("take-back", "9 = 6", "version 9, comme la version 6"),
        ("comment", "n° 3", f"n°{NBSP}3"),
        ("clock-held", "poste: +3600 s", f"horloge de poste{NBSP}: avancée de 1{NBSP}h{NBSP}00"),
        ("clock-jumped", "poste: -31 s", f"horloge de poste{NBSP}: reculée de 31{NBSP}s"),
        ("confirm-clock", "a: b: +900000 s", f"horloge d’a: b{NBSP}: avancée de 10{NBSP}jours"),
        ("alarm", "mailing: 12 × spam", f"12 refus, pour ce motif{NBSP}: spam"),
        ("sign-off", "a" * 64, "version " + "a" * 64),
        ("refuse-sign-off", f"{'a' * 64} Trop long", f"version {'a' * 64} Trop long"),
        (
            "remind-signatory",
            "claire: 2017-12-04T08:30+00:00",
            f"claire, avant l’envoi du 04/12/2017 à 08{NBSP}h{NBSP}30 (UTC)",
        ),
        (
            "begin-dump",
            "2017-12-04 02:00:00+00:00 #2",
            f"prévue le 04/12/2017 à 02{NBSP}h{NBSP}00 (UTC), essai 2",
        ),
        ("edit-contact", "last_name, phone", f"Nom{NNBSP}; Téléphone"),
        ("register-export", "1", "1 personne"),
        ("door-list-destroyed", "12", f"n°{NBSP}12"),
        ("choose-language", "fr", "français"),
        ("limit-to-lists", "lise: *", f"lise{NBSP}: toutes les listes"),
        ("limit-to-lists", "lise: presse", "lise: presse"),
        ("add-recipient", f"{'a' * 26}: oubliée", f"message {'a' * 26}{NBSP}: oubliée"),
        (
            "decide-place",
            "c@a.example, asked by CNRS: refused; no room",
            f"c@a.example, demandé par CNRS{NBSP}: refusé par le bureau; no room",
        ),
    ],
)
def test_what_the_program_wrote_is_read_in_french_and_what_people_wrote_as_it_is(
    action, detail, shown
):
    assert french(detail_of(line(action, detail))) == shown


def test_what_a_line_is_about_is_named_in_french_and_asked_for_by_that_name():
    about_team = replace(line("sign-in", ""), subject="team")

    assert french(subject_of(about_team)) == "l’équipe"
    assert subject_called("l’équipe", say=french) == "team"
    assert subject_called("meeting", say=french) == "meeting"
    assert subject_of(replace(line("import", ""), subject="team")) == "team"


def test_the_program_and_a_reader_of_a_mail_are_named_in_french_and_a_person_by_name():
    program = replace(line("suppress", ""), person="", name="mailer", via=Via.PROGRAM)
    reader = replace(program, name="reader", via=Via.LINK)

    assert french(name_of(program)) == "le programme lui-même"
    assert french(name_of(PROGRAM)) == "le programme lui-même"
    assert french(name_of(reader)) == "un lecteur, par le lien d’un message"
    assert french(name_of(replace(program, person="lise"))) == "mailer"
    assert french(name_of(line("launch", ""))) == "Claire"


def test_a_note_is_read_in_the_language_of_the_reader():
    note = as_note(_n("{count} line", "{count} lines", count=2))

    assert french(detail_of(line("export", note))) == "2 lignes"


def test_braces_in_a_detail_are_shown_as_they_are():
    assert french(detail_of(line("suppress", "dead: {name}"))).endswith(": {name}")
