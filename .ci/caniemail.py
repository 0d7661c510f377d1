"""Writes mailer/compatibility/caniemail.json anew from the data that caniemail.com publishes.

    .venv/bin/python .ci/caniemail.py data.json

`data.json` is the file that the site offers (`api/data.json`), or the one in its Node package.
Of each mail program only the newest version is kept: people update, and a message is sent once.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "mailer" / "compatibility" / "caniemail.json"
_NOTE = re.compile(r"#(\d+)")


def main(source: str) -> None:
    """Write the table from the file `source`."""
    published = json.loads(Path(source).read_text("utf-8"))
    names = published["nicenames"]
    features = {each["slug"]: _feature(each) for each in published["data"]}
    clients = sorted({client for each in features.values() for client in each["support"]})
    head = {
        "source": "https://www.caniemail.com",
        "licence": "MIT, see LICENSE-caniemail",
        "date": published["last_update_date"][:10],
        "clients": {client: _name(client, names) for client in clients},
    }
    lines = [f"{json.dumps(slug)}: {_compact(each)}" for slug, each in sorted(features.items())]
    body = ",\n".join(lines)
    TABLE.write_text(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": {{\n{body}\n}}}}\n')


def _feature(each: dict[str, Any]) -> dict[str, Any]:
    support = {
        f"{family}.{platform}": _cell(*list(versions.items())[-1])
        for family, platforms in each["stats"].items()
        for platform, versions in platforms.items()
        if versions
    }
    used = {number for cell in support.values() for number in cell.split()[2:]}
    notes = {n: " ".join(text.split()) for n, text in (each["notes_by_num"] or {}).items()}
    return {
        "title": each["title"].strip(),
        "tested": each["last_test_date"],
        "support": support,
        "notes": {n: text for n, text in notes.items() if n in used},
    }


def _cell(version: str, answer: str) -> str:
    """Return the answer (y, a, n or u), the version it is of, and the numbers of its notes."""
    return " ".join((answer.strip()[:1], version.replace(" ", "_"), *_NOTE.findall(answer)))


def _name(client: str, names: dict[str, dict[str, str]]) -> str:
    family, _dot, platform = client.partition(".")
    return f"{names['family'].get(family, family)}, {names['platform'].get(platform, platform)}"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main(*sys.argv[1:])
