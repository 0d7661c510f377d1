"""The press room as a process that the system keeps running."""

import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.e2e.commands import a_workspace, mailer

MAILER = Path(sys.executable).with_name("mailer")


def heard_by(manager, process):
    """What the process tells the service manager next; empty when it has ended without a word."""
    while not select.select([manager], [], [], 1)[0]:
        if process.poll() is not None:
            return b""
    return manager.recv(100)


def test_it_says_that_it_is_ready_and_that_it_ends(tmp_path, monkeypatch):
    workspace, address = a_workspace(tmp_path / "press"), str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        process = subprocess.Popen([MAILER, "--workspace", workspace, "pressroom", "--port", "0"])
        try:
            ready = heard_by(manager, process)
            process.send_signal(signal.SIGTERM)
            ended = heard_by(manager, process)
        finally:
            process.kill()
            process.wait()

    assert (ready, ended) == (b"READY=1", b"STOPPING=1")


def test_the_system_keeps_it_running_where_it_has_an_address(tmp_path):
    workspace = a_workspace(tmp_path / "press")
    config = workspace / "config.toml"

    without = mailer("install-service", "--system", "systemd", workspace=workspace).stdout
    text = config.read_text("utf-8")
    assert text.count('public_url = ""') == 2, "of the press room, then of the desk"
    before, _of_press_room, after = text.partition('public_url = ""')
    config.write_text(f'{before}public_url = "https://presse.institut.example"{after}', "utf-8")
    with_address = mailer("install-service", "--system", "systemd", workspace=workspace).stdout

    assert "mailer-run.service" in without
    assert "pressroom" not in without
    assert "mailer-pressroom.service" in with_address
