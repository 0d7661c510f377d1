"""The preview of a text that is not saved is the message that the saved text gives."""

from dataclasses import replace

import pytest

from mailer.errors import ContentError
from mailer.operations.campaigns.previews.preview import compile_one
from mailer.operations.campaigns.previews.samples import SAMPLE_READER
from mailer.wiring.app import App
from tests.counterparts.workspaces import workspace_with_ledger

SLUG = "2017-12-09-recherche-associations"
ADA = replace(SAMPLE_READER, first_name="Ada", last_name="Exemple-Longue", language="en")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    workspace = workspace_with_ledger(tmp_path_factory.mktemp("office"))
    with App(workspace) as app:
        yield app


@pytest.fixture
def folder(app):
    return app.workspace / "campaigns" / SLUG


def preview(app, file, unsaved, **asked):
    return compile_one(
        SLUG,
        file,
        unsaved=unsaved,
        compile_file=app.children.compile_file,
        drafts=app.drafts,
        composer=app.composer,
        **asked,
    )


def test_what_is_typed_gives_the_very_bytes_that_the_saved_text_gives(app, folder):
    changed = {
        "reminder.md": (folder / "reminder.md").read_bytes() + "\n« Ajouté »\n".encode(),
        "campaign.toml": (folder / "campaign.toml")
        .read_bytes()
        .replace(b"Rappel presse", b"Encore"),
    }
    before = {name: (folder / name).read_bytes() for name in changed}

    unsaved = preview(app, "reminder.md", changed, recipient=ADA)
    untouched = {name: (folder / name).read_bytes() for name in changed}
    for name, content in changed.items():
        (folder / name).write_bytes(content)
    saved = preview(app, "reminder.md", {}, recipient=ADA)
    for name, content in before.items():
        (folder / name).write_bytes(content)

    assert unsaved.message.raw == saved.message.raw
    assert untouched == before
    assert b"Ajout" in unsaved.message.raw
    assert b"Encore" in unsaved.message.raw
    assert b"Exemple-Longue" in unsaved.message.raw


@pytest.mark.parametrize(
    ("file", "step", "variant"),
    [
        ("announcement.md", "announcement", "fr"),
        ("announcement.en.md", "announcement", "en"),
        ("announcement.associations.md", "announcement", "associations.fr"),
        ("morning.en.md", "morning", "en"),
    ],
)
def test_each_text_is_shown_as_its_own_version(app, file, step, variant):
    shown = preview(app, file, {})

    assert (shown.step, str(shown.variant)) == (step, variant)


def test_a_new_version_of_a_text_can_be_seen_before_it_is_saved(app):
    text = b'+++\nsubject = "Neu"\n+++\n\n# Titel\n\nEin Satz.\n'

    shown = preview(app, "morning.press.en.md", {"morning.press.en.md": text})

    assert str(shown.variant) == "press.en"
    assert b"Ein Satz." in shown.message.raw


def test_a_text_that_does_not_compile_says_why_with_its_line(app):
    with pytest.raises(ContentError) as refused:
        preview(app, "morning.md", {"morning.md": b"# A\n\n{{ event.nothing }}\n"})

    assert refused.value.problems[0].where.line == 3


def test_problems_of_other_texts_do_not_matter(app):
    broken = {"reminder.md": b"{{ nothing", "practical.en.md": b"\xff"}

    assert preview(app, "morning.md", broken).step == "morning"


def test_a_text_that_no_step_sends_is_refused(app):
    with pytest.raises(ContentError, match="No step sends"):
        preview(app, "morgen.md", {"morgen.md": b"a"})
