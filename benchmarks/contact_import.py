"""A contact file of a hundred thousand rows brought into an empty directory: CPU and memory.

    python benchmarks/contact_import.py [ROWS]

`mailer contacts import` as a process of its own, with the child that reads the file: the time is
that of both, the memory that of the larger. The same rows through `csv.DictReader` into a plain
table are the measure: the ratio holds on a busy machine. Linux only, like `commands.py`.
"""

from __future__ import annotations

import csv
import json
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.commands import adopt_orphans, wait_for_orphans
from benchmarks.directory import contacts

if TYPE_CHECKING:
    from mailer.model.contacts.contact import Contact

ROWS = 100_000
HEADERS = ("Civilité", "Prénom", "Nom", "Média", "Fonction", "Rubrique", "Courriel", "Téléphone")


def main() -> None:
    rows = int(sys.argv[1]) if sys.argv[1:] else ROWS
    adopt_orphans()
    with TemporaryDirectory() as folder:
        workspace = Path(folder) / "office"
        command("init", str(workspace))
        file = Path(folder) / "press.csv"
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text, delimiter=";")
            writer.writerow((*HEADERS, "Remarque"))
            writer.writerows(map(row_of, contacts(rows)))
        plain = plain_import(file, Path(folder) / "plain.db")
        before = cpu()
        said = command(
            *("--workspace", str(workspace), "contacts", "import", str(file), "--list", "press"),
            "--json",
        )
        spent = cpu() - before
    counts = json.loads(said.splitlines()[-1])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        f"{counts['read']:,} rows: {spent:.1f} s of CPU, {spent / plain:.0f} times a bare import;"
    )
    print(f"peak {peak / 1024:.0f} MB resident, of a file of {rows / 1e6:.1f} million rows")


def row_of(contact: Contact) -> tuple[str, ...]:
    return (
        contact.civility,
        contact.first_name,
        contact.last_name,
        contact.organisation,
        contact.role,
        contact.beat,
        "; ".join(map(str, (contact.address, *contact.alternates))),
        contact.phone,
        *(text for _column, text in contact.notes),
    )


def plain_import(file: Path, database: Path) -> float:
    """CPU seconds of the same rows, unread and unjudged, in a table."""
    start = process_time()
    with file.open(encoding="utf-8", newline="") as text, sqlite3.connect(database) as connection:
        columns = ", ".join(f'"{name}" TEXT' for name in HEADERS)
        connection.execute(f"CREATE TABLE contact ({columns})")
        connection.executemany(
            f"INSERT INTO contact VALUES ({', '.join('?' * len(HEADERS))})",
            (tuple(row[name] for name in HEADERS) for row in csv.DictReader(text, delimiter=";")),
        )
    connection.close()
    return process_time() - start


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mailer", *arguments],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    wait_for_orphans()
    return done.stdout


if __name__ == "__main__":
    main()
