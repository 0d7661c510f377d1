"""Judges the attributes of one MJML tag: their names, their values, and what is missing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import nearest
from mailer.render.jinja.escape_context import SENTINEL
from mailer.render.markup import HAS_JINJA, attributes_of
from mailer.render.mjml import components
from mailer.render.mjml.values import describe_kind, is_valid
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailer.render.markup import Attribute


class TagFault(NamedTuple):
    """What is wrong in a tag; `start` is the offset of the attribute after the tag's name, None if
    the tag itself is at fault.
    """

    start: int | None
    what: Text
    remedy: Text


@lru_cache(maxsize=2048)  # a layout repeats its tags, and every version of a text has the same
def tag_faults(name: str, rest: str, parent: str, *, is_rendered: bool) -> tuple[TagFault, ...]:
    """Return everything wrong in the attributes of the tag `name` in `parent`; `rest` is its text
    after the name.

    A tag of HTML is examined only if it might have values without quotes, URLs or repeated names.
    """
    if name in components.NEEDED or name.startswith("mj") or _SUSPECT.search(rest):
        return tuple(_tag_faults(name, rest, parent, is_rendered=is_rendered))
    return ()


def _tag_faults(tag: str, rest: str, parent: str, *, is_rendered: bool) -> Iterator[TagFault]:
    # Attributes in branches, of which only one is rendered, may be repeated.
    may_repeat = not is_rendered and "{%" in HAS_JINJA.sub(_statement, rest)
    seen: set[str] = set()
    for attribute in attributes_of(rest):
        if attribute.name == "zq-at":
            continue
        if attribute.name in seen and not may_repeat:
            yield TagFault(
                attribute.start,
                _("“{name}” is written twice", name=attribute.name),
                _("Keep one of them."),
            )
        seen.add(attribute.name)
        for what, remedy in _attribute_faults(tag, attribute, parent, is_rendered=is_rendered):
            yield TagFault(attribute.start, what, remedy)
    if parent != "mj-attributes" and not may_repeat:
        for name in sorted(components.NEEDED.get(tag, frozenset()) - seen):
            yield TagFault(None, _("<{tag}> has no “{name}”", tag=tag, name=name), _NEED[name])


def _attribute_faults(
    tag: str, attribute: Attribute, parent: str, *, is_rendered: bool
) -> Iterator[tuple[Text, Text]]:
    value = attribute.value or ""
    if not attribute.is_quoted:
        yield (
            _("the value of “{name}” has no quotes", name=attribute.name),
            _("Put it between double quotes."),
        )
    # Links in a text are the author's choice; a campaign check examines them.
    is_authors = is_rendered and attribute.name == "href"
    if attribute.name in components.ADDRESSES and not is_authors and _UNPROTECTED.match(value):
        yield (
            _("“{address}” is not protected by https", address=value.strip()),
            _("Write an address that begins with https://."),
        )
    if tag.startswith("mj"):
        yield from _value_faults(tag, attribute.name, value, parent)


_UNPROTECTED = re.compile(r"\s*(?:http:)?//", re.IGNORECASE)
# HTML tags are examined only for this: values without quotes, URLs, repeated names.
_SUSPECT = re.compile(r"=\s*[^\s\"']|//|(\s[\w:-]+=).*\1", re.DOTALL)


def _statement(found: re.Match[str]) -> str:
    return "{%" if found[0].startswith("{%") else ""


_NEED = {
    "alt": _('Say what the image shows: alt="…", or alt="" for an ornament.'),
    "src": _('Give the address of the image: src="https://…".'),
    "lang": _('Write <mjml lang="{{{{ language }}}}" dir="ltr">.'),
    "dir": _('Write <mjml lang="{{{{ language }}}}" dir="ltr">.'),
}


def _value_faults(tag: str, name: str, value: str, parent: str) -> Iterator[tuple[Text, Text]]:
    component = components.COMPONENTS.get(tag)
    if component is None and not (parent == "mj-attributes" and tag in {"mj-all", "mj-class"}):
        return
    if tag == "mj-hero" and name == "mode" and value == "fluid-height":
        yield _no_effect(name, tag), _("Give the hero a fixed height.")
    if name in components.NOT_HERE.get(tag, ()):
        yield _no_effect(name, tag), _("Remove it; set paddings instead.")
        return
    attributes = component.attributes if component else _ANY
    named = tag == "mj-class" and name == "name"
    kind = "string" if named or name in components.EVERYWHERE else attributes.get(name)
    if kind is None:
        known = [*attributes, *components.EVERYWHERE]
        yield _("<{tag}> has no attribute “{name}”", tag=tag, name=name), nearest(name, known)
    elif name not in components.READERS_OWN and _uses_recipient(value):
        yield (
            _("“{name}” shapes the layout, which is the same for everybody", name=name),
            _("Put the recipient's data into a text."),
        )
    elif not HAS_JINJA.search(value) and not is_valid(kind, value):
        yield (
            _("“{value}” is not what “{name}” may be", value=value, name=name),
            _("Write {kind}.", kind=describe_kind(kind)),
        )


def _no_effect(name: str, tag: str) -> Text:
    return _("“{name}” of <{tag}> has no effect here", name=name, tag=tag)


_ANY: Mapping[str, str] = {
    name: kind for it in components.COMPONENTS.values() for name, kind in it.attributes.items()
}
_RECIPIENT = re.compile(r"\brecipient\b")


def _uses_recipient(value: str) -> bool:
    return bool(SENTINEL.search(value)) or any(
        _RECIPIENT.search(expression) for expression in HAS_JINJA.findall(value)
    )
