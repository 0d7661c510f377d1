"""Press coverage and the outcomes of calls stand in the report."""

from io import BytesIO

import openpyxl

from mailer.model.address import Address
from mailer.model.contacts.call import Call, CallOutcome
from mailer.model.mailings.delivery import Rejected
from tests.counterparts.builders import ACTOR, NOON, started
from tests.desk.visitors import CAMPAIGN, EXAMPLE, READER

COVERAGE = f"{CAMPAIGN}/retombees"
PAGE = "https://www.gazette.example/mer"


def note(visitor, **more):
    fields = {"title": "La mer", "outlet": "La Gazette", "day": "2017-12-10", "link": PAGE}
    return visitor.post(COVERAGE, **fields | more)


def test_what_is_noted_stands_on_the_page_in_the_report_to_print_and_in_the_workbook(desk):
    visitor = desk.visitor()

    note(visitor)

    assert f'<a href="{PAGE}" rel="noreferrer">La mer</a>' in visitor.get(COVERAGE).html
    written = visitor.follow(visitor.finished(visitor.post(f"{CAMPAIGN}/bilan.xlsx")))
    assert "(1)" in visitor.get(f"{CAMPAIGN}/bilan").text
    assert "dimanche 10 décembre 2017" in visitor.get(f"{CAMPAIGN}/bilan/imprimer").text
    book = openpyxl.load_workbook(BytesIO(written.content))
    assert list(book.worksheets[1].values)[1] == ("2017-12-10", "La Gazette", "La mer", PAGE)


def test_what_is_wrong_is_said_beside_its_field_and_kept_and_a_reader_notes_nothing(desk):
    visitor, reader = desk.visitor(), desk.visitor(READER)

    refused = note(visitor, link="gazette", title="")
    note(visitor)
    (found,) = desk.app.ledger.coverage.of_campaign(EXAMPLE)

    assert refused.status == 422
    assert 'id="title-wrong-1"' in refused.html
    assert 'value="gazette"' in refused.html
    assert "Supprimer" not in reader.get(COVERAGE).text
    assert note(reader, link="").status in {403, 409, 422}
    visitor.post(COVERAGE, remove=found.number)
    assert desk.app.ledger.coverage.of_campaign(EXAMPLE) == []


def test_the_report_says_what_came_of_each_call_about_this_campaign(desk):
    ledger = desk.app.ledger
    _mailing, deliveries = started(ledger, campaign=EXAMPLE)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ids = [each.id for each in claim.deliveries]
    ledger.sending.mark(claim, ids, now=NOON)
    for each in ids:
        ledger.sending.settle(claim, each, Rejected("550 no such user"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    for number, campaign in enumerate((EXAMPLE, "another")):
        address = Address.parse(str(deliveries[number].address))
        call = Call(address, CallOutcome.NOT_COMING, NOON, "", "Ada", "", campaign, note="en congé")
        ledger.calls.add(call, actor=ACTOR)

    for page in ("bilan", "bilan/imprimer"):
        assert desk.visitor().get(f"{CAMPAIGN}/{page}").text.count("(en congé)") == 1
