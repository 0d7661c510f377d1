"""The papers about security say what is true: each threat has its test, each part is listed."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THREATS = (ROOT / "docs" / "why" / "threats.md").read_text("utf-8")


def test_issue_17_each_threat_has_a_rule_and_names_tests_that_exist():
    rows = re.findall(r"(?m)^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", THREATS)
    defined = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"(?m)^\s*def (test_\w+)\(", file.read_text("utf-8"))
    }

    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 22
    for number, _threat, _rule, tests in rows:
        named = re.findall(r"`(test_\w+)`", tests)
        assert named, number
        assert set(named) <= defined, number


def audit(place):
    return subprocess.run(
        [sys.executable, ROOT / ".ci" / "audit.py", *([place] if place else [])],
        capture_output=True,
        text=True,
        check=False,
    )


def an_advisory(name, *events, **more):
    return {
        "id": "X-1",
        "modified": "2026-11-01T00:00:00Z",
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": name},
                "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
            }
        ],
        **more,
    }


@pytest.mark.parametrize(
    ("advisory", "code"),
    [
        (an_advisory("Jinja2", {"introduced": "0"}), 1),
        (an_advisory("jinja2", {"introduced": "0"}, {"fixed": "3.0"}), 0),
        (an_advisory("jinja2", {"introduced": "0"}, {"last_affected": "999"}), 1),
        (an_advisory("jinja2", {"introduced": "999"}), 0),
        (
            an_advisory("jinja2", {"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}),
            1,
        ),
        (an_advisory("jinja2", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"), 3),
        (an_advisory("somebody-elses", {"introduced": "0"}), 0),
    ],
)
def test_issue_17_a_locked_version_with_an_advisory_fails_the_audit(tmp_path, advisory, code):
    (tmp_path / "X-1.json").write_text(json.dumps(advisory), "utf-8")
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(tmp_path / "X-1.json", "X-1.json")

    assert audit(tmp_path).returncode == code
    assert audit(packed).returncode == code


def test_an_audit_that_compared_nothing_does_not_pass(tmp_path):
    assert audit(None).returncode == 3
    assert audit(tmp_path / "gone").returncode == 3
    assert audit(tmp_path).returncode == 3


def test_issue_17_the_list_of_parts_names_everything_that_is_locked():
    written = subprocess.run(
        [
            Path(sys.executable).with_name("cyclonedx-py"),
            "requirements",
            "--output-reproducible",
            "--of",
            "JSON",
            ROOT / "requirements.txt",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    parts = {each["name"].lower() for each in json.loads(written.stdout)["components"]}
    locked = re.findall(
        r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", (ROOT / "requirements.txt").read_text("utf-8")
    )
    assert {name.lower() for name in locked} <= parts
