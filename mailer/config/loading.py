"""Read `config.toml`: each table into the settings of its part, with all problems at once."""

from __future__ import annotations

import os
import re
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from mailer.config.opening import config_file
from mailer.config.operation_sections import DnsSettings, MonitoringSettings
from mailer.config.secrets import NoSecret, check_reference, is_reference, read_secret
from mailer.config.sections import (
    DUMPS_AT,
    NOBODY,
    AnswerSettings,
    EngineSettings,
    LedgerSettings,
    OfficeSettings,
    PaceSettings,
    PersonSettings,
    PressRoomSettings,
    SenderSettings,
    TeamSettings,
    TransportSettings,
    UnsubscribeSettings,
    WebhookSettings,
    WebSettings,
)
from mailer.config.settings import Settings, placed
from mailer.config.web_sections import GroupSettings, ProxySettings, SecondFactorSettings
from mailer.errors import ConfigError, Problem, first_of_each_file, nearest
from mailer.feedback.policy import FeedbackSettings
from mailer.files.bundled import bundled
from mailer.files.theme_names import known_themes
from mailer.files.toml.reading import CORRECT, fill
from mailer.files.toml.withdrawn import Withdrawn, without_withdrawn
from mailer.mailbox import ImapSettings
from mailer.model.team.person import Role, name_key
from mailer.model.team.secret import Secret
from mailer.openid.settings import OidcSettings
from mailer.providers import registry
from mailer.providers.signing import DkimSettings
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mailer.files.toml.lines import KeyPath as Key
    from mailer.files.toml.reading import TomlFile
    from mailer.providers.provider import Provider

# Before the host, whatever it holds, or hidden in the part after the question mark.
_PASSWORD = re.compile(r"(?i)://[^/@]*:.*@|[?&][^=&]*(password|secret|token)[^=&]*=")


def sections() -> Mapping[str, type[Any]]:
    """Return the settings class of each table of the file, by table name."""
    return {
        "office": OfficeSettings,
        "sender": SenderSettings,
        "transport": TransportSettings,
        **{
            _section_of(provider): provider.settings
            for provider in registry.PROVIDERS
            if provider.settings
        },
        "dkim": DkimSettings,
        "ledger": LedgerSettings,
        "unsubscribe": UnsubscribeSettings,
        "team": TeamSettings,
        "pace": PaceSettings,
        "answers": AnswerSettings,
        "engine": EngineSettings,
        "feedback": FeedbackSettings,
        "feedback.imap": ImapSettings,
        "feedback.webhook": WebhookSettings,
        "web": WebSettings,
        "dns": DnsSettings,
        "monitoring": MonitoringSettings,
        "web.oidc": OidcSettings,
        "web.groups": GroupSettings,
        "web.proxy": ProxySettings,
        "press_room": PressRoomSettings,
        "web.second_factor": SecondFactorSettings,
    }


WITHDRAWN: dict[Key, Withdrawn] = {
    ("web", "open_browser"): Withdrawn(
        _("The browser opens by itself, on this machine only."),
        _("Remove the key; whoever starts the desk says if no page is to open."),
        harmless=True,
    ),
}

_IN_USE: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "dkim": lambda table: _provider_in(table).sends_signed,
    "unsubscribe": lambda table: bool(_at(table, "unsubscribe.base_url")),
    "feedback.imap": lambda table: bool(_at(table, "feedback.imap.host")),
    "web.oidc": lambda table: bool(_at(table, "web.oidc.issuer")),
}
"""Whether a section is in use, for sections that can be switched off (those of the providers are
handled apart). Secrets of an unused section are never read, so that a copy of the file works on a
machine that must not send."""


def load_settings(
    workspace: Path, *, environment: Mapping[str, str] | None = None, unsaved: bytes | None = None
) -> Settings:
    """Load `workspace/config.toml`, or what is `unsaved`; without a file return the defaults.

    Raises ConfigError with every problem of the file.
    """
    problems: list[Problem] = []
    file = config_file(workspace / "config.toml", unsaved=unsaved, problems=problems)
    if file is None:
        raise ConfigError(*problems)
    file = without_withdrawn(file, WITHDRAWN, problems)
    problems += _unknown_tables(file)
    environment = os.environ if environment is None else environment
    resolver = _SecretResolver(file, environment, workspace, problems)
    file = resolver.with_secrets()
    parts = {
        shape: fill(
            shape, file, at=tuple(name.split(".")), also=_subtables(name), problems=problems
        )
        for name, shape in sections().items()
        if _is_used(name, file.table) or _at(file.table, name) is not None or _is_optional(shape)
    }
    settings = Settings(workspace, placed(parts, workspace), tuple(resolver.in_use))
    if not problems:
        problems += [*_contradictory_settings(settings, file), *_section_problems(settings, file)]
    if problems:
        raise ConfigError(*first_of_each_file(problems))
    return settings


