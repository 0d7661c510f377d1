"""A damaged ledger, as whoever runs the program meets it."""

from tests.e2e.commands import EXAMPLE, a_workspace, answer, mailer


def test_a_damaged_ledger_sends_nothing_and_names_the_backup_that_restore_puts_in_its_place(
    tmp_path,
):
    workspace = a_workspace(tmp_path / "press")
    mailer("approve", EXAMPLE, "--by", "Hugo Marchetti", workspace=workspace)
    count = answer("plan", EXAMPLE, workspace=workspace)["steps"][0]["recipients"]
    at = "2017-11-27T09:00"
    mailer("launch", EXAMPLE, "--confirm", count, "--at", at, workspace=workspace)
    mailer("run", "--until-idle", workspace=workspace)
    (backup,) = (workspace / "var" / "backups").iterdir()
    ledger = workspace / "var" / "ledger.db"
    content = bytearray(ledger.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    ledger.write_bytes(content)

    refused = mailer("run", "--until-idle", workspace=workspace, lang="en", expect=74)
    restored = mailer("restore", "--by", "amina benali", workspace=workspace, lang="en")

    assert f"The newest backup that is whole is {backup}" in refused.stderr
    assert str(backup) in restored.stdout
    states = {each["state"] for each in answer("status", workspace=workspace)["mailings"]}
    assert states == {"missed"}
