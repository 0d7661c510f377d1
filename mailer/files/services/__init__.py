"""Write the files that let an operating system keep the program running."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mailer.errors import ConfigError, Place, Problem
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TEMPLATES = Path(__file__).parent
CREDENTIALS = Path("/etc/mailer/credentials")
"""Where the units expect each secret that the configuration calls `credential:NAME`."""
_OFFICE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_UNIT_TEXT = re.compile(r"[^\x00-\x1f\x7f\"'\\]+")


class System(StrEnum):
    """What keeps a program running: Linux, macOS, Windows."""

    SYSTEMD = "systemd"
    LAUNCHD = "launchd"
    WINDOWS = "windows"


class OfficeProcess(StrEnum):
    """The processes of an office, each a service of its own."""

    RUN = "run"
    WEB = "web"
    RECEIVE = "receive"
    PRESS_ROOM = "pressroom"


WHAT = {
    OfficeProcess.RUN: "sends each step when its time comes",
    OfficeProcess.WEB: "the desk in the browser",
    OfficeProcess.RECEIVE: "takes reports of the provider, and who unsubscribes",
    OfficeProcess.PRESS_ROOM: "the public press room",
}
"""As the system's own tools show it: in English, like the rest of what they show."""
_OPTIONS = {OfficeProcess.WEB: ("--without-service", "--no-browser")}
_WATCHDOG = {
    OfficeProcess.RUN: (
        "# Fed by each tick and each message: what hangs is started again.\nWatchdogSec=180"
    )
}
_FOLDERS = {
    System.SYSTEMD: Path("/etc/systemd/system"),
    System.LAUNCHD: Path("~/Library/LaunchAgents"),
    System.WINDOWS: Path(),
}


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """A file for the operating system, where it belongs, and the command that makes it count.

    `mark` is the line that names the workspace: whose file it is.
    """

    path: Path
    content: str
    then: tuple[str, ...]
    mark: str

    @property
    def encoding(self) -> str:
        """Windows reads a task in UTF-16 only."""
        return "utf-16" if self.path.suffix == ".xml" else "utf-8"


@dataclass(frozen=True, slots=True)
class Installation:
    """What is to be kept running: the program, its workspace, and as whom.

    `office` stands in the names of the files where one machine serves several offices; `writes` are
    the folders outside the workspace that the configuration lets it write into.
    """

    program: Path
    workspace: Path
    user: str
    credentials: tuple[str, ...] = ()
    office: str = ""
    writes: tuple[Path, ...] = ()

    def name_of(self, role: OfficeProcess) -> str:
        """Return the name of a process, which no other office of this machine has."""
        return f"{self.office}-{role}" if self.office else role.value


def service_files(
    installation: Installation,
    *,
    system: System,
    roles: Sequence[OfficeProcess],
    folder: Path | None = None,
) -> list[ServiceFile]:
    """Return the files of each role. Raises ConfigError for a name that they cannot hold."""
    if installation.office and not _OFFICE.fullmatch(installation.office):
        raise _unusable_name(installation.office)
    where = (folder or _FOLDERS[system]).expanduser()
    make = {System.SYSTEMD: _unit, System.LAUNCHD: _plist, System.WINDOWS: _task}[system]
    return [make(installation, role, where) for role in roles]


def _command(installation: Installation, role: OfficeProcess) -> tuple[str, ...]:
    return (
        str(installation.program),
        "--workspace",
        str(installation.workspace),
        role.value,
        *_OPTIONS.get(role, ()),
    )


def _unit(installation: Installation, role: OfficeProcess, folder: Path) -> ServiceFile:
    name = f"mailer-{installation.name_of(role)}.service"
    workspace = _unit_path(installation.workspace)
    # A folder that is not there yet keeps nothing from starting: what writes into it says so.
    others = [f"ReadWritePaths=-{_unit_path(each)}" for each in installation.writes]
    values = {
        "WHAT": WHAT[role],
        "COMMAND": " ".join(f'"{_unit_word(word)}"' for word in _command(installation, role)),
        "WATCHDOG": _WATCHDOG.get(role, "# A server that answers has no beat to give."),
        "WORKSPACE": workspace,
        "WRITABLE": "\n".join((f"ReadWritePaths={workspace}", *others)),
        "USER": _unit_word(installation.user),
        "CREDENTIALS": "\n".join(
            f"LoadCredential={name}:{CREDENTIALS / name}" for name in installation.credentials
        ),
        "HOME": "read-only" if _is_in_a_home(installation) else "yes",
    }
    then = ("systemctl daemon-reload", f"systemctl enable --now {name}")
    mark = f"WorkingDirectory={values['WORKSPACE']}"
    return ServiceFile(folder / name, _filled("mailer.service.in", values), then, mark)


