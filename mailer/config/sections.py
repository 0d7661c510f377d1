"""The settings of `config.toml` that belong to no single part of the program.

The other settings are declared in the part that uses them.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote, unquote

from pydantic import AfterValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from mailer.addresses import read_address, read_mailbox
from mailer.errors import Unreadable
from mailer.files.toml.values import AddressText, Language, ListName, Phone, Slug, WebAddress, Zone
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.typography_rules import TypographyRules
from mailer.model.team.person import Person, Role
from mailer.model.team.secret import Secret
from mailer.providers.registry import PROVIDERS, names, post_readers, provider_named
from mailer.wording import _

NOBODY = Mailbox(Address("press", "mailer.invalid"))
"""The sender when none is configured: an address that cannot exist."""
DUMPS_AT = time(2, 30)
_NAMES_HOST = re.compile(r"[%!:/]|^(?:srs[01]?[=+-]|imcea)|=.*\.", re.IGNORECASE)
"""What stands before the @ when another host is meant: `a%host@`, `host!a@`, `SRS0=…=host=a@`,
`a=host@`, or an address that Exchange encapsulated (`IMCEASMTP-a+40host@`)."""


def _mailbox(value: object) -> Mailbox:
    if not isinstance(value, str):
        raise Unreadable(_("A text between quotes is expected here."))
    return read_mailbox(value)


def _domain(text: str) -> str:
    return read_address(f"x@{text}").domain if text else ""


def _allowed(text: str) -> str:
    """Normalise an entry of the allow-list: an address to its key, a domain to `@domain`.

    `*@domain` is a usual spelling of a whole domain. No other pattern is understood.
    """
    entry = text.strip().removeprefix("*@")
    if "*" in entry or "?" in entry:
        raise Unreadable(
            _("“{text}” is no address and no domain: write one, without * or ?.", text=text)
        )
    domain = entry.removeprefix("@")
    if "@" in domain:
        return read_address(entry).key
    return f"@{read_address(f'x@{domain}').domain}"


def _https(text: str) -> str:
    if text and not re.fullmatch(r"https://[^\s/]+(/\S*)?", text):
        raise Unreadable(_("“{text}” is not an address that begins with https://.", text=text))
    return text.rstrip("/")


def _person_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+([._-][a-z0-9]+)*", text):
        raise Unreadable(
            _("“{text}” is not an id: small letters without accents, figures, . _ -", text=text)
        )
    return text


def _name(text: str) -> str:
    if not (name := " ".join(text.split())):
        raise Unreadable(_("A name is expected here."))
    return name


def _roles(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    if not roles:
        raise Unreadable(_("At least one role is expected here."))
    return roles


def _provider(name: str) -> str:
    if provider_named(name) is None:
        raise _unknown(name, names())
    return name


def _reporting(name: str) -> str:
    with_webhook = tuple(post_readers())
    if name and name not in with_webhook:
        raise _unknown(name, with_webhook)
    return name


_EDITOR = re.compile(r"[a-z][a-z0-9+.-]+://(?:[^{}\s]|\{file\}|\{line\})*")


def _editor(address: str) -> str:
    if address and ("{file}" not in address or not _EDITOR.fullmatch(address)):
        raise Unreadable(
            _(
                "“{text}” is not an address such as {example}.",
                text=address,
                example="vscode://file/{file}:{line}",
            )
        )
    return address


def _unknown(name: str, known: tuple[str, ...]) -> PydanticCustomError:
    """Return the error that pydantic raises for a value outside a `Literal`."""
    expected = ", ".join(map(repr, known))
    return PydanticCustomError("literal_error", "not {expected}: " + name, {"expected": expected})


ProviderName = Annotated[str, AfterValidator(_provider)]
MailboxText = Annotated[Mailbox, PlainValidator(_mailbox)]
Domain = Annotated[str, AfterValidator(_domain)]
Url = Annotated[str, AfterValidator(_https)]
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=1)]
Limit = Annotated[int, Field(ge=0)]
PersonId = Annotated[str, AfterValidator(_person_id)]
Name = Annotated[str, AfterValidator(_name)]
Roles = Annotated[tuple[Role, ...], AfterValidator(_roles)]


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """`[office]`, see `Office`."""

    name: str = ""
    postal_address: str = ""
    language: Language = "fr"
    time_zone: Zone = "Europe/Paris"
    phone: Phone = ""
    website: WebAddress = ""
    privacy_url: WebAddress = ""
    no_embargo_lists: tuple[ListName, ...] = ()
    typography: TypographyRules | None = None
    theme: Slug = ""


@dataclass(frozen=True, slots=True)
class SenderSettings:
    """`[sender]`: the addresses and domains in the headers of messages."""

    from_: Annotated[MailboxText, Field(alias="from")] = NOBODY
    reply_to: MailboxText | None = None
    return_path: Domain = ""
    message_id_domain: Domain = ""
    list_domain: Domain = ""


@dataclass(frozen=True, slots=True)
class TransportSettings:
    """`[transport]`: how mail is sent, and to whom it may be sent."""

    backend: ProviderName = PROVIDERS[0].name
    production: bool = False
    allow_list: tuple[Annotated[str, AfterValidator(_allowed)], ...] = ()
    folder: str = "var/outbox"

    def allows(self, address: Address) -> bool:
        """Return whether a message to `address` may leave this machine.

        An address that names another host before its @ is allowed only by itself: a server of
        the domain may pass it on to that host.
        """
        return (
            self.production
            or address.key in self.allow_list
            or (f"@{address.domain}" in self.allow_list and not _NAMES_HOST.search(address.local))
        )


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """`[ledger]`: a file of the workspace, or a database URL, which may contain a password.

    Behind a pooler of connections, `direct_url` leads to the database itself: for the bells of the
    engine, which a pooler swallows, and for migrations. `dumps` is the folder where the service
    backs up a database once a day, at `dumps_at` by the time of the office; without it, somebody
    else makes the backups.
    """

    url: str = field(default="var/ledger.db", repr=False)
    direct_url: str = field(default="", repr=False)
    dumps: str = ""
    dumps_at: time = DUMPS_AT

    @property
    def is_postgresql(self) -> bool:
        return self.url.startswith("postgres")

    @property
    def direct_address(self) -> str:
        """The address of the database itself, as the driver of PostgreSQL understands it."""
        scheme, separator, rest = (self.direct_url or self.url).partition("://")
        return f"{scheme.partition('+')[0]}{separator}{rest}"

    def url_in(self, workspace: Path) -> str:
        """Return the URL for SQLAlchemy. A file path is relative to the workspace."""
        scheme, separator, rest = self.url.partition(":///")
        if separator and scheme == "sqlite":
            path, mark, query = rest.partition("?")
            return f"{sqlite_url(workspace / unquote(path))}{mark}{query}"
        if "://" in self.url:
            return self.url
        return sqlite_url(workspace / self.url)


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file; in a URL `%`, `?` and `#` would mean something else."""
    return f"sqlite:///{quote(str(path))}"