def _section_of(provider: Provider) -> str:
    return f"transport.{provider.name}"


def _provider_in(table: Mapping[str, Any]) -> Provider:
    """Return the provider that a file names, or the first if that is missing or unknown."""
    chosen = _at(table, "transport.backend")
    found = registry.provider_named(chosen) if isinstance(chosen, str) else None
    return found or registry.PROVIDERS[0]


def _is_used(name: str, table: Mapping[str, Any]) -> bool:
    if name in map(_section_of, registry.PROVIDERS):
        return name == _section_of(_provider_in(table))
    return name not in _IN_USE or _IN_USE[name](table)


def _is_optional(shape: type[Any]) -> bool:
    """Return whether a section may be left out, because every key has a default."""
    return all(
        each.default is not MISSING or each.default_factory is not MISSING for each in fields(shape)
    )


def _at(table: Any, path: str) -> Any:
    for part in path.split("."):
        table = table.get(part) if isinstance(table, dict) else None
    return table


def _subtables(name: str) -> frozenset[str]:
    """Return the names of the tables allowed inside table `name` (`imap` in `feedback`)."""
    inside = (
        other.removeprefix(f"{name}.") for other in sections() if other.startswith(f"{name}.")
    )
    return frozenset(each.split(".")[0] for each in inside)


def _unknown_tables(file: TomlFile) -> Iterator[Problem]:
    """Yield a problem for each table that no part reads."""
    top = {name.split(".")[0] for name in sections()}
    for outer in ("", *sorted(top - sections().keys())):
        path: Key = (outer,) if outer else ()
        table = _at(file.table, outer) if outer else file.table
        known = sorted(_subtables(outer) if outer else top)
        if table is not None and not isinstance(table, dict):
            what = _("A table of keys is expected here.")
            yield Problem(file.place(path), what, CORRECT)
            continue
        for key in table or ():
            if key not in known:
                what = _("There is no table called “{key}”.", key=key)
                yield Problem(file.place((*path, key)), what, nearest(key, known))


@dataclass(frozen=True, slots=True)
class _SecretResolver:
    """Replaces secret references by `Secret` values, and notes malformed references as problems.

    A secret is read only when it is used, because most commands send nothing and need none.
    """

    file: TomlFile
    environment: Mapping[str, str]
    folder: Path
    problems: list[Problem]
    in_use: list[Secret] = field(default_factory=list)

    def with_secrets(self) -> TomlFile:
        """Return the file with a `Secret` in place of each reference."""
        table: Mapping[str, Any] = self.file.table
        for name, shape in sections().items():
            section = _at(self.file.table, name)
            is_used = _is_used(name, self.file.table)
            for key in _secret_keys(shape) & {*(section if isinstance(section, dict) else ())}:
                path: Key = (*name.split("."), key)
                secrets = self._secrets(section[key], path)
                table = _with_value(table, path, secrets)
                if is_used:
                    self.in_use.extend(secrets if isinstance(secrets, list) else [secrets])
        for path in (("ledger", "url"), ("ledger", "direct_url")):
            if isinstance(url := _at(table, ".".join(path)), str):
                table = _with_value(table, path, self._ledger_url(url, path))
        return replace(self.file, table=table)

    def _secrets(self, value: Any, path: Key) -> Any:
        if isinstance(value, list):
            return [self._secrets(each, (*path, index)) for index, each in enumerate(value)]
        if not isinstance(value, str):
            what = _("A text between quotes is expected here.")
            self.problems.append(Problem(self.file.place(path), what, CORRECT))
            return Secret("", "")
        try:
            check_reference(value)
        except NoSecret as wrong:
            self.problems.append(self._problem(path, wrong))
            return Secret("", "")
        return Secret("", value, partial(self._read, value, path))

    def _read(self, reference: str, path: Key) -> str:
        """Read a secret. Raises ConfigError with the place of the reference."""
        try:
            return read_secret(reference, environment=self.environment, folder=self.folder)
        except NoSecret as missing:
            raise ConfigError(self._problem(path, missing)) from missing

    def _problem(self, path: Key, error: NoSecret) -> Problem:
        return Problem(self.file.place(path), error.reason, error.remedy)

    def _ledger_url(self, url: str, path: Key) -> str:
        """Return the ledger URL. One with a password must be given as a secret reference.

        It is read now, because every command opens the ledger.
        """
        if not is_reference(url) and not _PASSWORD.search(url):
            return url
        found: Secret = self._secrets(url, path)
        try:
            return found.value
        except ConfigError as error:
            self.problems.extend(error.problems)
            return ""


def _secret_keys(shape: type[Any]) -> frozenset[str]:
    return frozenset(
        name
        for name, hint in get_type_hints(shape).items()
        if hint is Secret or Secret in get_args(hint)
    )


