"""Two people, one folder and the ledger: nothing that somebody wrote is lost."""

import shutil
from dataclasses import replace

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import ContentError, RuleError
from mailer.files.campaigns.working_copy import WorkingCopies
from mailer.ledger import open_ledger
from mailer.model.drafts.revision import EditConflict, Revision
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import Via
from mailer.model.team.person import Role
from mailer.operations.campaigns.revisions.revisions import Keep
from mailer.operations.campaigns.revisions.scratches import CampaignScratches
from tests.counterparts.builders import ACTOR, NOON, a_mailing, an_actor
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.killed_save import revisions_of

SLUG = "meeting"
BEA = an_actor("Bea", via=Via.DESK)
FILES = {"campaign.toml": b'title = "Rencontre"\n', "announcement.md": b"Bonjour\n"}


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    yield ledger
    ledger.close()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "campaigns" / SLUG
    folder.mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def revisions(ledger, tmp_path, folder):
    return revisions_of(ledger, tmp_path)


@pytest.fixture
def scratches(ledger):
    return CampaignScratches(ledger=ledger, clock=SimulatedClock(NOON))


def in_folder(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def save(revisions, text, *, base, actor=ACTOR, path="announcement.md"):
    return revisions.save_files(SLUG, {path: text}, base=base, actor=actor)


def test_the_first_opening_takes_the_folder_in_for_the_program(revisions, ledger):
    opened = revisions.open_campaign(SLUG)

    assert opened.files == FILES
    assert (opened.head.number, opened.head.via) == (1, Via.PROGRAM)
    assert revisions.open_campaign(SLUG).head.number == 1
    assert [each.via for each in ledger.journal.entries(SLUG)] == [Via.PROGRAM]


def test_a_save_makes_a_revision_and_writes_the_folder(revisions, folder, ledger):
    revisions.open_campaign(SLUG)

    saved = save(revisions, b"Bonsoir\n", base=1, actor=BEA)

    assert isinstance(saved, Revision)
    assert (saved.number, saved.name, saved.via) == (2, "Bea", Via.DESK)
    assert in_folder(folder) == FILES | {"announcement.md": b"Bonsoir\n"}
    assert [(each.name, each.detail) for each in ledger.journal.entries(SLUG)][1:] == [("Bea", "2")]


def test_a_save_without_a_difference_is_no_revision(revisions):
    head = revisions.open_campaign(SLUG).head

    assert save(revisions, FILES["announcement.md"], base=1) == head
    assert revisions.open_campaign(SLUG).head == head


def test_what_another_program_changed_is_taken_in_before_a_save_and_contradicts_it(
    revisions, folder
):
    revisions.open_campaign(SLUG)
    (folder / "announcement.md").write_bytes(b"Vim\n")

    conflict = save(revisions, b"Bureau\n", base=1)

    assert isinstance(conflict, EditConflict)
    (file,) = conflict.files
    assert (file.mine, file.theirs, file.base) == (b"Bureau\n", b"Vim\n", b"Bonjour\n")
    assert (conflict.by.number, conflict.by.via) == (2, Via.PROGRAM)
    assert in_folder(folder)["announcement.md"] == b"Vim\n"


def test_the_second_of_two_editors_sees_both_texts_and_who_was_first(revisions):
    revisions.open_campaign(SLUG)
    save(revisions, b"De Bea\n", base=1, actor=BEA)
    save(revisions, b'title = "Autre"\n', base=2, path="campaign.toml")

    conflict = save(revisions, "D’Ada\n".encode(), base=1)

    assert isinstance(conflict, EditConflict)
    assert conflict.head.number == 3
    assert conflict.by.name == "Bea"
    assert [(each.path, each.theirs) for each in conflict.files] == [
        ("announcement.md", b"De Bea\n")
    ]


def test_the_same_change_by_two_editors_is_no_conflict(revisions):
    revisions.open_campaign(SLUG)
    save(revisions, b"Pareil\n", base=1, actor=BEA)

    assert save(revisions, b"Pareil\n", base=1).number == 2


def test_other_files_are_no_conflict_and_both_changes_stay(revisions, folder):
    revisions.open_campaign(SLUG)
    save(revisions, b"Bonsoir\n", base=1, actor=BEA)

    saved = save(revisions, b'title = "Autre"\n', base=1, path="campaign.toml")

    assert saved.number == 3
    assert in_folder(folder) == {
        "announcement.md": b"Bonsoir\n",
        "campaign.toml": b'title = "Autre"\n',
    }


def test_a_file_that_was_sent_along_unchanged_does_not_undo_the_change_of_another(
    revisions, folder
):
    revisions.open_campaign(SLUG)
    save(revisions, b"Bonsoir\n", base=1, actor=BEA)

    both = {"announcement.md": FILES["announcement.md"], "campaign.toml": b"title = 'x'\n"}
    saved = revisions.save_files(SLUG, both, base=1, actor=ACTOR)

    assert saved.number == 3
    assert in_folder(folder)["announcement.md"] == b"Bonsoir\n"


def test_pictures_come_and_go_with_the_revisions(revisions, folder):
    revisions.open_campaign(SLUG)
    revisions.save_files(SLUG, {"images/a b.png": bytes(range(256))}, base=1, actor=ACTOR)
    revisions.save_files(SLUG, {"images/a b.png": None}, base=2, actor=ACTOR)
    assert in_folder(folder) == FILES

    taken_back = revisions.take_back(SLUG, 2, base=3, actor=BEA)

    assert (taken_back.number, taken_back.restores) == (4, 2)
    assert in_folder(folder) == FILES | {"images/a b.png": bytes(range(256))}
    assert [line.changed for line in revisions.history(SLUG)][:3] == [("images/a b.png",)] * 3


def test_taking_back_a_version_from_a_stale_page_is_refused(revisions):
    revisions.open_campaign(SLUG)
    save(revisions, b"Bonsoir\n", base=1, actor=BEA)

    with pytest.raises(RuleError, match="Bea"):
        revisions.take_back(SLUG, 1, base=1, actor=ACTOR)
    with pytest.raises(RuleError, match="no version 9"):
        revisions.take_back(SLUG, 9, base=2, actor=ACTOR)


def test_a_save_that_was_cut_off_is_completed_by_the_next_opening(ledger, tmp_path, folder):
    def cut_off(*_args, **_more):
        raise KeyboardInterrupt

    revisions = revisions_of(ledger, tmp_path)
    revisions.open_campaign(SLUG)
    with pytest.raises(KeyboardInterrupt):
        save(revisions_of(ledger, tmp_path, write=cut_off), b"Bonsoir\n", base=1)
    assert in_folder(folder) == FILES

    opened = revisions.open_campaign(SLUG)

    assert opened.head.number == 2
    assert in_folder(folder)["announcement.md"] == b"Bonsoir\n"


@pytest.fixture
def both_changed(ledger, tmp_path, folder):
    """A save was cut off before the folder, and somebody changed the same file there."""

    def cut_off(*_args, **_more):
        raise KeyboardInterrupt

    revisions = revisions_of(ledger, tmp_path)
    revisions.open_campaign(SLUG)
    with pytest.raises(KeyboardInterrupt):
        save(revisions_of(ledger, tmp_path, write=cut_off), b"Bureau\n", base=1)
    (folder / "announcement.md").write_bytes(b"Vim\n")
    return revisions


def test_a_file_changed_on_both_sides_is_left_alone_and_shown(both_changed, folder):
    opened = both_changed.open_campaign(SLUG)

    (file,) = opened.folder_conflicts
    assert (file.mine, file.theirs) == (b"Bureau\n", b"Vim\n")
    assert in_folder(folder)["announcement.md"] == b"Vim\n"


@pytest.mark.parametrize(("keep", "kept"), [(Keep.LEDGER, b"Bureau\n"), (Keep.FOLDER, b"Vim\n")])
def test_whichever_side_is_kept_the_other_stays_in_the_history(both_changed, folder, keep, kept):
    both_changed.choose_version(SLUG, "announcement.md", keep=keep, actor=ACTOR)

    opened = both_changed.open_campaign(SLUG)
    texts = {
        both_changed.files_of(line.revision)["announcement.md"]
        for line in both_changed.history(SLUG)
    }
    assert opened.files["announcement.md"] == in_folder(folder)["announcement.md"] == kept
    assert not opened.folder_conflicts
    assert texts == {b"Bonjour\n", b"Bureau\n", b"Vim\n"}


def test_a_file_removed_in_the_folder_is_a_revision_and_can_be_taken_back(revisions, folder):
    revisions.open_campaign(SLUG)
    (folder / "announcement.md").unlink()

    assert revisions.open_campaign(SLUG).files == {"campaign.toml": FILES["campaign.toml"]}
    revisions.take_back(SLUG, 1, base=2, actor=ACTOR)
    assert in_folder(folder) == FILES


def test_a_folder_that_is_gone_is_written_again(revisions, folder):
    revisions.open_campaign(SLUG)
    for name in FILES:
        (folder / name).unlink()
    folder.rmdir()

    assert revisions.open_campaign(SLUG).head.number == 1
    assert in_folder(folder) == FILES


@pytest.fixture
def other_host(ledger, tmp_path, revisions):
    """A copy of the workspace on another host, as old as the first revision."""
    revisions.open_campaign(SLUG)
    shutil.copytree(tmp_path / "campaigns", tmp_path / "other" / "campaigns")
    return revisions_of(ledger, tmp_path / "other")


def test_the_older_folder_of_another_host_changes_nothing_and_is_brought_up_to_date(
    revisions, other_host, tmp_path
):
    save(revisions, b"Bonsoir\n", base=1)

    opened = other_host.open_campaign(SLUG)

    assert (opened.head.number, opened.folder_conflicts) == (2, ())
    assert in_folder(tmp_path / "other" / "campaigns" / SLUG)["announcement.md"] == b"Bonsoir\n"


def test_an_older_text_put_into_a_known_copy_of_the_workspace_is_an_edit(
    revisions, other_host, tmp_path
):
    save(revisions, b"Bonsoir\n", base=1)
    announcement = tmp_path / "other" / "campaigns" / SLUG / "announcement.md"
    announcement.write_bytes(b"Bonsoir\n")  # the copy is made when all is saved
    other_host.open_campaign(SLUG)

    announcement.write_bytes(FILES["announcement.md"])
    opened = other_host.open_campaign(SLUG)

    assert opened.head.number == 3
    assert opened.files["announcement.md"] == FILES["announcement.md"]


def test_two_hosts_with_folders_of_their_own_write_by_turns(revisions, other_host, folder):
    other_host.open_campaign(SLUG)
    for number, host in enumerate([revisions, other_host] * 3, start=1):
        save(host, f"Version {number}\n".encode(), base=number)

    assert revisions.open_campaign(SLUG).head.number == 7
    assert in_folder(folder)["announcement.md"] == b"Version 6\n"


def test_what_was_edited_in_the_folder_of_another_host_meanwhile_is_shown_and_stays(
    revisions, other_host, tmp_path
):
    edited = tmp_path / "other" / "campaigns" / SLUG / "announcement.md"
    edited.write_bytes("Écrit à la main\n".encode())
    save(revisions, b"Bonsoir\n", base=1)

    (conflict,) = other_host.open_campaign(SLUG).folder_conflicts

    assert (conflict.mine, conflict.theirs) == (b"Bonsoir\n", edited.read_bytes())


def test_a_folder_keeps_its_name_and_a_copy_of_it_gets_another(tmp_path, folder):
    here, there = WorkingCopies(tmp_path), WorkingCopies(tmp_path / "copy")
    name = here.identity()
    shutil.copytree(tmp_path / "campaigns", tmp_path / "copy" / "campaigns")

    assert here.identity() == name
    assert there.identity() not in {"", name}
    assert there.identity() == there.identity()


def test_lists_hidden_and_temporary_files_and_links_outside_stay_out(revisions, folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "secret.txt").symlink_to(tmp_path / "secret.txt")
    for name in (".git/config", "lists/press.csv", "a.md.part", "a.md~", ".a.md.swp", "#a.md#"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("no")

    assert revisions.open_campaign(SLUG).files == FILES


def test_an_unknown_campaign_is_refused_and_no_folder_is_made(revisions, tmp_path):
    for name in ("meting", "../meeting", ".hidden", "", "a/b"):
        with pytest.raises(ContentError):
            revisions.open_campaign(name)
        with pytest.raises(ContentError):
            revisions.save_files(name, {"a.md": b""}, base=0, actor=ACTOR)

    assert [path.name for path in (tmp_path / "campaigns").iterdir()] == [SLUG]


def test_no_file_is_written_outside_the_folder(revisions, tmp_path):
    revisions.open_campaign(SLUG)

    with pytest.raises(ContentError):
        save(revisions, b"x", base=1, path="../../escaped.md")

    assert not (tmp_path / "escaped.md").exists()


def test_a_new_campaign_is_whole_and_its_name_is_taken(revisions, tmp_path):
    made = revisions.create("other", FILES, actor=BEA)

    assert (made.number, made.name) == (1, "Bea")
    assert in_folder(tmp_path / "campaigns" / "other") == FILES
    for name in ("other", SLUG):
        with pytest.raises(RuleError, match="this name already"):
            revisions.create(name, FILES, actor=ACTOR)


def test_a_launched_campaign_is_read_only_and_one_cancelled_before_it_left_is_not(
    revisions, ledger
):
    revisions.open_campaign(SLUG)
    mailing = a_mailing(campaign=SLUG)
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    with pytest.raises(RuleError, match="was launched"):
        save(revisions, b"Bonsoir\n", base=1)
    assert revisions.open_campaign(SLUG).read_only is not None

    ledger.mailings.change_state(
        mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="", at=NOON
    )
    assert save(revisions, b"Bonsoir\n", base=1).number == 2


def test_only_who_writes_campaigns_may_save_create_or_take_back(revisions, scratches):
    revisions.open_campaign(SLUG)
    reader = an_actor("Leo", roles={Role.READER, Role.ADMINISTRATOR})
    its = {"base": 1, "actor": reader}

    for act in (
        lambda: revisions.save_files(SLUG, {"a.md": b""}, **its),
        lambda: revisions.take_back(SLUG, 1, **its),
        lambda: revisions.create("other", FILES, actor=reader),
        lambda: revisions.choose_version(SLUG, "a.md", keep=Keep.FOLDER, actor=reader),
        lambda: scratches.save(SLUG, "a.md", "x", tab="1", **its),
    ):
        with pytest.raises(RuleError, match="may not write"):
            act()


def test_an_unsaved_text_is_private_and_says_who_writes(scratches):
    scratches.save(SLUG, "a.md", "de Bea", base=1, tab="t", actor=BEA)
    scratches.save(SLUG, "a.md", "d’Ada", base=1, tab="t", actor=ACTOR)

    (own,) = scratches.own(SLUG, "a.md", actor=ACTOR)
    others = scratches.others_writing(SLUG, "a.md", actor=ACTOR, within_s=60)

    assert own.text == "d’Ada"
    assert others == {BEA.name}
    assert scratches.discard(SLUG, "a.md", tab="t", actor=BEA)
    assert not scratches.others_writing(SLUG, "a.md", actor=ACTOR, within_s=60)
    assert len(scratches.own(SLUG, "a.md", actor=ACTOR)) == 1


def test_an_unsaved_text_may_not_be_endless(scratches):
    with pytest.raises(RuleError, match="too long"):
        scratches.save(SLUG, "a.md", "x" * 250_001, base=1, tab="t", actor=ACTOR)


def test_a_text_replaced_while_it_is_written_is_not_overwritten(ledger, tmp_path, folder):
    """An editor saves between our reading of the folder and our writing."""
    copies = WorkingCopies(tmp_path)
    late = []

    def write(slug, path, content, *, expected):
        if not late:
            late.append(path)
            (folder / path).write_bytes(b"Vim\n")
        return copies.write(slug, path, content, expected=expected)

    revisions = revisions_of(ledger, tmp_path, write=write)
    revisions.open_campaign(SLUG)
    save(revisions, b"Bureau\n", base=1)

    (file,) = revisions.open_campaign(SLUG).folder_conflicts
    assert (file.mine, file.theirs) == (b"Bureau\n", b"Vim\n")


def test_the_same_fingerprint_keeps_its_signature_and_the_number_says_what_was_signed(revisions):
    """A sign-off is bound to the fingerprint; the revision beside it is for people to compare."""
    head = revisions.open_campaign(SLUG).head

    unchanged = save(revisions, FILES["announcement.md"], base=head.number)

    assert unchanged == replace(head)
