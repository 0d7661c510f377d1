"""What became of the facts of an advisory: right, wrong, invented or missing.

.venv/bin/python -m tests.counterparts.facts right|held_out|offices|later|near
"""

import sys
import tomllib
from dataclasses import dataclass
from datetime import date

from mailer.files.campaigns.scaffold import Answers, starter_files
from mailer.files.documents import read_document
from mailer.operations.campaigns.writing.recognising.answers import answers_of, with_kind
from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.counterparts.advisories import advisories, as_word

TODAY = date(2026, 1, 5)
LATER = date(2027, 1, 11)
"""The day on which the documents of the folder `later` are read: they give days without a year."""
_CONTACT = ("name", "role", "organisation", "phone", "email")

TEXTS = ("gone", "stays")
"""What must not stand in the text of the campaign, and what must."""


@dataclass(frozen=True)
class Judged:
    """The facts of one advisory, each as a key and a value."""

    name: str
    right: frozenset
    wrong: frozenset
    invented: frozenset
    missing: frozenset


def campaign_files(text, name="avis.txt", today=TODAY):
    """The files of the campaign that is made of an advisory: in Word, or saved as it is."""
    is_saved = name.endswith((".eml", ".html")) or name == "06-quebec.txt"
    content = text.encode() if is_saved else as_word(text)
    read = read_document(content, name=name)
    found = with_kind(recognise(read.markdown, language="fr", today=today, margins=read.margins))
    given = {"title": "à compléter", **answers_of(found)}
    return starter_files(
        "2026-01-05-essai",
        found.kind,
        Answers(**given, language=found.language),
        today=today,
        document=found,
    )


def judged(folder):
    """Each advisory of a folder, made into a campaign, and its facts compared."""
    for name, text, expected in advisories(folder, "facts.toml"):
        table = tomllib.loads(
            campaign_files(text, name, LATER if folder == "later" else TODAY)[
                "campaign.toml"
            ].decode()
        )
        facts = {key: value for key, value in expected.items() if key not in TEXTS}
        wanted, found = set(_pairs(facts)), set(_pairs(_said(table)))
        extra, absent = found - wanted, wanted - found
        keys = {key for key, _value in absent}
        wrong = frozenset(pair for pair in extra if pair[0] in keys)
        replaced = {key for key, _value in wrong}
        yield Judged(
            name,
            right=frozenset(wanted & found),
            wrong=wrong,
            invented=frozenset(extra) - wrong,
            missing=frozenset(pair for pair in absent if pair[0] not in replaced),
        )


def texts_wrong(folder):
    """Each piece that stands in a text although it was read, or is lost with what was cut."""
    for name, text, expected in advisories(folder, "facts.toml"):
        files = campaign_files(text, name, LATER if folder == "later" else TODAY)
        left = next(files[each].decode() for each in files if each.endswith(".md"))
        yield from ((name, "written twice", each) for each in expected["gone"] if each in left)
        yield from ((name, "lost", each) for each in expected["stays"] if each not in left)


def _said(table):
    """The facts of a campaign.toml in the form of the expected ones."""
    facts = {key: table[key] for key in ("kind", "title", "place", "time_zone") if key in table}
    for name, keys in {
        "event": ("starts_at", "ends_at", "venue", "address", "access"),
        "accreditation": ("deadline", "addresses"),
        "embargo": ("until",),
    }.items():
        for key in keys:
            if value := table.get(name, {}).get(key):
                facts[f"{name}.{key}"] = value
    facts["press_contacts"] = [
        " | ".join(each.get(key, "") for key in _CONTACT)
        for each in table.get("press_contacts", [])
        if each["name"] != "à compléter" and each["name"] != "to be completed"
    ]
    facts["partners"] = [each["name"] for each in table.get("partners", [])]
    facts["links"] = [f"{each['label']} {each['url']}" for each in table.get("links", [])]
    return facts


def _pairs(facts):
    for key, value in facts.items():
        for each in value if isinstance(value, list) else [value]:
            if key == "press_contacts":
                said = [part.strip() for part in each.split("|")]
                for name, part in zip(_CONTACT, said, strict=False):
                    if part:
                        yield f"{said[0]}: {name}", part
            elif isinstance(value, list):
                yield f"{key}: {each}", each
            else:
                yield key, _written(each)


def _written(value):
    if hasattr(value, "hour"):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


if __name__ == "__main__":
    every = list(judged(sys.argv[1]))
    for each in every:
        print(each.name, len(each.right), "right")
        for kind in ("wrong", "invented", "missing"):
            for pair in sorted(getattr(each, kind)):
                print("   ", kind, *pair)
    if sys.argv[1] in {"offices", "later"}:
        for each in texts_wrong(sys.argv[1]):
            print(*each)
    for kind in ("right", "wrong", "invented", "missing"):
        print(kind, sum(len(getattr(each, kind)) for each in every))
