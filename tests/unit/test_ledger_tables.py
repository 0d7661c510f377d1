"""Whoever empties, copies or compares the whole ledger must know all of its tables."""

from pathlib import Path

from mailer.ledger.storage import definitions
from mailer.ledger.storage.definitions.every_table import TABLE_MODULES


def test_every_module_of_tables_is_among_those_that_are_asked_for_all():
    (folder,) = definitions.__path__
    written = {file.stem for file in Path(folder).glob("*tables.py")}

    assert {module.__name__.rpartition(".")[2] for module in TABLE_MODULES} == written
