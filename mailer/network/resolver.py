"""Ask the DNS, within a limited time and with three answers: records, none, or nobody answered."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from mailer.model.health.dns import DnsAnswer, NoRecords, NotAnswered, Records, RecordType
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_EACH_S = 4.0
"""How long one question waits; an examination as a whole waits `patience_s`."""
_RESERVED = ("example", "invalid", "test", "localhost", "local")
"""Names that the DNS of the internet never has (RFC 6761, RFC 6762)."""


class Resolver:
    """A `ports.Dns` that asks the name servers of this machine, or `servers` (`address[:port]`).

    After `patience_s` spent with waiting nothing more is asked; what a caller does between two
    questions does not count.
    """

    def __init__(self, servers: Sequence[str] = (), *, patience_s: float = 20.0) -> None:
        self._servers = servers
        self._left_s = patience_s
        self._answers: dict[tuple[str, RecordType], DnsAnswer] = {}
        self._resolver: Any = None

    def ask(self, name: str, kind: RecordType) -> DnsAnswer:
        key = (name.rstrip(".").lower(), kind)
        if key not in self._answers:
            self._answers[key] = self._ask(*key)
        return self._answers[key]

    def _ask(self, name: str, kind: RecordType) -> DnsAnswer:
        if not self._servers and name.rpartition(".")[2] in _RESERVED:
            return NotAnswered(_("{name} is a reserved name, which nobody can ask for", name=name))
        if self._left_s <= 0:
            return NotAnswered(_("the name servers took too long before"))
        began_s = monotonic()
        try:
            return self._answer(name, kind, lifetime_s=min(_EACH_S, self._left_s))
        finally:
            self._left_s -= monotonic() - began_s

    def _answer(self, name: str, kind: RecordType, *, lifetime_s: float) -> DnsAnswer:
        import dns.exception  # noqa: PLC0415 - 0.1 s that most commands save

        try:
            answer = self._made().resolve(
                _absolute(name, kind), kind.value, lifetime=lifetime_s, search=False
            )
        except (dns.exception.DNSException, OSError, UnicodeError) as error:
            return _translated(error, name, kind)
        return Records(tuple(_texts(answer, kind)))

    def _made(self) -> Any:
        if self._resolver is None:
            import dns.nameserver  # noqa: PLC0415 - as above
            import dns.resolver  # noqa: PLC0415 - as above

            resolver = dns.resolver.Resolver(configure=not self._servers)
            if self._servers:
                resolver.nameservers = [
                    dns.nameserver.Do53Nameserver(*_server(each)) for each in self._servers
                ]
            resolver.timeout = _EACH_S / 2
            resolver.use_edns(0, 0, 1232)
            self._resolver = resolver
        return self._resolver


class OfflineDns:
    """A `ports.Dns` that asks nobody."""

    def ask(self, name: str, kind: RecordType) -> DnsAnswer:  # noqa: ARG002 - as the port says
        return NotAnswered(_("nothing was to be asked of the network"))


def _translated(error: Exception, name: str, kind: RecordType) -> DnsAnswer:
    """Return what an exception of dnspython means: the one place that knows them."""
    import dns.exception  # noqa: PLC0415 - as above
    import dns.name  # noqa: PLC0415 - as above
    import dns.resolver  # noqa: PLC0415 - as above

    match error:
        case dns.resolver.NoAnswer():
            return NoRecords()
        case (
            dns.resolver.NXDOMAIN()
            | dns.name.LabelTooLong()
            | dns.name.NameTooLong()
            | dns.name.EmptyLabel()
        ):
            return NoRecords(name_exists=False)
        case dns.resolver.NoNameservers():
            return NotAnswered(
                _("the name servers failed at {name} ({type})", name=name, type=kind)
            )
        case dns.exception.Timeout():
            return NotAnswered(
                _("no name server answered for {name} ({type})", name=name, type=kind)
            )
        case _:
            reason = str(error) or type(error).__name__
            return NotAnswered(_("{name} could not be asked: {reason}", name=name, reason=reason))


def _absolute(name: str, kind: RecordType) -> str:
    """Return the name to ask for; an address is asked for by its reverse name."""
    if kind is RecordType.PTR:
        import dns.reversename  # noqa: PLC0415 - as above

        return str(dns.reversename.from_address(name))
    return f"{name}."


def _server(text: str) -> tuple[str, int]:
    """Split `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`."""
    if text.startswith("["):
        address, _bracket, port = text[1:].partition("]")
        return address, int(port.lstrip(":") or 53)
    if text.count(":") == 1:
        address, _colon, port = text.partition(":")
        return address, int(port)
    return text, 53


def _texts(answer: Any, kind: RecordType) -> list[str]:
    if kind is RecordType.TXT:
        return [b"".join(each.strings).decode("utf-8", "backslashreplace") for each in answer]
    if kind is RecordType.MX:
        ordered = sorted(answer, key=lambda each: each.preference)
        return [_name(each.exchange) for each in ordered]
    if kind is RecordType.PTR:
        return [_name(each.target) for each in answer]
    return [str(each.address) for each in answer]


def _name(name: Any) -> str:
    return str(name).rstrip(".").lower()
