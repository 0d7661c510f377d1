"""The traits of CSS: its properties, values, selectors and rules, as `features` names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

_PREFIXES = ("-webkit-", "-moz-", "-ms-", "-o-")
_GROUPS = ("() block", "[] block", "{} block", "function")
_NESTED = frozenset({"media", "supports", "layer", "container", "scope"})


def sheet_traits(css: str) -> Iterator[tuple[str, str]]:
    """Yield each trait of a style sheet with the words of CSS that have it."""
    yield from _rules(tinycss2.parse_stylesheet(css), inside=False)


def declaration_traits(css: str) -> Iterator[tuple[str, str]]:
    """Yield each trait of a `style` attribute with the words of CSS that have it."""
    yield from _block(tinycss2.parse_blocks_contents(css))


def _rules(nodes: Sequence[Node], *, inside: bool) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "comment":
            yield "css comment", f"/*{node.value}*/"
        elif node.type == "qualified-rule":
            yield from _style_rule(node, inside=inside)
        elif node.type == "at-rule":
            yield from _at_rule(node)


def _style_rule(node: Node, *, inside: bool) -> Iterator[tuple[str, str]]:
    shown = tinycss2.serialize(node.prelude).strip()
    if inside:
        yield "nesting", shown
    for trait in selector_traits(node.prelude):
        yield trait, shown
    yield from _block(tinycss2.parse_blocks_contents(node.content))


def _at_rule(node: Node) -> Iterator[tuple[str, str]]:
    name = _bare(node.lower_at_keyword)
    prelude = tinycss2.serialize(node.prelude).strip()
    shown = f"@{name} {prelude}".strip()
    yield f"@{name}", shown
    for token in _all(node.prelude):
        if token.type == "ident":
            yield f"@{name} {token.lower_value}", shown
    if node.content is None:
        return
    if name in _NESTED:
        yield from _rules(tinycss2.parse_rule_list(node.content), inside=False)
    elif name.endswith("keyframes"):
        for frame in tinycss2.parse_rule_list(node.content):
            if frame.type == "qualified-rule":
                yield from _block(tinycss2.parse_blocks_contents(frame.content))
    else:
        yield from _block(tinycss2.parse_blocks_contents(node.content))


def _block(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    names = {node.lower_name for node in nodes if node.type == "declaration"}
    for node in nodes:
        if node.type != "declaration":
            yield from _rules([node], inside=True)
        elif not (_is_one_colour(node) and "background-color" in names):
            yield from _declaration(node)


def _is_one_colour(node: Node) -> bool:
    """Return whether a picture of the ground is a gradient from a colour to the same colour.

    It keeps a dark mode from changing the ground; a program without it shows `background-color`.
    """
    functions = [token for token in node.value if token.type == "function"]
    if node.lower_name != "background-image" or len(functions) != 1:
        return False
    stops = tinycss2.serialize(functions[0].arguments).lower().split(",")
    return functions[0].lower_name == "linear-gradient" and len({it.strip() for it in stops}) == 1


def _declaration(node: Node) -> Iterator[tuple[str, str]]:
    name = _bare(node.lower_name)
    if name.startswith("mso-"):
        return  # for Word alone
    shown = f"{node.name}: {tinycss2.serialize(node.value).strip()}"
    yield ("--custom" if name.startswith("--") else name), shown
    if node.important:
        yield "!important", f"{shown} !important"
    for token in _all(node.value):
        for trait in _value_traits(name, token):
            yield trait, shown


def _value_traits(name: str, token: Node) -> Iterator[str]:
    """Yield the traits of one word of a property's value."""
    match token.type:
        case "comment":
            yield "css comment"
        case "ident":
            word = _bare(token.lower_value)
            yield f"{name}: {word}"
            yield f"value {word}"
        case "dimension":
            yield f"unit {token.lower_unit}"
        case "percentage":
            yield "unit %"
        case "function":
            yield f"{_bare(token.lower_name)}()"
            if token.lower_name == "url":
                yield from image_traits("".join(_strings(token.arguments)))
        case "url":
            yield from image_traits(token.value)


