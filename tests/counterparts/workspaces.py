"""A workspace whose ledger is there already: migrating one takes longer than most tests."""

from mailer.files.workspace import make_workspace
from tests.counterparts.empty_ledger import empty_ledger


def workspace_with_ledger(folder):
    """Make a workspace in `folder`, with an empty ledger; returns it."""
    workspace = make_workspace(folder)
    ledger = workspace / "var" / "ledger.db"
    ledger.parent.mkdir(mode=0o700, exist_ok=True)
    empty_ledger(ledger)
    ledger.chmod(0o600)
    return workspace
