"""Two editors, the folder and crashes, interleaved at random: no word is lost, history is linear.

`HYPOTHESIS_PROFILE=thorough pytest tests/integration/test_two_editors.py` tries 1,000.
"""

import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.clock import SimulatedClock
from mailer.errors import RuleError
from mailer.ledger import open_ledger
from mailer.model.drafts.revision import EditConflict
from mailer.operations.campaigns.revisions.revisions import CampaignRevisions, Keep
from mailer.operations.campaigns.revisions.scratches import CampaignScratches
from tests.counterparts.builders import NOON, an_actor
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.killed_save import revisions_of

SLUG, TEXT = "meeting", "a.md"
FACTS = "campaign.toml"


class Crash(BaseException):
    """The program ended between the ledger and the folder."""


@dataclass
class Editor:
    """Somebody with one text open in one tab."""

    name: str
    revisions: CampaignRevisions
    base: int = 0
    text: str = ""
    is_changed: bool = False
    conflicts: int = 0
    path: str = TEXT
    words: set = field(default_factory=set)

    @property
    def actor(self):
        return an_actor(self.name)

    def load(self):
        if self.is_changed:
            return
        opened = self.revisions.open_campaign(SLUG)
        self.base, self.text = opened.head.number, opened.files.get(self.path, b"").decode()

    def type(self, word):
        self.text += f"{word}\n"
        self.words.add(word)
        self.is_changed = True
        CampaignScratches(ledger=self.revisions.ledger, clock=SimulatedClock(NOON)).save(
            SLUG, self.path, self.text, base=self.base, tab=self.name, actor=self.actor
        )

    def save(self):
        saved = self.revisions.save_files(
            SLUG, {self.path: self.text.encode()}, base=self.base, actor=self.actor
        )
        if isinstance(saved, EditConflict):
            self.conflicts += 1
            (file,) = saved.files
            assert file.mine == self.text.encode()
            self.merge((file.theirs or b"").decode(), saved.head.number)
            return
        self.base, self.is_changed = saved.number, False

    def merge(self, theirs, number):
        """What the conflict page offers: both texts, put together by hand."""
        lines = theirs.splitlines()
        lines += [line for line in self.text.splitlines() if line not in lines]
        self.text, self.base = "".join(f"{line}\n" for line in lines), number


def a_workspace(folder):
    workspace = Path(folder)
    campaign = workspace / "campaigns" / SLUG
    campaign.mkdir(parents=True)
    (campaign / FACTS).write_bytes(b'title = "a"\n')
    (campaign / TEXT).write_bytes(b"")
    return workspace, campaign


def crashing(ledger, workspace):
    def cut_off(*_args, **_more):
        raise Crash

    return revisions_of(ledger, workspace, write=cut_off)


actions = st.lists(
    st.tuples(
        st.sampled_from(["type", "save", "load", "save-and-crash"]),
        st.sampled_from([0, 1]),
    )
    | st.tuples(st.sampled_from(["outside", "settle", "facts"]), st.sampled_from([0, 1])),
    min_size=4,
    max_size=14,
)


@given(actions)
@settings(max_examples=1_000 if settings.get_current_profile_name() == "thorough" else 40)
def test_no_word_of_two_editors_or_of_the_folder_is_lost(steps):
    with tempfile.TemporaryDirectory() as folder:
        workspace, campaign = a_workspace(folder)
        ledger = open_ledger(empty_ledger(workspace / "ledger.db"))
        run(steps, ledger, workspace, campaign)
        ledger.close()


def run(steps, ledger, workspace, campaign):
    revisions, crash = revisions_of(ledger, workspace), crashing(ledger, workspace)
    editors = [Editor("Ada", revisions), Editor("Bea", revisions)]
    outside, words = set(), count()
    for editor in editors:
        editor.load()
    for what, who in steps:
        editor, word = editors[who], f"word{next(words)}"
        if what == "type":
            editor.type(word)
        elif what == "save":
            editor.save()
        elif what == "load":
            editor.load()
        elif what == "save-and-crash":
            editor.revisions = crash
            with suppress(Crash):  # the browser keeps the text, and its old base
                editor.save()
            editor.revisions = revisions
        elif what == "outside":
            with (campaign / TEXT).open("ab") as file:
                file.write(f"{word}\n".encode())
            outside.add(word)
        elif what == "settle":
            keep = list(Keep)[who]
            revisions.choose_version(SLUG, TEXT, keep=keep, actor=editor.actor)
        elif what == "facts":
            base = revisions.open_campaign(SLUG).head.number
            changed = revisions.save_files(
                SLUG, {FACTS: f'title = "{word}"\n'.encode()}, base=base, actor=editor.actor
            )
            assert not isinstance(changed, EditConflict)
    check(editors, outside, revisions, ledger, campaign)


def check(editors, outside, revisions, ledger, campaign):
    opened = revisions.open_campaign(SLUG)
    lines = list(revisions.history(SLUG))
    numbers = [line.revision.number for line in lines]
    known = (campaign / TEXT).read_bytes().decode() + "".join(
        revisions.files_of(line.revision).get(TEXT, b"").decode() for line in lines
    )
    scratches = {each.tab: each.text for each in ledger.revisions.scratches(SLUG)}
    for editor in editors:
        kept = known + (editor.text if editor.is_changed else "")
        assert all(word in kept for word in editor.words)
        assert not editor.is_changed or editor.name in scratches
    assert all(word in known for word in outside)
    assert numbers == list(range(opened.head.number, 0, -1))
    assert len(ledger.journal.entries(SLUG)) == len(numbers)


def test_two_editors_at_the_same_instant_keep_every_word(tmp_path):
    workspace, campaign = a_workspace(tmp_path)
    url = empty_ledger(workspace / "ledger.db")
    each, ready = 12, threading.Barrier(2)

    def write(name):
        ledger = open_ledger(url)
        editor = Editor(name, revisions_of(ledger, workspace))
        editor.load()
        ready.wait()
        for number in range(each):
            editor.type(f"{name}{number}.")
            while editor.is_changed:
                editor.save()
        ledger.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in ("Ada", "Bea")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ledger = open_ledger(url)
    opened = revisions_of(ledger, workspace).open_campaign(SLUG)
    words = opened.files[TEXT].decode().split()
    assert sorted(words) == sorted(f"{name}{n}." for name in ("Ada", "Bea") for n in range(each))
    assert opened.head.number == 1 + 2 * each
    assert not opened.folder_conflicts
    assert (campaign / TEXT).read_bytes() == opened.files[TEXT]
    ledger.close()


def test_sending_the_form_again_writes_the_folder_that_a_crash_left_out(tmp_path):
    workspace, _campaign = a_workspace(tmp_path)
    ledger = open_ledger(empty_ledger(workspace / "ledger.db"))
    files = {FACTS: b'title = "b"\n', TEXT: b"un\n"}
    with suppress(Crash):
        crashing(ledger, workspace).create("new", files, actor=an_actor("Ada"))

    with pytest.raises(RuleError, match="of this name already"):
        revisions_of(ledger, workspace).create("new", files, actor=an_actor("Ada"))

    assert (workspace / "campaigns" / "new" / TEXT).read_bytes() == b"un\n"
    assert len(ledger.journal.entries("new")) == 1
    ledger.close()
