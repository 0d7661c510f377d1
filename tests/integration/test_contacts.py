"""Contact files as press offices have them."""

import contextlib
import csv
import dataclasses
import io
import os
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.errors import ContentError
from mailer.files.contact_files import read_contacts
from mailer.files.quarantine import write_quarantine
from mailer.model.address import Address
from mailer.remedies import Remedy, RemedyAct

READ_ON = date(2017, 11, 20)


def read(path, **how):
    return read_contacts(path, list_name="press", read_on=READ_ON, **how)


def a_file(tmp_path, text, name="list.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def a_workbook(tmp_path, sheets, name="list.xlsx"):
    path = tmp_path / name
    with xlsxwriter.Workbook(path) as workbook:
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title.removeprefix("(hidden) "))
            if title.startswith("(hidden)"):
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def one(tmp_path, cell, **how):
    """The import of a single row whose address cell is `cell`."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([["Nom", "Courriel"], ["Durand", cell]])
    return read(a_file(tmp_path, buffer.getvalue()), **how)


def places(imported):
    return (
        len(imported.ready),
        len(imported.repaired),
        len(imported.merged),
        len(imported.quarantined),
    )


# The same forty people, whatever the file.

FORTY = [
    (
        ("M.", "Mme")[n % 2],
        ("Hélène", "François", "Zoé", "Loïc", "Maëlle")[n % 5],
        ("Lefèvre", "Cœur", "Noël", "d’Açay", "Çelik", "Müller", "García", "Benoît")[n % 8],
        f"Rédaction {n // 3}",
        ("Santé", "Société", "Région")[n % 3],
        f"01 99 00 {n:02} 00",
        f"personne.{n}@journal{n // 3}.example",
    )
    for n in range(40)
]
HEADERS = (
    ("Civilité", "Prénom", "Nom", "Média", "Rubrique", "Tél.", "Courriel"),
    ("CIVILITE", "PRENOM", "NOM", "MEDIA", "RUBRIQUE", "TELEPHONE", "ADRESSE DE MESSAGERIE"),
    ("Civ.", "Prénom", "Nom de famille", "Organe de presse", "Spécialité", "N° de tél", "Mél"),
)


@pytest.mark.parametrize("headers", HEADERS, ids=["plain", "capitals", "variants"])
def test_the_same_forty_people_come_out_of_every_kind_of_file(tmp_path, headers):
    rows = [headers, *FORTY]

    def text(delimiter):
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=delimiter).writerows(rows)
        return buffer.getvalue()

    files = [
        a_workbook(tmp_path, {"Feuil1": rows}),
        a_file(tmp_path, text(";"), "a.csv", "cp1252"),
        a_file(tmp_path, text(","), "b.csv", "utf-8-sig"),
        a_file(tmp_path, text("\t"), "c.txt", "utf-16"),
    ]

    people = [
        [dataclasses.replace(contact, source="") for contact in read(file).contacts]
        for file in files
    ]

    assert len(people[0]) == 40
    assert all(others == people[0] for others in people)
    assert {(c.first_name, c.last_name) for c in people[0]} == {row[1:3] for row in FORTY}
    assert people[0][3].organisation == "Rédaction 1"
    assert people[0][3].phone == "01 99 00 03 00"
    assert people[0][3].civility == "Mme"


def test_a_contact_keeps_its_id_whatever_the_list_and_the_letter_case(tmp_path):
    first = read(a_file(tmp_path, "Courriel\nAda@lab.example\n"))
    again = read_contacts(
        a_file(tmp_path, "E-mail\nADA@LAB.EXAMPLE\n", "other.csv"),
        list_name="associations",
        read_on=READ_ON,
    )

    assert first.contacts[0].id == again.contacts[0].id


def test_the_source_names_file_list_and_day(tmp_path):
    imported = read(a_file(tmp_path, "Courriel\nada@lab.example\n"))

    assert imported.contacts[0].source == "list.csv, press, 2017-11-20"


# Dirt in the address.


@pytest.mark.parametrize(
    "cell",
    [
        "\u00a0ada@lab.example ",
        "ada@lab.example ",
        "\ufeffada@lab\u200b.example",
        "mailto:ada@lab.example",
        "mailto:ada@lab.example?subject=Bonjour",
        "E-mail : ada@lab.example",
        "Ada Durand <ada@lab.example>",
        '"Durand, Ada" <ada@lab.example>',
        "Durand, Ada <ada@lab.example>",
        "<ada@lab.example>",
        "ada@lab.example;",
        "ada@lab.example.",
        "'ada@lab.example'",
        "« ada@lab.example »",
        "ada @ lab.example",
        "ada(at)lab.example",
        "ada [arobase] lab.example",
        "ada＠lab.example",
        "ada@lab.example (standard)",
    ],
)
def test_what_is_typed_around_an_address_is_taken_off_and_said(tmp_path, cell):
    imported = one(tmp_path, cell)

    assert [contact.address for contact in imported.contacts] == [Address("ada", "lab.example")]
    assert places(imported) == (0, 1, 0, 0)
    assert imported.repairs


@pytest.mark.parametrize(
    "cell",
    [
        "ada@lab.example; a.durand@home.example",
        "ada@lab.example, a.durand@home.example",
        "ada@lab.example / a.durand@home.example",
        "ada@lab.example\na.durand@home.example",
        "ada@lab.example ou a.durand@home.example",
        "ada@lab.example a.durand@home.example",
        "ada@lab.example; ADA@LAB.EXAMPLE; a.durand@home.example",
        "Ada <ada@lab.example>, Ada Durand <a.durand@home.example>",
    ],
)
def test_two_addresses_in_one_cell_are_one_person(tmp_path, cell):
    (contact,) = one(tmp_path, cell).repaired

    assert str(contact.address) == "ada@lab.example"
    assert list(map(str, contact.alternates)) == ["a.durand@home.example"]


def test_a_second_column_of_addresses_gives_alternates(tmp_path):
    text = "Courriel;Courriel 2\nada@lab.example;a@home.example\n"

    (contact,) = read(a_file(tmp_path, text)).contacts

    assert list(map(str, contact.alternates)) == ["a@home.example"]


def test_the_name_beside_an_address_fills_an_empty_name(tmp_path):
    text = 'Courriel\n"""Durand, Ada"" <ada@lab.example>"\nPaul MARTIN <paul@lab.example>\n'

    ada, paul = read(a_file(tmp_path, text)).contacts

    assert (ada.first_name, ada.last_name) == ("Ada", "Durand")
    assert (paul.first_name, paul.last_name) == ("Paul", "MARTIN")


