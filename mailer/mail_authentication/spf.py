"""Evaluate SPF as a receiver does (RFC 7208 §4), with the counts that its limits are about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from mailer.errors import Unreadable
from mailer.mail_authentication.spf_macros import MacroValues
from mailer.mail_authentication.spf_record import read_spf, spf_texts
from mailer.model.health.dns import (
    NotAnswered,
    Records,
    RecordType,
    UnansweredError,
    records_of,
)
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.mail_authentication.spf_record import Mechanism, SpfRecord
    from mailer.model.health.dns import Ask

IpAddress = IPv4Address | IPv6Address

MAX_LOOKUPS = 10
"""How many terms that ask the DNS may be evaluated (RFC 7208 §4.6.4)."""
MAX_VOID_LOOKUPS = 2
"""How many of the questions may find nothing; receivers may set another limit, and most do not."""
_MAX_HOSTS = 10
_GIVEN_UP_AFTER = 60
"""Terms after which a record that is only weighed is taken for one that includes itself."""


class SpfResult(StrEnum):
    """What a receiver concludes (RFC 7208 §2.6)."""

    PASS = "pass"  # noqa: S105 - the word of RFC 7208, and no password
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    PERMERROR = "permerror"
    TEMPERROR = "temperror"


_RESULTS = {
    "+": SpfResult.PASS,
    "-": SpfResult.FAIL,
    "~": SpfResult.SOFTFAIL,
    "?": SpfResult.NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class SpfAnswer:
    """The result, why it is an error if it is one, and how much was asked for it."""

    result: SpfResult
    why: Text | None = None
    lookups: int = 0
    void_lookups: int = 0


class _PermanentError(Exception):
    """The record cannot be evaluated by any receiver."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.why = why


def evaluate_spf(domain: str, *, address: IpAddress, sender: str, helo: str, ask: Ask) -> SpfAnswer:
    """Return what a receiver concludes about mail of `sender` that comes from `address`."""
    values = MacroValues(address, sender, helo)
    return _Evaluation(ask, values, max_lookups=MAX_LOOKUPS).answer(domain)


def weigh_spf(domain: str, *, ask: Ask) -> SpfAnswer:
    """Evaluate a record to its end, as for an address that nothing in it allows.

    So each fault is found that some receiver would find, and the most look-ups are counted.
    """
    return _Evaluation(ask, None, max_lookups=_GIVEN_UP_AFTER).answer(domain)


