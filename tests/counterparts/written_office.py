"""An office whose campaigns are written at the desk, without script; import it into a `conftest.py`."""

import pytest

from mailer.wiring.app import App
from tests.counterparts.form_browser import Browser
from tests.counterparts.workspaces import workspace_with_ledger


@pytest.fixture
def app(tmp_path):
    """The program, opened in the workspace of the example."""
    with App(workspace_with_ledger(tmp_path / "office")) as app:
        yield app


@pytest.fixture
def ada(app):
    """The browser of somebody who writes."""
    return Browser(app)
