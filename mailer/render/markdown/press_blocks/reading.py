"""Reads the lines of a block as entries and values, with everything that is wrong in them.

    ::: intervenants Qui peut répondre
    - Irène Vasseur
      fonction : présidente de l’association Lire
      langues : français, anglais
    :::

A dash begins an entry; `key: value` belongs to the entry above it, or to the block. An indented
line goes on with the value above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import unescapeAll

from mailer.render.link_targets import completed, opens
from mailer.render.markdown.press_blocks.kinds import HeadKind, ValueKind
from mailer.render.markdown.press_blocks.lines import (
    SourceLine,
    is_address,
    is_label,
    split_label,
    without_brackets,
)
from mailer.render.markdown.press_blocks.words import (
    first_key_words,
    is_nearly_key,
    key_of,
    language_code,
    nearest_key,
)
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.render.markdown.press_blocks.kinds import BlockKind, Key

_ENTRY = re.compile(r"[-*•–]\s")
_SPOKEN_BY = re.compile("(?:[—–]|--)[ \u00a0\u202f]+")
_SENTINEL = re.compile(r"zq[0-9a-f]+-\d{4,}-qz")
_LINKED = re.compile(r"\[(?P<words>[^\[\]]*)\]\(<?(?P<target>[^\s()<>]*)>?\)")
_PICTURE = re.compile(r"!\[(?P<words>[^\[\]]*)\]\(<?(?P<target>[^<>\n]*?)>?\)")
_DOI = re.compile(r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(?P<doi>10\.\d{4,9}/\S+)")
_HOUR = r"\d{1,2}(?:\s?(?:h|:|\.|heures?\b)\s?(?:[0-5]\d)?)?(?:\s?[ap]\.?m\b\.?)?"
_HOURS = re.compile(
    rf"(?i)(?=\d{{1,2}}\s?(?:h|:|\.\d|[ap]\.?m|heure))(?P<hours>{_HOUR}(?:\s?(?:–|—|-|à|to)\s?{_HOUR})?)"
    r"\s*[:–—-]?\s+(?P<what>\S.*)"
)
_COUNTED = re.compile(r"(?P<number>[<>≈~+−-]?\s?\d[\d.,  ]*(?:\s?[%‰€$£])?)\s+(?P<what>[^\W\d].*)")
_LONGEST_COUNT = 300
"""Characters; a longer line is no number with what it counts."""
_NEEDED = {"link": _("link"), "title_of_work": _("title")}


@dataclass(frozen=True, slots=True)
class BlockValue:
    """A value as it was written. `target` is that of a link or a picture; `label` that of a row."""

    key: str
    text: str
    line: int
    target: str = ""
    label: str = ""


@dataclass(slots=True)
class Entry:
    """The values of one entry of a block, or of the block itself, by key; `rows` have no key."""

    line: int
    values: dict[str, BlockValue] = field(default_factory=dict)
    rows: list[BlockValue] = field(default_factory=list)
    text: list[BlockValue] = field(default_factory=list)


class BlockFault(NamedTuple):
    """What is wrong in a line of a block."""

    line: int
    what: Text
    remedy: Text


@dataclass(slots=True)
class PressBlock:
    """A block as it was read. `line` counts from 0 in the text."""

    kind: BlockKind
    title: str
    line: int
    whole: Entry
    entries: list[Entry] = field(default_factory=list)
    faults: list[BlockFault] = field(default_factory=list)


def read_block(
    kind: BlockKind, *, title: str, line: int, lines: Iterable[SourceLine]
) -> PressBlock:
    """Return the block that stands in `lines`."""
    block = PressBlock(kind, title, line, Entry(line))
    reader = _BlockReader(block)
    for each in lines:
        reader.read(each)
    reader.end()
    return block


class _BlockReader:
    """Reads line after line. `last` is the value that an indented line goes on with."""

    def __init__(self, block: PressBlock) -> None:
        self.block = block
        self.kind = block.kind
        self.last: tuple[Entry, str, Key | None] | None = None
        self.open: BlockValue | None = None
        self.is_paragraph = False

    def read(self, line: SourceLine) -> None:
        line = without_brackets(line)
        if not line.text or not line.text.strip("\ue000 "):
            self.is_paragraph = False
        elif _SENTINEL.fullmatch(line.text):
            self._fault(
                line.number,
                _("a condition on the reader stands inside a block"),
                _("Put the condition around the whole block."),
            )
        elif self.kind.head and _ENTRY.match(line.text):
            self._begin_entry(line, line.text[1:].strip())
        elif self._is_bare_hour(line):
            self._begin_entry(line, line.text)
        elif self._is_bare_link(line):
            pass
        elif self.kind.name == "quotation" and (said_by := _SPOKEN_BY.match(line.text)):
            self._speaker(line.text[said_by.end() :], line.number)
        elif not self._is_value(line):
            self._other(line)

    def end(self) -> None:
        """Settle the values: what is empty counts as not written."""
        for entry in (self.block.whole, *self.block.entries):
            for name, value in list(entry.values.items()):
                if not value.text.strip():
                    del entry.values[name]
                else:
                    entry.values[name] = self._settled(self.kind.key(name), value)
        self._missing()

    def _is_bare_hour(self, line: SourceLine) -> bool:
        """Return whether a line of a programme begins with its hour, without a dash."""
        return (
            self.kind.head is HeadKind.HOUR
            and not line.is_indented
            and _HOURS.fullmatch(line.text) is not None
        )

    def _is_bare_link(self, line: SourceLine) -> bool:
        """Read an address on a line of its own as the link. Return whether it was one."""
        keys = self._entry_keys if self.block.entries else self.kind.keys
        key = next((key for key in keys if key.kind is ValueKind.LINK), None)
        if key is None or not is_address(line.text):
            return False
        entry = self.block.entries[-1] if self.block.entries else self.block.whole
        self._set(entry, key, line.text, line.number)
        return True

    def _begin_entry(self, line: SourceLine, words: str) -> None:
        entry = Entry(line.number)
        self.block.entries.append(entry)
        linked = _LINKED.fullmatch(words)
        label, value = split_label(words)
        key = key_of(self.kind, label, is_in_entry=True) if label else None
        if linked and self._has_link:
            self._set(entry, self.kind.head_keys[0], linked["words"], line.number)
            self._set(entry, self.kind.key("link"), linked["target"], line.number)
        elif key:
            self._set(entry, key, value, line.number)
        elif self.kind.head is HeadKind.TITLE and label and is_address(value) and self._has_link:
            self._set(entry, self.kind.head_keys[0], label, line.number)
            self._set(entry, self.kind.key("link"), value, line.number)
        elif self.kind.head is HeadKind.TITLE:
            self._set(entry, self.kind.head_keys[0], words, line.number)
        else:
            self._head_pair(entry, words, line.number)

    def _head_pair(self, entry: Entry, words: str, number: int) -> None:
        """Read `number: label` or `hour: what`; an hour may be left out."""
        first, second = self.kind.head_keys
        label, value = split_label(words)
        if self.kind.head is HeadKind.HOUR:
            hours = _HOURS.fullmatch(words)
            if not (label and any(it.isdecimal() for it in label) and is_label(label)):
                label, value = (hours["hours"], hours["what"]) if hours else ("", words)
            if label:
                self._set(entry, first, label, number)
            self._set(entry, second, value, number)
        elif label and value:
            self._set(entry, first, label, number)
            self._set(entry, second, value, number)
        elif self.kind.name == "figures" and (
            counted := _COUNTED.fullmatch(words[:_LONGEST_COUNT])
        ):
            self._set(entry, first, counted["number"].strip(), number)
            self._set(entry, second, counted["what"], number)
        else:
            example = "English: https://…" if self.kind.name == "versions" else "500: associations"
            self._fault(
                number,
                _("“{line}” has no colon", line=words),
                _("Write “- {example}” on one line.", example=example),
            )
            self._set(entry, first, words, number)

    def _speaker(self, words: str, number: int) -> None:
        name, _comma, role = words.partition(",")
        self._set(self.block.whole, self.kind.key("speaker"), name.strip(), number)
        if role.strip():
            self._set(self.block.whole, self.kind.key("role"), role.strip(), number)

    def _is_value(self, line: SourceLine) -> bool:
        """Read `key: value`. Return whether the line was one."""
        label, value = split_label(line.text)
        if not label:
            return False
        entry = self.block.entries[-1] if self.block.entries else None
        of_entry = key_of(self.kind, label, is_in_entry=True) if entry else None
        of_block = key_of(self.kind, label, is_in_entry=False)
        if entry and of_entry and (line.is_indented or not of_block):
            self._set(entry, of_entry, value, line.number)
        elif of_block:
            self._set(self.block.whole, of_block, value, line.number)
        elif self.kind.takes_rows and is_label(label) and not self.is_paragraph:
            self.block.whole.rows.append(BlockValue("row", value, line.number, label=label))
            self.last = (self.block.whole, "row", None)
        elif self.kind.takes_text:
            if not is_nearly_key(self.kind, label):
                return False
            self._fault_of_key(label, line.number)
        elif self.last and line.is_indented and not is_label(label):
            return False
        else:
            self._fault_of_key(label, line.number)
        return True

    def _other(self, line: SourceLine) -> None:
        """Read a line that is neither an entry nor `key: value`."""
        if self.last and line.is_indented:
            self._go_on(line.text)
        elif self.kind.takes_text:
            texts = self.block.whole.text
            if self.is_paragraph and texts and not _ENTRY.match(line.text):
                texts[-1] = _longer(texts[-1], line.text)
            else:
                texts.append(BlockValue("text", line.text, line.number))
            self.is_paragraph, self.last = True, None
        else:
            remedy = (
                _(
                    "Begin it with “- ”, or write “key: value” with one of: {names}.",
                    names=self._names,
                )
                if self.kind.head
                else _("Write “key: value” with one of: {names}.", names=self._names)
            )
            self._fault(line.number, _("“{line}” has no key", line=line.text), remedy)

    def _go_on(self, words: str) -> None:
        assert self.last
        entry, name, _key = self.last
        if name == "row":
            entry.rows[-1] = _longer(entry.rows[-1], words)
        else:
            entry.values[name] = _longer(entry.values[name], words)

    def _set(self, entry: Entry, key: Key, text: str, number: int) -> None:
        self.is_paragraph = False
        if key.name in entry.values and entry.values[key.name].text and text:
            self._fault(
                number,
                _("the block says this twice: {words}", words=text),
                _("Keep one of the two lines."),
            )
            return
        entry.values[key.name] = BlockValue(key.name, text, number)
        self.last = (entry, key.name, key)

    def _settled(self, key: Key, value: BlockValue) -> BlockValue:
        """Return the value with its target, after looking whether it is one."""
        match key.kind:
            case ValueKind.LINK:
                linked = _LINKED.fullmatch(value.text)
                target = completed(
                    unescapeAll(linked["target"] if linked else value.text.strip("<> "))
                )
                if target.startswith("#") and (code := language_code(target[1:])):
                    return _aimed(value, f"#lang-{code}")
                if not opens(target):
                    self._fault(
                        value.line,
                        _("“{value}” is no address that opens", value=value.text),
                        _("Write the whole address, https://…"),
                    )
                return _aimed(value, target)
            case ValueKind.PICTURE:
                picture = _PICTURE.fullmatch(value.text)
                words = picture["words"] if picture else ""
                target = unescapeAll(picture["target"] if picture else value.text)
                return _aimed(value, target, words)
            case ValueKind.DOI:
                found = _DOI.fullmatch(value.text)
                if not found:
                    self._fault(
                        value.line,
                        _("“{value}” is no DOI", value=value.text),
                        _("A DOI begins with 10, such as 10.1000/182."),
                    )
                doi = found["doi"] if found else value.text
                return _aimed(value, f"https://doi.org/{doi}", doi)
        return value

    def _missing(self) -> None:
        block = self.block
        if self.kind.head and not block.entries:
            self._fault(
                block.line,
                _("the block is empty"),
                _("Begin each of its entries with “- ” on a line of its own."),
            )
        elif not (block.entries or block.whole.values or block.whole.rows or block.whole.text):
            self._fault(
                block.line,
                _("the block is empty"),
                _("Write something between its two lines, or remove them."),
            )
        elif self.kind.name == "quotation" and not block.whole.text:
            self._fault(block.line, _("the quotation has no words"), _("Write what was said."))
        else:
            self._missing_keys(block.whole, self.kind.needs)
        for entry in block.entries:
            self._missing_keys(entry, self.kind.entry_needs)

    def _missing_keys(self, entry: Entry, needs: Sequence[str]) -> None:
        for name in needs:
            if name not in entry.values:
                self._fault(
                    entry.line,
                    _("“{key}” is missing", key=_NEEDED[name]),
                    _("Write it on a line of its own: “{key}: …”.", key=_NEEDED[name]),
                )

    def _fault_of_key(self, label: str, line: int) -> None:
        self._fault(line, _("the block has no “{key}”", key=label), nearest_key(self.kind, label))

    def _fault(self, line: int, what: Text, remedy: Text) -> None:
        self.block.faults.append(BlockFault(line, what, remedy))

    @property
    def _names(self) -> str:
        return ", ".join(first_key_words(self.kind))

    @property
    def _has_link(self) -> bool:
        return any(key.name == "link" for key in self._entry_keys)

    @property
    def _entry_keys(self) -> tuple[Key, ...]:
        return (*self.kind.head_keys, *self.kind.entry_keys)


def _longer(value: BlockValue, words: str) -> BlockValue:
    return BlockValue(
        value.key, f"{value.text} {words}".strip(), value.line, value.target, value.label
    )


def _aimed(value: BlockValue, target: str, text: str | None = None) -> BlockValue:
    return BlockValue(value.key, value.text if text is None else text, value.line, target)