class _Evaluation:
    """One evaluation. Without `values` nothing matches but `all`, and limits are not enforced."""

    def __init__(self, ask: Ask, values: MacroValues | None, *, max_lookups: int) -> None:
        self._ask = ask
        self._values = values
        self._max_lookups = max_lookups
        self._lookups = 0
        self._void_lookups = 0

    def answer(self, domain: str) -> SpfAnswer:
        why: Text | None = None
        try:
            result = self._check(domain)
        except _PermanentError as error:
            result, why = SpfResult.PERMERROR, error.why
        except UnansweredError as error:
            result, why = SpfResult.TEMPERROR, error.reason
        return SpfAnswer(result, why, self._lookups, self._void_lookups)

    def _check(self, domain: str) -> SpfResult:
        """Return the result of the record of `domain`: RFC 7208 calls this `check_host`."""
        texts = spf_texts(records_of(self._ask, domain, RecordType.TXT))
        if not texts:
            return SpfResult.NONE
        if len(texts) > 1:
            raise _PermanentError(
                _("{domain} has {count} SPF records", domain=domain, count=len(texts))
            )
        try:
            record = read_spf(texts[0])
        except Unreadable as error:
            raise _PermanentError(
                _("the record of {domain} has a fault: {fault}", domain=domain, fault=error.reason)
            ) from error
        return self._evaluate(record, domain)

    def _evaluate(self, record: SpfRecord, domain: str) -> SpfResult:
        for mechanism in record.mechanisms:
            if self._matches(mechanism, domain):
                return _RESULTS[mechanism.qualifier]
        if record.redirect:
            target = self._expanded(record.redirect, domain)
            if target is None:
                return SpfResult.NEUTRAL
            self._count()
            result = self._check(target)
            if result is SpfResult.NONE:
                raise _without_spf(target)
            return result
        return SpfResult.NEUTRAL

    def _matches(self, mechanism: Mechanism, domain: str) -> bool:
        if mechanism.name == "all":
            return True
        if mechanism.network is not None:
            return self._values is not None and self._values.address in mechanism.network
        target = self._expanded(mechanism.domain, domain) if mechanism.domain else domain
        self._count()
        # RFC 7208 §5.5: “ptr” is not to be used, and receivers may skip it.
        if target is None or mechanism.name == "ptr":
            return False
        return self._matches_by_dns(mechanism, target)

    def _matches_by_dns(self, mechanism: Mechanism, target: str) -> bool:
        match mechanism.name:
            case "include":
                return self._includes(target)
            case "exists":
                return bool(self._asked(target, RecordType.A)) and self._values is not None
            case "mx":
                return self._is_among_hosts(self._asked(target, RecordType.MX), mechanism)
            case _:
                return self._is_address_of(target, mechanism)

    def _includes(self, target: str) -> bool:
        result = self._check(target)
        if result is SpfResult.NONE:
            raise _without_spf(target)
        return result is SpfResult.PASS and self._values is not None

    def _is_among_hosts(self, hosts: tuple[str, ...], mechanism: Mechanism) -> bool:
        if len(hosts) > _MAX_HOSTS:
            raise _PermanentError(_("“mx” leads to more than ten servers"))
        return any(self._is_address_of(host, mechanism) for host in hosts if host)

    def _is_address_of(self, host: str, mechanism: Mechanism) -> bool:
        if self._values is None:
            if not self._found(host, RecordType.A) and not self._found(host, RecordType.AAAA):
                self._count_void()
            return False
        own = self._values.address
        kind = RecordType.A if own.version == 4 else RecordType.AAAA
        prefix = mechanism.prefix_four if own.version == 4 else mechanism.prefix_six
        return any(
            own in ip_network(f"{address}/{prefix}", strict=False)
            for address in self._asked(host, kind)
        )

    def _found(self, name: str, kind: RecordType) -> tuple[str, ...]:
        return records_of(self._ask, name, kind)

    def _asked(self, name: str, kind: RecordType) -> tuple[str, ...]:
        found = self._found(name, kind)
        if not found:
            self._count_void()
        return found

    def _expanded(self, text: str, domain: str) -> str | None:
        """Return a domain with its macros expanded; None when nobody is there to expand them for."""
        if "%" not in text:
            return text.rstrip(".")
        return self._values.expand(text, domain=domain) if self._values else None

    def _count(self) -> None:
        self._lookups += 1
        if self._lookups > self._max_lookups:
            raise _PermanentError(
                _("it asks the DNS more than {count} times", count=self._max_lookups)
            )

    def _count_void(self) -> None:
        self._void_lookups += 1
        if self._values is not None and self._void_lookups > MAX_VOID_LOOKUPS:
            raise _PermanentError(_("more than two of the names in it do not exist"))


def _without_spf(domain: str) -> _PermanentError:
    return _PermanentError(_("it relies on {domain}, which has no SPF record", domain=domain))


def addresses_of(host: str, *, ask: Ask) -> tuple[IpAddress, ...] | NotAnswered:
    """Return the addresses of a host, which may be an address itself."""
    try:
        return (ip_address(host.strip("[]").removeprefix("IPv6:")),)
    except ValueError:
        pass
    found: list[IpAddress] = []
    for kind in (RecordType.A, RecordType.AAAA):
        match ask(host, kind):
            case Records(values):
                found += map(ip_address, values)
            case NotAnswered() as silence:
                return silence
            case _:
                pass
    return tuple(found)