def test_words_beside_an_address_are_kept_as_a_note(tmp_path):
    (contact,) = one(tmp_path, "ada@lab.example; le matin").repaired

    assert ("", "le matin") in contact.notes


@pytest.mark.parametrize(
    "cell", ["", "sur demande", "ada@", "@lab.example", "ada@lab", "a b@c@d.example"]
)
def test_a_row_without_a_usable_address_is_quarantined_with_a_reason(tmp_path, cell):
    imported = one(tmp_path, cell)

    assert places(imported) == (0, 0, 0, 1)
    assert str(imported.quarantined[0].reason)
    assert imported.quarantined[0].row.where.line == 2
    assert imported.quarantined[0].row.cells == (("Nom", "Durand"), ("Courriel", cell))


def test_a_robot_is_not_written_to(tmp_path):
    assert places(one(tmp_path, "ne-pas-repondre@lab.example")) == (0, 0, 0, 1)


# Slips.


def test_a_slip_is_quarantined_until_somebody_decides(tmp_path):
    path = a_file(tmp_path, "Courriel\nada@gmial.com\n")

    waiting = read(path)
    accepted = read(path, decided={"gmial.com": "gmail.com"})
    kept = read(path, decided={"gmial.com": "gmial.com"})

    assert places(waiting) == (0, 0, 0, 1)
    assert str(waiting.quarantined[0].suggestion) == "ada@gmail.com"
    assert str(accepted.repaired[0].address) == "ada@gmail.com"
    assert accepted.repairs
    assert str(kept.ready[0].address) == "ada@gmial.com"


def test_a_domain_one_letter_from_its_neighbours_is_questioned(tmp_path):
    rows = "a@lecourrier.example\nb@lecourrier.example\nc@lecourier.example\n"

    imported = read(a_file(tmp_path, f"Courriel\n{rows}"))

    assert places(imported) == (2, 0, 0, 1)
    assert str(imported.quarantined[0].suggestion) == "c@lecourrier.example"


def test_a_slip_in_an_alternate_is_questioned_too(tmp_path):
    imported = one(tmp_path, "ada@lab.example; ada@hotmal.fr")

    assert str(imported.quarantined[0].suggestion) == "ada@hotmail.fr"


