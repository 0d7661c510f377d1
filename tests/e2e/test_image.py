"""The image, really built and started: minutes, so beside the gate.

    bash .ci/image [OPTION OF THE BUILD]...

builds it over the base that the engine holds, and passes this file. Nothing is fetched for it but
packages; where the network needs more than that (a certificate, the network of the host), the
options name it.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest
from openpyxl import Workbook
from sqlalchemy import make_url

import mailer
from tests.counterparts.postgres import MISSING, database_on
from tests.counterparts.waiting import wait_until
from tests.counterparts.webhook import free_port
from tests.e2e.test_new_from import in_word

ROOT = Path(__file__).resolve().parents[2]
BASE = re.search(r"(?m)^FROM (\S+) AS build$", (ROOT / "Containerfile").read_text("utf-8"))[1]
GUARDED = shlex.split("--read-only --tmpfs=/tmp --cap-drop=ALL --security-opt=no-new-privileges")
LARGEST_BYTES = 250_000_000
"""What the image may take unpacked, with all that it is built from."""


def asked(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def holds_base(engine):
    return (
        shutil.which(engine) is not None and not asked(engine, "image", "inspect", BASE).returncode
    )


ASKED_FOR = "MAILER_BUILD_OPTIONS" in os.environ
ENGINE = next(filter(holds_base, ("docker", "podman") if ASKED_FOR else ()), "")

# Building takes minutes and an engine; test_running_it.py compares image and program in the gate.
pytestmark = [
    pytest.mark.skipif(not ASKED_FOR, reason="built by .ci/image only: it takes minutes"),
    pytest.mark.skipif(not ENGINE, reason=f"no container engine here holds {BASE}"),
]


def engine(*words):
    done = asked(ENGINE, *words)
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
    return done.stdout.strip()


@pytest.fixture(scope="module")
def image():
    # The health check is no part of the other format that podman writes.
    options = ["--format=docker"] if ENGINE == "podman" else []
    options += shlex.split(os.environ["MAILER_BUILD_OPTIONS"])
    engine("build", *options, f"--file={ROOT / 'Containerfile'}", "--tag=mailer-tested", str(ROOT))
    yield "mailer-tested"
    engine("image", "rm", "--force", "mailer-tested")


@pytest.fixture
def folder(tmp_path):
    """A folder in which the account of the image, who is nobody here, may write."""
    (tmp_path / "office").mkdir()
    (tmp_path / "office").chmod(0o777)
    return tmp_path / "office"


@pytest.fixture
def run(image, folder):
    """Runs a command in the image, offline, over the folder; returns what it said."""
    offline = ("run", "--rm", *GUARDED, "--network=none", f"--volume={folder}:/office")

    def run(*command, program="mailer"):
        return engine(*offline, f"--entrypoint={program}", image, *command)

    return run


def test_issue_17_the_image_is_small_and_says_how_its_health_is_asked(image):
    described = json.loads(engine("image", "inspect", image))[0]

    assert described["Size"] <= LARGEST_BYTES
    assert described["Config"]["User"] == "10001:10001"
    health = described.get("Healthcheck") or described["Config"]["Healthcheck"]
    assert health["Test"] == ["CMD", "mailer", "status", "--probe"]


def test_issue_17_the_image_holds_the_program_and_a_list_of_its_parts_and_no_more(run):
    tools = "for tool in apt cc perl pip su; do command -v $tool; done"
    setuid = "find / -xdev -type f -perm /6000 2>/dev/null"

    seen = run("-c", f"id -u; touch /x /opt/mailer/x 2>&1; {tools}; {setuid}; :", program="sh")
    seen = seen.splitlines()

    assert seen[0] == "10001"
    assert [line.rpartition(": ")[2] for line in seen[1:]] == ["Read-only file system"] * 2
    assert run("--version") == f"mailer {mailer.__version__}"
    parts = json.loads(run("/opt/mailer/share/sbom.cdx.json", program="cat"))["components"]
    names = {part["name"] for part in parts}
    assert {"press-mailer", "psycopg", "procrastinate"} <= names
    assert not {"pip", "cyclonedx-bom", "hatchling", "pytest"} & names


WHOLE = """
import ctypes, ssl, sys, zoneinfo
from importlib import import_module
from pathlib import Path
for name in sorted(sys.stdlib_module_names - set(sys.argv)):
    if not name.startswith("_"):
        import_module(name)
for file in Path(sys.prefix).rglob("*.so*"):
    ctypes.PyDLL(str(file))
