"""The checks on whole campaigns: the example has no fault, a faulty one has each of its own."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailer.checks import run_checks
from mailer.config import load_settings
from mailer.errors import ContentError
from mailer.files.bundled import bundled
from mailer.files.contact_files import read_contacts
from mailer.ledger import open_ledger
from mailer.operations.campaigns.drafts.prepare import prepare
from mailer.operations.people.import_contacts import import_contacts
from mailer.operations.sending.audience import Directory
from tests.counterparts.builders import ACTOR
from tests.counterparts.campaigns import load_campaign
from tests.counterparts.compiling import compile_once, our_template

NOW = datetime(2017, 11, 24, 9, tzinfo=UTC)
EXAMPLE = bundled("campaigns") / "2017-12-09-recherche-associations"
FAULTY = Path(__file__).parents[1] / "corpus" / "campaigns" / "ten-faults"


@pytest.fixture
def findings_in(tmp_path):
    """What `mailer check` finds in a folder, with the example's lists imported."""
    shutil.copy(bundled("config.example.toml"), tmp_path / "config.toml")
    settings = load_settings(tmp_path, environment={})
    ledger = open_ledger(settings.ledger.url_in(tmp_path))
    for file, name in (("journalistes.xlsx", "press"), ("associations.csv", "associations")):
        read = read_contacts(EXAMPLE / "lists" / file, list_name=name, read_on=NOW.date())
        import_contacts(read, ledger=ledger, now=NOW, actor=ACTOR)

    def found(folder):
        draft = prepare(
            load_campaign(folder, office=settings.office),
            office=settings.office,
            letterhead=settings.letterhead,
            template_for=our_template,
            compile_=compile_once,
            directory=Directory(ledger, now=NOW),
            now=NOW,
        )
        return run_checks(draft)

    yield found
    ledger.close()


def told(finding):
    return (
        f"{finding.severity} {Path(finding.where.file).name}:{finding.where.line} {finding.check}"
    )


def test_the_example_campaign_has_no_fault(findings_in):
    assert findings_in(EXAMPLE) == ()


def test_each_planted_fault_is_one_finding_at_its_place_and_nothing_else(findings_in):
    found = findings_in(FAULTY)

    assert sorted(map(told, found)) == sorted(
        [
            "error campaign.toml:9 event-without-hour",
            "error campaign.toml:12 accreditation-without-deadline",
            "error campaign.toml:1 press-contact-without-phone",
            "error announcement.md:10 link-without-target",
            "error reminder.md:4 weekday-differs",
            "warning announcement.md:3 relative-date",
            "warning campaign.toml:7 no-street-address",
            "warning campaign.toml:13 answer-without-mail",
            "warning campaign.toml:23 link-over-http",
            "warning reminder.md:6 vague-link-text",
            "note campaign.toml:1 nobody-on-the-day",
            "note announcement.md:7 ordinal-suffix",
            "note announcement.md:8 straight-quotes",
        ]
    )
    assert all(str(text) for each in found for text in (each.what, each.why, each.remedy))


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("announcement.md", "{{ event.dat }}"),
        ("announcement.md", "{% if event %}"),
        ("announcement.md", "{{ event.date"),
        ("announcement.md", "![](absent.png)"),
        ("reminder.md", "{{ 1/0 }}"),
        ("campaign.toml", "\n[[steps]\n"),
        ("campaign.toml", "\ntemplate = 'pres'\n"),
        ("campaign.toml", '\n[[steps]]\nid = "x"\nsend = "J-1 09:30"\nto = ["press"]\n'),
    ],
)
def test_a_spoilt_folder_is_told_with_its_place_and_never_a_traceback(
    findings_in, tmp_path, file, spoil
):
    folder = tmp_path / "spoilt"
    shutil.copytree(EXAMPLE, folder)
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write(spoil)

    try:
        problems = [
            (finding.where, finding.what, finding.remedy) for finding in findings_in(folder)
        ]
    except ContentError as refused:
        problems = [(problem.where, problem.what, problem.remedy) for problem in refused.problems]

    assert problems
    assert all(where.file and str(what) and str(remedy) for where, what, remedy in problems)
