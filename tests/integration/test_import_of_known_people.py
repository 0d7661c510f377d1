"""An import says of whom the ledger knows that they must not be written to."""

from dataclasses import replace

import pytest

from mailer.files.contact_files import read_contacts
from mailer.files.quarantine import write_quarantine
from mailer.model.address import Address
from mailer.model.contacts.suppression import SuppressionReason
from mailer.operations.people.import_contacts import ImportRequest, import_file
from mailer.operations.people.known_bars import with_known_bars
from mailer.operations.people.suppressions import forget, suppress
from tests.counterparts.builders import ACTOR, NOON


@pytest.fixture
def office(ledger, tmp_path):
    return Office(ledger, tmp_path)


class Office:
    """Somebody who imports lists into one ledger."""

    def __init__(self, ledger, folder):
        self.ledger, self.folder = ledger, folder
        self.by = {"actor": ACTOR, "why": "a letter", "ledger": ledger, "now": NOON}

    def imports(self, text, *, name="list.csv", encoding="utf-8", **request):
        path = self.folder / name
        path.write_text(text, encoding=encoding)
        return self.imports_file(path, **request)

    def imports_file(self, path, **request):
        return import_file(
            replace(ImportRequest(path, "press"), **request),
            read_file=read_contacts,
            write_quarantine=lambda read: write_quarantine(
                read, self.folder / "work" / f"{path.stem}.csv", say=str
            ),
            actor=ACTOR,
            ledger=self.ledger,
            now=NOON,
        )

    def suppressed(self):
        return {str(each.address) for each in self.ledger.suppressions.all()}


def ready(imported):
    return [str(contact.address) for contact in imported.read.ready]


def barred(imported):
    return [(str(each.contact.address), str(each.why)) for each in imported.read.barred]


LIST = "Courriel;Nom\nada@press.example;Ada\nbo@press.example;Bo\ncy@press.example;Cy\n"


@pytest.mark.parametrize("is_dry_run", [True, False])
def test_suppressed_and_forgotten_people_are_told_and_not_counted_as_ready(office, is_dry_run):
    suppress(Address("ada", "press.example"), **office.by)
    forget(Address("bo", "press.example"), **office.by)

    imported = office.imports(LIST, is_dry_run=is_dry_run)

    assert ready(imported) == ["cy@press.example"]
    (ada, why_ada), (bo, why_bo) = sorted(barred(imported))
    assert (ada, bo) == ("ada@press.example", "bo@press.example")
    assert "a letter" in why_ada
    assert "forgotten" in why_bo
    assert imported.read.read == 3 == len(imported.read.ready) + len(imported.read.barred)


def test_a_person_forgotten_under_a_second_address_is_told_and_not_counted(office):
    forget(Address("ada", "press.example"), **office.by)

    imported = office.imports("Courriel;Courriel 2\nada@home.example;ada@press.example\n")

    assert not imported.read.repaired
    assert [address for address, _why in barred(imported)] == ["ada@home.example"]
    assert not any(imported.result.counts.values())


def test_a_forgotten_person_who_refuses_in_the_file_stays_forgotten(office):
    forget(Address("ada", "press.example"), **office.by)

    imported = office.imports("Courriel;Opt-out\nada@press.example;1\n")

    assert [each.is_forgotten for each in imported.read.barred] == [True]
    assert office.ledger.contacts.all() == []


def test_another_list_is_not_barred_by_a_refusal_of_one_list(office):
    suppress(Address("ada", "press.example"), scope="associations", **office.by)

    assert len(office.imports(LIST).read.ready) == 3


def test_a_dead_second_address_bars_nobody(office):
    address = Address("a", "home.example")
    suppress(address, reason=SuppressionReason.DEAD, **office.by)

    imported = office.imports("Courriel;Nom\nada@press.example, a@home.example;Ada\n")

    assert len(imported.read.repaired) == 1


def test_a_refusal_under_a_former_address_bars_the_person(office):
    suppress(Address("ada", "old.example"), **office.by)
    read = office.imports(LIST, is_dry_run=True).read
    ada = replace(read.ready[0], former=(Address("ada", "old.example"),))

    known = with_known_bars(replace(read, ready=(ada,)), ledger=office.ledger, now=NOON)

    assert [str(each.contact.address) for each in known.barred] == ["ada@press.example"]


def test_one_refusal_bars_all_spellings_of_a_mailbox(office):
    suppress(Address("lina.moreau", "gmail.com"), **office.by)

    imported = office.imports("Courriel\nlinamoreau@gmail.com\nl.inamoreau+x@googlemail.com\n")

    assert ready(imported) == []
    assert office.suppressed() >= {"linamoreau@gmail.com", "l.inamoreau+x@googlemail.com"}


def test_who_is_in_doubt_but_in_the_directory_already_is_told(office):
    office.imports(LIST)

    imported = office.imports("Courriel;Note\nada@press.example;a quitté le journal\n")

    assert [remark.where.line for remark in imported.read.remarks] == [2]
    assert "written to until you decide" in str(imported.read.remarks[0].what)


# The work list.


def test_two_lists_of_one_name_keep_both_work_lists(office, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    one = office.imports("Courriel;Nom\nnobody;Ada\n", name="a/presse.csv")
    two = office.imports("Courriel;Nom\nnothing;Bo\n", name="b/presse.csv")
    again = office.imports("Courriel;Nom\nnothing;Bo\n", name="b/presse.csv")

    assert "Ada" in one.quarantine.read_text()
    assert "Bo" in two.quarantine.read_text()
    assert again.quarantine == two.quarantine


def test_a_work_list_is_imported_when_its_rows_are_corrected(office):
    first = office.imports("Courriel;Nom\nada[at;Ada\nbo@gmial.com;Bo\n")
    corrected = first.quarantine.read_text("utf-8-sig").replace("bo@gmial", "bo@gmail")
    first.quarantine.write_text(corrected, "utf-8-sig")

    second = office.imports_file(first.quarantine)

    assert ready(second) == ["bo@gmail.com"]
    assert second.quarantine != first.quarantine
    assert second.quarantine.read_text("utf-8-sig").splitlines()[0] == (
        "Row;Reason;Suggestion;Write to them;Courriel;Nom"
    )


@pytest.mark.parametrize(
    ("answer", "is_ready", "is_barred"),
    [("oui", True, False), ("yes", True, False), ("non", False, True), ("?", False, False)],
)
def test_a_work_list_asks_whether_to_write_and_obeys(office, answer, is_ready, is_barred):
    first = office.imports("Courriel;Note\nada@press.example;a quitté le journal\n")
    text = first.quarantine.read_text("utf-8-sig")
    assert ";?;" in text
    first.quarantine.write_text(text.replace(";?;", f";{answer};"), "utf-8-sig")

    second = office.imports_file(first.quarantine)

    assert bool(second.read.ready) is is_ready
    assert bool(second.read.barred) is is_barred


def test_columns_named_like_ours_are_notes_in_a_list_of_somebody_else(office):
    imported = office.imports(
        "Courriel;Nom;Motif;Ligne;Suggestion\n"
        "ada@press.example;Ada;a demandé à ne plus rien recevoir;01 99 00 11 22;x\n"
        "bo@press.example;Bo;presse;01 99 00 11 23;y\n"
    )

    (bo,) = imported.read.ready
    assert dict(bo.notes) == {"Motif": "presse", "Ligne": "01 99 00 11 23", "Suggestion": "y"}
    assert [address for address, _why in barred(imported)] == ["ada@press.example"]
