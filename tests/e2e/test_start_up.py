"""A command imports what it uses: most of the time of a short one is spent on imports."""

import subprocess
import sys

import pytest

NEEDED_BY_NEITHER = {
    "alembic", "cryptography", "email_validator", "icalendar", "imapclient",
    "jinja2", "markdown_it", "mjml", "multiprocessing", "openpyxl", "premailer", "sendgrid",
    "sqlalchemy.dialects.postgresql", "starlette", "mailer.checks", "mailer.feedback.reader",
    "mailer.feedback.classify.rules", "mailer.operations.sending.compose", "mailer.pages",
    "mailer.render", "mailer.sandbox.children", "mailer.providers.smtp.connection",
    "mailer.contacts.refusals.refusals", "mailer.sandbox.preloaded",
}  # fmt: skip
NEEDED_BY_STATUS = {"pydantic", "rich", "sqlalchemy", "mailer.wiring.app", "mailer.ledger"}
NEEDED_BY_A_COMMAND = {
    "mailer.cli.feedback.bounces",
    "mailer.languages",
    "mailer.model.campaigns.campaign",
    "babel",
}
NEEDED_BY_NO_CHECK = {
    "bs4", "cryptography", "cssutils", "email_validator", "icalendar", "imapclient",
    "jinja2", "lxml", "mammoth", "mjml", "openpyxl", "premailer", "sendgrid", "starlette",
    "tomlkit", "mailer.files.documents", "mailer.operations.campaigns.writing.diagnosis",
    "mailer.pages", "mailer.render.compile",
}  # fmt: skip
FOR_CHILDREN_OF_A_SERVER = {"multiprocessing.forkserver", "multiprocessing.resource_tracker"}
LOADED = """
import sys
from mailer.cli.main import run
run(sys.argv[1:])
print("LOADED", *sys.modules)
"""


def modules_after(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "campaigns").mkdir()
    modules_after("--workspace", str(tmp_path), "status")  # makes the ledger
    return tmp_path


def test_the_list_of_commands_loads_no_part_of_the_program():
    loaded = modules_after("--help")

    assert loaded & (NEEDED_BY_NEITHER | NEEDED_BY_STATUS | NEEDED_BY_A_COMMAND) == set()


def test_the_status_loads_nothing_that_reads_texts_or_sends(workspace):
    loaded = modules_after("--workspace", str(workspace), "status")

    assert loaded & NEEDED_BY_NEITHER == set()
    assert loaded >= NEEDED_BY_STATUS - {"rich"}  # an office without mailings shows no table


def test_a_plan_loads_neither_the_checks_nor_what_reads_texts(tmp_path):
    modules_after("init", str(tmp_path / "office"))
    (campaign,) = (path.name for path in (tmp_path / "office" / "campaigns").iterdir())

    loaded = modules_after("--workspace", str(tmp_path / "office"), "plan", campaign)

    assert loaded & {"jinja2", "markdown_it", "mailer.checks", "mailer.render"} == set()
    assert loaded & {"mailer.contacts.refusals.refusals", "mailer.languages"} == set()
    assert "mailer.operations.campaigns.plans.plan" in loaded
    assert sys.platform != "linux" or loaded & FOR_CHILDREN_OF_A_SERVER == set()


def test_a_check_of_a_campaign_loads_no_reader_of_documents_and_renders_in_its_child(tmp_path):
    modules_after("init", str(tmp_path / "office"))
    (campaign,) = (path.name for path in (tmp_path / "office" / "campaigns").iterdir())

    loaded = modules_after("--workspace", str(tmp_path / "office"), "check", campaign)

    assert loaded & NEEDED_BY_NO_CHECK == set()
    assert loaded >= {"mailer.checks", "mailer.compatibility.gaps"}
    assert sys.platform != "linux" or loaded & FOR_CHILDREN_OF_A_SERVER == set()


def test_the_renderer_loads_nothing_that_fetches():
    code = "import sys, mailer.render.compile; print('requests' in sys.modules, 'urllib3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]