# Merging.


def test_an_address_in_other_letter_case_is_merged_into_the_first(tmp_path):
    text = (
        "Nom;Téléphone;Rubrique;Courriel\n"
        "Durand;;Santé;ada@lab.example\n"
        "DURAND;01 99 00 00 00;Société;ADA@lab.example\n"
    )

    imported = read(a_file(tmp_path, text))

    assert places(imported) == (1, 0, 1, 0)
    (contact,) = imported.contacts
    assert (contact.last_name, contact.phone, contact.beat) == (
        "Durand",
        "01 99 00 00 00",
        "Santé",
    )
    assert "Société" in str(imported.merged[0].what)
    assert imported.merged[0].row.where.line == 3
    assert imported.merged[0].into == contact.address


def test_two_people_of_one_outlet_stay_two(tmp_path):
    text = "Nom;Média;Courriel\nA;Le Jour;a@jour.example\nB;Le Jour;b@jour.example\n"

    assert places(read(a_file(tmp_path, text))) == (2, 0, 0, 0)


def test_one_name_with_two_addresses_is_remarked_and_never_merged(tmp_path):
    text = (
        "Prénom;Nom;Média;Courriel\n"
        "Ada;Durand;Le Jour;ada@jour.example\nAda;DURAND;Le Jour;ada@home.example\n"
    )

    imported = read(a_file(tmp_path, text))

    assert places(imported) == (2, 0, 0, 0)
    assert [remark.where.line for remark in imported.remarks] == [3]


# Columns.


def test_a_title_above_the_headers_is_left_out_and_said(tmp_path):
    sheet = [["Liste presse, novembre 2017"], [], ["Nom", "Mél"], ["Durand", "ada@lab.example"]]

    imported = read(a_workbook(tmp_path, {"Feuil1": sheet}))

    assert [contact.last_name for contact in imported.contacts] == ["Durand"]
    assert "1 to 2" in str(imported.remarks[0].what)


def test_every_sheet_with_addresses_is_read_and_the_others_are_named(tmp_path):
    path = a_workbook(
        tmp_path,
        {
            "Radio": [["Courriel"], ["a@radio.example"]],
            "Presse": [["Nom", "E-mail"], ["B", "b@presse.example"]],
            "Codes": [["FR", "France"]],
            "(hidden) Anciens": [["Courriel"], ["c@vieux.example"]],
        },
    )

    imported = read(path)

    assert [str(c.address) for c in imported.contacts] == ["a@radio.example", "b@presse.example"]
    assert [(r.where.file, str(r.what)) for r in imported.remarks] == [
        ("list.xlsx (Radio)", "Sheet read: 1 row."),
        ("list.xlsx (Presse)", "Sheet read: 1 row."),
        (
            "list.xlsx (Codes)",
            "This sheet was not read (1 row): it has no column of addresses.",
        ),
        (
            "list.xlsx (Anciens)",
            "This sheet was not read (1 row): it is hidden; it is read only when you name it.",
        ),
    ]


def test_unknown_columns_are_listed_and_kept_as_notes(tmp_path):
    text = "Courriel;Bouclage;Carte de presse\nada@lab.example;mardi 18 h;\n"

    imported = read(a_file(tmp_path, text))

    assert imported.unknown_columns == ("Bouclage", "Carte de presse")
    assert imported.contacts[0].notes == (("Bouclage", "mardi 18 h"),)


def test_health_data_becomes_a_note_and_nothing_else(tmp_path):
    text = "Association;Maladie;Courriel\nLes Amis;Maladie de Crohn;ada@amis.example\n"

    imported = read(a_file(tmp_path, text))

    (contact,) = imported.contacts
    assert contact.notes == (("Maladie", "Maladie de Crohn"),)
    others = dataclasses.replace(contact, notes=())
    assert "Crohn" not in str(others)
    assert imported.unknown_columns == ()
    assert "Health data" in str(imported.remarks[0].what)


def test_do_not_contact_is_reported_with_every_address_of_the_row(tmp_path):
    text = (
        "Ne pas contacter;Courriel\n"
        "non;a@lab.example\noui;b@lab.example, b@home.example\n;c@lab.example\n"
        "a écrit le 12 mars;d@lab.example\n"
    )

    imported = read(a_file(tmp_path, text))

    assert [(list(map(str, o.addresses)), o.evidence) for o in imported.objections] == [
        (["b@lab.example", "b@home.example"], "Ne pas contacter: oui"),
        (["d@lab.example"], "Ne pas contacter: a écrit le 12 mars"),
    ]
    assert [str(each.contact.address) for each in imported.barred] == [
        "b@lab.example",
        "d@lab.example",
    ]
    assert len(imported.contacts) == 4


