"""The settings below `[web]`: who comes in, and how."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated

from pydantic import AfterValidator

from mailer.config.sections import Url
from mailer.errors import ConfigError, Place, Problem, Unreadable
from mailer.model.team.person import Role
from mailer.wording import _

UNIX = "unix"
"""The name of a peer that comes through a Unix socket."""
_HEADER = re.compile(r"[A-Za-z0-9-]*")


def _peer(text: str) -> str:
    try:
        return text if text == UNIX else str(ip_network(text))
    except ValueError as error:
        what = _("“{text}” is no network address; write one, a network, or “unix”.", text=text)
        raise Unreadable(what) from error


def _header(text: str) -> str:
    if not _HEADER.fullmatch(text):
        raise Unreadable(_("“{text}” is not the name of a header.", text=text))
    return text


Peer = Annotated[str, AfterValidator(_peer)]
Header = Annotated[str, AfterValidator(_header)]


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """`[web.groups]`: the groups of the provider or proxy that give each role."""

    reader: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    signatory: tuple[str, ...] = ()
    administrator: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()

    @property
    def roles_by_group(self) -> dict[str, frozenset[Role]]:
        """The roles that each group gives."""
        groups_of = {
            Role.READER: self.reader,
            Role.EDITOR: self.editor,
            Role.SIGNATORY: self.signatory,
            Role.ADMINISTRATOR: self.administrator,
            Role.PARTNER: self.partner,
        }
        given: dict[str, frozenset[Role]] = {}
        for role, groups in groups_of.items():
            for group in groups:
                given[group] = given.get(group, frozenset()) | {role}
        return given


@dataclass(frozen=True, slots=True)
class SecondFactorSettings:
    """`[web.second_factor]`: the roles whose people may not come in by a password alone."""

    required_for: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """`[web.proxy]`: who stands before the desk, and in which headers it names people.

    Headers are read from the peers of `trusted` alone: addresses, networks, or `unix` for the
    socket of `[web] socket`. Without `subject` the proxy names nobody, and is believed about the
    readers' network addresses only. `issuer` is the name under which its people are kept.
    """

    trusted: tuple[Peer, ...] = ()
    issuer: str = "proxy"
    subject: Header = ""
    name: Header = ""
    address: Header = ""
    groups: Header = ""
    separator: str = ";"
    logout_url: Url = ""

    @property
    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks whose peers are believed."""
        return tuple(ip_network(each) for each in self.trusted if each != UNIX)

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that speak of people. Some may be empty."""
        return (self.subject, self.name, self.address, self.groups)

    def check(self) -> None:
        """Raise ConfigError when headers would be read from nobody, or cannot be told apart."""
        problems = []
        if self.subject and not self.trusted:
            what = _("Nobody is believed about who signs in: no proxy is listed.")
            remedy = _("Write trusted = [{example}].", example='"unix"')
            problems.append(Problem(Place("", key="web.proxy.trusted"), what, remedy))
        if not self.issuer or not self.separator:
            what = _("The issuer and the separator of groups need at least one sign.")
            remedy = _("Remove the key; its default is usual.")
            problems.append(Problem(Place("", key="web.proxy.issuer"), what, remedy))
        if problems:
            raise ConfigError(*problems)
