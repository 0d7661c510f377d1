"""The image, really built and started, where an engine holds the images that it is built from.

Nothing is fetched for it but packages. A network that needs more than that (a certificate, a mirror)
is named in MAILER_BUILD_OPTIONS, which the build is given.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import make_url

import mailer
from tests.counterparts.postgres import MISSING, database_on
from tests.counterparts.waiting import wait_until
from tests.counterparts.webhook import free_port

ROOT = Path(__file__).resolve().parents[2]
BASE = re.search(r"(?m)^FROM (\S+)$", (ROOT / "Containerfile").read_text("utf-8"))[1]
GUARDED = shlex.split("--read-only --cap-drop=ALL --security-opt=no-new-privileges --network=host")
ADDED_BYTES = 210_000_000
"""What the image may add to its base."""


def asked(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def holds_base(engine):
    return shutil.which(engine) is not None and asked(engine, "image", "inspect", BASE)[0] == 0


ENGINE = next(filter(holds_base, ("docker", "podman")), "")

# CI has no engine; there test_running_it.py compares the image with the program part by part.
pytestmark = pytest.mark.skipif(not ENGINE, reason=f"no container engine here holds {BASE}")


def engine(*words):
    code, said, complaint = asked(ENGINE, *words)
    assert code == 0, complaint[-2000:]
    return said.strip()


def size_of(image):
    return int(engine("image", "inspect", "--format={{.Size}}", image))


@pytest.fixture(scope="module")
def image():
    # The health check is no part of the other format that podman writes.
    options = ["--format=docker"] if ENGINE == "podman" else []
    options += shlex.split(os.environ.get("MAILER_BUILD_OPTIONS", ""))
    engine("build", *options, f"--file={ROOT / 'Containerfile'}", "--tag=mailer-tested", str(ROOT))
    yield "mailer-tested"
    engine("image", "rm", "--force", "mailer-tested")


def test_issue_17_the_image_holds_the_program_and_a_list_of_its_parts_and_no_more(image):
    look = "id -u; touch /x /opt/mailer/x 2>&1; cat /opt/mailer/share/sbom.cdx.json"

    seen = engine("run", "--rm", *GUARDED, "--entrypoint=sh", image, "-c", look)

    assert re.search(r"(?m)^10001$", seen)
    assert seen.count("Read-only file system") == 2
    assert engine("run", "--rm", *GUARDED, image, "--version") == f"mailer {mailer.__version__}"
    names = {
        part["name"]
        for part in json.loads(seen[seen.index("{") : seen.rindex("}") + 1])["components"]
    }
    assert {"press-mailer", "psycopg", "procrastinate"} <= names
    assert not {"pip", "cyclonedx-bom", "hatchling", "pytest"} & names
    assert size_of(image) - size_of(BASE) < ADDED_BYTES


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
def office(postgres, tmp_path):
    """The options with which a container has this workspace, its secrets and its database."""
    if postgres is None:
        pytest.skip(MISSING)
    mounted = {tmp_path / "office": "/office", tmp_path / "secrets": "/run/secrets"}
    for folder in mounted:
        folder.mkdir()
        folder.chmod(0o777)  # the account of the image is nobody here
    socket = make_url(postgres).query.get("host")
    if socket:
        Path(socket).chmod(0o755)
        mounted[Path(socket)] = socket
    ports = {name: free_port() for name in ("pages", "desk", "monitoring")}
    (tmp_path / "office/campaigns").mkdir(mode=0o755)
    (tmp_path / "office/config.toml").write_text(CONFIG.format(**ports), "utf-8")
    (tmp_path / "secrets/unsubscribe_key").write_text("x" * 43, "utf-8")
    with database_on(postgres, name=f"mailer_image_{os.getpid()}") as url:
        (tmp_path / "secrets/ledger_url").write_text(url, "utf-8")
        options = ("--tmpfs=/tmp", *(f"--volume={here}:{there}" for here, there in mounted.items()))
        yield options, ports["monitoring"]


def test_issue_17_worker_desk_and_receiver_are_healthy_and_end_when_they_are_asked_to(
    image, office
):
    options, monitoring = office
    start = ("run", *GUARDED, *options)
    engine(*start, "--rm", image, "migrate")
    started = {
        engine(*start, "--detach", image, *command.split()): monitoring + above
        for above, command in enumerate(["run", "web --without-service --no-browser", "receive"])
    }
    try:
        for container, port in started.items():
            look = f"import urllib.request as u; u.urlopen('http://127.0.0.1:{port}/healthz/ready')"
            wait_until(partial(is_well, container, "python", "-c", look))
        worker = next(iter(started))
        wait_until(partial(is_well, worker, "mailer", "status", "--probe"))
        for container in started:
            engine("stop", "--time=600", container)
            code = engine("inspect", "--format={{.State.ExitCode}}", container)
            assert (code, "".join(asked(ENGINE, "logs", container)[1:]).count("Traceback")) == (
                "0",
                0,
            )
    finally:
        for container in started:
            asked(ENGINE, "rm", "--force", container)


def is_well(container, *command):
    assert engine("inspect", "--format={{.State.Running}}", container) == "true"
    return asked(ENGINE, "exec", container, *command)[0] == 0
