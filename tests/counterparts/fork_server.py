"""The fork server of a process that tests: what it has imported, no child imports again.

A process has one fork server, whoever starts it, and it imports only what was asked for before.
A child of a sandbox that reads and compiles would otherwise need half a second of processor time
for its imports, in each of a thousand tests, as soon as another kind of child had come first.
"""

from multiprocessing import forkserver

import pytest

from mailer.checks import CHECKS
from mailer.wiring.children import COMPILER

_OF_CHILDREN = (
    *COMPILER,
    *(check.ask.__module__ for check in CHECKS),
    "mailer.operations.campaigns.writing.diagnosis",
    "mailer.feedback.reader",
    "mailer.files.contact_files",
    "mailer.ledger",
    "tests.counterparts.compiled_before",
    "tests.counterparts.killed_save",
    "tests.counterparts.sendgrid_sender",
    "tests.kills.desk_posts",
    "tests.kills.restores",
    "mailer.sandbox.preloaded",
)


def start_fork_server():
    """Start it before anybody else does."""
    forkserver.set_forkserver_preload([*_OF_CHILDREN])
    forkserver.ensure_running()


@pytest.fixture(scope="session", autouse=True)
def fork_server():
    start_fork_server()
