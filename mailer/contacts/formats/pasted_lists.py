"""Reads lists pasted from mails, mailing-list programs and documents: addresses with names around.

Such a text has no columns. It is split into items, one for each person; an item without an
address stays a row, so that a person decides about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mailer.contacts.folding import folded
from mailer.contacts.tables import MAX_ROWS, Row, Table, too_large
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEADERS = ("Courriel", "Nom complet", "Groupe", "Note")

_WORDS = tuple(each.contact_lists for each in LANGUAGES if each.contact_lists)
_ARTICLES = frozenset().union(*(words.articles for words in _WORDS))
_LABELS = frozenset().union(*(words.recipient_labels for words in _WORDS))
_LABELS |= {  # of Spanish, German, Dutch and Italian mails, though no texts exist in these yet
    *("para", "cco", "an", "kopie", "blindkopie", "von", "aan", "van", "per", "da", "ccn"),
}
_GROUP_WORDS = frozenset().union(*(words.group_words for words in _WORDS))

# Repetitions are bounded, so that a long run of blanks takes no quadratic time.
_AT = re.compile(
    r"[ \t]{0,4}(?:＠|[(\[{][ \t]{0,4}(?:at|arobase|@)[ \t]{0,4}[)\]}])[ \t]{0,4}"
    r"|[ \t]{1,4}@[ \t]{1,4}",
    re.IGNORECASE,
)
_AT_WORD = re.compile(r"(?<=[\w.+-]) (?:at|arobase) (?=[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●◦‣⁃>+]+|\(?\d{1,4}[.)°]|[a-zA-Z]\))\s+|^\s*[•▪●◦‣⁃]\s*")
_LABEL = re.compile(r"\s*(?P<label>[^<>@\",;:()\[\]]{1,60}?)\s*:(?!//)\s*")
_HEADING = re.compile(r"\s*(?:[#=*\[-]+\s*)?(?P<label>[^@<>]{1,80}?)\s*(?::|[#=*\]-]+)\s*")
_MAIL_HEADER = re.compile(
    r"(?:envoyee? ?(?:le)?|objet|sujet|date|sent|subject|gesendet|betreff|asunto|enviado):"
)
"""A line above a quoted mail that names nobody: `Envoyé : lundi`."""
_DECORATION = re.compile(r"[\W_]*")

_FURTHER_SEPARATORS = str.maketrans("；，、｜", ";,,|")
"""Separators of full width, as they are pasted from other writing systems."""
_DOTS = re.compile(r"(?<=[\w>)])\s*[·•‧∙●▪]\s*(?=\S)")
"""A dot between two items; one between words may belong to a name."""
_ADDRESS_CHARACTER = r'[^\s<>()\[\]"“”«»;,|]'
_TOKEN = re.compile(rf"(?<!{_ADDRESS_CHARACTER}){_ADDRESS_CHARACTER}*@{_ADDRESS_CHARACTER}*")
_BRACKETED = re.compile(r"<(?P<address>[^<>\s]*@[^<>]*)>")
_BETWEEN = re.compile(
    r"(@[\w.-]+[>)]?)(?:\s*[/&]\s*(?=<?\S+@)|\s+/\s+|\s+(?:ou|et|or|and|puis)\s+(?=<?\S+@))"
)
"""A slash or a word between two addresses."""
_AROUND = " \t'\"‘’“”«»<>.:;,/|–—•·▪●-"
_COMMENT = re.compile(r"[(\[](?P<inside>[^()\[\]]*)[)\]]")
# Quoted names and anything in angle brackets may hold separators.
_SPAN = re.compile(r'"[^"\n]*"|“[^”\n]*”|<[^<>\n]*>|\([^()\n]*\)|[;,|\n]|[^"“<(;,|\n]+|.')
_MIN_NAME = 3
"""Letters of a word by which an address may be known as a person's."""
_LEAST_SHARE = 3
"""A text is a pasted list when at least one in so many of its items has an address."""


class _Item(NamedTuple):
    """One item of the list as written, the number of its line, and the label of its group."""

    line: int
    text: str
    group: str


@dataclass(frozen=True, slots=True)
class _Written:
    """The address, the name and the other words of an item, each as written."""

    address: str
    name: str = ""
    note: str = ""


def read_pasted_list(text: str, *, file: str) -> Table | None:
    """Return one row for each item of a pasted list; None when the text is not such a list.

    Raises ContentError when it is too long.
    """
    items = list(_items(text))
    with_address = sum("@" in item.text for item in items)
    if not with_address or with_address * _LEAST_SHARE < len(items):
        return None
    if len(items) > MAX_ROWS:
        raise too_large(file)
    rows = [Row(0, HEADERS)]
    for item in items:
        rows += [
            Row(item.line, (each.address, each.name, item.group, each.note or _aside(item.text)))
            for each in _people(item.text)
        ]
    return Table("", tuple(rows))


