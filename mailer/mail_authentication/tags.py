"""Read the `tag=value; tag=value` lists of DKIM and DMARC records (RFC 6376 §3.2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from mailer.errors import Unreadable
from mailer.wording import _

_TAG = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Tag(NamedTuple):
    """One tag of a list, without the spaces around name and value."""

    name: str
    value: str


def read_tags(text: str) -> tuple[Tag, ...]:
    """Return the tags of a list in their order. Raises Unreadable when it is none."""
    tags: list[Tag] = []
    for part in text.strip().removesuffix(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not _TAG.fullmatch(name.strip()):
            raise Unreadable(_("“{part}” is not written as name=value", part=part.strip()))
        tags.append(Tag(name.strip(), value.strip()))
    names = [tag.name for tag in tags]
    for name in names:
        if names.count(name) > 1:
            raise Unreadable(_("“{name}” is written twice", name=name))
    return tuple(tags)
