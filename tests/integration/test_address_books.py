"""Address books: vCard of every version and LDIF."""

from datetime import date

import pytest

from mailer.contacts.formats.text_tables import read_text_table
from mailer.contacts.reading import read_list


def read(text):
    table = read_text_table(text.encode(), file="book", encoding=None).table
    return read_list([table], file="book", list_name="press", read_on=date(2017, 11, 20))


def card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def entry(*lines):
    return "\n".join(["dn: cn=Ana Petit", "cn: Ana Petit", *lines, ""])


def only(text):
    (contact,) = read(text).contacts
    return contact


WORK, HOME = "ana.petit@radio.example", "ana@perso.example"


@pytest.mark.parametrize(
    "lines",
    [
        (f"EMAIL;HOME:{HOME}", f"EMAIL;PREF;INTERNET:{WORK}"),
        (f"EMAIL;TYPE=INTERNET;TYPE=HOME:{HOME}", f"EMAIL;TYPE=INTERNET,WORK,PREF:{WORK}"),
        (f"EMAIL;type=HOME;type=INTERNET:{HOME}", f"EMAIL;type=pref;type=INTERNET:{WORK}"),
        (f"EMAIL;PREF=2:{HOME}", f"EMAIL;PREF=1:{WORK}"),
        (f'EMAIL;TYPE="home,x":{HOME}', f'EMAIL;TYPE="work";PREF="1":{WORK}'),
        (f"EMAIL;PREF=50:{HOME}", f"EMAIL;PREF=7:{WORK}"),
        (f"item1.EMAIL;TYPE=HOME:{HOME}", f"item2.EMAIL;TYPE=WORK:{WORK}"),
        (f"EMAIL;TYPE=HOME:{HOME}", f"EMAIL:{WORK}"),
        (f'EMAIL;X-LABEL="a:b;c":{WORK}', f"EMAIL;TYPE=HOME:{HOME}"),
        (f"EMAIL:mailto:{WORK}", f"email;type=home:{HOME}"),
    ],
)
def test_a_card_gives_its_preferred_address_and_keeps_the_other(lines):
    ana = only(card("FN:Ana Petit", *lines))

    assert str(ana.address) == WORK
    assert list(map(str, ana.alternates)) == [HOME]


@pytest.mark.parametrize(
    "lines",
    [
        ("FN;ENCODING=b;CHARSET=UTF-8:RXZhIELDqWxhcmQ=",),
        ("FN;ENCODING=BASE64:RXZhIELD", " qWxhcmQ="),
        ("FN;BASE64:RXZhIELDqWxhcmQ=",),
        ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Eva B=C3=A9lard",),
        ("FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Eva B=E9l=", "ard"),
        ("N;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:B=E9lard;Eva;;;",),
        ("N:Bélard;Eva;;;", "FN:Someone Else"),
        ('FN;LANGUAGE=fr;X-A="B:C":Eva Bélard',),
        ("fn:Eva Bé", " lard"),
    ],
)
def test_the_name_on_a_card_is_decoded(lines):
    eva = only(card(*lines, "EMAIL:eva@radio.example"))

    assert (eva.first_name, eva.last_name) == ("Eva", "Bélard")


def test_a_card_of_version_2_1_folds_at_a_blank_that_stays():
    eva = only(card("FN:Eva", " Bélard", "EMAIL:eva@radio.example", version="2.1"))

    assert eva.name == "Eva Bélard"


def test_a_group_of_cards_is_nobody():
    text = card("KIND:group", "FN:Presse", "MEMBER:urn:uuid:1", version="4.0")
    text += card("X-ADDRESSBOOKSERVER-KIND:group", "N:Radio")
    text += card("FN:Ana Petit", f"EMAIL:{WORK}")

    imported = read(text)

    assert (imported.read, len(imported.contacts)) == (1, 1)


def test_a_person_without_an_address_waits_for_somebody_to_decide():
    imported = read(card("FN:Ana Petit") + card("FN:Eva Bélard", "EMAIL:eva@radio.example"))

    assert (len(imported.contacts), len(imported.quarantined)) == (1, 1)


def test_a_card_that_is_not_closed_loses_nobody():
    broken = card("FN:Ana Petit", f"EMAIL:{WORK}").replace("END:VCARD", "")

    imported = read(broken + card("FN:Eva Bélard", "EMAIL:eva@radio.example") + broken)

    assert {str(each.address) for each in imported.contacts} == {WORK, "eva@radio.example"}


def test_the_card_of_an_assistant_inside_another_is_not_that_person():
    inner = ["AGENT:", "BEGIN:VCARD", "FN:Bob Agent", "EMAIL:bob@radio.example", "END:VCARD"]

    ana = only(card("FN:Ana Petit", *inner, f"EMAIL:{WORK}", version="2.1"))

    assert (ana.name, str(ana.address)) == ("Ana Petit", WORK)


def test_categories_of_a_card_are_a_note():
    ana = only(card("FN:Ana Petit", f"EMAIL:{WORK}", "CATEGORIES:Presse,Ne plus contacter"))

    assert ("Catégories", "Presse,Ne plus contacter") in ana.notes


@pytest.mark.parametrize(
    "lines",
    [
        (f"mail: {WORK}", f"mozillaSecondEmail: {HOME}"),
        (f"mozillaSecondEmail: {HOME}", f"mail: {WORK}"),
        (f"mail: {WORK}", f"mail: {HOME}"),
        (f"mailAlternateAddress: {HOME}", f"mail;lang-fr: {WORK}"),
        (f"proxyAddresses: smtp:{HOME}", f"proxyAddresses: SMTP:{WORK}"),
        ("mail:: YW5hLnBldGl0QHJhZGlvLmV4YW1wbGU=", f"otherMailbox: {HOME}"),
        ("mail: ana.petit@ra", " dio.example", f"secondaryemail:{HOME}"),
    ],
)
def test_an_entry_gives_its_main_address_and_keeps_the_other(lines):
    ana = only(entry(*lines))

    assert str(ana.address) == WORK
    assert list(map(str, ana.alternates)) == [HOME]


@pytest.mark.parametrize(
    "lines",
    [
        ("objectclass: groupOfNames", "member: cn=Ana Petit"),
        ("objectClass: organizationalUnit",),
        ("objectClass: mozillaAbList",),
        ("objectclass: groupOfUniqueNames", "uniqueMember: cn=Ana"),
    ],
)
def test_a_group_of_a_directory_is_nobody(lines):
    imported = read(entry(*lines) + "\n" + entry(f"mail: {WORK}"))

    assert (imported.read, len(imported.contacts)) == (1, 1)


def test_entries_need_no_blank_line_between_them():
    imported = read(entry(f"mail: {WORK}") + "dn:: Y249Wm/DqQ==\nsn: Roy\nmail: zoe@x.example\n")

    assert len(imported.contacts) == 2


def test_a_file_that_an_entry_names_is_not_opened():
    ana = only(entry(f"mail: {WORK}", "description:< file:///etc/hostname"))

    assert not ana.notes


def test_an_entry_that_was_deleted_is_nobody():
    imported = read(entry("changetype: delete", f"mail: {HOME}") + "\n" + entry(f"mail: {WORK}"))

    assert [str(each.address) for each in imported.contacts] == [WORK]
