"""Contacts, lists, registers and refusals on screen."""

import pytest

from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.mailings.delivery import Accepted
from tests.counterparts.builders import ACTOR, NOON, a_contact, started
from tests.desk.visitors import ADMINISTRATOR, CAMPAIGN, EXAMPLE, READER

ROWS = """Nom;Prénom;Média;Courriel;Statut
Durand;Léa;Gazette;lea.durand@gmial.com;
Petit;Ana;Radio;ana petit@radio.example;
Roux;Zoé;TV;zoe@tv.example;a quitté ?
Bon;Luc;Web;luc@web.example;
""".encode()


@pytest.fixture
def uploaded(desk):
    """The page of a list of four rows, three of them in doubt."""
    visitor = desk.visitor()
    kept = visitor.upload({"file": ("liste.csv", ROWS)}, list="essai")
    return visitor.follow(kept), kept.location


def test_nothing_of_a_list_is_taken_in_before_it_was_seen(desk, uploaded):
    page, _path = uploaded

    assert "4 lignes lues. 3 lignes à décider." in page.text
    assert desk.app.ledger.contacts.all(("essai",)) == []


def test_each_doubtful_row_becomes_what_was_decided(desk, uploaded):
    page, path = uploaded
    lea, ana, zoe = _rows(page)
    choices = {
        f"choice-{lea}": "accept",
        f"choice-{ana}": "correct",
        f"address-{ana}": "ana.petit@radio.example",
        f"choice-{zoe}": "bar",
    }

    visitor = desk.visitor()
    done = visitor.finished(visitor.post(path, **choices))

    assert done.location == "/contacts?fait=taken-in&liste=essai"
    ledger = desk.app.ledger
    assert {str(each.address) for each in ledger.contacts.all(("essai",))} == {
        "lea.durand@gmail.com",
        "ana.petit@radio.example",
        "zoe@tv.example",
        "luc@web.example",
    }
    (barred,) = ledger.suppressions.of_addresses({"zoe@tv.example"})
    assert barred.reason is SuppressionReason.DO_NOT_CONTACT
    assert ledger.list_files.waiting() == []
    decided = [each for each in ledger.journal.entries() if each.action == "decide-quarantine"]
    assert [each.name for each in decided] == ["Nadia Leroy"] * 3


def test_a_row_without_a_decision_waits_and_the_others_are_taken_in(desk, uploaded):
    page, path = uploaded
    lea, ana, zoe = _rows(page)

    visitor = desk.visitor()
    choices = {f"choice-{lea}": "accept", f"choice-{ana}": "later", f"choice-{zoe}": "leave-out"}
    visitor.finished(visitor.post(path, **choices))

    assert {each.last_name for each in desk.app.ledger.contacts.all(("essai",))} == {
        "Durand",
        "Bon",
    }
    again = desk.visitor().get(path)
    assert _rows(again) == [lea, ana, zoe]
    assert "Déjà décidé par Nadia Leroy" in again.text


def test_a_decision_is_remembered_for_the_same_row_of_another_file(desk, uploaded):
    page, path = uploaded
    (lea, *_others) = _rows(page)
    visitor = desk.visitor()
    visitor.finished(visitor.post(path, **{f"choice-{lea}": "leave-out"}))

    other = visitor.upload({"file": ("autre.csv", ROWS)}, list="autre")
    shown = visitor.follow(other)

    assert f'name="choice-{lea}" value="leave-out" checked' in shown.html


def test_a_correction_that_is_no_address_is_refused_at_its_field_and_nothing_is_taken_in(
    desk, uploaded
):
    page, path = uploaded
    _lea, ana, _zoe = _rows(page)

    refused = desk.visitor().post(
        path, **{f"choice-{ana}": "correct", f"address-{ana}": "ana.petit(at)radio"}
    )

    assert refused.status == 422
    assert 'value="ana.petit(at)radio"' in refused.html
    assert 'aria-invalid="true"' in refused.html
    assert desk.app.ledger.contacts.all(("essai",)) == []


def test_a_pasted_list_is_read_like_a_file(desk):
    visitor = desk.visitor()

    kept = visitor.upload(list="essai", pasted="Ana Petit <ana@radio.example>; luc@web.example")

    assert "2 lignes lues. Aucune ligne n’est douteuse." in visitor.follow(kept).text


def test_a_reader_takes_no_list_in(desk):
    refused = desk.visitor(READER).upload({"file": ("liste.csv", ROWS)}, list="essai")

    assert refused.status == 409
    assert desk.app.ledger.list_files.waiting() == []


def test_a_file_that_is_no_list_is_refused_where_it_was_chosen_and_does_not_wait(desk):
    refused = desk.visitor().upload({"file": ("avis.pdf", b"%PDF-1.7 avis")}, list="essai")

    assert refused.status == 422
    assert "C’est un PDF." in refused.text
    assert 'value="essai"' in refused.html
    assert desk.app.ledger.list_files.waiting() == []


def test_a_list_without_a_name_or_a_file_is_refused_at_its_field(desk):
    nameless = desk.visitor().upload(list=" ", pasted="a@b.example")
    fileless = desk.visitor().upload(list="essai")

    assert "La liste n’a pas de nom." in nameless.text
    assert 'href="#list"' in nameless.html
    assert "Aucun fichier n’a été choisi." in fileless.text


def test_a_person_is_found_without_accents_and_by_outlet(shown_desk):
    page = shown_desk.visitor().get("/contacts?q=herve+hospitalier")

    assert "Brigitte Hervé" in page.text


