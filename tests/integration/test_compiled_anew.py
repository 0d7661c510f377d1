"""What is compiled anew after a change: a version depends on its own text and no other."""

import pickle
import shutil
from datetime import UTC, datetime

import pytest

from mailer.files.bundled import bundled
from mailer.files.templates import load_template
from mailer.ledger import open_ledger
from mailer.operations.campaigns.drafts.prepare import prepare
from mailer.operations.sending.audience import Directory
from mailer.wiring.compiling import compile_in_language
from tests.counterparts.campaigns import load_campaign
from tests.counterparts.drafts import LETTERHEAD, OFFICE
from tests.counterparts.empty_ledger import empty_ledger

NOW = datetime(2017, 11, 24, 9, tzinfo=UTC)
EXAMPLE = bundled("campaigns") / "2017-12-09-recherche-associations"


@pytest.fixture
def prepared(tmp_path):
    """Prepares a campaign; returns its messages, and each call that compiled one of them."""
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))

    def prepared(campaign):
        calls = {}

        def noted(**asked):
            # As a key of calls that were made before: the bytes that a child process would get.
            calls[asked["content"].file, str(asked["variant"])] = pickle.dumps(asked)
            return compile_in_language(**asked)

        draft = prepare(
            campaign,
            office=OFFICE,
            letterhead=LETTERHEAD,
            template_for=lambda name, theme: load_template(name, [bundled("templates")], theme),
            compile_=noted,
            directory=Directory(ledger, now=NOW),
            now=NOW,
        )
        return draft, calls

    yield prepared
    ledger.close()


def test_after_a_change_of_one_text_only_its_version_is_compiled(prepared, tmp_path):
    folder = shutil.copytree(EXAMPLE, tmp_path / EXAMPLE.name)
    prepared(load_campaign(folder, office=OFFICE))  # what is loaded once does not count
    _, before = prepared(load_campaign(folder, office=OFFICE))
    text = folder / "reminder.md"
    text.write_text(text.read_text("utf-8") + "\nUn mot de plus.\n", "utf-8")

    _, after = prepared(load_campaign(folder, office=OFFICE))

    changed = {call for call, asked in after.items() if before[call] != asked}
    assert {file.rpartition("/")[2] for file, _variant in changed} == {"reminder.md"}
    assert len(after) > len(changed) == 1


def test_a_version_is_the_same_whether_the_other_texts_are_given_or_not(prepared):
    campaign = load_campaign(EXAMPLE, office=OFFICE)
    draft, _ = prepared(campaign)

    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            message = compile_in_language(
                campaign=campaign,
                step=planned.step,
                content=content,
                variant=variant,
                planned_local=planned.local,
                office=OFFICE,
                template=load_template(campaign.template, [bundled("templates")], campaign.theme),
            )
            assert draft.messages[planned.step.id, variant] == message
