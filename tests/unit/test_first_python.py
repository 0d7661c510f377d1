"""The first Python that the package names: 3.11.2, which Debian 12 has."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "mailer"
# What `quote` leaves as it is reads like such a group, and is none: a comma follows.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+(?!,)")


def test_no_group_is_repeated_possessively():
    # Before Python 3.11.5 such a group fails where it has alternatives (gh-106052): every template
    # was refused there. An atomic group, `(?>(?:…)*)`, says the same.
    assert not [
        f"{file.relative_to(PACKAGE).as_posix()}:{number}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
