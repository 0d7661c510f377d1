"""Read an SPF record into its terms (RFC 7208 §4.6, §5, §6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING

from mailer.errors import Unreadable
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_VERSION = re.compile(r"v=spf1(?= |$)", re.IGNORECASE)
_TERM = re.compile(r"(?P<qualifier>[+?~-]?)(?P<name>[A-Za-z][\w.-]*)(?P<rest>[:/=].*)?", re.ASCII)
_PREFIXES = re.compile(r"(?:/(?P<four>\d{1,2}))?(?://(?P<six>\d{1,3}))?")
_MACRO = re.compile(r"%(?:[%_-]|\{[slodiphcrtvSLODIPHCRTV]\d*r?[.\-+,/_=]*\})")
_WITH_DOMAIN = frozenset({"include", "exists"})
_MAY_HAVE_DOMAIN = frozenset({"a", "mx", "ptr"})
ASKING = frozenset({"include", "exists", "a", "mx", "ptr", "redirect"})
"""The terms that ask the DNS, of which ten may be evaluated (RFC 7208 §4.6.4)."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism: `domain` is "" for the domain of the record itself."""

    qualifier: str
    name: str
    domain: str = ""
    network: IPv4Network | IPv6Network | None = None
    prefix_four: int = 32
    prefix_six: int = 128


@dataclass(frozen=True, slots=True)
class SpfRecord:
    """A record: its mechanisms in order, and where it redirects, or ""."""

    mechanisms: tuple[Mechanism, ...]
    redirect: str = ""

    @property
    def all(self) -> Mechanism | None:
        """The `all` at its end, if there is one."""
        return next((each for each in self.mechanisms if each.name == "all"), None)


def spf_texts(texts: Iterable[str]) -> list[str]:
    """Return the TXT records that are SPF records: those that begin with `v=spf1` (§4.5)."""
    return [text for text in texts if _VERSION.match(text)]


def almost_spf(texts: Iterable[str]) -> str:
    """Return a TXT record that is meant as SPF and is not read as such, or ""."""
    meant = re.compile(r"[\s\"“”']*v?\s*=?\s*spf\s*\d?", re.IGNORECASE)
    return next(
        (text for text in texts if meant.match(text) and not _VERSION.match(text)
         and not text.lower().startswith("spf2.0/")),
        "",
    )  # fmt: skip


def read_spf(text: str) -> SpfRecord:
    """Return the terms of an SPF record. Raises Unreadable for what makes it a permanent error."""
    mechanisms: list[Mechanism] = []
    modifiers: dict[str, str] = {}
    for term in text.split(" ")[1:]:
        if not term:
            continue
        found = _TERM.fullmatch(term)
        if found is None:
            raise Unreadable(_("“{term}” is no term of SPF", term=term))
        rest = found["rest"] or ""
        if rest.startswith("="):
            _add_modifier(modifiers, found["name"].lower(), rest[1:], term)
        else:
            mechanisms.append(_mechanism(found["qualifier"], found["name"].lower(), rest, term))
    return SpfRecord(tuple(mechanisms), modifiers.get("redirect", ""))


def _add_modifier(modifiers: dict[str, str], name: str, value: str, term: str) -> None:
    if name in {"redirect", "exp"}:
        if name in modifiers:
            raise Unreadable(_("“{name}” is written twice", name=name))
        _require_domain(value, term)
    modifiers[name] = value


def _mechanism(qualifier: str, name: str, rest: str, term: str) -> Mechanism:
    if name == "all" and not rest:
        return Mechanism(qualifier or "+", name)
    if name in {"ip4", "ip6"} and rest.startswith(":"):
        return Mechanism(qualifier or "+", name, network=_network(name, rest[1:], term))
    if name in _WITH_DOMAIN and rest.startswith(":"):
        return Mechanism(qualifier or "+", name, _require_domain(rest[1:], term))
    if name == "ptr" and (not rest or rest.startswith(":")):
        return Mechanism(qualifier or "+", name, _require_domain(rest[1:], term) if rest else "")
    if name in _MAY_HAVE_DOMAIN - {"ptr"}:
        return _with_prefixes(qualifier or "+", name, rest, term)
    raise Unreadable(_("“{term}” is no term of SPF", term=term))


def _with_prefixes(qualifier: str, name: str, rest: str, term: str) -> Mechanism:
    domain, slash, prefixes = _split_prefixes(rest)
    found = _PREFIXES.fullmatch(slash + prefixes)
    four, six = (int(found["four"] or 32), int(found["six"] or 128)) if found else (99, 999)
    if four > 32 or six > 128:
        raise Unreadable(_("“{term}” has no valid prefix length", term=term))
    if rest.startswith(":"):
        _require_domain(domain, term)
    return Mechanism(qualifier, name, domain, prefix_four=four, prefix_six=six)


def _split_prefixes(rest: str) -> tuple[str, str, str]:
    """Split `:domain/24//64` at the slash before the lengths; a macro may hold a slash itself."""
    outside = _MACRO.sub(lambda macro: "x" * len(macro[0]), rest)
    at = outside.find("/")
    if at < 0:
        return rest[1:], "", ""
    return rest[1:at], "/", rest[at + 1 :]


def _network(name: str, text: str, term: str) -> IPv4Network | IPv6Network:
    try:
        network = ip_network(text, strict=False)
    except ValueError as error:
        raise Unreadable(_("“{term}” holds no valid address", term=term)) from error
    if network.version != int(name[2]):
        raise Unreadable(_("“{term}” holds no valid address", term=term))
    return network


def _require_domain(text: str, term: str) -> str:
    """Return a domain that can be one, with its macros. Raises Unreadable."""
    without = _MACRO.sub("x", text)
    end = without.rstrip(".").rpartition(".")[2]
    if (
        not text
        or "%" in without
        or any(not "!" <= letter <= "~" for letter in text)
        or (without == text and ("." not in text.rstrip(".") or not any(map(str.isalpha, end))))
    ):
        raise Unreadable(_("“{term}” names no domain", term=term))
    return text


def domains_named(record: SpfRecord) -> Iterator[str]:
    """Yield the other domains that a record relies on."""
    yield from (each.domain for each in record.mechanisms if each.name == "include")
    if record.redirect and record.all is None:
        yield record.redirect