def _aside(text: str) -> str:
    """Return an item that stands in parentheses as a whole, which a legend may explain."""
    return text if text.startswith("(") and text.endswith(")") else ""


def is_table(rows: Iterable[Row]) -> bool:
    """Return whether rows without known headers are a table all the same.

    A table has several rows of three cells or more, one address in each, always in the same place.
    """
    filled = [row.cells for row in rows if any("@" in cell for cell in row.cells)]
    places = {index for cells in filled for index, cell in enumerate(cells) if "@" in cell}
    return (
        len(filled) > 1
        and len(places) == 1
        and min(map(len, filled)) > 2
        and not any("<" in cell for cells in filled for cell in cells)
    )


def _items(text: str) -> Iterator[_Item]:
    """Yield the items of the text, without the labels before them and between them."""
    group = ""
    for number, line in _logical_lines(text):
        if _DECORATION.fullmatch(line):
            continue
        heading = _HEADING.fullmatch(line)
        if heading and "@" not in line:
            group = _group(heading["label"])
            continue
        if "@" not in line and _MAIL_HEADER.match(folded(line.partition(":")[0]) + ":"):
            continue
        body = _BETWEEN.sub(r"\1; ", _BULLET.sub("", line, count=1))
        for label, piece in _labelled(list(_pieces(body))):
            group = group if label is None else label
            if not _DECORATION.fullmatch(piece):
                yield _Item(number, piece.strip(), group)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, normalised; a folded line (RFC 5322 §2.2.3) joins the one
    before, if that ends in a comma.
    """
    number, whole = 0, ""
    for current, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        plain = _divided(_AT_WORD.sub("@", _AT.sub("@", line)))
        if whole.rstrip().endswith(",") and line[:1] in {" ", "\t"}:
            whole = f"{whole} {plain.strip()}"
            continue
        if whole:
            yield number, whole
        number, whole = current, plain
    if whole:
        yield number, whole


def _divided(line: str) -> str:
    """Return a line with the separators that `_split` knows."""
    line = line.translate(_FURTHER_SEPARATORS)
    return _DOTS.sub("; ", line) if line.count("@") > 1 else line


def _pieces(line: str) -> Iterator[str]:
    """Split a line at its separators. A comma between a family name and a first name is none."""
    if line.count("@") < 2 and not _has_several(line):
        yield line
        return
    pieces, separators = _split(line)
    held = ""
    for piece, separator in zip(pieces, separators, strict=True):
        if held and _is_name_and_outlet(held, piece):
            outlet, bracket, address = piece.partition("<")
            piece = f"{held} ({outlet.strip()}) {bracket}{address}"  # noqa: PLW2901 - the piece begins one earlier
        elif held and _is_name_in_two(held, piece):
            piece = f"{held}, {piece.strip()}"  # noqa: PLW2901 - as above
        elif held:
            yield held
        held = ""
        if separator == "," and "@" not in piece and piece.strip():
            held = piece
        else:
            yield piece
    if held:
        yield held


def _has_several(line: str) -> bool:
    """Return whether separators divide a line with one address, not counting `Name; address`."""
    pieces, separators = _split(line)
    filled = [piece for piece in pieces if not _DECORATION.fullmatch(piece)]
    if "," in separators and "<" in line and len(filled) == 2:
        return not _is_name_in_two(*filled) or _is_name_and_outlet(*filled)
    return len(filled) > 2 or (len(filled) == 2 and ("<" in line or any(map(_is_group, filled))))


def _split(line: str) -> tuple[list[str], list[str]]:
    """Return the pieces of a line and the separator after each; quoted names stay whole."""
    pieces, separators = [""], []
    for found in _SPAN.finditer(line):
        if found[0] in {";", ",", "|", "\n"}:
            separators.append(found[0])
            pieces.append("")
        else:
            pieces[-1] += found[0]
    return pieces, [*separators, ""]


def _is_name_in_two(family: str, rest: str) -> bool:
    """Return whether `family, rest` is one person: `Dupont`, `Jean <jean@…>`."""
    given, bracket, _address = rest.partition("<")
    words, given_words = family.split(), given.split()
    if not bracket or not given_words or _is_group(family):
        return False
    return len(words) == 1 or len(given_words) == 1


def _is_name_and_outlet(name: str, rest: str) -> bool:
    """Return whether `name, rest` is a person and an outlet: `Ana Petit, La Gazette <apetit@…>`.

    The address tells: it has a word of the name before the @, and none of the outlet; an outlet of
    one word stands behind the @, or is an acronym.
    """
    outlet, bracket, address = rest.partition("<")
    local, _at, domain = (part.replace(" ", "") for part in _folded_parts(address))
    if not bracket or not outlet.strip() or "@" in outlet or _is_group(name):
        return False
    if len(folded(outlet).split()) == 1 and not (_names(outlet, domain) or outlet.isupper()):
        return False  # `Le Roy, Marc`
    return len(name.split()) > 1 and _names(name, local) and not _names(outlet, local)


def _folded_parts(address: str) -> tuple[str, str, str]:
    local, at, domain = address.partition("@")
    return folded(local), at, folded(domain)


def _names(text: str, local: str) -> bool:
    return any(len(word) >= _MIN_NAME and word in local for word in folded(text).split())


def _is_group(name: str) -> bool:
    return "@" not in name and not _GROUP_WORDS.isdisjoint(folded(name).split())


def _labelled(pieces: list[str]) -> Iterator[tuple[str | None, str]]:
    """Yield each piece with the label that begins at it, None where none does.

    `To:`, `À :` and `Cc :` name no group; `Presse: a@…, b@…;` (RFC 5322 §3.4) does. When every
    piece is a label and an address, `Ana Petit: ana@…`, the labels are names.
    """
    found = [_LABEL.match(piece) for piece in pieces]
    are_names = all(
        label and not _TOKEN.sub("", piece[label.end() :]).strip(_AROUND)
        for piece, label in zip(pieces, found, strict=True)
    )
    for piece, label in zip(pieces, found, strict=True):
        if label is None:
            yield None, piece
        elif folded(label["label"]) in _LABELS:
            rest = piece[label.end() :]
            inner = _LABEL.match(rest)  # `To: Presse: ana@…;`
            is_group = inner is not None and _TOKEN.search(rest[inner.end() :]) is not None
            yield (
                (inner["label"].strip(), rest[inner.end() :]) if inner and is_group else ("", rest)
            )
        elif are_names:
            yield None, piece
        else:
            yield label["label"].strip(), piece[label.end() :]


def _group(label: str) -> str:
    return "" if folded(label) in _LABELS else label.strip()


def _people(item: str) -> Iterator[_Written]:
    """Yield the people of an item; more than one only where nothing but blanks is between them."""
    found = list(_TOKEN.finditer(item))
    if len(found) < 2 or len(_BRACKETED.findall(item)) == 1:
        yield _written(item)
        return
    if item[: found[0].start()].strip(_AROUND):
        cuts = [0, *(each.end() for each in found[:-1]), len(item)]
    else:
        cuts = [0, *(each.start() for each in found[1:]), len(item)]
    for start, end in pairwise(cuts):
        yield _written(item[start:end].lstrip(" >)]\"'").rstrip(" <([\"'"))


def _written(item: str) -> _Written:
    """Return the address of an item and the words beside it; without an address, the item as it is.

    A name stands before the address, or behind it: `lina@… Lina Moreau`, `lina@… (Lina Moreau)`.
    What stands in brackets beside a name, mostly the outlet, is a note.
    """
    found = _BRACKETED.search(item) or _TOKEN.search(item)
    if found is None:
        return _Written(item)
    address = found[found.lastindex or 0].strip(_AROUND.replace("-", ""))
    notes: list[str] = []
    before = _without_comments(item[: found.start()], notes)
    after = _without_comments(item[found.end() :], notes)
    names = [each for each in (before, after) if each and each.casefold() != address.casefold()]
    if names and "@" not in names[0] and not names[0].endswith(("!", "?")):
        name, *more = re.split(r"\s+[-–—]\s+", names[0])
        return _Written(address, name, "; ".join((*more, *names[1:], *notes)))
    if notes and not names and _may_be_person(notes[0], address):
        return _Written(address, notes[0], "; ".join(notes[1:]))
    return _Written(address, "", "; ".join((*names, *notes)))


def _may_be_person(note: str, address: str) -> bool:
    """Return whether the words in brackets behind an address are a name: `luc@… (Luc Petit)`.

    An outlet begins with an article, is an acronym, or stands behind the @.
    """
    local, _at, domain = (part.replace(" ", "") for part in _folded_parts(address))
    if _names(note, local):
        return True
    is_outlet = (
        note.isupper() or _names(note, domain) or (*folded(note).split(), "")[0] in _ARTICLES
    )
    return note[:1].isupper() and not is_outlet


def _without_comments(text: str, notes: list[str]) -> str:
    notes += [inside for each in _COMMENT.finditer(text) if (inside := each["inside"].strip())]
    return _COMMENT.sub(" ", text).strip(f"{_AROUND}()[]")
