import tempfile
from pathlib import Path

import pytest

from tests.simulation.schedule import empty_ledger, memory


@pytest.fixture(scope="session")
def memory_folder():
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def empty(memory_folder):
    """A migrated ledger, to be copied."""
    with empty_ledger(memory_folder) as path:
        yield path