def test_a_merged_row_can_still_object(tmp_path):
    text = "Ne pas contacter;Courriel\n;a@lab.example\nx;A@lab.example\n"

    imported = read(a_file(tmp_path, text))

    assert places(imported) == (0, 0, 1, 0)
    assert [str(each.contact.address) for each in imported.barred] == ["a@lab.example"]


@pytest.mark.parametrize(
    ("address", "generic"),
    [
        ("redaction@jour.example", True),
        ("la.redaction@jour.example", True),
        ("redac-sante@jour.example", True),
        ("service.presse@jour.example", True),
        ("agenda@jour.example", True),
        ("marie.presse@jour.example", False),
        ("contact@jour.example", True),
        ("contamine@jour.example", False),
    ],
)
def test_a_desk_is_told_from_a_person(tmp_path, address, generic):
    (contact,) = one(tmp_path, address).contacts

    assert contact.is_generic is generic


def test_colleagues_and_mailing_lists_are_remarked(tmp_path):
    text = "Courriel\nada@institut.example\nliste-sante@reseau.example\n"

    imported = read(a_file(tmp_path, text), own_domains={"institut.example"})

    assert sorted(remark.where.line for remark in imported.remarks) == [2, 3]


def test_languages_are_read_in_words_or_codes(tmp_path):
    text = "Langue;Courriel\nanglais;a@l.example\nEN;b@l.example\nen-GB;c@l.example\n;d@l.example\nklingon;e@l.example\n"

    imported = read(a_file(tmp_path, text))

    assert [contact.language for contact in imported.contacts] == ["en", "en", "en", "fr", "fr"]
    assert imported.contacts[-1].notes == (("Langue", "klingon"),)
    assert "klingon" in str(imported.remarks[0].what)


def test_a_mobile_goes_before_a_desk_which_stays_as_a_note(tmp_path):
    text = "Tél.;Portable;Courriel\n01 99 00 00 00;06 39 98 00 00;a@lab.example\n"

    (contact,) = read(a_file(tmp_path, text)).contacts

    assert contact.phone == "06 39 98 00 00"
    assert contact.notes == (("Tél.", "01 99 00 00 00"),)


def test_a_telephone_number_that_excel_shortened_is_given_back_its_zero(tmp_path):
    path = a_workbook(tmp_path, {"F": [["Portable", "Mél"], [639980000, "a@lab.example"]]})

    (contact,) = read(path).repaired

    assert contact.phone == "0639980000"


@pytest.mark.parametrize(
    ("header", "cell", "first", "last"),
    [
        ("Contact", "Anne DE LA TOUR", "Anne", "DE LA TOUR"),
        ("Contact", "Jean-Pierre Martin", "Jean-Pierre", "Martin"),
        ("Contact", "Mme Anne Martin", "Anne", "Martin"),
        ("Contact", "Martin, Anne", "Anne", "Martin"),
        ("Nom et prénom", "Martin Anne", "Anne", "Martin"),
        ("Nom", "Martin", "", "Martin"),
    ],
)
def test_a_whole_name_is_split(tmp_path, header, cell, first, last):
    text = f'{header};Courriel\n"{cell}";a@lab.example\n'

    (contact,) = read(a_file(tmp_path, text)).contacts

    assert (contact.first_name, contact.last_name) == (first, last)


def test_names_keep_what_makes_them(tmp_path):
    names = ["Zoë O’Connor-Çelik", "محمد علي", "می‌خواهم", "Ève 👩‍🔬", "山田 太郎"]
    text = "Contact;Courriel\n" + "".join(f"{n};p{i}@l.example\n" for i, n in enumerate(names))

    assert [contact.name for contact in read(a_file(tmp_path, text)).contacts] == names


def test_composed_and_decomposed_accents_are_one_spelling(tmp_path):
    (contact,) = read(a_file(tmp_path, "Nom;Courriel\nLefe\u0300vre;a@l.example\n")).contacts

    assert contact.last_name == "Lefèvre"


# Rows that are no rows.