print(len(ssl.create_default_context().get_ca_certs()), len(zoneinfo.available_timezones()))
"""
OF_OTHER_SYSTEMS = ["msvcrt", "nt", "winreg", "winsound"]
LEFT_OUT = [
    "antigravity",
    "ensurepip",
    "idlelib",
    "pydoc_data",
    "this",
    "tkinter",
    "turtle",
    "turtledemo",
]


def test_pythons_library_all_shared_objects_certificates_and_time_zones_are_there(run):
    certificates, zones = map(
        int, run("-c", WHOLE, *OF_OTHER_SYSTEMS, *LEFT_OUT, program="python").split()
    )

    assert certificates > 100
    assert zones > 400


def test_the_whole_example_is_played_in_it_without_a_network(run, folder):
    said = run("--lang", "fr", "demo")

    assert "rien n’est parti" in said
    messages = [
        file.read_text("utf-8", "replace") for file in folder.rglob("demo/messages/**/*.eml")
    ]
    assert len(messages) == int(re.search(r"(\d+) messages écrits", said)[1])


def test_documents_and_lists_are_read_and_days_written_in_two_languages(run, folder):
    (folder / "avis.docx").write_bytes(in_word())
    book = Workbook()
    book.active.append(["Nom", "Prénom", "Courriel"])
    book.active.append(["Martin", "Zoé", "zoe.martin@journal.example"])
    book.save(folder / "presse.xlsx")
    run("init", "/office/bureau")
    within = ("--workspace", "/office/bureau", "--lang")

    run(*within, "fr", "new", "2026-03-31-mer", "--from", "/office/avis.docx")
    run(*within, "fr", "contacts", "import", "/office/presse.xlsx", "--list", "press")
    french = run(*within, "fr", "plan", "2026-03-31-mer")
    english = run(*within, "en", "plan", "2026-03-31-mer")

    assert "La mer, cartographiée" in french
    assert "ven. 20 mars" in french
    assert "Fri 20 Mar" in english


CONFIG = """[office]
name = "Institut"
[ledger]
url = "credential:ledger_url"
[engine]
kind = "procrastinate"
[unsubscribe]
base_url = "https://presse.institut.example"
keys = ["credential:unsubscribe_key"]
port = {pages}
[web]
port = {desk}
[monitoring]
port = {monitoring}
"""


@pytest.fixture
def office(postgres, folder, tmp_path):
    """The options with which a container has this workspace, its secrets and its database."""
    assert postgres is not None, MISSING
    mounted = {folder: "/office", tmp_path / "secrets": "/run/secrets"}
    (tmp_path / "secrets").mkdir()
    socket = make_url(postgres).query.get("host")
    if socket:
        Path(socket).chmod(0o755)
        mounted[Path(socket)] = socket
    ports = {name: free_port() for name in ("pages", "desk", "monitoring")}
    (folder / "campaigns").mkdir()
    (folder / "config.toml").write_text(CONFIG.format(**ports), "utf-8")
    (tmp_path / "secrets/unsubscribe_key").write_text("x" * 43, "utf-8")
    with database_on(postgres, name=f"mailer_image_{os.getpid()}") as url:
        (tmp_path / "secrets/ledger_url").write_text(url, "utf-8")
        options = (
            "--network=host",
            *(f"--volume={here}:{there}" for here, there in mounted.items()),
        )
        yield options, ports


def test_issue_17_worker_desk_and_receiver_are_healthy_and_end_when_they_are_asked_to(
    image, office
):
    options, ports = office
    start = ("run", *GUARDED, *options)
    engine(*start, "--rm", image, "migrate")
    started = {
        engine(*start, "--detach", image, *command.split()): ports["monitoring"] + above
        for above, command in enumerate(["run", "web --without-service --no-browser", "receive"])
    }
    try:
        for container, port in started.items():
            look = f"import urllib.request as u; u.urlopen('http://127.0.0.1:{port}/healthz/ready')"
            wait_until(partial(is_well, container, "python", "-c", look))
        worker = next(iter(started))
        wait_until(partial(is_well, worker, "mailer", "status", "--probe"))
        with urlopen(f"http://127.0.0.1:{ports['desk']}/entrer") as page:
            assert b"<form" in page.read()
        for container in started:
            engine("stop", "--time=600", container)
            assert engine("inspect", "--format={{.State.ExitCode}}", container) == "0"
            logs = asked(ENGINE, "logs", container)
            assert "Traceback" not in logs.stdout + logs.stderr
    finally:
        for container in started:
            asked(ENGINE, "rm", "--force", container)


def is_well(container, *command):
    assert engine("inspect", "--format={{.State.Running}}", container) == "true"
    return asked(ENGINE, "exec", container, *command).returncode == 0
