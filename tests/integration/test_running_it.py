"""The files that keep the program running: units, tasks, image and compose file.

No container engine is needed: what the image and the compose file say is compared, part by part,
with the program, the checkout and the lock. Where an engine is, `docker compose config` reads the
file too. `.ci/image` builds the image and starts it.
"""

import getpass
import json
import plistlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from mailer.cli.commands import COMMANDS
from mailer.cli.listed import ListedGroup
from mailer.config.secrets import NoSecret, read_secret
from mailer.errors import ConfigError
from mailer.files.services import (
    Installation,
    OfficeProcess,
    System,
    service_files,
    write_service_files,
)
from mailer.files.workspace import make_workspace

ROOT = Path(__file__).resolve().parents[2]
IMAGE = (ROOT / "Containerfile").read_text("utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text("utf-8")
TOP_COMMANDS = {each.name for each in COMMANDS if not isinstance(each, ListedGroup)}
MAILER = Path(sys.executable).with_name("mailer")


def an_installation(workspace=Path("/srv/bureau"), **changes):
    values = {"program": MAILER, "workspace": workspace, "user": getpass.getuser()}
    return Installation(**{**values, **changes})


@pytest.fixture
def units(tmp_path):
    files = service_files(
        an_installation(credentials=("smtp-password",)),
        system=System.SYSTEMD,
        roles=tuple(OfficeProcess),
        folder=tmp_path,
    )
    write_service_files(files)
    return [file.path for file in files]


# Only systemd itself can judge its units; a container or another system has none.
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_issue_17_the_units_are_valid_and_hardened(units):
    verified = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    for unit in units:
        judged = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
            capture_output=True,
            text=True,
            check=False,
        )
        assert judged.returncode == 0, judged.stdout[-300:]


def test_the_unit_of_the_service_has_a_watchdog_and_is_given_its_secrets(units):
    run = next(unit for unit in units if unit.name == "mailer-run.service").read_text("utf-8")

    assert "Type=notify\n" in run
    assert "WatchdogSec=180\n" in run
    assert "LoadCredential=smtp-password:/etc/mailer/credentials/smtp-password\n" in run
    assert "@" not in run.replace("@system-service", "").replace("@privileged", "").replace(
        "@resources", ""
    )


def test_the_units_let_the_service_write_where_the_configuration_says(tmp_path):
    workspace, dumps, site = tmp_path / "bureau", tmp_path / "the dumps", tmp_path / "www" / "site"
    make_workspace(workspace)
    config = (workspace / "config.toml").read_text("utf-8")
    config = config.replace('dumps = ""', f'dumps = "{dumps}"').replace(
        'url = "var/ledger.db"', 'url = "postgresql://mailer@db.example/mailer"'
    )
    config = config.replace('\nfolder = "" # dossier où', f'\nfolder = "{site}" # dossier où')
    (workspace / "config.toml").write_text(config, "utf-8")

    done = subprocess.run(
        [MAILER, "--workspace", workspace, "install-service", "--system", "systemd"],
        capture_output=True,
        text=True,
        check=True,
    )

    written = [line for line in done.stdout.splitlines() if line.startswith("ReadWritePaths=")]
    one = [str(workspace), f"-{tmp_path}/the\\x20dumps", f"-{tmp_path}/www"]
    assert written == [f"ReadWritePaths={each}" for each in one] * 3


