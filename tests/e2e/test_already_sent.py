"""What people have already is not sent again under another name, unless somebody insists."""

import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.commands import (
    EXAMPLE,
    a_workspace,
    adopt,
    answer,
    answers,
    launched_example,
    mailer,
)
from tests.e2e.test_walk import ANNOUNCED

COPY = "2017-12-09-copie"
LATER = "2017-12-04T11:00"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A workspace whose example campaign was launched, its announcement sent, its folder copied."""
    workspace = a_workspace(tmp_path_factory.mktemp("prepared") / "bureau")
    launched_example(workspace)
    mailer("run", "--until-idle", "--at", ANNOUNCED, workspace=workspace)
    copied = shutil.copytree(workspace / "campaigns" / EXAMPLE, workspace / "campaigns" / COPY)
    toml = copied / "campaign.toml"
    later = toml.read_text("utf-8").replace("J-5 09:30", "J-5 15:00")  # its first hour is past
    toml.write_text(later, "utf-8")
    return workspace


@pytest.fixture
def workspace(prepared, tmp_path):
    copied = Path(shutil.copytree(prepared, tmp_path / "bureau"))
    adopt(copied)
    return copied


def signed(workspace, campaign):
    mailer("approve", campaign, "--by", "C. Delmas", workspace=workspace)
    return answer("plan", campaign, workspace=workspace)["steps"][0]["recipients"]


def launched(workspace, campaign, count, *options, expect=0):
    return mailer(
        *("launch", campaign, "--confirm", count, "--by", "C. Delmas", "--at", LATER, *options),
        workspace=workspace,
        expect=expect,
    )


def test_a_copied_folder_is_refused_with_who_has_it_and_when_unless_somebody_insists(workspace):
    count = signed(workspace, COPY)
    warned = {
        finding["severity"]
        for finding in answers("check", COPY, workspace=workspace)
        if finding["check"] == "already-sent"
    }

    refused = launched(workspace, COPY, count, expect=77)

    said = " ".join(refused.stderr.replace("\u00a0", " ").split())
    assert f"Ce même texte est déjà parti à {count} des {count} destinataires" in said
    assert f"« Annonce » : {EXAMPLE}, Annonce, 04/12/2017 à 09 h 30" in said
    assert f"« Relance » : {EXAMPLE}, Relance, 07/12/2017 à 09 h 30" in said
    assert "--again" in said
    assert warned == {"warning"}
    assert len(answer("status", workspace=workspace)["mailings"]) == 4

    miscounted = launched(workspace, COPY, count + 1, "--again", expect=77)
    launched(workspace, COPY, count, "--again")

    assert "confirmé pour" in miscounted.stderr
    assert len(answer("status", workspace=workspace)["mailings"]) == 8


def test_a_renamed_step_of_the_same_campaign_is_not_signed_off(workspace):
    folder = workspace / "campaigns" / EXAMPLE
    toml = folder / "campaign.toml"
    toml.write_text(re.sub(r'id = "(\w+)"', r'id = "\1-2"', toml.read_text("utf-8")), "utf-8")
    for text in folder.glob("*.md"):
        step, _, rest = text.name.partition(".")
        text.rename(folder / f"{step}-2.{rest}")

    refused = mailer("approve", EXAMPLE, "--by", "C. Delmas", workspace=workspace, expect=77)

    assert "étape ajoutée (Annonce 2)" in refused.stderr.replace("\u00a0", " ")