def _strings(nodes: Sequence[Node]) -> Iterator[str]:
    return (node.value for node in nodes if node.type == "string")


def image_traits(address: str) -> Iterator[str]:
    """Yield the format of a picture by its address, and whether it stands in it as Base64."""
    address = address.strip().lower()
    if address.startswith("data:"):
        kind = address[5:].partition(";")[0].partition(",")[0]
        yield f"image {kind.rpartition('/')[2].removesuffix('+xml')}"
        if ";base64" in address.partition(",")[0]:
            yield "image base64"
        return
    path = address.partition("?")[0].partition("#")[0]
    name = path.rpartition("/")[2]
    if "." in name:
        yield f"image {name.rpartition('.')[2]}"


_COMBINATORS = {
    ">": "selector child",
    "+": "selector adjacent",
    "~": "selector sibling",
    ",": "selector group",
}
_DESCENDANT = "selector descendant"


def selector_traits(tokens: Iterable[Node]) -> Iterator[str]:
    """Yield what selectors are made of (Selectors Level 4, sections 3 to 15)."""
    for combinator, compound in _compounds(tokens):
        if combinator:
            yield combinator
        yield from _compound_traits(compound)


def _compounds(tokens: Iterable[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Yield each compound selector with the combinator before it."""
    combinator: str = ""
    compound: list[Node] = []
    for token in tokens:
        found = _combinator(token)
        if not found:
            compound.append(token)
        elif compound:
            yield combinator, compound
            combinator, compound = found, []
        elif found != _DESCENDANT:
            combinator = found
    if compound:
        yield combinator, compound


def _combinator(token: Node) -> str:
    if token.type in {"whitespace", "comment"}:
        return _DESCENDANT
    return _COMBINATORS.get(token.value, "") if token.type == "literal" else ""


def _compound_traits(compound: Sequence[Node]) -> Iterator[str]:
    """Yield the simple selectors of a compound; two classes, ids or attributes are a chain."""
    colons, narrowing, before = 0, 0, ""
    for token in compound:
        written = token.value if token.type == "literal" else ""
        if written == ":":
            colons += 1
        elif colons:
            yield from _pseudo(token, colons)
            colons = 0
        elif found := _simple(token, is_class=before == "."):
            yield found
            narrowing += found in _NARROWING
        before = written
    if narrowing > 1:
        yield "selector chain"


_NARROWING = frozenset({"selector class", "selector id", "selector attribute"})
_BY_TYPE = {"hash": "selector id", "[] block": "selector attribute"}
_BY_SIGN = {"*": "selector universal", "&": "nesting"}


def _simple(token: Node, *, is_class: bool) -> str:
    if token.type == "ident":
        return "selector class" if is_class else "selector type"
    if token.type == "literal":
        return _BY_SIGN.get(token.value, "")
    return _BY_TYPE.get(token.type, "")


_OLD_ELEMENTS = frozenset({"before", "after", "first-line", "first-letter"})


def _pseudo(token: Node, colons: int) -> Iterator[str]:
    name = token.lower_name if token.type == "function" else getattr(token, "lower_value", "")
    name = _bare(name)
    is_element = colons > 1 or name in _OLD_ELEMENTS
    yield f"{'::' if is_element else ':'}{name.removeprefix('input-')}"
    if token.type == "function" and name in {"not", "is", "where", "has", "matches"}:
        yield from selector_traits(token.arguments)


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield all tokens, those in brackets and functions included."""
    for node in nodes:
        yield node
        if node.type in _GROUPS:
            yield from _all(node.arguments if node.type == "function" else node.content)


def _bare(name: str) -> str:
    """Return a name without the prefix of a browser maker."""
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name
