"""The traits of CSS: its properties, values, selectors and rules, as `features` names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

_PREFIXES = ("-webkit-", "-moz-", "-ms-", "-o-")
_GROUPS = ("() block", "[] block", "{} block", "function")
_NESTED = frozenset(
    {"media", "supports", "layer", "container", "scope", "starting-style", "document"}
)
_ASKING = frozenset({"media", "container"})
"""The rules that measure: a unit in what they ask for is one that the program must know."""


def sheet_traits(css: str) -> Iterator[tuple[str, str]]:
    """Yield each trait of a style sheet with the words of CSS that have it."""
    yield from _rules(tinycss2.parse_stylesheet(css), inside=False)


def declaration_traits(css: str) -> Iterator[tuple[str, str]]:
    """Yield each trait of a `style` attribute with the words of CSS that have it."""
    yield from _block(tinycss2.parse_blocks_contents(css), inside=True)


def _rules(nodes: Sequence[Node], *, inside: bool) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.type == "comment":
            yield "css comment", f"/*{node.value}*/"
        elif node.type == "qualified-rule":
            yield from _style_rule(node, inside=inside)
        elif node.type == "at-rule":
            yield from _at_rule(node, inside=inside)


def _style_rule(node: Node, *, inside: bool) -> Iterator[tuple[str, str]]:
    shown = tinycss2.serialize(node.prelude).strip()
    if inside:
        yield "nesting", shown
    for trait in selector_traits(node.prelude):
        yield trait, shown
    yield from _block(tinycss2.parse_blocks_contents(node.content), inside=True)


def _at_rule(node: Node, *, inside: bool) -> Iterator[tuple[str, str]]:
    name = _bare(node.lower_at_keyword)
    prelude = tinycss2.serialize(node.prelude).strip()
    shown = f"@{name} {prelude}".strip()
    yield f"@{name}", shown
    if inside:
        yield "nesting", shown
    for token in _all(node.prelude):
        for trait in _asked_traits(name, token):
            yield trait, shown
    if node.content is None:
        return
    if name in _NESTED and not inside:
        yield from _rules(tinycss2.parse_rule_list(node.content), inside=False)
    elif name.endswith("keyframes"):
        for frame in tinycss2.parse_rule_list(node.content):
            if frame.type == "qualified-rule":
                yield from _block(tinycss2.parse_blocks_contents(frame.content), inside=True)
    else:
        block = _block(tinycss2.parse_blocks_contents(node.content), inside=inside)
        # A font is no picture, though its address may end like one.
        yield from (it for it in block if name != "font-face" or not it[0].startswith("image "))


def _asked_traits(rule: str, token: Node) -> Iterator[str]:
    """Yield the traits of one word of what an at-rule asks for."""
    if token.type == "ident":
        yield f"@{rule} {token.lower_value}"
    elif token.type == "comment" or rule in _ASKING:
        yield from _value_traits(token)


def _block(nodes: Sequence[Node], *, inside: bool) -> Iterator[tuple[str, str]]:
    """Yield the traits of declarations and of the rules among them, which are `inside` a style."""
    names = {node.lower_name for node in nodes if node.type == "declaration"}
    for node in nodes:
        if node.type != "declaration":
            yield from _rules([node], inside=inside)
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
    for token in node.value:
        yield f"{name}: {_word(token)}", shown
    for token in _all(node.value):
        for trait in _value_traits(token):
            yield trait, shown


def _word(token: Node) -> str:
    """Return one word of a property's value as the traits name it; "" for what none of them names."""
    match token.type:
        case "ident":
            return _bare(token.lower_value)
        case "function":
            return f"{_bare(token.lower_name)}()"
        case "url":
            return "url()"
        case "number":
            return "number"
        case "literal":
            return str(token.value)
    return ""


def _value_traits(token: Node) -> Iterator[str]:
    """Yield the traits of one word of a value, in whatever property it stands."""
    match token.type:
        case "comment":
            yield "css comment"
        case "ident":
            yield f"value {_bare(token.lower_value)}"
        case "dimension":
            yield f"unit {token.lower_unit}"
        case "percentage":
            yield "unit %"
        case "function":
            name = _bare(token.lower_name)
            yield f"{name}()"
            if name in {"url", "image-set"}:
                for address in _strings(token.arguments):
                    yield from image_traits(address)
        case "url":
            yield from image_traits(token.value)


def _strings(nodes: Sequence[Node]) -> Iterator[str]:
    return (node.value for node in nodes if node.type == "string")


def image_traits(address: str) -> Iterator[str]:
    """Yield the format of a picture by its address, and whether it stands in it as Base64."""
    address = address.strip().lower()
    if address.startswith("data:"):
        head = address[5:].partition(",")[0]
        family, _slash, kind = head.partition(";")[0].partition("/")
        if family in {"image", "video"}:
            yield f"image {kind.removesuffix('+xml')}"
            if ";base64" in head:
                yield "image base64"
        return
    path = address.partition("?")[0].partition("#")[0].partition("&")[0]
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


def selector_traits(tokens: Sequence[Node]) -> Iterator[str]:
    """Yield what selectors are made of (Selectors Level 4, sections 3 to 15)."""
    if any(token.type == "comment" for token in tokens):
        yield "css comment"
    for combinator, compound in _compounds(it for it in tokens if it.type != "comment"):
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
    if token.type == "whitespace":
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