@dataclass(frozen=True, slots=True)
class UnsubscribeSettings:
    """`[unsubscribe]`: the first key signs and all are accepted, so that keys can be rotated."""

    base_url: Url = ""
    mailto: AddressText | None = None
    keys: tuple[Secret, ...] = ()
    host: str = "127.0.0.1"
    port: Port = 8767


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """One `[[team.people]]`: a person of the office, and their roles."""

    id: PersonId
    name: Name
    roles: Roles


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """`[team]`: who receives proofs and notices, and who may sign off a launch."""

    proofs: tuple[AddressText, ...] = ()
    notices: tuple[AddressText, ...] = ()
    """Who receives alerts by mail. When empty, those who receive the proofs."""
    sign_off: tuple[Name, ...] = ()
    signatures_required: Count = 1
    me: str = ""
    """The id or name of the person who acts on the command line when `--by` is not given."""
    people: tuple[PersonSettings, ...] = ()
    reminders: Literal["daily", "off"] = "daily"
    """Whether people are told by mail what waits for them at the desk."""
    reminders_at: time = time(8, 30)

    @property
    def known(self) -> tuple[Person, ...]:
        """All people that the workspace names. Those in `sign_off` are signatories and editors.

        If `people` is empty they have every role, because nobody else could have one.
        """
        roles = frozenset({Role.SIGNATORY, Role.EDITOR}) if self.people else frozenset(Role)
        known = [Person(each.id, each.name, frozenset(each.roles)) for each in self.people]
        for name in self.sign_off:
            at = next((at for at, each in enumerate(known) if each.is_called(name)), None)
            if at is None:
                known.append(Person(name, name, roles))
            else:
                known[at] = replace(known[at], roles=known[at].roles | roles)
        return tuple(known)

    @property
    def signatories(self) -> tuple[Person, ...]:
        """Those who may sign off: the people of `sign_off`, or if it is empty those with the role.

        It is empty in a workspace that names nobody, where any name signs.
        """
        return tuple(
            person
            for person in self.known
            if Role.SIGNATORY in person.roles
            and (not self.sign_off or any(person.is_called(name) for name in self.sign_off))
        )


