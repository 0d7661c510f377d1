"""A workspace of the version before, its mailing in mid-send, is taken over by this version."""

import json
import re
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.e2e.commands import answer, answers, mailer
from tests.e2e.test_walk import a_postbox

LEFT = Path(__file__).resolve().parents[1] / "corpus" / "upgrade" / "ledger-0005"
CAMPAIGN = "2027-03-18-mers-chaudes"
DEAD, OPTED_OUT, ACCREDITED = (
    f"redaction@{outlet}.example" for outlet in ("agence", "oppose", "radio")
)


@pytest.fixture
def workspace(tmp_path):
    """The workspace as the version before left it."""
    folder = Path(shutil.copytree(LEFT, tmp_path / "bureau"))
    (folder / "var").mkdir()
    ledger = sqlite3.connect(folder / "var" / "ledger.db")
    ledger.executescript((folder / "ledger.sql").read_text("utf-8"))
    ledger.close()
    return folder


@pytest.fixture
def postbox(workspace):
    """The relay that the workspace sends through."""
    config = workspace / "config.toml"
    with a_postbox() as (postbox, port):
        text, count = re.subn(r"(?m)^port = \d+$", f"port = {port}", config.read_text("utf-8"))
        assert count == 1
        config.write_text(text, "utf-8")
        yield postbox


def had_it():
    return set(json.loads((LEFT / "received.json").read_text("utf-8"))["announcement"])


def recipients(postbox):
    return Counter(to for _, people, _ in postbox.transactions for to in people)


def test_the_mailing_in_hand_is_finished_and_nobody_has_it_twice(workspace, postbox):
    directory = {contact["address"] for contact in answers("contacts", "list", workspace=workspace)}

    mailer("run", "--until-idle", "--at", "2027-03-12T10:30", workspace=workspace)

    assert len(directory) == 10
    assert recipients(postbox) == Counter(directory - had_it() - {DEAD, OPTED_OUT})
    assert len(answer("status", workspace=workspace)["uncertain"]) == 2


def test_what_was_launched_then_goes_on_to_its_report(workspace, postbox):
    mailer("run", "--until-idle", "--at", "2027-03-12T10:30", workspace=workspace)
    uncertain = answer("status", workspace=workspace)["uncertain"]
    for delivery in uncertain:
        by_hand = ("resolve", delivery, "--as-sent", "--by", "Claire Delmas", "--why", "she rang")
        mailer(*by_hand, workspace=workspace)
    before = recipients(postbox)

    # Nobody has looked at the answers for days: the reminder waits until somebody says so.
    mailer("run", "--until-idle", "--at", "2027-03-16T09:20", workspace=workspace, expect=None)
    assert recipients(postbox) == before
    looked = ("confirm", CAMPAIGN, "--by", "Claire Delmas", "--at", "2027-03-16T09:25")
    mailer("accreditations", *looked, workspace=workspace)
    mailer("run", "--until-idle", "--at", "2027-03-16T09:30", workspace=workspace)
    written = ("report", CAMPAIGN, "--out", workspace / "report", "--by", "Claire Delmas")
    mailer(*written, workspace=workspace)

    people = {contact["address"] for contact in answers("contacts", "list", workspace=workspace)}
    assert recipients(postbox) - before == Counter(people - {DEAD, OPTED_OUT, ACCREDITED})
    assert answer("status", workspace=workspace)["uncertain"] == []
    assert [m["state"] for m in answer("status", workspace=workspace)["mailings"]] == ["done"] * 3


def test_a_quota_that_the_version_before_accepted_without_effect_holds_now(workspace):
    def add(name, *more, expect=0):
        address = f"{name}@soir.example"
        who = (address, "--organisation", "Le Soir", *more, "--by", "Claire Delmas")
        return mailer("accreditations", "add", CAMPAIGN, *who, workspace=workspace, expect=expect)

    add("ada")
    add("bea")
    add("cy", expect=77)
    add("cy", "--state", "waiting")

    states = [
        entry["state"] for entry in answers("accreditations", "list", CAMPAIGN, workspace=workspace)
    ]
    assert states.count("waiting") == 1
