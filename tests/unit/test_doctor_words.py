"""What the examination says of sizes and ages, in the reader's language."""

import pytest

from mailer.files.catalogues import translations_for
from mailer.operations.doctor.ledger import _backup_age, _size
from mailer.wording import say

FRENCH = translations_for("fr")


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (75_997_000_000, "76\u00a0Go"),
        (1_536_000_000, "1\u202f536\u00a0Mo"),
        (0, "0\u00a0Mo"),
    ],
)
def test_a_size_is_told_in_the_unit_that_people_use(size, shown):
    assert say(_size(size), FRENCH) == shown


@pytest.mark.parametrize(
    ("hours", "shown"), [(-1, "moins d’une heure"), (0, "moins d’une heure"), (3, "3 heures")]
)
def test_nothing_was_made_no_hours_ago(hours, shown):
    assert say(_backup_age(hours), FRENCH) == f"Faite il y a {shown}, et intacte"
