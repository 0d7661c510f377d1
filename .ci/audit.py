"""Compares the locked versions with a copy of the OSV advisories: offline, and never by silence.

    .venv/bin/python .ci/audit.py ADVISORIES

ADVISORIES is a folder or a zip file of OSV records in JSON (the PyPI part of the database). Exit
codes: 0 nothing known, 1 a locked version has an advisory, 3 nothing could be compared.
"""

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-sbom.txt")
FOUND, NOTHING_COMPARED = 1, 3
Record = Mapping[str, Any]


def locked() -> set[tuple[str, str]]:
    """The name and version of each distribution that the locks name."""
    pins = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
    return {
        (normalised(name), version)
        for lock in LOCKS
        for name, version in pins.findall((ROOT / lock).read_text("utf-8"))
    }


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def records(place: Path) -> Iterator[Record]:
    """Yield each OSV record of a folder or a zip file that was not withdrawn."""
    if place.is_dir():
        texts: Iterator[str] = (file.read_text("utf-8") for file in sorted(place.glob("*.json")))
    else:
        with zipfile.ZipFile(place) as archive:
            names = [name for name in archive.namelist() if name.endswith(".json")]
            texts = iter([archive.read(name).decode() for name in names])
    yield from (record for text in texts if not (record := json.loads(text)).get("withdrawn"))


def known_holes(record: Record, versions: set[tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each locked version that a record is about."""
    for affected in record.get("affected", ()):
        package = affected.get("package", {})
        if package.get("ecosystem") != "PyPI":
            continue
        for name, version in versions:
            if name == normalised(package["name"]) and concerns(affected, version):
                yield f"{name} {version}: {record['id']} {record.get('summary', '')}"


def concerns(affected: Record, version: str) -> bool:
    """Whether an affected entry means this version: by its list, or by its ranges."""
    if version in affected.get("versions", ()):
        return True
    try:
        return any(
            is_within(span["events"], Version(version))
            for span in affected.get("ranges", ())
            if span["type"] == "ECOSYSTEM"
        )
    except InvalidVersion:
        return True  # a person looks at what cannot be compared


def is_within(events: Sequence[Mapping[str, str]], version: Version) -> bool:
    """Whether a version lies in the ranges that the events begin and end, in their order."""
    inside = False
    for event in events:
        ((kind, at),) = event.items()
        if kind == "introduced" and (at == "0" or version >= Version(at)):
            inside = True
        elif (kind == "fixed" and version >= Version(at)) or (
            kind == "last_affected" and version > Version(at)
        ):
            inside = False
    return inside


def main(arguments: Sequence[str]) -> int:
    place = Path(arguments[0]) if arguments else None
    known = list(records(place)) if place is not None and place.exists() else []
    if not known:
        print("Nothing was compared: name a copy of the OSV advisories (zip file or folder).")
        return NOTHING_COMPARED
    versions = locked()
    found = sorted({line for record in known for line in known_holes(record, versions)})
    print(*found, sep="\n")
    newest = max(record.get("modified", "") for record in known)
    print(f"{len(versions)} versions, {len(known)} advisories, the newest of {newest[:10]}.")
    return FOUND if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