def _with_value(table: Mapping[str, Any], path: Key, value: Any) -> Mapping[str, Any]:
    first, *rest = path
    inner = _with_value(table[str(first)], tuple(rest), value) if rest else value
    return {**table, str(first): inner}


def _contradictory_settings(settings: Settings, file: TomlFile) -> Iterator[Problem]:
    """Yield the problems of settings that are valid one by one and contradict each other."""
    for applies, key, what, remedy in _contradictions_of(settings):
        if applies:
            yield Problem(file.place(tuple(key.split("."))), what, remedy)
    yield from _in_file(
        file,
        settings.provider.contradictions(settings.provider_settings, settings.provider_context),
    )
    yield from _duplicate_people(settings.team.people, file)


class _Contradiction(NamedTuple):
    """A contradiction, whether it applies, and the problem to report."""

    applies: bool
    key: str
    what: Text
    remedy: Text


def _contradictions_of(settings: Settings) -> Iterator[_Contradiction]:
    leaves = settings.provider.leaves_machine
    imap, team, theme = settings.part(ImapSettings), settings.team, settings.office.theme
    themes = known_themes(settings.workspace / "templates", bundled("templates"))
    yield _Contradiction(
        leaves and settings.letterhead.sender is NOBODY,
        "sender.from",
        _("Mail is to leave, but nobody is named as its sender."),
        _("Write from = {example}.", example='"Name <address>"'),
    )
    yield _Contradiction(
        leaves and not settings.office.name,
        "office.name",
        _("Mail is to leave, but the office has no name."),
        _("Write the name under which readers know you."),
    )
    yield _Contradiction(
        bool(settings.unsubscribe.base_url) and not settings.unsubscribe.keys,
        "unsubscribe.keys",
        _("Unsubscribe links need a key that signs them."),
        _("Write keys = [{example}].", example='"file:var/unsubscribe.key"'),
    )
    yield _Contradiction(
        bool(team.known) and team.signatures_required > len(team.signatories),
        "team.signatures_required",
        _("More sign-offs are required than people are named."),
        _("Name more people in sign_off, or require fewer."),
    )
    yield _Contradiction(
        bool(team.people) and not any(Role.ADMINISTRATOR in p.roles for p in team.known),
        "team.people",
        _("Nobody is administrator: nobody could lift a suppression or erase a person."),
        _('Write roles = ["administrator"] for somebody.'),
    )
    yield _Contradiction(
        bool(imap.host) and not (imap.username and imap.password),
        "feedback.imap.host",
        _("The mailbox needs a user name and a password."),
        _("Write username and password."),
    )
    yield _Contradiction(
        settings.engine.is_shared and not settings.ledger.is_postgresql,
        "engine.kind",
        _("Several hosts share a PostgreSQL database; this ledger is a file of one machine."),
        _("Write the URL of a database in [ledger] url, or kind = {example}.", example='"threads"'),
    )
    yield _Contradiction(
        bool(settings.ledger.direct_url) and not settings.ledger.is_postgresql,
        "ledger.direct_url",
        _("A file has no second address: only a database behind a pooler has one."),
        _("Remove the key."),
    )
    yield _Contradiction(
        bool(settings.ledger.dumps) and not settings.ledger.is_postgresql,
        "ledger.dumps",
        _("A file is copied into the folder “backups” beside it; only a database is dumped."),
        _("Remove the key."),
    )
    yield _Contradiction(
        settings.ledger.dumps_at != DUMPS_AT and not settings.ledger.dumps,
        "ledger.dumps_at",
        _("No dump is made at that hour, because no folder is named for it."),
        _("Write the folder in dumps, or remove the key."),
    )
    yield _Contradiction(
        bool(theme) and theme not in themes,
        "office.theme",
        _("No template has a theme “{theme}”.", theme=theme),
        nearest(theme, themes),
    )


def _duplicate_people(people: Sequence[PersonSettings], file: TomlFile) -> Iterator[Problem]:
    """Yield a problem for each id or name that two people share."""
    seen: set[str] = set()
    for index, person in enumerate(people):
        own = {name_key(person.id), name_key(person.name)}
        if own & seen:
            what = _("“{name}” is the name or the id of two people.", name=person.name)
            remedy = _("Tell them apart: an act is signed with one name.")
            yield Problem(file.place(("team", "people", index)), what, remedy)
        seen |= own


def _section_problems(settings: Settings, file: TomlFile) -> Iterator[Problem]:
    """Yield the problems that the `check` method of each section in use reports."""
    for name, shape in sections().items():
        check = getattr(settings.parts.get(shape), "check", None)
        if check is None or not _is_used(name, file.table):
            continue
        try:
            check()
        except ConfigError as error:
            yield from _in_file(file, error.problems)


def _in_file(file: TomlFile, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem with the line of its key in the file."""
    for problem in problems:
        yield replace(problem, where=file.place(tuple(problem.where.key.split("."))))
