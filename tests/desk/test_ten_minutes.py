"""From an empty workspace to a launched campaign, by keyboard alone, in Chromium.

With DESK_PICTURES=FOLDER each screen is kept as a picture, for the documentation.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from mailer.files.workspace import make_workspace
from tests.desk.keyboard import Keyboard
from tests.desk.visitors import EXAMPLE
from tests.e2e.commands import PLAIN, ROOT

PASSWORD = "quatre mots et une virgule,"
JOURNALISTS = """Nom;Prénom;Média;Courriel;Statut
Durand;Léa;Gazette;lea.durand@gmial.com;
Petit;Ana;Radio;ana petit@radio.example;
Roux;Zoé;TV;zoe@tv.example;a quitté ?
Bon;Luc;Web;luc@web.example;
Noir;Max;Revue;max@revue.example;
""".encode()
ASSOCIATIONS = b"""Association;E-mail
Entraide;contact@entraide.example
Soutien;bureau@soutien
Ensemble;ensemble@ensemble.example
Horizon;
"""
TEXT = "La presse est attendue à neuf heures à l’entrée de la station."


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_press_officer_launches_a_campaign_by_keyboard_alone(
    chromium,
    tmp_path,
    has_script,
):
    workspace = make_workspace(tmp_path / "bureau")
    shutil.rmtree(workspace / "campaigns" / EXAMPLE)
    files = _written(tmp_path)
    with _running_desk(workspace) as welcome:
        invitations = _invited(chromium, welcome)
        writer = _person(chromium, has_script=has_script)
        signatory = _person(chromium, has_script=has_script)
        base = welcome.rpartition("/bienvenue")[0]
        for person, name in ((writer, "Hugo Marchetti"), (signatory, "Claire Delmas")):
            person.page.goto(f"{base}{invitations[name]}")
            person.fill("Mot de passe", PASSWORD)
            person.fill("Le même mot de passe", PASSWORD)
            person.press("Choisir|Définir|Enregistrer")

        _take_in_lists(writer, files)
        title = _write(writer, files)
        _check_and_preview(writer, title)
        _sign(signatory, title)
        _launch(writer, title)

        assert "La campagne est lancée" in writer.page.inner_text("main")
        assert writer.acts + signatory.acts < 60, (writer.acts, signatory.acts)
        assert writer.said == signatory.said == []


def _take_in_lists(writer, files):
    writer.look("01-accueil")
    for number, (name, list_name) in enumerate(
        (("presse.csv", "press"), ("assos.csv", "associations"))
    ):
        if not number:  # the page of a list that was taken in is that of the contacts
            writer.follow("Contacts")
        writer.follow("Importer une liste")
        writer.fill("Liste de ces personnes", list_name)
        writer.choose_file("Fichier", files / name)
        writer.press("Voir le sort de chaque ligne")
        # As well: on a busy machine the page of the reading comes first.
        writer.page.wait_for_url("**/imports/*")
        writer.look(f"0{number + 2}-liste")
        _decide_rows(writer)
        writer.press("Intégrer cette liste")
        # A large list would go on in the background; of this one its page leads to the contacts.
        writer.page.wait_for_url("**/contacts?*")


def _decide_rows(writer):
    """Accept what is proposed, leave out what cannot be read, bar whoever may have left."""
    for row in writer.page.locator("fieldset.row").all():
        for choice in ("accept", "bar", "leave-out"):
            radio = row.locator(f"input[value={choice}]")
            if radio.count():
                writer.pick(radio)
                break


def _write(writer, files):
    writer.follow("Campagnes")
    writer.follow("Nouvelle campagne")
    today = datetime.now(tz=UTC).date()
    day = today + timedelta(days=(8 - today.weekday()) % 7 + 112)  # a Tuesday, in four months
    writer.choose("De quoi", "information presse")
    writer.fill_date("Jour", day)
    writer.fill_hour("Heure", time(9, 30))
    writer.fill("Où", "Station marine, Brest")
    writer.fill("Qui un journaliste", "Claire Delmas")
    writer.fill("Téléphone direct|Ligne directe", "06 39 98 12 34")
    writer.fill("Adresse", "presse@institut.example")
    writer.choose_file("Document qui porte le texte", files / "avis.docx")
    writer.press("Créer la campagne")
    writer.look("04-campagne")
    title = writer.page.inner_text("h1")
    _confirm_facts(writer)
    for way, text in (
        ("Ensuite", "Relance"),
        ("Textes", "Informations pratiques"),
        ("Textes", "Matin"),
    ):
        writer.follow(way)
        _open_text_of(writer, text)
        box = writer.page.locator("textarea").first
        writer.fill_box(box, re.sub("(?i)à compléter[^\n]*", TEXT, box.input_value()))
        writer.press("Enregistrer")
        writer.look(f"05-{text.lower().partition(' ')[0]}")
    return title


def _confirm_facts(writer):
    """Confirm what the document says, after a look at it."""
    writer.follow("Faits")
    for box in writer.page.locator("input[name=fact]").all():
        writer.tick(box)
    writer.look("04-faits")
    writer.press("Confirmer ce qui est coché")


def _open_text_of(writer, step):
    """Follow the link to the text of a step, whose heading stands above it."""
    section = writer.page.locator("section, main > *", has_text=step).locator(
        "a", has_text="français"
    )
    writer._reach(section.first)
    with writer.page.expect_navigation():
        writer.page.keyboard.press("Enter")
    writer.acts += 1


def _check_and_preview(writer, title):
    writer.follow(title)
    writer.follow("Vérifications")
    writer.look("06-verifications")
    assert "bloque" not in writer.page.inner_text(".lead") or "Rien" in writer.page.inner_text(
        ".lead"
    )
    writer.follow("Ensuite")
    writer.look("07-apercu")


def _sign(signatory, title):
    signatory.follow("Campagnes")
    signatory.follow(title)
    signatory.follow("Bon à tirer")
    signatory.press("Je donne le bon à tirer")
    signatory.look("08-bon-a-tirer")
    assert "Claire Delmas" in signatory.page.inner_text("main")


def _launch(writer, title):
    writer.follow(title)
    writer.follow("Lancement")
    count = re.search(r"part à (\d+) personne", writer.page.inner_text("main"))[1]
    writer.fill("Tapez le nombre", count)
    writer.look("09-lancement")
    writer.press("Lancer la campagne")
    writer.look("10-en-cours")


def _person(chromium, *, has_script):
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="fr-FR", java_script_enabled=has_script
    )
    page = context.new_page()
    pictures = os.environ.get("DESK_PICTURES")
    person = Keyboard(page, pictures=Path(pictures) if pictures and has_script else None)
    person.said = []
    page.on("console", lambda message: person.said.append(message.text))
    page.on("pageerror", lambda error: person.said.append(str(error)))
    return person


def _invited(chromium, welcome):
    """The administrator enters and invites the two others; returns their links by name."""
    page = chromium.new_context(locale="fr-FR").new_page()
    page.goto(welcome)
    page.get_by_label(re.compile("Amina Benali")).check()
    page.get_by_role("button").first.click()
    links = {}
    base = welcome.rpartition("/bienvenue")[0]
    for name in ("Hugo Marchetti", "Claire Delmas"):
        page.goto(f"{base}/reglages/personnes")
        page.get_by_role("link", name=name).click()
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("invitation")).click()
        links[name] = re.search(r"/bienvenue/[\w-]+", page.content())[0]
    page.context.close()
    return links


@contextmanager
def _running_desk(workspace):
    """Run `mailer web` as a process; yields the address at which one enters."""
    command = [sys.executable, "-m", "mailer", "--lang", "fr", "--workspace", str(workspace)]
    process = subprocess.Popen(
        [*command, "web", "--port", str(_free_port()), "--no-browser"],
        env={**os.environ, **PLAIN},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = ""
        while "/bienvenue/" not in said:
            line = process.stdout.readline()
            assert line, "the desk has ended"
            said += line
        yield re.search(r"http://\S+/bienvenue/\S+", said)[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _written(folder):
    files = folder / "fichiers"
    files.mkdir()
    (files / "presse.csv").write_bytes(JOURNALISTS)
    (files / "assos.csv").write_bytes(ASSOCIATIONS)
    with ZipFile(files / "avis.docx", "w") as document:
        for name, content in _DOCUMENT.items():
            document.writestr(name, content)
    return files


def _paragraph(text, style=""):
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{about}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("Titre", "Title"), ("Titre1", "heading 1"))
)
_BODY = (
    _paragraph("La rade de Brest, cartographiée", "Titre")
    + _paragraph("La station marine de Brest présente la première carte des fonds de la rade.")
    + _paragraph("Ce que montre la carte", "Titre1")
    + _paragraph("Trois années de relevés ont été nécessaires.")
)
_DOCUMENT = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{_STYLES}</w:styles>',
    "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{_BODY}</w:body></w:document>',
}
