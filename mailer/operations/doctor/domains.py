"""Ask whether the domains of a message exist, take mail, and lead to the relay and back."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from mailer.mail_authentication.spf import addresses_of
from mailer.model.health.dns import NoRecords, NotAnswered, Records, RecordType
from mailer.model.health.health import Area, Question
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.health.dns import Ask
    from mailer.model.health.health import HealthLine
    from mailer.model.health.relay import Relay
    from mailer.operations.doctor.identity import SenderIdentity

MAIL_DOMAINS = Question(
    "mail-domains",
    Area.SENDER,
    _("Domains that take mail"),
    _("Bounces and replies go there, and receivers refuse senders whom nobody can answer."),
)
RELAY_NAME = Question(
    "relay-name",
    Area.SENDER,
    _("Name of the relay (PTR)"),
    _("Gmail and Orange refuse mail from an address without a name that leads back to it."),
)
POLICIES = Question(
    "inbound-tls",
    Area.SENDER,
    _("Encryption of what comes back (MTA-STS, TLS-RPT)"),
    _("They keep replies and bounces encrypted on their way to you; nothing depends on them."),
)


def domain_lines(identity: SenderIdentity, *, ask: Ask) -> Iterator[HealthLine]:
    """Yield whether mail can come back to the domains of From and of the return path."""
    for domain in dict.fromkeys((identity.from_domain, identity.return_domain)):
        yield _domain_line(domain, ask=ask)


def _domain_line(domain: str, *, ask: Ask) -> HealthLine:
    match ask(domain, RecordType.MX):
        case NotAnswered(reason):
            return MAIL_DOMAINS.not_asked(reason)
        case Records(("",)):
            return MAIL_DOMAINS.refused(
                _("{domain} says that it takes no mail (null MX)", domain=domain),
                _("Take that record out, or write from a domain that takes mail."),
            )
        case Records(hosts):
            return _hosts_line(domain, hosts, ask=ask)
        case NoRecords(name_exists):
            return _without_mx(domain, name_exists=name_exists, ask=ask)


def _hosts_line(domain: str, hosts: tuple[str, ...], *, ask: Ask) -> HealthLine:
    """Judge the servers of a domain: one that exists is enough."""
    silence: NotAnswered | None = None
    for host in hosts:
        found = addresses_of(host, ask=ask)
        if isinstance(found, NotAnswered):
            silence = found
        elif found:
            return MAIL_DOMAINS.right(_("{domain}: mail goes to {host}", domain=domain, host=host))
    if silence is not None:
        return MAIL_DOMAINS.not_asked(silence.reason)
    return MAIL_DOMAINS.refused(
        _(
            "{domain}: none of its mail servers exists ({hosts})",
            domain=domain,
            hosts=", ".join(hosts),
        ),
        _("Correct the MX records of the domain."),
    )


def _without_mx(domain: str, *, name_exists: bool, ask: Ask) -> HealthLine:
    remedy = _("Write the domain as it is registered, or publish an MX record for it.")
    if not name_exists:
        return MAIL_DOMAINS.refused(_("{domain} does not exist", domain=domain), remedy)
    found = addresses_of(domain, ask=ask)
    if isinstance(found, NotAnswered):
        return MAIL_DOMAINS.not_asked(found.reason)
    if found:
        return MAIL_DOMAINS.noted(
            _("{domain} has no MX record; its own address is used", domain=domain),
            _("Publish an MX record: it is expected today."),
        )
    return MAIL_DOMAINS.refused(_("{domain} takes no mail: it has no MX", domain=domain), remedy)


def relay_name_lines(relay: Relay, *, ask: Ask) -> Iterator[HealthLine]:
    """Yield whether the addresses from which mail leaves have a name that leads back to them."""
    if not relay.sends_from:
        yield RELAY_NAME.not_asked(
            _("From which addresses {host} sends is not known", host=relay.host),
            _(
                "Ask its operator from which addresses it sends, and write them: [transport.smtp]"
                " sends_from."
            ),
        )
        return
    for address in relay.sends_from:
        yield _relay_name_line(address, ask=ask)


def _relay_name_line(address: str, *, ask: Ask) -> HealthLine:
    remedy = _("Whoever gives you the address sets its name: ask them for a PTR record.")
    match ask(address, RecordType.PTR):
        case NotAnswered(reason):
            return RELAY_NAME.not_asked(reason)
        case NoRecords():
            return RELAY_NAME.wrong(_("{address} has no name", address=address), remedy)
        case Records(names):
            return _leading_back(address, names, remedy, ask=ask)


def _leading_back(address: str, names: tuple[str, ...], remedy: Text, *, ask: Ask) -> HealthLine:
    for name in names:
        found = addresses_of(name, ask=ask)
        if isinstance(found, NotAnswered):
            return RELAY_NAME.not_asked(found.reason)
        if ip_address(address) in found:
            return RELAY_NAME.right(
                _("{address} is {name}, and the other way round", address=address, name=name)
            )
    return RELAY_NAME.wrong(
        _("{address} is called {name}, which leads elsewhere", address=address, name=names[0]),
        remedy,
    )


def inbound_tls_line(domain: str, *, ask: Ask) -> HealthLine:
    """Note which policies protect mail on its way back to us."""
    names = {"MTA-STS": f"_mta-sts.{domain}", "TLS-RPT": f"_smtp._tls.{domain}"}
    answers = {policy: ask(name, RecordType.TXT) for policy, name in names.items()}
    for answer in answers.values():
        if isinstance(answer, NotAnswered):
            return POLICIES.not_asked(answer.reason)
    there = [policy for policy, answer in answers.items() if isinstance(answer, Records)]
    if len(there) == len(names):
        return POLICIES.right(_("{domain} publishes both", domain=domain))
    missing = ", ".join(policy for policy in names if policy not in there)
    return POLICIES.noted(_("{domain} has no {missing}", domain=domain, missing=missing))