NATIVE = """
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(65, 1, 0, 0, 0) != 0:  # PR_SET_MDWE: as MemoryDenyWriteExecute does
    sys.exit(75)
from mjml import mjml2html
import argon2, cryptography.hazmat.primitives.asymmetric.rsa as rsa, lxml.etree, sqlalchemy, nh3
assert "<table" in mjml2html("<mjml><mj-body><mj-section><mj-column><mj-text>a</mj-text></mj-column></mj-section></mj-body></mjml>")
argon2.PasswordHasher().hash("a")
rsa.generate_private_key(65537, 2048)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a rule of Linux")
def test_the_native_parts_work_without_writable_executable_memory():
    done = subprocess.run(
        [sys.executable, "-c", NATIVE], capture_output=True, text=True, check=False
    )
    if done.returncode == 75:
        pytest.skip("this kernel has no PR_SET_MDWE")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "name", ["bureau", "bureau de presse", "bureau & co", "100 %", "a$HOME", "d’été", "<b>"]
)
def test_files_for_every_system_hold_any_folder_name(tmp_path, name):
    workspace = Path("/srv") / name
    made = {
        system: service_files(
            an_installation(workspace), system=system, roles=[OfficeProcess.RUN], folder=tmp_path
        )[0]
        for system in System
    }
    write_service_files(list(made.values()))

    plist = plistlib.loads(made[System.LAUNCHD].path.read_bytes())
    assert plist["ProgramArguments"] == [str(MAILER), "--workspace", str(workspace), "run"]
    task = ET.fromstring(made[System.WINDOWS].path.read_text("utf-16"))
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    assert task.find(f".//{space}WorkingDirectory").text == str(workspace)
    unit = made[System.SYSTEMD].content
    assert str(workspace).replace("%", "%%").replace("$", "$$") in unit


@pytest.mark.parametrize("system", System)
def test_a_second_office_of_a_machine_replaces_no_service_of_the_first(tmp_path, system):
    def files_of(workspace, office=""):
        return service_files(
            an_installation(Path("/srv") / workspace, office=office),
            system=system,
            roles=[OfficeProcess.WEB, OfficeProcess.RUN],
            folder=tmp_path,
        )

    first = files_of("physique")[1]
    write_service_files([first])
    before = first.path.read_bytes()

    for other in ("chimie", "physique-2", "phys"):
        with pytest.raises(ConfigError, match=re.escape(str(first.path))):
            write_service_files(files_of(other))
    left = sorted(tmp_path.iterdir())
    write_service_files(files_of("chimie", office="chimie"))
    write_service_files([first])

    assert left == [first.path]
    assert first.path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("office", ["../x", "Chimie", "a b", "é", "-a", "a" * 41, "a\n", "a.b"])
def test_a_name_of_an_office_that_files_cannot_have_is_refused(tmp_path, office):
    with pytest.raises(ConfigError, match="--office"):
        service_files(
            an_installation(office=office),
            system=System.SYSTEMD,
            roles=[OfficeProcess.RUN],
            folder=tmp_path,
        )


@pytest.mark.parametrize("name", ['a"b', "a\nExecStart=/bin/sh", "a\\b"])
def test_a_name_that_would_write_lines_of_its_own_is_refused(tmp_path, name):
    with pytest.raises(ConfigError):
        service_files(
            an_installation(Path("/srv") / name),
            system=System.SYSTEMD,
            roles=[OfficeProcess.RUN],
            folder=tmp_path,
        )


def test_a_credential_is_read_from_where_the_manager_puts_it_and_nowhere_else(tmp_path):
    secret = tmp_path / "smtp-password"
    secret.write_text("geheim\n", "utf-8")
    secret.chmod(0o440)  # with an access list of its own, as systemd leaves it
    environment = {"CREDENTIALS_DIRECTORY": str(tmp_path)}

    read = read_secret("credential:smtp-password", environment=environment, folder=tmp_path)

    assert read == "geheim"
    for name in ("../smtp-password", "/etc/passwd", ".", "gone"):
        with pytest.raises(NoSecret):
            read_secret(f"credential:{name}", environment=environment, folder=tmp_path)
    with pytest.raises(NoSecret):
        read_secret("credential:smtp-password", environment={}, folder=tmp_path)


def test_issue_17_the_image_is_slim_not_root_and_takes_only_what_has_a_hash():
    *stages, last = re.findall(r"(?m)^FROM (\S+)", IMAGE)
    build, final = IMAGE[: IMAGE.index(" AS system")], IMAGE[IMAGE.rindex("\nFROM ") :]

    assert len(set(stages)) == 1
    assert re.fullmatch(r"[^/]+-slim", stages[0])
    assert last == "scratch"
    assert IMAGE.count("apt-get install") == build.count("apt-get install") == 1
    assert re.search(r"(?m)^USER 10001:10001$", final)
    assert "pip install" not in final
    installs = re.findall(r"pip install ([^\\\n&]+)", IMAGE)
    assert len(installs) == 3
    assert all("--require-hashes" in each or "--no-deps ." in each for each in installs)
    assert "sbom.cdx.json" in IMAGE
    assert "HEALTHCHECK" in final
    assert '"mailer", "status", "--probe"' in final


def test_what_the_image_copies_is_there_and_let_through():
    kept = set(re.findall(r"(?m)^!(\S+)", (ROOT / ".dockerignore").read_text("utf-8")))
    copied = {
        source
        for line in re.findall(r"(?m)^COPY (?!--from)(.+)$", IMAGE)
        for source in line.split()[:-1]
    }

    assert copied == kept
    assert all((ROOT / source).exists() for source in copied)


def test_everything_that_the_lock_names_has_a_hash():
    for name in ROOT.glob("requirements*.txt"):
        blocks = re.split(r"(?m)^(?=\S)", name.read_text("utf-8"))
        assert all("--hash=sha256:" in block for block in blocks if block.strip()), name


def test_issue_17_the_compose_file_starts_commands_that_exist_and_guards_each():
    commands = re.findall(r'command: \["([a-z-]+)"', COMPOSE)
    services = set(re.findall(r"(?m)^  ([a-z]+):$", COMPOSE)) - {"office", "ledger"}

    assert services == {"postgres", "migrate", "worker", "desk", "receiver"}
    assert len(commands) == 4
    assert set(commands) <= TOP_COMMANDS
    assert COMPOSE.count("<<: *office") == 4
    for guard in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true"):
        assert guard in COMPOSE
    published = re.findall(r'"((?:[\d.]+:)?\d+:\d+)"', COMPOSE)
    assert published
    assert all(each.startswith("127.0.0.1:") for each in published)


def has_compose():
    docker = shutil.which("docker")
    if docker is None:
        return False
    asked = subprocess.run([docker, "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


# Only an engine can read the whole file; what can be compared without one is compared above.
@pytest.mark.skipif(not has_compose(), reason="no container engine with compose is here")
def test_the_compose_file_is_read_by_an_engine():
    asked = subprocess.run(
        ["docker", "compose", "-f", str(ROOT / "compose.yaml"), "config", "--format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )

    services = json.loads(asked.stdout)["services"]
    ours = [each for name, each in services.items() if name != "postgres"]
    assert len(ours) == 4
    assert all(each["read_only"] and each["cap_drop"] == ["ALL"] for each in ours)
