"""A language costs one module, its line in `LANGUAGES` and its catalogue: shown with Italian."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNTERPARTS = ROOT / "tests" / "counterparts"


@pytest.fixture(scope="module")
def italian(tmp_path_factory):
    """What a copy of the package does in Italian, once Italian is added to it."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "mailer", copy / "mailer", ignore=shutil.ignore_patterns("*.pyc", "*.mo")
    )
    languages = copy / "mailer" / "languages"
    shutil.copy(COUNTERPARTS / "italian.py", languages / "it.py")
    listing = (languages / "__init__.py").read_text("utf-8")
    listing = listing.replace(
        "from mailer.languages.language", "from mailer.languages.it import ITALIAN\nfrom mailer.languages.language"
    ).replace("(FRENCH, ENGLISH)", "(FRENCH, ENGLISH, ITALIAN)")  # fmt: skip
    (languages / "__init__.py").write_text(listing, "utf-8")
    catalogue = copy / "mailer" / "locale" / "it" / "LC_MESSAGES" / "mailer.po"
    catalogue.parent.mkdir(parents=True)
    # What it says is the translator's affair; that it is found is ours.
    french = (ROOT / "mailer" / "locale" / "fr" / "LC_MESSAGES" / "mailer.po").read_text("utf-8")
    catalogue.write_text(french.replace("Language: fr", "Language: it"), "utf-8")
    ran = subprocess.run(
        [sys.executable, str(COUNTERPARTS / "in_italian.py"), str(copy)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(copy), str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    answers = json.loads(ran.stdout)
    assert Path(answers["package"]).is_relative_to(copy)
    return answers


def test_it_is_complete_and_spoken(italian):
    assert italian["missing"] == 0
    assert italian["command line"] == "it"
    assert italian["catalogue"] == "it"


def test_a_message_is_written_in_it(italian):
    assert italian["salutation"] == "Gentile Signora Rossi"
    assert italian["day"] == "venerdì 1º dicembre 2017"
    assert italian["hour"] == "09.30"
    assert italian["typeset"] == "perché"


def test_a_contact_list_names_it(italian):
    assert italian["contact list"] == ["it", "Mme", "last-name", True]


def test_the_checks_read_it(italian):
    assert "language-incomplete" not in italian["findings"]
    assert {
        "event-differs",
        "ordinal-suffix",
        "relative-date",
        "straight-quotes",
        "unresolved-placeholder",
        "vague-link-text",
        "weekday-differs",
    } <= set(italian["findings"])


def test_an_absence_is_understood(italian):
    assert italian["reading"] == ["auto-reply", "2017-12-12"]


def test_a_new_campaign_begins_in_it(italian):
    assert 'subject = "Promemoria – {{ campaign.title }}"' in italian["new campaign"]
    assert italian["new campaign"].startswith("# I fatti si scrivono qui una volta sola.")
