"""Killed at every statement and flush of an act, it is wholly done with its line, or not at all.

`HYPOTHESIS_PROFILE=thorough pytest tests/integration/test_killed_saves.py` tries each of them, and
without that some at random.
"""

import multiprocessing
import random
import signal

import pytest
from hypothesis import settings

from mailer.ledger import open_ledger
from tests.counterparts.builders import ACTOR
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.killed_save import (
    AFTER,
    BEFORE,
    CHANGES,
    SLUG,
    act_until,
    files_in,
    revisions_of,
)

CHILDREN = multiprocessing.get_context("forkserver")
MOST = 400


def prepared(workspace, act):
    """A campaign before the act; returns the URL of its ledger."""
    workspace.mkdir()
    url = empty_ledger(workspace / "ledger.db")
    folder = workspace / "campaigns" / SLUG
    folder.mkdir(parents=True)
    for name, content in BEFORE.items():
        (folder / name).write_bytes(content)
    ledger = open_ledger(url)
    revisions = revisions_of(ledger, workspace)
    revisions.open_campaign(SLUG)
    if act == "take back":
        revisions.save_files(SLUG, CHANGES, base=1, actor=ACTOR)
    ledger.close()
    if act == "take in":
        (folder / "a.md").write_bytes(CHANGES["a.md"])
        (folder / "old.png").unlink()
    return url


def killed_at(url, workspace, act, at):
    """Run the act in a process that kills itself; returns False when it ended before."""
    child = CHILDREN.Process(target=act_until, args=(url, str(workspace), act, at))
    child.start()
    child.join()
    assert child.exitcode in {0, -signal.SIGKILL}
    return child.exitcode != 0


def check(url, workspace, slug):
    """The ledger and the folder agree, and each revision has its line; returns the history."""
    ledger = open_ledger(url)
    revisions = revisions_of(ledger, workspace)
    was_made = revisions.folders.exists(slug) or ledger.revisions.head(slug) is not None
    opened = revisions.open_campaign(slug) if was_made else None
    history = [line.revision.number for line in revisions.history(slug)]
    assert history == list(range(len(history), 0, -1))
    assert len(ledger.journal.entries(slug)) == len(history)
    if opened is not None:
        assert not opened.folder_conflicts
        assert opened.files == files_in(workspace / "campaigns" / slug)
    ledger.close()
    return len(history), opened and dict(opened.files)


EXPECTED = {
    "save": (SLUG, {(1, "before"): BEFORE, (2, "after"): AFTER}),
    "take back": (SLUG, {(2, "before"): AFTER, (3, "after"): BEFORE}),
    "create": ("new", {(0, "before"): None, (1, "after"): AFTER}),
    "take in": (
        SLUG,
        {(2, "after"): {"campaign.toml": BEFORE["campaign.toml"], "a.md": CHANGES["a.md"]}},
    ),
}


@pytest.mark.parametrize("act", EXPECTED)
def test_killed_at_every_statement_and_flush_an_act_is_whole_or_not_there(tmp_path, act):
    slug, allowed = EXPECTED[act]
    allowed = {
        (number, files and tuple(sorted(files.items()))) for (number, _), files in allowed.items()
    }
    stride = 1 if settings.get_current_profile_name() == "thorough" else 9
    seen, at = set(), random.randint(1, stride)

    while at < MOST:
        workspace = tmp_path / str(at)
        url = prepared(workspace, act)
        was_killed = killed_at(url, workspace, act, at)
        number, files = check(url, workspace, slug)
        seen.add((number, files and tuple(sorted(files.items()))))
        assert seen <= allowed, f"killed at {at}"
        if not was_killed:
            break
        at += stride

    assert seen == allowed or stride > 1
    assert at > 8, "the act has more steps than this"