@pytest.mark.parametrize(
    "row",
    [
        "Du\x07rand;a@lab.example",
        "Du\x00rand;a@lab.example",
        f"{'x' * 2001};a@lab.example",
        f"{'x' * 65};a@lab.example",
        "Durand;a@lab.example;trop;de;cellules",
        'Dur"and";a@lab.example"x',
        '"Durand;a@lab.example',
    ],
)
def test_a_spoilt_row_is_set_aside_and_its_neighbours_are_read(tmp_path, row):
    text = f"Nom;Courriel\nA;a@l.example\n{row}\nB;b@l.example\n"

    imported = read(a_file(tmp_path, text, encoding="utf-8"))

    assert [str(contact.address) for contact in imported.contacts] == ["a@l.example", "b@l.example"]
    assert [quarantined.row.where.line for quarantined in imported.quarantined] == [3]


def test_a_damaged_name_in_a_workbook_is_set_aside(tmp_path):
    path = a_workbook(tmp_path, {"F": [["Nom", "Mél"], ["HÃ©lÃ¨ne", "a@lab.example"]]})

    imported = read(path)

    assert places(imported) == (0, 0, 0, 1)
    assert "Hélène" in str(imported.quarantined[0].reason)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(tmp_path, end):
    text = end.join(["Nom;Courriel", "A;a@l.example", "B;b@l.example", ""])

    assert len(read(a_file(tmp_path, text)).contacts) == 2


def test_the_delimiter_excel_declares_is_obeyed(tmp_path):
    assert len(read(a_file(tmp_path, "sep=,\r\nNom,Courriel\r\nA,a@l.example\r\n")).contacts) == 1


# Plain lists.


def test_addresses_pasted_from_a_mail_are_read(tmp_path):
    text = '"Durand, Ada" <ada@lab.example>; Paul Martin <paul@lab.example>;\n zoe@lab.example'

    imported = read(a_file(tmp_path, text, "collés.txt"))

    assert {contact.name for contact in imported.contacts} == {"Ada Durand", "Paul Martin", ""}


def test_one_address_a_line_needs_no_header(tmp_path):
    lines = "".join(f"abonne.{n}@reseau.example\n" for n in range(300))

    assert places(read(a_file(tmp_path, lines, "sympa.txt"))) == (300, 0, 0, 0)


def test_a_long_line_of_addresses_is_no_wide_table(tmp_path):
    line = "; ".join(f"abonne.{n}@reseau.example" for n in range(300))

    assert len(read(a_file(tmp_path, line, "collés.txt")).contacts) == 300


def test_a_table_without_headers_keeps_its_other_columns_as_notes(tmp_path):
    text = "Durand;Le Jour;ada@lab.example\nMartin;AFP;paul@lab.example\n"

    imported = read(a_file(tmp_path, text))

    assert [contact.notes for contact in imported.contacts] == [
        (("1", "Durand"), ("2", "Le Jour")),
        (("1", "Martin"), ("2", "AFP")),
    ]


# Address books.

VCARDS = """BEGIN:VCARD
VERSION:3.0
N:Lefèvre;Hélène;;Mme;
FN:Hélène Lefèvre
ORG:Le Jour\\, quotidien;Sciences
TITLE:Cheffe de rubrique
item1.EMAIL;TYPE=INTERNET,WORK:helene@jour.example
EMAIL:h.lefevre@home.example
TEL;TYPE=WORK:01 99 00 00 01
TEL;TYPE=CELL:06 39 98 00 01
NOTE:Bouclage mardi\\nà 18 h\\; appeler
 avant
LANG:en
PHOTO;ENCODING=b:AAAA=
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:No=EB=
l;Zo=E9
EMAIL:zoe@jour.example
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Sans adresse
END:VCARD
"""


def test_vcards_of_every_age_are_read(tmp_path):
    imported = read(a_file(tmp_path, VCARDS.replace("\n", "\r\n"), "carnet.vcf"))

    helene, zoe = sorted(imported.contacts, key=lambda contact: contact.first_name)
    assert (helene.civility, helene.name) == ("Mme", "Hélène Lefèvre")
    assert (helene.organisation, helene.role) == ("Le Jour, quotidien", "Cheffe de rubrique")
    assert (helene.language, helene.phone) == ("en", "06 39 98 00 01")
    assert list(map(str, helene.alternates)) == ["h.lefevre@home.example"]
    assert ("Note", "Bouclage mardi à 18 h; appeleravant") in helene.notes
    assert zoe.name == "Zoé Noël"
    assert [quarantined.row.where.line for quarantined in imported.quarantined] == [3]


