"""One person in the directory, by the commands one types."""

import openpyxl

from tests.e2e.commands import answers, mailer


def people(folder):
    return {each["address"]: each for each in answers("contacts", "list", workspace=folder)}


def test_one_person_is_added_edited_listed_and_removed(tmp_path):
    folder, eva = tmp_path / "office", "eva@radio.example"
    mailer("init", folder)

    mailer(
        *("contacts", "add", eva, "--list", "press", "--name", "Mme Eva Bélard"),
        *("--outlet", "Radio", "--set", "fonction=Journaliste"),
        workspace=folder,
    )
    mailer("contacts", "add", eva, "--list", "asso", workspace=folder)
    mailer("contacts", "edit", eva, "--set", "langue=en", "--outlet", "=Radio", workspace=folder)

    assert people(folder)[eva]["lists"] == ["asso", "press"]
    assert people(folder)[eva]["language"] == "en"
    lists = answers("contacts", "lists", workspace=folder)
    assert lists == [{"list": "asso", "people": 1}, {"list": "press", "people": 1}]

    table = tmp_path / "people.xlsx"
    mailer("contacts", "export", "--out", table, workspace=folder)
    heads, row = openpyxl.load_workbook(table).active.iter_rows()
    assert [cell.value for cell in heads[:2]] == ["Courriel", "Civilité"]
    assert (row[0].value, row[4].value, row[4].data_type) == (eva, "=Radio", "s")
    assert table.stat().st_mode & 0o077 == 0
    mailer("contacts", "import", table, "--list", "again", workspace=folder)
    assert "again" in people(folder)[eva]["lists"]
    refused = mailer(
        "contacts", "export", "--out", tmp_path / "people.ods", workspace=folder, expect=65
    )
    assert ".xlsx" in refused.stderr

    mailer("contacts", "remove", eva, "--list", "asso", workspace=folder)
    assert "asso" not in people(folder)[eva]["lists"]
    mailer("contacts", "remove", eva, "--yes", workspace=folder)
    assert people(folder) == {}
