"""The register on screen: quotas, reasons, substitutes, the list for the door and who came."""

from io import BytesIO

import openpyxl
import pytest

from mailer.model.address import Address
from mailer.model.contacts.contact import contact_id
from tests.counterparts.builders import after, started
from tests.desk.visitors import CAMPAIGN, EXAMPLE, READER

REGISTER = f"{CAMPAIGN}/accreditations"


@pytest.fixture
def small_room(desk):
    """The example, with room for two and one person of each outlet."""
    file = desk.app.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    text = file.read_text("utf-8").replace(
        "required = true", "required = true\ntotal = 2\nper_outlet = 1"
    )
    file.write_text(text, "utf-8")
    return desk


def note(visitor, name, outlet="", state="accepted", **more):
    return visitor.post(
        REGISTER,
        address=f"{name}@ailleurs.example",
        name=f"Zoé {name.title()}",
        organisation=outlet or f"Journal {name}",
        state=state,
        **more,
    )


def entry_of(name):
    return f"{REGISTER}/{contact_id(Address(name, 'ailleurs.example'))}"


def states(desk):
    register = desk.app.ledger.accreditations.of_campaign(EXAMPLE)
    return {each.address.local: each.state.value for each in register}


def test_above_the_quota_the_page_says_so_keeps_what_was_typed_and_takes_a_reason(small_room):
    visitor = small_room.visitor()
    note(visitor, "un")
    assert "1 place prise sur 2" in visitor.get(REGISTER).text
    note(visitor, "deux")

    refused = note(visitor, "trois")
    forced = note(visitor, "trois", force_why="le ministre vient")

    assert refused.status == 422
    assert "Toutes les places sont prises" in refused.text
    assert 'value="Zoé Trois"' in refused.html
    assert forced.status == 303
    page = visitor.get(REGISTER).text
    assert "3 places prises sur 2" in page
    assert "dérogation de Nadia Leroy" in page


def test_a_withdrawal_on_the_page_promotes_the_first_of_the_waiting_list(small_room):
    visitor = small_room.visitor()
    for name in ("un", "deux"):
        note(visitor, name)
    note(visitor, "trois", state="waiting")
    assert "il n’y a pas assez de place" in visitor.get(REGISTER).text

    visitor.post(REGISTER, address="un@ailleurs.example", state="declined")

    assert states(small_room) == {"un": "declined", "deux": "accepted", "trois": "accepted"}


def test_a_person_is_refused_with_a_reason_that_stays_on_the_page_with_what_came_before(desk):
    visitor = desk.visitor()
    note(visitor, "un", state="asked")

    done = visitor.post(entry_of("un"), state="refused", reason="hors sujet")

    page = visitor.get(entry_of("un")).text
    assert done.status == 303
    assert "hors sujet" in page
    assert page.partition("Ce qui a été noté")[2].count("Nadia Leroy") == 2


def test_a_substitute_takes_the_place_on_the_page(small_room):
    visitor = small_room.visitor()
    note(visitor, "un")
    note(visitor, "deux")

    visitor.post(f"{entry_of('un')}/remplacer", address="trois@ailleurs.example", name="Zoé Trois")

    assert states(small_room) == {"un": "declined", "deux": "accepted", "trois": "accepted"}
    assert "un@ailleurs.example" in visitor.get(entry_of("trois")).text


def test_the_list_for_the_door_is_sorted_and_has_no_address_on_page_and_in_the_workbook(desk):
    visitor = desk.visitor()
    note(visitor, "martin", card_kind="CCIJP", card_number="001234")
    note(visitor, "abel")
    note(visitor, "bon", state="asked")

    page = visitor.get(f"{REGISTER}/porte")
    book = openpyxl.load_workbook(BytesIO(visitor.get(f"{REGISTER}/porte.xlsx").content))

    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Nom", "Abel", "Martin"]
    assert rows[2][4:6] == ("CCIJP", "001234")
    for told in ("samedi 9 décembre 2017", "9 h 30", "Académie des sciences, Institut de France"):
        assert told in page.text.replace("\u00a0", " "), told
    assert page.text.index("Abel") < page.text.index("Martin")
    assert "À détruire" in page.text
    assert "Zoé Bon" not in page.text
    assert "@" not in "".join(str(cell) for row in rows for cell in row)
    assert "ailleurs.example</td>" not in page.html


def test_a_list_that_was_taken_as_a_file_waits_until_somebody_says_that_it_was_destroyed(desk):
    visitor, reader = desk.visitor(), desk.visitor(READER)
    note(visitor, "martin", card_kind="CCIJP", card_number="001234")
    assert "Aucune liste pour l’accueil" in visitor.get("/conservation").text
    visitor.get(f"{REGISTER}/porte.xlsx")

    (line,) = desk.app.ledger.journal.entries(action="door-list")
    page = visitor.get("/conservation").text
    assert "Elle est détruite" in page
    assert "Elle est détruite" not in reader.get("/conservation").text
    assert reader.post("/conservation", number=str(line.id)).status in {409, 422}
    assert "la liste manque" in visitor.post("/conservation", number="x").text.lower()

    visitor.post("/conservation", number=str(line.id))

    assert "Aucune liste pour l’accueil" in visitor.get("/conservation").text
    (noted,) = desk.app.ledger.journal.entries(action="door-list-destroyed")
    assert noted.subject == EXAMPLE


def test_who_was_ticked_has_come_and_a_tick_can_be_taken_back(desk):
    visitor = desk.visitor()
    note(visitor, "un")
    note(visitor, "deux")
    shown = ["un@ailleurs.example", "deux@ailleurs.example"]

    visitor.post(f"{REGISTER}/porte", shown=shown, came=shown[:1])
    assert states(desk) == {"un": "attended", "deux": "accepted"}
    visitor.post(f"{REGISTER}/porte", shown=shown, came=shown[1:])

    assert states(desk) == {"un": "accepted", "deux": "attended"}


def test_a_reader_sees_the_register_and_decides_nothing(desk):
    note(desk.visitor(), "un")
    reader = desk.visitor(READER)

    assert "Décider" not in reader.get(entry_of("un")).text
    assert reader.post(entry_of("un"), state="refused").status in {409, 422}
    assert reader.get(f"{REGISTER}/porte.xlsx").status != 200
    assert states(desk) == {"un": "accepted"}


def test_a_campaign_that_cannot_be_read_shows_its_register_and_accepts_nobody_by_unknown_rules(
    desk,
):
    visitor = desk.visitor()
    note(visitor, "un")
    file = desk.app.workspace / "campaigns" / EXAMPLE / "campaign.toml"
    file.write_text("kind = ", "utf-8")

    refused = note(visitor, "deux")

    assert refused.status in {409, 422}
    assert states(desk) == {"un": "accepted"}


def test_item_6_the_page_asks_for_a_look_at_old_answers_and_one_press_confirms_it(desk):
    started(desk.app.ledger, campaign=EXAMPLE)
    desk.app.clock.wait_until(after(days=2))
    visitor = desk.visitor()
    asked = visitor.get(REGISTER).text

    done = visitor.post(f"{REGISTER}/confirmer")

    assert "personne n’a regardé les réponses depuis le" in asked.casefold()
    assert done.status == 303
    assert "J’ai regardé" not in visitor.get(REGISTER).text