LDIF = """version: 1
# annuaire

dn: cn=Loic,o=jour
objectClass: person
cn:: TG/Dr2MgS2VybWFkZWM=
sn: Kermadec
givenName:: TG/Dr2M=
mail: loic@jour.example
mail: l.kermadec@home.example
o: Le
  Jour
telephoneNumber: 01 99 00 00 02

dn: ou=people
objectClass: organizationalUnit

dn: cn=Zoe
sn:: %%%
mail: zoe@jour.example
"""


def test_an_ldap_directory_is_read(tmp_path):
    imported = read(a_file(tmp_path, LDIF, "annuaire.ldif"))

    loic, zoe = sorted(imported.contacts, key=lambda contact: str(contact.address))
    assert (loic.first_name, loic.last_name) == ("Loïc", "Kermadec")
    assert (loic.organisation, loic.phone) == ("Le Jour", "01 99 00 00 02")
    assert list(map(str, loic.alternates)) == ["l.kermadec@home.example"]
    assert (zoe.last_name, zoe.notes) == ("", (("Nom", "%%%"),))
    assert imported.quarantined == ()


def test_an_outlook_export_is_read(tmp_path):
    text = (
        '"Titre";"Prénom";"Nom";"Société";"Service";"Titre1";"Téléphone (bureau)";"Tél. mobile";'
        '"Adresse de messagerie";"Type de messagerie";"Adresse de messagerie 2"\r\n'
        '"Mme";"Zoé";"Noël";"Le Jour";"Sciences";"Cheffe";"01 99 00 00 01";"";'
        '"zoe@jour.example";"SMTP";"zoe@home.example"\r\n'
    )

    (contact,) = read(a_file(tmp_path, text, encoding="cp1252")).contacts

    assert (contact.name, contact.organisation) == ("Zoé Noël", "Le Jour")
    assert contact.phone == "01 99 00 00 01"
    assert list(map(str, contact.alternates)) == ["zoe@home.example"]


@given(st.text("BEGIN:VCARDdn mail\n\r =;,\\éN", max_size=80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_book_is_read_or_refused(tmp_path, text):
    for start in ("BEGIN:VCARD\n", "dn: x\n"):
        with contextlib.suppress(ContentError):
            imported = read(a_file(tmp_path, start + text))
            assert imported.read == sum(places(imported))


# Encodings.


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nováčková", "cp1250"),
        ("Wałęsa", "cp1250"),
        ("Núñez", "cp1252"),
        ("Hélène", "mac-roman"),
        ("Hélène", "cp850"),
        ("Пётр", "cp1251"),
    ],
)
def test_bytes_that_may_be_several_texts_are_asked_about(tmp_path, text, encoding):
    path = a_file(tmp_path, f"Nom;Courriel\n{text};a@l.example\n", encoding=encoding)

    with pytest.raises(ContentError) as asked:
        read(path)

    assert asked.value.problems[0].act == Remedy(RemedyAct.CHOOSE_ENCODING)
    assert ":2" in str(asked.value)
    assert read(path, encoding=encoding).contacts[0].last_name == text


def test_the_question_shows_the_right_reading(tmp_path):
    path = a_file(tmp_path, "Nom;Courriel\nHélène;a@l.example\n", encoding="mac-roman")

    with pytest.raises(ContentError, match=r"“Hélène;a@l.example” \(mac-roman\)"):
        read(path)


def test_damaged_letters_are_asked_about_and_set_aside_when_insisted_on(tmp_path):
    path = a_file(tmp_path, "Nom;Courriel\nHÃ©lÃ¨ne;a@l.example\nB;b@l.example\n")

    with pytest.raises(ContentError) as asked:
        read(path)

    assert "Hélène" in str(asked.value)
    assert asked.value.problems[0].act == Remedy(RemedyAct.CHOOSE_ENCODING)
    assert places(read(path, encoding="utf-8")) == (1, 0, 0, 1)


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", "utf-16"])
def test_an_encoding_that_cannot_be_is_refused(tmp_path, encoding):
    with pytest.raises(ContentError) as refused:
        read(a_file(tmp_path, "Nom;Courriel\nÉ;a@l.example\nx"), encoding=encoding)

    assert refused.value.problems[0].act == Remedy(RemedyAct.CHOOSE_ENCODING)


