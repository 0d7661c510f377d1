"""The README's walk, followed to the letter."""

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.commands import answer, mailer

README = Path(__file__).resolve().parents[2] / "README.md"
NEW = "2027-03-18"


def the_walk():
    """The commands of the walk as lists of words, in their order."""
    text = README.read_text("utf-8").partition("## A campaign, from folder to report")[2]
    text = text.partition("\n## ")[0].replace("\\\n", " ")
    lines = re.findall(r"^    (mailer .*)$", text, re.MULTILINE)
    return [shlex.split(line.partition(" && ")[0], comments=True)[1:] for line in lines]


def a_working_day_ahead():
    """A Tuesday in about four months."""
    day = datetime.now(UTC).date() + timedelta(days=120)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def test_the_walk_of_the_readme_leads_from_an_empty_folder_to_a_report(tmp_path):
    ahead, workspace = f"{a_working_day_ahead()}", tmp_path / "press-office"
    done = []
    for words in the_walk():
        arguments = [word.replace(NEW, ahead) for word in words]
        options = {"workspace": workspace}
        match words[0]:
            case "init":
                arguments, options = ["init", workspace], {}
            case "contacts":
                arguments[2] = workspace / arguments[2]
            case "check":
                fill_in_the_texts(workspace / "campaigns" / arguments[1])
            case "launch":
                steps = answer("plan", arguments[1], workspace=workspace)["steps"]
                arguments += ["--confirm", steps[0]["recipients"]]
            case "run":
                arguments.append("--until-idle")
            case "rehearse" | "report":
                arguments[-1] = tmp_path / arguments[-1]
        if words[0] != "preview":  # a page that stays open in the browser
            mailer(*arguments, **options)
        done.append(words[0])

    assert done[:4] == ["init", "contacts", "new", "check"]
    assert {"plan", "rehearse", "proof", "approve", "launch", "run", "report"} <= {*done}
    assert (tmp_path / "bilan" / "index.html").is_file()


def fill_in_the_texts(folder):
    """What a person does between `mailer new` and `mailer check`."""
    for file in folder.iterdir():
        text = file.read_text("utf-8")
        file.write_text(re.sub("(?i)à compléter", "Quatre équipes présentent", text), "utf-8")
