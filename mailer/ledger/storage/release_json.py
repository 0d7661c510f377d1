"""Releases as JSON: what is written is read back equal."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mailer.model.campaigns.release import (
    Release,
    ReleaseChange,
    ReleaseContact,
    ReleaseFact,
    ReleaseFile,
    ReleaseLink,
    ReleasePicture,
)

_ROWS: dict[str, type[Any]] = {
    "facts": ReleaseFact,
    "withdrawn": ReleaseFact,
    "changes": ReleaseChange,
    "partners": ReleaseLink,
    "links": ReleaseLink,
    "contacts": ReleaseContact,
}


def release_to_json(release: Release) -> dict[str, Any]:
    """Return a release as JSON: pictures and files in base64, its instant in ISO 8601."""
    fields = asdict(release)
    for each in (*fields["pictures"], *fields["files"]):
        each["content"] = b64encode(each["content"]).decode()
    if release.public_from is not None:
        fields["public_from"] = release.public_from.isoformat()
    return fields


def release_from_json(fields: dict[str, Any]) -> Release:
    """Return the `Release` that `release_to_json` wrote."""
    rows = {name: tuple(kind(**row) for row in fields[name]) for name, kind in _ROWS.items()}
    at = fields["public_from"]
    return Release(
        **fields
        | rows
        | {
            "accreditation_addresses": tuple(fields["accreditation_addresses"]),
            "pictures": tuple(map(_picture, fields["pictures"])),
            # Releases of before files were offered have none.
            "files": tuple(map(_file, fields.get("files", ()))),
            "public_from": datetime.fromisoformat(at) if at else None,
        }
    )


def _picture(fields: dict[str, Any]) -> ReleasePicture:
    return ReleasePicture(**fields | {"content": b64decode(fields["content"])})


def _file(fields: dict[str, Any]) -> ReleaseFile:
    return ReleaseFile(**fields | {"content": b64decode(fields["content"])})