def test_utf_16_without_its_mark_is_asked_about(tmp_path):
    path = a_file(tmp_path, "Nom;Courriel\nA;a@l.example\n", encoding="utf-16-le")

    with pytest.raises(ContentError, match="utf-16-le"):
        read(path)
    assert len(read(path, encoding="utf-16-le").contacts) == 1


# Files that are no lists.


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf\r\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.4",
        b"<html><table>",
        b"Nom;Ville\nDurand;Paris\n",
        b"PK\x03\x04 but no more",
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_remedy(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(ContentError) as refused:
        read(path)

    assert all(str(problem.remedy) for problem in refused.value.problems)


def test_a_missing_file_is_the_authors_problem(tmp_path):
    with pytest.raises(ContentError):
        read(tmp_path / "absent.csv")


def test_too_many_columns_are_refused(tmp_path):
    with pytest.raises(ContentError, match="too large"):
        read(a_file(tmp_path, "Courriel;" + ";" * 300 + "\na@l.example" + ";" * 300))


# Nothing disappears.

CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "oui",
            "ada@lab.example",
            "ADA@LAB.EXAMPLE",
            "ada@lab.example; b@home.example",
            "c@gmial.com",
            "d@journaldusoir.example",
            "e@journaldusoir.example",
            "f@jouraldusoir.example",
            "=cmd()",
            '"',
            "HÃ©",
        ]
    ),
    st.emails(),
    st.text(max_size=20),
)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=12).filter(
    lambda rows: any(cell.strip() for row in rows for cell in row)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_row_is_somewhere(tmp_path, rows):
    buffer = io.StringIO()
    table = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    table.writerow(["Nom", "Ne pas contacter", "Courriel", "Tél."])
    table.writerows(rows)
    path = tmp_path / "list.csv"
    path.write_bytes(buffer.getvalue().encode("utf-8", errors="replace"))

    imported = read(path, encoding="utf-8")

    assert imported.read == sum(places(imported)) + len(imported.barred)
    assert imported.read >= sum(any(c.strip() for c in row) for row in rows)
    keys = [contact.address.key for contact in imported.contacts]
    assert len(keys) == len(set(keys))


# The quarantine file.


def quarantine(imported, path):
    return write_quarantine(imported, path, say=str)


def test_the_quarantine_opens_in_french_excel(tmp_path):
    imported = one(tmp_path, "sur demande")

    content = quarantine(imported, tmp_path / "q.csv").read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Row;Reason;Suggestion;Write to them;Nom;Courriel"
    assert lines[1] == "2;“sur demande” is no address.;;;Durand;sur demande"


def test_the_quarantine_makes_the_folders_it_needs(tmp_path):
    path = quarantine(one(tmp_path, "rien"), tmp_path / "var" / "quarantine" / "q.csv")

    assert path.exists()


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_the_quarantine_is_for_its_owner_alone(tmp_path):
    path = quarantine(one(tmp_path, "rien"), tmp_path / "q.csv")

    assert path.stat().st_mode & 0o077 == 0


def test_the_quarantine_speaks_the_readers_language(tmp_path):
    imported = one(tmp_path, "sur demande")

    path = write_quarantine(imported, tmp_path / "q.csv", say=lambda text: f"[{text}]")

    assert "[“sur demande” is no address.]" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("cell", ["=HYPERLINK(0)", "+33 1 99 00 00 00", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_quarantine_is_a_formula_and_reading_back_restores_it(tmp_path, cell):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(
        [["Média", "Courriel"], [cell, "ada[à]lab.example"]]
    )
    imported = read(a_file(tmp_path, buffer.getvalue()))

    path = quarantine(imported, tmp_path / "q.csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))

    assert rows[1][4] == f"'{cell}"
    mended = path.read_text(encoding="utf-8-sig").replace("ada[à]lab", "ada@lab")
    path.write_text(mended, encoding="utf-8-sig")
    (contact,) = read(path).contacts
    assert contact.organisation == cell.strip()
    assert contact.notes == ()


def test_two_columns_of_one_name_stay_two_in_the_quarantine(tmp_path):
    imported = read(a_file(tmp_path, "Courriel;Note;Note\nrien;a;b\n"))

    text = quarantine(imported, tmp_path / "q.csv").read_text(encoding="utf-8-sig")

    assert "Note;Note" in text
    assert "rien;a;b" in text
