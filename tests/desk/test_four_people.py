"""Writer, signatory on a telephone, partner and administrator play a campaign in four browsers.

With DESK_PICTURES=FOLDER what each of them sees is kept there as pictures, to be looked at.
"""

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mailer.calendar.instants import read_instant
from mailer.model.address import Address
from mailer.model.journal.line import JournalFilter
from mailer.model.team.actor import PROGRAM
from mailer.model.team.person import Person, Role
from mailer.service.service import Service
from tests.conftest import CHROMIUM, QUIET
from tests.counterparts.desk import give_password
from tests.counterparts.team import PASSWORD
from tests.desk.visitors import CAMPAIGN, EXAMPLE, example_app
from tests.matrix.offices import served

CONFIG = """[office]
name = "Institut de recherche"
language = "fr"
time_zone = "Europe/Paris"

[team]
proofs = ["presse@institut.example"]
"""
NADIA = Person("n.leroy", "Nadia Leroy", frozenset({Role.EDITOR}))
CLAIRE = Person("c.delmas", "Claire Delmas", frozenset({Role.SIGNATORY}))
AMINA = Person("a.benali", "Amina Benali", frozenset({Role.ADMINISTRATOR}))
PIA = Person(
    "pia.sauvage",  # as the desk makes it of the name
    "Pia Sauvage",
    frozenset({Role.PARTNER}),
    Address.parse("pia@academie.example"),
)
TEXT = f"{CAMPAIGN}/textes/announcement.md"
ASKED = "Faut-il nommer la salle dès la première phrase ?"
ANSWERED = "Oui, c’est fait : la salle est dans la première phrase."
SAID = "La presse est attendue à neuf heures dans le hall."
PHONE = {"width": 390, "height": 844}


@dataclass
class Somebody:
    """A person in a browser of their own, and everything that its console has said."""

    person: Person
    page: object
    base: str
    said: list = field(default_factory=list)
    looks: int = 0

    def enter(self):
        self.go("/entrer")
        self.page.fill("input[name=name]", self.person.id)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("Se connecter")
        return self

    def go(self, path):
        self.page.goto(f"{self.base}{path}")

    def follow(self, name):
        self.page.locator("main").get_by_role("link", name=re.compile(name)).first.click()

    def press(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile(name)).first.click()

    @property
    def reads(self):
        return " ".join(self.page.inner_text("main").split())

    def look(self, name):
        """Keep what is seen, if pictures are asked for, and compare the page with its window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name}: {wide} px wider than the window"
        self.looks += 1
        if folder := os.environ.get("DESK_PICTURES"):
            file = Path(folder) / f"{self.person.id}-{self.looks:02d}-{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=file, full_page=True)


@pytest.fixture
def office(tmp_path):
    """The example campaign, which names Pia, and its four people behind a real sign-in."""
    with example_app(tmp_path / "workspace", config=CONFIG) as app:
        app.ledger.team.add([NADIA, CLAIRE, AMINA], actor=PROGRAM, at=app.clock.now())
        for person in (NADIA, CLAIRE, AMINA):
            give_password(app, person)
        facts = app.campaigns.folder(EXAMPLE) / "campaign.toml"
        named = f'[[partners]]\npeople = ["{PIA.id}"]\nsigns = "passages"\n'
        facts.write_text(facts.read_text("utf-8").replace("[[partners]]\n", named, 1), "utf-8")
        with served(app) as port:
            yield app, f"http://127.0.0.1:{port}"


@contextmanager
def somebody(chromium, person, base, **how):
    """A person in a browser of their own, a process that shares nothing with another's."""
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "fr-FR"} | how
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=QUIET)
    found = Somebody(person, browser.new_page(**options), base)
    found.page.on("console", lambda message: found.said.append(message.text))
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    yield found
    browser.close()


def test_four_people_play_a_whole_campaign_in_four_browsers_at_once(chromium, office):
    app, base = office
    with (
        somebody(chromium, NADIA, base) as writer,
        somebody(
            chromium, CLAIRE, base, viewport=PHONE, is_mobile=True, has_touch=True
        ) as signatory,
        somebody(chromium, PIA, base, viewport={"width": 1024, "height": 768}) as partner,
        somebody(chromium, AMINA, base) as administrator,
    ):
        everybody = (writer, signatory, partner, administrator)
        for each in (writer, signatory, administrator):
            each.enter()
        _invites(administrator, partner)
        _writes_and_tests(writer)
        _asks(signatory)
        _answers(writer)
        _signs_passages(partner)
        _signs(signatory)
        _launches(writer)
        _pauses(administrator)
        _resumes(signatory)

        assert [each.said for each in everybody] == [[], [], [], []]
        app.clock.wait_until(read_instant("2017-12-04T13:30", zone="Europe/Paris"))
        for _tick in Service(app).ticks_until_idle():
            pass
        for each in everybody:
            each.enter()  # a weekend later every session has ended
            each.said.clear()  # of the pages that were left open, which were told so by 401
        _reads_the_end(writer, signatory, partner, administrator)

        assert [each.said for each in everybody] == [[], [], [], []]
    lines = app.ledger.journal.page(JournalFilter(), limit=500)
    acts = {each.action: each.name for each in lines if each.subject.startswith(EXAMPLE)}
    assert acts["launch"] == NADIA.name
    assert acts["paused"] == AMINA.name
    assert acts["scheduled"] == CLAIRE.name
    signed = [each.by for each in app.ledger.mailings.sign_offs(EXAMPLE)]
    assert signed == [PIA.name, CLAIRE.name]
    assert [each.closed_by for each in app.ledger.comments.of_campaign(EXAMPLE)] == [CLAIRE.name]