def test_the_directory_marks_who_refused_under_any_of_their_addresses(desk):
    visitor, home = desk.visitor(), Address.parse("home@lab.example")
    ada = a_contact("ada@lab.example", last_name="Lovelace", alternates=(home,))
    desk.app.ledger.contacts.save([ada], actor=ACTOR, at=NOON)
    before = visitor.get("/contacts?q=lovelace").text

    visitor.post("/oppositions", act="bar", address=str(home), why="lettre")

    assert "Lovelace" in before
    assert "ne plus être contacté" not in before
    assert "Lovelace a demandé à ne plus être contacté" in visitor.get("/contacts?q=lovelace").text


def test_a_person_is_added_changed_and_corrected(desk):
    visitor = desk.visitor()

    added = visitor.post("/contacts", address="ada@lab.example", list="essai", last_name="Byron")
    person = added.location.partition("?")[0]
    visitor.post(person, act="edit", last_name="Lovelace", phone="01 02 03 04 05")
    corrected = visitor.follow(
        visitor.post(
            person, act="correct", new="ada.lovelace@lab.example", **{"said-by": "téléphone"}
        )
    )

    assert "Lovelace" in corrected.text
    assert "ada.lovelace@lab.example" in corrected.text
    assert "Anciennes adresses ada@lab.example" in corrected.text


def test_a_new_address_needs_somebody_who_said_so(desk):
    visitor = desk.visitor()
    added = visitor.post("/contacts", address="ada@lab.example", list="essai", last_name="Byron")
    person = added.location.partition("?")[0]

    refused = visitor.post(person, act="correct", new="ada.lovelace@lab.example")

    assert refused.status == 422
    assert "Il manque le motif." in refused.text
    assert "ada.lovelace@lab.example" in refused.html
    assert "Anciennes adresses" not in visitor.get(person).text


def test_a_refusal_needs_its_evidence_and_then_bars(desk):
    visitor = desk.visitor()

    refused = visitor.post("/oppositions", act="bar", address="luc@web.example", why=" ")
    barred = visitor.post("/oppositions", act="bar", address="luc@web.example", why="lettre")

    assert "Il manque le motif." in refused.text
    assert barred.status == 303
    assert "luc@web.example" in visitor.get("/oppositions").text


def test_a_row_that_was_decided_is_told_in_the_language_of_the_reader(desk):
    visitor, stored = desk.visitor(), "presse.xlsx (Presse 2017):12: Write to them: no"
    visitor.post("/oppositions", act="bar", address="luc@web.example", why=stored)

    shown = visitor.get("/oppositions").text

    assert "presse.xlsx (Presse 2017), ligne 12 : ne plus lui écrire" in shown
    assert "Write to them" not in shown


def test_only_an_administrator_lifts_a_bar(desk):
    visitor, administrator = desk.visitor(), desk.visitor(ADMINISTRATOR)
    visitor.post("/oppositions", act="bar", address="luc@web.example", why="lettre")

    refused = visitor.post("/oppositions", act="lift", barred="luc@web.example", words="oui")
    lifted = administrator.post("/oppositions", act="lift", barred="luc@web.example", words="vu")

    assert refused.status == 422
    assert lifted.status == 303
    assert not desk.app.ledger.suppressions.of_addresses({"luc@web.example"})


def test_an_answer_from_an_unknown_address_is_decided_on_the_register(desk):
    visitor = desk.visitor()
    register = f"{CAMPAIGN}/accreditations"
    person = desk.app.ledger.contacts.page(search="brigitte herve")[0]
    visitor.post(
        register, address="brigitte.herve@perso.example", name="Brigitte Hervé", state="asked"
    )

    asked = visitor.get(register)
    visitor.post(
        register,
        address="brigitte.herve@perso.example",
        state="asked",
        **{"for": str(person.address)},
    )

    assert "Qui est brigitte.herve@perso.example ?" in asked.text
    (entry,) = desk.app.ledger.accreditations.of_campaign(EXAMPLE)
    assert entry.address == Address.parse(str(person.address))


def _rows(page):
    """The keys of the rows to decide, in the order of the page."""
    found = [part.partition('"')[0] for part in page.html.split('name="choice-')[1:]]
    return list(dict.fromkeys(found))


def test_how_many_mails_each_person_received_is_shown_and_exported(desk):
    visitor = desk.visitor()
    started(desk.app.ledger, campaign="other")
    claim = desk.app.ledger.sending.claim(worker="w", now=NOON)
    sent = desk.app.ledger.deliveries.of_mailing(claim.mailing_id)
    first = next(iter(sent))
    desk.app.ledger.sending.mark(claim, [first.id], now=NOON)
    desk.app.ledger.sending.settle(claim, first.id, Accepted("250"), now=NOON)

    page = visitor.get("/contacts/sollicitations?jours=3660")
    none = visitor.get("/contacts/sollicitations?jours=3660&fois=2")
    table = visitor.post("/contacts/sollicitations.csv", jours="3660", fois="1")

    assert first.name in page.text
    assert "Personne n’a reçu autant" in none.text
    assert table.content.decode("utf-8-sig").splitlines()[1].split(";")[3] == "1"
    assert desk.app.ledger.journal.entries("contacts", action="export")


def test_on_a_telephone_what_was_sent_to_a_person_is_a_card_for_each_mailing(desk):
    contact = next(iter(desk.app.ledger.contacts.all(("press",))))

    page = desk.visitor().get(f"/contacts/{contact.id}").html

    assert '<table class="as-cards"><caption id="line">' in page
    assert '<td data-label="Motif">' in page
