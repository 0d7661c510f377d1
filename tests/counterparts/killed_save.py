"""A process that works on a campaign's revisions and kills itself at a given moment."""

import os
import signal
from contextlib import suppress
from pathlib import Path

from sqlalchemy import event

from mailer.clock import SimulatedClock
from mailer.files.campaigns.working_copy import WorkingCopies
from mailer.ledger import open_ledger
from mailer.operations.campaigns.revisions.folder_sync import CampaignFolderSync
from mailer.operations.campaigns.revisions.revisions import CampaignRevisions
from tests.counterparts.builders import ACTOR, NOON

SLUG = "meeting"
BEFORE = {"campaign.toml": b'title = "a"\n', "a.md": b"un\n", "old.png": b"old"}
CHANGES = {"a.md": b"deux\n", "images/new.png": b"new", "old.png": None}
AFTER = {"campaign.toml": b'title = "a"\n', "a.md": b"deux\n", "images/new.png": b"new"}


def revisions_of(ledger, workspace, **replaced):
    copies = WorkingCopies(workspace)
    parts = {
        "exists": copies.exists,
        "names": copies.names,
        "hold": copies.hold,
        "read": copies.read,
        "write": copies.write,
        "identity": copies.identity,
    }
    sync = CampaignFolderSync(ledger=ledger, clock=SimulatedClock(NOON), **(parts | replaced))
    return CampaignRevisions(ledger=ledger, folders=sync)


ACTS = {
    "save": lambda revisions: revisions.save_files(SLUG, CHANGES, base=1, actor=ACTOR),
    "take back": lambda revisions: revisions.take_back(SLUG, 1, base=2, actor=ACTOR),
    "create": lambda revisions: revisions.create("new", AFTER, actor=ACTOR),
    "take in": lambda revisions: revisions.open_campaign(SLUG),
}


def act_until(url, workspace, act, at):
    """Run an act on the ledger; SIGKILL before the statement or flush number `at`."""
    ledger = open_ledger(url)
    count_down(ledger, at)
    ACTS[act](revisions_of(ledger, Path(workspace)))


def count_down(ledger, at, *, seen=lambda: None):
    """Kill this process at the statement, commit or flush number `at`; `seen` is called at each."""
    left = [at]

    def step(*_args, **_more):
        left[0] -= 1
        seen()
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = ledger._database.engine
    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)
    commit = engine.dialect.do_commit

    def committed(connection):
        commit(connection)
        step()

    engine.dialect.do_commit = committed
    for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink"), (Path, "mkdir")):
        _before_and_after(owner, name, step)


def _before_and_after(owner, name, step):
    real = getattr(owner, name)

    def stepped(*args, **more):
        step()
        result = real(*args, **more)
        step()
        return result

    setattr(owner, name, stepped)


def files_in(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        with suppress(IsADirectoryError):
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return {name: each for name, each in found.items() if not name.endswith(".part")}