def _invites(administrator, partner):
    """Amina adds Pia to the team, and Pia comes in by the invitation."""
    administrator.go("/reglages/personnes")
    administrator.page.fill("input[name=name]", PIA.name)
    administrator.page.fill("input[name=address]", str(PIA.address))
    administrator.page.check(f"input[name=roles][value={Role.PARTNER.value}]")
    administrator.press("Ajouter à l’équipe")
    administrator.press("Créer une invitation")
    administrator.look("invitation")
    link = re.search(r"/bienvenue/[\w-]+", administrator.page.content())[0]
    partner.go(link)
    partner.page.fill("input[name=new]", PASSWORD)
    partner.page.fill("input[name=again]", PASSWORD)
    partner.look("bienvenue")
    partner.press("mot de passe")
    assert "Recherche & Associations" in partner.reads


def _writes_and_tests(writer):
    """Nadia writes a sentence, saves it, and sends the test that asks for the sign-off."""
    writer.go(TEXT)
    box = writer.page.locator("textarea").first
    box.fill(f"{box.input_value()}\n{SAID}\n")
    writer.look("texte")
    writer.press("Enregistrer")
    writer.go(f"{CAMPAIGN}/essai")
    writer.press("Faire l’envoi test")
    writer.look("essai")


def _asks(signatory):
    """Claire finds on her telephone what waits, and asks about a passage instead of signing."""
    signatory.go("/")
    signatory.look("a-vous")
    signatory.follow("Signer ou refuser")
    signatory.look("bon-a-tirer")
    signatory.go(TEXT)
    signatory.page.locator("#commenter summary").click()
    signatory.page.fill("textarea[name=quote]", SAID)
    signatory.page.fill("textarea[name=comment]", ASKED)
    signatory.look("commentaire")
    signatory.press("^Commenter$")
    assert ASKED in signatory.reads


def _answers(writer):
    """The comment waits for Nadia on her start page, whose link leads to exactly that comment."""
    writer.go("/")
    assert ASKED in writer.reads
    writer.look("a-vous")
    writer.follow("Répondre à un commentaire")
    assert "#commentaire-" in writer.page.url
    writer.page.locator("article.comment textarea").fill(ANSWERED)
    writer.look("reponse")
    writer.press("^Répondre$")


def _signs_passages(partner):
    """Pia sees the texts as an invented reader does, and signs what is said in her name."""
    partner.go(f"{CAMPAIGN}/apercu")
    partner.look("apercu")
    partner.go(f"{CAMPAIGN}/bon-a-tirer")
    partner.look("passages")
    partner.press("Je donne mon bon à tirer")
    assert "Vous avez donné votre bon à tirer" in partner.reads
    for path in ("/contacts", f"{CAMPAIGN}/textes", "/journal"):
        partner.go(path)
        assert "Il n’y a pas de page" in partner.reads
    partner.said.clear()  # a browser notes each answer 404


def _signs(signatory):
    """Claire reads the answer on her telephone, closes the comment, and signs."""
    signatory.go("/")
    signatory.follow("Répondre à un commentaire")
    assert ANSWERED in signatory.reads
    signatory.press("Clore")
    signatory.go(f"{CAMPAIGN}/bon-a-tirer")
    signatory.press("Je donne le bon à tirer")
    signatory.look("signe")
    assert "Claire Delmas" in signatory.reads


def _launches(writer):
    writer.go(f"{CAMPAIGN}/lancement")
    count = re.search(r"part à (\d+) personne", writer.reads)[1]
    writer.page.fill("input[name=confirm]", count)
    writer.look("lancement")
    writer.press("Lancer la campagne")
    writer.look("en-cours")
    assert "La campagne est lancée" in writer.reads


def _pauses(administrator):
    """Amina sees something wrong, and holds the campaign."""
    administrator.go(f"{CAMPAIGN}/en-cours")
    administrator.press("Suspendre")
    administrator.look("suspendue")


def _resumes(signatory):
    """Claire finds it held on her telephone, and lets it go on."""
    signatory.go(f"{CAMPAIGN}/en-cours")
    signatory.look("suspendue")
    signatory.press("Reprendre")


def _reads_the_end(writer, signatory, partner, administrator):
    writer.go(f"{CAMPAIGN}/bilan")
    writer.look("bilan")
    signatory.go(f"{CAMPAIGN}/en-cours")
    signatory.look("partie")
    partner.go(CAMPAIGN)
    partner.look("lancee")
    assert "Lancé, avec départ le lundi 4 décembre" in partner.reads
    administrator.go("/journal")
    administrator.look("journal")
    assert "Nadia Leroy" in administrator.reads