def _is_in_a_home(installation: Installation) -> bool:
    paths = (installation.workspace, installation.program, *installation.writes)
    return any(path.parts[1:2] in {("home",), ("root",)} for path in paths)


def _unit_path(path: Path) -> str:
    return _unit_word(str(path)).replace(" ", r"\x20")


def _unit_word(text: str) -> str:
    """Return a text for a unit file: a percent sign begins a specifier, a dollar sign a variable."""
    if not _UNIT_TEXT.fullmatch(text):
        raise _unwritable(text)
    return text.replace("%", "%%").replace("$", "$$")


def _plist(installation: Installation, role: OfficeProcess, folder: Path) -> ServiceFile:
    words = "".join(f"<string>{escape(w)}</string>" for w in _command(installation, role))
    values = {
        "NAME": installation.name_of(role),
        "ARGUMENTS": words,
        "WORKSPACE": escape(str(installation.workspace)),
    }
    path = folder / f"example.mailer.{installation.name_of(role)}.plist"
    then = (f"launchctl load -w {path}",)
    mark = f"<key>WorkingDirectory</key><string>{values['WORKSPACE']}</string>"
    return ServiceFile(path, _filled("mailer.plist.in", values), then, mark)


def _task(installation: Installation, role: OfficeProcess, folder: Path) -> ServiceFile:
    program, *arguments = _command(installation, role)
    if any('"' in word for word in (program, *arguments)):
        raise _unwritable(str(installation.workspace))
    values = {
        "WHAT": escape(WHAT[role]),
        "PROGRAM": escape(program),
        "ARGUMENTS": escape(" ".join(f'"{word}"' if " " in word else word for word in arguments)),
        "WORKSPACE": escape(str(installation.workspace)),
    }
    name = installation.name_of(role)
    path = folder / f"mailer-{name}.xml"
    then = (f'schtasks /Create /TN "mailer {name}" /XML "{path}"',)
    mark = f"<WorkingDirectory>{values['WORKSPACE']}</WorkingDirectory>"
    return ServiceFile(path, _filled("mailer.xml.in", values), then, mark)


def _filled(template: str, values: Mapping[str, str]) -> str:
    text = (_TEMPLATES / template).read_text("utf-8")
    # In one pass: a value that holds another's mark must stay as it is.
    return re.sub(r"@([A-Z]+)@", lambda mark: values[mark[1]], text)


def write_service_files(files: Sequence[ServiceFile]) -> None:
    """Write files for the operating system, readable by everybody as such files are.

    Raises ConfigError, and writes none, when one of them belongs to another workspace: that
    office would stop sending, and nobody would be told.
    """
    if problems := [_taken(file.path) for file in files if _is_of_others(file)]:
        raise ConfigError(*problems)
    for file in files:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_text(file.content, file.encoding)


def _is_of_others(file: ServiceFile) -> bool:
    if not file.path.exists():
        return False
    there = file.path.read_text(file.encoding, errors="replace")
    return file.mark not in map(str.strip, there.splitlines())


def _taken(path: Path) -> Problem:
    return Problem(
        Place(str(path)),
        _("this file is there already, and not for this workspace; it was left as it is"),
        _("Give the service of this office a name of its own."),
    )


def _unusable_name(office: str) -> ConfigError:
    what: Text = _("“{office}” cannot be a part of a file’s name", office=office)
    remedy = _("Write small letters without accents, digits and hyphens: 40 at most.")
    return ConfigError(Problem(Place("install-service", key="--office"), what, remedy))


def _unwritable(text: str) -> ConfigError:
    what: Text = _("“{text}” holds a sign that a service file cannot hold.", text=text)
    return ConfigError(
        Problem(Place("install-service"), what, _("Rename the folder or the account."))
    )
