"""Item 4: requests from a partner's list, pasted addresses and saved mails; the register as a file."""

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from tests.desk.visitors import CAMPAIGN, EXAMPLE, READER

REGISTER = f"{CAMPAIGN}/accreditations"
IMPORT = f"{REGISTER}/importer"
LIST = """Nom ; Prénom ; Média ; Courriel
PETIT ; Ana ; Radio Exemple ; ana@radio.example
Roux ; Bo ; Télé Exemple ; BO@tele.example
Roux ; Bo ; Télé Exemple ; bo@tele.example
Vide ; Cy ; Le Journal ; cy(arobase
"""


def mail(sender, text, subject="Accréditation"):
    return (
        f"From: {sender}\r\nTo: presse@institut.example\r\nSubject: {subject}\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{text}"
    ).encode()


def form_mail(answer):
    code = "abcdefghijklmnopqrstuvwxyz"
    return mail(
        "Dee Sol <dee@web.example>",
        f"Réponse / Answer : {answer}\r\nNom / Name : Dee Sol\r\nMédia / Outlet : Le Web\r\n"
        f"Carte de presse / Press card : 12345\r\nCode : {code}\r\n",
    )


@pytest.fixture
def small_room(desk):
    """The example, with room for two."""
    file = desk.app.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    text = file.read_text("utf-8").replace("required = true", "required = true\ntotal = 2")
    file.write_text(text, "utf-8")
    return desk


def survey(visitor, *files, **fields):
    if not files:
        return visitor.post(IMPORT, **fields)
    (file,) = files
    return visitor.post(IMPORT, _files={"file": file}, **fields)


def decide(visitor, page, **choices):
    """Send the page of decisions as a browser does, with some of them changed."""
    rows = unescape(re.search(r'name="rows" value="([^"]*)"', page.html)[1])
    fields = {"act": "take-in", "rows": rows}
    for name, options in re.findall(
        r'<select id="[^"]*" name="(choice-\d+)">(.*?)</select>', page.html, re.DOTALL
    ):
        fields[name] = re.search(r'value="([^"]*)" selected', options)[1]
    return visitor.post(IMPORT, **fields | {k.replace("_", "-"): v for k, v in choices.items()})


def states(desk):
    register = desk.app.ledger.accreditations.of_campaign(EXAMPLE)
    return {each.address.key.partition("@")[0]: each.state.value for each in register}


def test_item_4_a_partners_list_is_seen_first_then_merged_and_decided_row_by_row(small_room):
    visitor = small_room.visitor()
    visitor.post(REGISTER, address="zoe@ailleurs.example", name="Zoé Un", state="accepted")

    page = survey(visitor, ("partenaire.csv", LIST.encode()))
    assert states(small_room) == {"zoe": "accepted"}
    assert "3 demandes" in page.text
    done = decide(visitor, page, choice_2="asked", address_2="cy@journal.example")

    assert done.status == 200
    assert states(small_room) == {
        "zoe": "accepted",
        "ana": "accepted",
        "bo": "waiting",
        "cy": "asked",
    }
    again = survey(visitor, ("partenaire.csv", LIST.encode()))
    decide(visitor, again)
    assert states(small_room)["bo"] == "waiting"


def test_item_4_an_address_that_is_none_is_refused_and_the_decisions_stay(small_room):
    visitor = small_room.visitor()
    page = survey(visitor, ("partenaire.csv", LIST.encode()))

    refused = decide(visitor, page, choice_0="waiting", choice_2="asked", address_2="cy(arobase")

    assert refused.status == 422
    assert states(small_room) == {}
    assert '<option value="waiting" selected>' in refused.html
    assert 'value="cy(arobase"' in refused.html


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (form_mail("je viens / I will come"), {"dee": "accepted"}),
        (form_mail("je ne viens pas / I will not come"), {"dee": "declined"}),
        (mail("Eve <eve@web.example>", "Bonjour, je souhaite venir."), {"eve": "asked"}),
        (mail("personne", "Bonjour"), {}),
    ],
)
def test_item_4_a_saved_mail_is_accepted_only_by_an_intact_form(small_room, message, expected):
    visitor = small_room.visitor()

    decide(visitor, survey(visitor, ("demande.eml", message)))

    assert states(small_room) == expected


def test_item_4_pasted_addresses_are_requests_too(small_room):
    visitor = small_room.visitor()

    decide(visitor, survey(visitor, pasted="Ana Petit <ana@radio.example>; bo@tele.example"))

    assert states(small_room) == {"ana": "accepted", "bo": "accepted"}


def test_item_4_the_register_is_a_workbook_that_is_read_back_as_a_list(small_room):
    visitor = small_room.visitor()
    decide(visitor, survey(visitor, ("partenaire.csv", LIST.encode())))

    content = visitor.get(f"{REGISTER}/registre.xlsx").content

    rows = list(openpyxl.load_workbook(BytesIO(content)).active.values)
    assert [row[:4] for row in rows[1:]] == [
        ("ana@radio.example", "Ana PETIT", "Radio Exemple", "accrédité"),
        ("BO@tele.example", "Bo Roux", "Télé Exemple", "accrédité"),
    ]
    read_back = survey(visitor, ("registre.xlsx", content)).text
    assert "2 demandes" in read_back
    assert "Ana PETIT Radio Exemple ana@radio.example accrédité" in read_back
    assert small_room.visitor(READER).get(f"{REGISTER}/registre.xlsx").status != 200