@dataclass(frozen=True, slots=True)
class PaceSettings:
    """`[pace]`: the rate limits, in messages, and how many connections all hosts may have to the
    relay at once. 0 means no limit.
    """

    per_minute: Limit = 0
    per_hour: Limit = 0
    per_domain_per_minute: Limit = 0
    connections: Limit = 0


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """`[answers]`: for how long a reminder may rely on the register; 0 holds none. After how many
    working hours a reply that nobody has treated is told; 0 tells none.
    """

    fresh_hours: Limit = 24
    reply_hours: Limit = 9

    @property
    def fresh_for(self) -> timedelta:
        return timedelta(hours=self.fresh_hours)

    @property
    def reply_within(self) -> timedelta:
        return timedelta(hours=self.reply_hours)


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """`[engine]`: who shares the work, and how many workers of a host deliver at once, each over
    its own connection.
    """

    kind: Literal["threads", "procrastinate"] = "threads"
    workers: Count = 4

    @property
    def is_shared(self) -> bool:
        """Whether several hosts share the work, through the database."""
        return self.kind == "procrastinate"


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """`[feedback.webhook]`: where a provider posts events. It is closed without a public key.

    Several keys are accepted, so that one can be rotated. At most `queue` posts may wait to be
    written; beyond that the provider is asked to retry. `provider` names the provider whose posts
    are received. When empty, it is the one of `[transport]` (`registry.reporting_provider`).
    """

    keys: tuple[str, ...] = ()
    provider: Annotated[str, AfterValidator(_reporting)] = ""
    host: str = "127.0.0.1"
    port: Port = 8766
    queue: Count = 200


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`[web]`: where the desk listens, and the https address that a relay gives it, if any.

    `editor` is the address by which an editor on this machine opens a line of a file, such as
    `vscode://file/{file}:{line}`; the room of `mailer preview` then links to it.
    """

    host: str = "127.0.0.1"
    port: Port = 8765
    public_url: Url = ""
    editor: Annotated[str, AfterValidator(_editor)] = ""
    socket: str = ""
    """A Unix socket where a relay of this machine reaches the desk, beside the port."""


@dataclass(frozen=True, slots=True)
class PressRoomSettings:
    """`[press_room]`: what the public press room is called, where it is, and where it listens.

    `folder` is one of the workspace into which the service writes the same pages as files.
    """

    title: str = ""
    public_url: Url = ""
    host: str = "127.0.0.1"
    port: Port = 8768
    folder: str = ""
