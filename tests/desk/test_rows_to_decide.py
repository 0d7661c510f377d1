"""Hundreds of rows in doubt are decided page by page, in as many sittings as it takes."""

import re

from mailer.web.views.contacts.imports import PER_PAGE
from tests.desk.visitors import READER

DOUBTFUL = 2 * PER_PAGE + 20
HEADER = "Nom;Courriel\n"


def a_list(count=DOUBTFUL):
    rows = [f"Personne{n};personne{n}@gmial.com\n" for n in range(count)]
    return {"file": ("liste.csv", (HEADER + "".join(rows)).encode())}


def rows_of(page):
    return list(dict.fromkeys(re.findall(r'name="choice-(\w+)"', page.html)))


def decided(page, choice):
    return {f"choice-{row}": choice for row in rows_of(page)}


def next_of(page):
    return re.search(r'name="apres" value="(\d+)"', page.html)[1]


def in_directory(desk):
    return len(desk.app.ledger.contacts.all(("essai",)))


def kept_and_next(visitor, page, path, choice):
    return visitor.follow(visitor.post(path, **decided(page, choice), apres=next_of(page)))


def test_a_page_of_rows_is_decided_kept_and_followed_by_the_next(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(), list="essai").location

    first = visitor.get(path)
    second = kept_and_next(visitor, first, path, "accept")
    third = kept_and_next(visitor, second, path, "leave-out")

    assert [len(rows_of(page)) for page in (first, second, third)] == [PER_PAGE, PER_PAGE, 20]
    assert not set(rows_of(first)) & set(rows_of(second))
    assert f"Lignes {PER_PAGE + 1} à {2 * PER_PAGE} sur {DOUBTFUL}" in second.text
    assert 'name="apres"' not in third.html
    assert in_directory(desk) == 0


def test_a_list_is_taken_in_with_what_was_decided_on_every_page(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(), list="essai").location
    second = kept_and_next(visitor, visitor.get(path), path, "accept")
    third = kept_and_next(visitor, second, path, "leave-out")

    visitor.finished(visitor.post(path, **decided(third, "accept")))

    assert in_directory(desk) == PER_PAGE + 20
    assert desk.app.ledger.list_files.waiting() == []


def test_rows_of_pages_that_nobody_opened_wait_with_their_list(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(), list="essai").location

    visitor.finished(visitor.post(path, **decided(visitor.get(path), "accept")))

    assert in_directory(desk) == PER_PAGE
    assert len(desk.app.ledger.list_files.waiting()) == 1


def test_rows_that_were_decided_no_longer_count_as_to_decide(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(PER_PAGE + 1), list="essai").location
    first = visitor.get(path)

    kept_and_next(visitor, first, path, "accept")

    assert f"{PER_PAGE + 1} lignes à décider" in first.text
    assert "1 ligne à décider" in visitor.get(path).text


def test_what_was_kept_may_be_taken_back_before_the_list_is_taken_in(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(PER_PAGE + 1), list="essai").location
    kept_and_next(visitor, visitor.get(path), path, "accept")

    again = visitor.get(path)
    kept_and_next(visitor, again, path, "later")
    visitor.finished(visitor.post(path))

    assert again.html.count('value="accept" checked') == PER_PAGE
    assert in_directory(desk) == 0


def test_what_is_taken_back_while_others_are_taken_in_is_not_done_with_the_rest(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(PER_PAGE + 1), list="essai").location
    second = kept_and_next(visitor, visitor.get(path), path, "accept")

    visitor.finished(visitor.post(path, **decided(visitor.get(path), "later")))
    visitor.finished(visitor.post(path, **decided(second, "accept")))

    assert in_directory(desk) == 1


def test_an_address_that_cannot_be_one_keeps_its_page_and_what_was_chosen(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(), list="essai").location
    second = kept_and_next(visitor, visitor.get(path), path, "accept")
    row = rows_of(second)[0]
    wrong = {f"choice-{row}": "correct", f"address-{row}": "personne(at)gmail"}

    refused = visitor.post(
        f"{path}?apres={PER_PAGE}", **decided(second, "leave-out") | wrong, apres=next_of(second)
    )

    assert refused.status == 422
    assert rows_of(refused) == rows_of(second)
    assert f'href="#address-{row}"' in refused.html
    assert refused.html.count('value="leave-out" checked') == PER_PAGE - 1


def test_who_may_take_no_list_in_keeps_no_decision(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(), list="essai").location
    page = visitor.get(path)

    refused = desk.visitor(READER).post(path, **decided(page, "accept"), apres="25")

    assert refused.status == 409
    assert 'value="accept" checked' not in visitor.get(path).html


def test_an_address_that_was_typed_into_a_row_to_decide_later_is_a_decision(desk):
    visitor = desk.visitor()
    path = visitor.upload(a_list(1), list="essai").location
    page = visitor.get(path)
    (row,) = rows_of(page)

    visitor.finished(
        visitor.post(path, **{f"choice-{row}": "later", f"address-{row}": "lea@radio.example"})
    )

    (contact,) = desk.app.ledger.contacts.all(("essai",))
    assert str(contact.address) == "lea@radio.example"


def test_a_row_that_cannot_be_written_to_as_it_stands_does_not_offer_that(desk):
    visitor = desk.visitor()
    rows = "Ève;eve espace@vigie.example\nLéa;lea@gmial.com\n"
    path = visitor.upload(
        {"file": ("liste.csv", f"{HEADER}{rows}".encode())}, list="essai"
    ).location

    page = visitor.get(path)

    first, second = re.findall(r"<fieldset.*?</fieldset>", page.html, re.DOTALL)
    assert 'value="write"' not in first
    assert 'value="write"' in second


def test_the_same_file_is_not_kept_twice_while_it_waits(desk):
    visitor = desk.visitor()

    paths = {visitor.upload(a_list(3), list="essai").location for _time in range(2)}

    assert len(paths) == 1
    assert len(desk.app.ledger.list_files.waiting()) == 1
