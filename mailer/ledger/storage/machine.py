"""Identifies the machine and the file of a ledger, so that a copy is noticed.

docs/why/one-home.md says what each sign detects, and what none of them can.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import socket
import sys
import uuid
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mailer.ledger.storage.file_systems import keeps_file_numbers

_ROOT = Path("/")
_CONTAINER_FILES = (".dockerenv", "run/.containerenv")
_MACHINE_ID_FILES = ("etc/machine-id", "var/lib/dbus/machine-id")
_WINDOWS_KEY = r"SOFTWARE\Microsoft\Cryptography"
_NOT_INITIALISED = frozenset({"", "uninitialized"})
_AT_FDCWD = -100
_MAX_HANDLE_BYTES = 128
"""MAX_HANDLE_SZ of linux/exportfs.h."""
_NO_ADDRESS = "00:00:00:00:00:00"


class Machine(NamedTuple):
    """The ids of a machine, hashed: machine-id(5) asks not to show it to others."""

    machine: str
    network: frozenset[str]


def this_machine(root: Path = _ROOT) -> Machine:
    """Return the ids of this machine; both are empty in a container.

    A container is replaced with each new version. What stays is the disk that is mounted into it.
    """
    if is_container(root):
        return Machine("", frozenset())
    return Machine(_hashed(_machine_id(root)), frozenset(map(_hashed, _network_cards(root))))


def host_name() -> str:
    """Return the name of this machine, for readers."""
    return socket.gethostname()


def is_container(root: Path = _ROOT) -> bool:
    """Return whether this is a container of Docker, Podman or Kubernetes."""
    return "KUBERNETES_SERVICE_HOST" in os.environ or any(
        (root / name).exists() for name in _CONTAINER_FILES
    )


def file_identity(path: Path) -> str:
    """Return what identifies a file on its disk: a copy differs, a renamed file does not.

    Returns "" on file systems that number their files again at each mount.
    """
    if not _keeps_numbers(path):
        return ""
    try:
        number = path.stat().st_ino
    except OSError:
        return ""
    return f"{number}.{_handle(path)}"


@lru_cache(maxsize=16)
def _keeps_numbers(path: Path) -> bool:
    return keeps_file_numbers(path)


def _machine_id(root: Path) -> str:
    for name in _MACHINE_ID_FILES:
        try:
            found = (root / name).read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            continue
        if found not in _NOT_INITIALISED:
            return found
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 — exists on Windows only

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS_KEY) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    # macOS has no such file; the address of its own network card stays.
    return f"{uuid.getnode():x}" if sys.platform == "darwin" else ""


def _network_cards(root: Path) -> list[str]:
    """Return the addresses of the network cards that are built in, on Linux.

    Those on USB come and go with a docking station, and wireless ones may change their address.
    """
    found = []
    for card in sorted((root / "sys" / "class" / "net").glob("*")):
        device = card / "device"
        if not device.exists() or (card / "wireless").exists() or (card / "phy80211").exists():
            continue
        if "/usb" in device.resolve().as_posix():
            continue
        try:
            address = (card / "address").read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            continue
        if address not in {"", _NO_ADDRESS}:
            found.append(address)
    return found


def _handle(path: Path) -> str:
    """Return the kernel's handle of a file, in which a new file differs from a deleted one whose
    number it got (name_to_handle_at(2)); "" where there is none.

    The file is not opened: closing it would end the locks that SQLite has on it in this process
    (SQLite, "How To Corrupt", §2.2).
    """
    if not sys.platform.startswith("linux"):
        return ""
    handle = _FileHandle(_MAX_HANDLE_BYTES)
    asked = (_AT_FDCWD, os.fsencode(path), ctypes.byref(handle), ctypes.byref(ctypes.c_int()), 0)
    try:
        failed = ctypes.CDLL(None).name_to_handle_at(*asked)
    except AttributeError:  # a C library that does not have it
        return ""
    return "" if failed else bytes(handle.octets[: handle.size]).hex()


class _FileHandle(ctypes.Structure):
    """`struct file_handle` of fcntl.h."""

    _fields_ = (
        ("size", ctypes.c_uint),
        ("kind", ctypes.c_int),
        ("octets", ctypes.c_ubyte * _MAX_HANDLE_BYTES),
    )


def _hashed(text: str) -> str:
    return hashlib.sha256(f"mailer ledger {text}".encode()).hexdigest()[:24] if text else ""
