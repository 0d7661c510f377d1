"""The blocks that a press document may have, and the keys that each of them takes.

The names are those of the program; what authors write for them belongs to each language
(`BlockWords`). The block of facts has rows of any label; the section in another language and the
passage of a partner have Markdown of any kind: these are read by the rule itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

FACTS = "facts"
LANGUAGE = "language"
PASSAGE = "passage"


class ValueKind(Enum):
    """What a value is. TOGETHER is text that may not be broken over two lines: hours, numbers."""

    TEXT = auto()
    TOGETHER = auto()
    LINK = auto()
    PICTURE = auto()
    DOI = auto()


class HeadKind(Enum):
    """What follows the dash of an entry: a title, `number: label`, or `hour: what`."""

    TITLE = auto()
    PAIR = auto()
    HOUR = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a block. `width` is that of a picture at most, in CSS pixels."""

    name: str
    kind: ValueKind = ValueKind.TEXT
    width: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockKind:
    """One block: what its entries begin with, and the keys of an entry and of the whole.

    With `takes_rows` any other `Label: value` is shown as it stands, with `takes_text` any other
    line. `needs` and `entry_needs` name the keys without which nothing useful can be shown.
    """

    name: str
    head: HeadKind | None = None
    head_keys: tuple[Key, ...] = ()
    entry_keys: tuple[Key, ...] = ()
    keys: tuple[Key, ...] = ()
    takes_rows: bool = False
    takes_text: bool = False
    needs: tuple[str, ...] = ()
    entry_needs: tuple[str, ...] = ()

    def key(self, name: str) -> Key:
        """Return the key of this name."""
        return next(
            key for key in (*self.head_keys, *self.entry_keys, *self.keys) if key.name == name
        )


def _link(name: str = "link") -> Key:
    return Key(name, ValueKind.LINK)


def _together(name: str) -> Key:
    return Key(name, ValueKind.TOGETHER)


def _picture(name: str, width: int) -> Key:
    return Key(name, ValueKind.PICTURE, width)


_FULL_WIDTH = 1000
"""No limit of its own: a picture of a message is never wider than its text."""
_PANEL_WIDTH = 490
"""What a panel leaves in the narrowest theme; Outlook would widen it for more."""

KINDS: tuple[BlockKind, ...] = (
    BlockKind(
        name="figures",
        head=HeadKind.PAIR,
        head_keys=(_together("value"), Key("label")),
        entry_keys=(Key("source"),),
        keys=(Key("source"),),
    ),
    BlockKind(
        name="downloads",
        head=HeadKind.TITLE,
        head_keys=(Key("title"),),
        entry_keys=(
            _link(),
            _picture("thumbnail", 128),
            _together("file_format"),
            _together("weight"),
            Key("credit"),
            Key("terms"),
        ),
        keys=(Key("credit"), Key("terms")),
        entry_needs=("link",),
    ),
    BlockKind(
        name="interviews",
        head=HeadKind.TITLE,
        head_keys=(Key("name"),),
        entry_keys=(
            Key("role"),
            Key("languages"),
            Key("slots"),
            Key("topics"),
            _picture("portrait", 80),
        ),
    ),
    BlockKind(
        name="programme",
        head=HeadKind.HOUR,
        head_keys=(_together("starts"), Key("title")),
        entry_keys=(Key("who"), Key("where"), Key("press")),
    ),
    BlockKind(
        name="quotation",
        keys=(Key("speaker"), Key("role"), _picture("portrait", 88)),
        takes_text=True,
    ),
    BlockKind(
        name="reference",
        keys=(
            Key("title_of_work"),
            Key("authors"),
            Key("journal"),
            Key("published"),
            Key("doi", ValueKind.DOI),
            _link(),
            Key("embargo"),
        ),
        needs=("title_of_work",),
    ),
    BlockKind(name="about", head=HeadKind.TITLE, head_keys=(Key("name"),)),
    BlockKind(
        name="video",
        keys=(
            _link(),
            _picture("thumbnail", _FULL_WIDTH),
            _together("duration"),
            Key("captions"),
            Key("credit"),
        ),
        needs=("link",),
    ),
    BlockKind(
        name="live",
        keys=(
            _link(),
            Key("starts"),
            Key("ends"),
            Key("languages"),
            Key("captions"),
            _picture("thumbnail", _PANEL_WIDTH),
        ),
        needs=("link",),
    ),
    BlockKind(
        name="access",
        keys=(
            Key("address"),
            _link("map_link"),
            _picture("map_picture", _FULL_WIDTH),
            Key("access_for_all"),
        ),
        takes_rows=True,
        takes_text=True,
    ),
    BlockKind(name="method", takes_rows=True, takes_text=True),
    BlockKind(
        name="versions",
        head=HeadKind.PAIR,
        head_keys=(Key("title"), _link()),
        entry_needs=("link",),
    ),
)
"""All blocks that are drawn by a template of their own name, in `base/blocks/`."""

BY_NAME = {kind.name: kind for kind in KINDS}
NAMES = (FACTS, LANGUAGE, PASSAGE, *BY_NAME)
