"""The reading of a list comes out of the ledger as it went in."""

from datetime import UTC, datetime

from mailer.contacts.reading_json import reading_from_json, reading_to_json
from mailer.errors import Place
from mailer.model.address import Address
from mailer.model.contacts.contact_import import Quarantined, Remark, SourceRow
from mailer.model.contacts.list_file import ListReading
from mailer.wording import _, _n

HEADERS = ("Nom", "Courriel")


def doubtful(line, *texts, headers=HEADERS, **about):
    row = SourceRow(Place("liste.xlsx", line), headers, texts)
    return Quarantined(row, _("this is not an address"), **about)


def test_a_reading_is_kept_with_every_row_in_doubt_and_what_is_said_about_the_others():
    reading = ListReading(
        read_at=datetime(2017, 12, 1, 9, 30, tzinfo=UTC),
        counts={"read": 5, "ready": 1, "barred": 1, "merged": 1, "noted": 2},
        quarantined=(
            doubtful(2, "Léa", "lea@gmial.com", suggestion=Address("lea", "gmail.com")),
            doubtful(3, "Zoé", "", "au-delà", may_be_refused=True),
            doubtful(7, "a b@c.example", headers=("Adresse",)),
        ),
        barred=(Remark(Place("liste.xlsx"), _("{who}: {why}", who="x@y.example", why=_("dead"))),),
        merged=(Remark(Place("liste.xlsx", 4), _("the row has no address")),),
        noted=(Remark(Place("liste.xlsx", 5), _n("{count} row", "{count} rows", count=2)),),
        unknown_columns=("Remarque",),
    )

    assert reading_from_json(reading_to_json(reading)) == reading
