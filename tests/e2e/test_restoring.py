"""A damaged ledger and a copied workspace, as the people who run the program meet them."""

import shutil

from tests.e2e.commands import EXAMPLE, a_workspace, answer, mailer, sign_and_launch


def test_a_damaged_ledger_sends_nothing_and_names_the_backup_that_restore_puts_in_its_place(
    tmp_path,
):
    workspace = a_workspace(tmp_path / "press")
    mailer("approve", EXAMPLE, "--by", "Hugo Marchetti", workspace=workspace)
    count = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]["recipients"]
    at = "2017-11-27T09:00"
    mailer("launch", EXAMPLE, "--confirm", count, "--at", at, workspace=workspace)
    mailer("run", "--until-idle", workspace=workspace)
    (backup,) = (workspace / "var" / "backups").glob("*.db")
    ledger = workspace / "var" / "ledger.db"
    content = bytearray(ledger.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    ledger.write_bytes(content)

    refused = mailer("run", "--until-idle", workspace=workspace, lang="en", expect=74)
    restored = mailer("restore", "--by", "amina benali", workspace=workspace, lang="en")

    assert f"The newest backup that is whole is {backup.relative_to(workspace)}" in refused.stderr
    assert str(backup.relative_to(workspace)) in restored.stdout
    states = {each["state"] for each in answer("status", workspace=workspace)["mailings"]}
    assert states == {"missed"}


def test_a_copied_workspace_sends_nothing_until_somebody_says_that_the_other_one_is_gone(tmp_path):
    workspace, copy = a_workspace(tmp_path / "press"), tmp_path / "laptop"
    sign_and_launch(workspace)
    shutil.copytree(workspace, copy)
    run = ("run", "--until-idle", "--at")
    mailer(*run, "2017-12-04T09:30", workspace=workspace)

    refused = mailer(*run, "2017-12-04T13:00", workspace=copy, expect=77)
    shown = mailer("status", workspace=copy)

    assert "rien ne part d’ici" in refused.stderr
    assert "mailer adopt --by" in refused.stderr
    assert "rien ne part d’ici" in shown.stderr
    assert not (copy / "var" / "outbox").exists()

    adopted = mailer("adopt", "--by", "amina benali", "--at", "2017-12-04T13:00", workspace=copy)
    mailer(*run, "2017-12-04T13:00", workspace=copy)

    count = len(list((workspace / "var" / "outbox").rglob("*.eml")))
    assert f"{count} personnes l’ont peut-être reçu" in adopted.stdout
    announcement = answer("status", workspace=copy)["mailings"][0]
    assert announcement["by_status"] == {"uncertain": count}
    assert len(answer("status", workspace=copy)["uncertain"]) == count
