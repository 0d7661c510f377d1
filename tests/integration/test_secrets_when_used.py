"""Secrets are read when they are used: what sends nothing runs without them."""

import pytest

from mailer.cli.main import run
from mailer.files.bundled import bundled
from tests.e2e.commands import EXAMPLE

RELAY = "MAILER_SMTP_PASSWORD"


@pytest.fixture
def mailer(tmp_path, monkeypatch):
    """The commands in a workspace that sends through a relay whose password is not here."""
    monkeypatch.delenv(RELAY, raising=False)
    text = bundled("config.example.toml").read_text("utf-8")
    text = text.replace('backend = "file"', 'backend = "smtp"')
    (tmp_path / "config.toml").write_text(text, "utf-8")
    campaign = tmp_path / "campaigns" / EXAMPLE
    campaign.parent.mkdir()
    campaign.symlink_to(bundled(f"campaigns/{EXAMPLE}"))
    return lambda *arguments: run(["--workspace", str(tmp_path), "--lang", "en", *arguments])


@pytest.mark.parametrize(
    "command", [("status",), ("contacts", "list"), ("plan", EXAMPLE), ("check", EXAMPLE)], ids=str
)
def test_what_sends_nothing_asks_for_no_password(mailer, capsys, command):
    code = mailer(*command)

    assert code in {0, 1}  # 1: findings, as there is nobody to write to
    assert RELAY not in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [("launch", EXAMPLE, "--confirm", "1"), ("run", "--until-idle")], ids=str
)
def test_what_sends_names_the_password_that_is_missing(mailer, capsys, command):
    code = mailer(*command)

    complaint = capsys.readouterr().err
    assert code == 78
    assert f"no variable “{RELAY}”" in complaint
    assert "transport.smtp.password" in complaint
