"""Read DMARC records, find the one that counts, and say whether two domains are aligned.

The organisational domain is found by the tree walk of the present DMARC text (DMARCbis §4.10): the
DNS is asked for `_dmarc` at each parent. Receivers that still follow RFC 7489 use a list of public
suffixes, which a program would have to keep fresh. Both find the same domain unless a public
suffix publishes a DMARC record without saying so (`psd=y`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.errors import Unreadable
from mailer.mail_authentication.tags import read_tags
from mailer.model.health.dns import RecordType, records_of
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.health.dns import Ask

_VERSION = re.compile(r"v\s*=\s*DMARC1\s*(;|$)")
_MAX_LABELS = 8
"""A longer name is cut to seven labels after the first question (DMARCbis §4.10)."""


class Policy(StrEnum):
    """What the owner of a domain asks receivers to do with mail that is not its own."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """A DMARC record: `psd` is "y" for a public suffix, "n" for an organisational domain."""

    policy: Policy
    subdomain_policy: Policy
    is_spf_strict: bool = False
    is_dkim_strict: bool = False
    is_testing: bool = False
    percent: int = 100
    reports_to: tuple[str, ...] = ()
    psd: str = "u"


@dataclass(frozen=True, slots=True)
class LocatedRecord:
    """A DMARC record and the domain at which it stands."""

    domain: str
    record: DmarcRecord


@dataclass(frozen=True, slots=True)
class Tree:
    """What the tree walk from a domain has found, from the domain upwards.

    `faults` says which records receivers ignore.
    """

    domain: str
    found: tuple[LocatedRecord, ...]
    faults: tuple[Text, ...] = ()

    @property
    def organisational_domain(self) -> str:
        """The domain that stands for the organisation."""
        for each in self.found:
            if each.record.psd == "n":
                return each.domain
            if each.record.psd == "y" and each.domain != self.domain:
                return _child_of(each.domain, within=self.domain)
        return self.found[-1].domain if self.found else self.domain

    @property
    def applied(self) -> LocatedRecord | None:
        """The record that receivers apply to mail from the domain."""
        if self.found and self.found[0].domain == self.domain:
            return self.found[0]
        at = self.organisational_domain
        of_organisation = next((each for each in self.found if each.domain == at), None)
        return of_organisation or next((e for e in self.found if e.record.psd == "y"), None)

    @property
    def policy(self) -> Policy:
        """The policy for mail from the domain; none without a record."""
        if (found := self.applied) is None:
            return Policy.NONE
        is_own = found.domain == self.domain
        policy = found.record.policy if is_own else found.record.subdomain_policy
        return _milder(policy) if found.record.is_testing else policy


def walk(domain: str, *, ask: Ask) -> Tree:
    """Ask for the DMARC records of a domain and its parents. Raises UnansweredError."""
    found: list[LocatedRecord] = []
    faults: list[Text] = []
    for name in _names(domain):
        texts = [
            text
            for text in records_of(ask, f"_dmarc.{name}", RecordType.TXT)
            if _VERSION.match(text)
        ]
        if len(texts) > 1:
            faults.append(_("{domain} has {count} DMARC records", domain=name, count=len(texts)))
        if len(texts) != 1:
            continue
        try:
            record = read_dmarc(texts[0])
        except Unreadable as error:
            faults.append(_("the record of {domain}: {fault}", domain=name, fault=error.reason))
            continue
        found.append(LocatedRecord(name, record))
        if record.psd in {"y", "n"}:
            break
    return Tree(domain, tuple(found), tuple(faults))


def _names(domain: str) -> Iterator[str]:
    yield domain
    labels = domain.split(".")[1:]
    labels = labels[-(_MAX_LABELS - 1) :]
    while labels:
        yield ".".join(labels)
        labels = labels[1:]


def _child_of(parent: str, *, within: str) -> str:
    """Return the domain one label below `parent` on the way to `within`."""
    below = within.removesuffix(f".{parent}").rpartition(".")[2]
    return f"{below}.{parent}"


def read_dmarc(text: str) -> DmarcRecord:
    """Return a DMARC record. Raises Unreadable for one that receivers ignore."""
    tags = {name.lower(): value for name, value in read_tags(text)}
    reports_to = tuple(uri.strip() for uri in tags.get("rua", "").split(",") if uri.strip())
    policy = _policy(tags.get("p", ""))
    if policy is None and not any(uri.lower().startswith("mailto:") for uri in reports_to):
        raise Unreadable(_("it says no policy (p=none, p=quarantine or p=reject)"))
    percent = tags.get("pct", "100")
    return DmarcRecord(
        policy=policy or Policy.NONE,
        subdomain_policy=_policy(tags.get("sp", "")) or policy or Policy.NONE,
        is_spf_strict=tags.get("aspf", "r").lower() == "s",
        is_dkim_strict=tags.get("adkim", "r").lower() == "s",
        is_testing=tags.get("t", "n").lower() == "y",
        percent=int(percent) if percent.isascii() and percent.isdigit() else 100,
        reports_to=reports_to,
        psd=tags.get("psd", "u").lower(),
    )


def _policy(text: str) -> Policy | None:
    return Policy(text.lower()) if text.lower() in set(Policy) else None


def _milder(policy: Policy) -> Policy:
    """Return the policy that receivers apply while the owner is testing (`t=y`)."""
    return Policy.QUARANTINE if policy is Policy.REJECT else Policy.NONE


def is_aligned(domain: str, *, sender: Tree, is_strict: bool, ask: Ask) -> bool:
    """Return whether a domain that SPF or DKIM has proved is that of the From field.

    Raises UnansweredError. The DNS is asked only where the names themselves do not tell.
    """
    if domain == sender.domain:
        return True
    organisation = sender.organisational_domain
    if is_strict or not f".{domain}".endswith(f".{organisation}"):
        return False
    return walk(domain, ask=ask).organisational_domain == organisation
