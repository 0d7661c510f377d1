"""A desk with the example campaign: one for tests that only look, and one of its own."""

import pytest

from tests.counterparts.fork_server import fork_server
from tests.desk.visitors import example_app, running_desk

__all__ = ["fork_server"]


@pytest.fixture(scope="session")
def shown_desk(tmp_path_factory):
    """A desk that no test changes."""
    with (
        example_app(tmp_path_factory.mktemp("desk") / "workspace") as app,
        running_desk(app) as desk,
    ):
        yield desk


@pytest.fixture
def desk(tmp_path):
    """A desk of its own."""
    with example_app(tmp_path / "workspace") as app, running_desk(app) as desk:
        yield desk
