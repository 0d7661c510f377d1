"""An answer from an address that nobody in the directory has, by the commands one types."""

from tests.e2e.commands import EXAMPLE, answer, answers, mailer


def reminded(folder):
    steps = {each["step"]: each for each in answer("plan", EXAMPLE, workspace=folder)["steps"]}
    return steps["reminder"]["recipients"]


def test_an_answer_from_an_unknown_address_is_said_at_once_and_asked_about(tmp_path):
    folder, people = tmp_path / "office", tmp_path / "press.csv"
    mailer("init", folder)
    people.write_text("Courriel;Nom complet;Média\nana@radio.example;Ana Petit;Radio\n", "utf-8")
    mailer("contacts", "import", people, "--list", "press", workspace=folder)
    late = ("--force", "the example's event was years ago")
    add = ("accreditations", "add", EXAMPLE, "ana@radoi.example", *late)

    asked = mailer(*add, "--name", "Ana Petit", workspace=folder, lang="en")

    assert "Is it Ana Petit (Radio) ana@radio.example?" in asked.stderr
    assert reminded(folder) == 0
    planned = mailer("plan", EXAMPLE, workspace=folder, lang="en")
    assert "ana@radoi.example has answered" in planned.stdout
    checked = mailer("check", EXAMPLE, workspace=folder, lang="en", expect=1)
    assert "unknown-answer" in checked.stdout

    mailer(*add, "--for", "new", workspace=folder)
    assert reminded(folder) == 1

    mailer(*add, "--for", "ana@radio.example", workspace=folder)
    register = answers("accreditations", "list", EXAMPLE, workspace=folder)
    assert [(each["address"], each["perhaps"]) for each in register] == [("ana@radio.example", [])]
    assert reminded(folder) == 0
