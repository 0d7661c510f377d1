"""Several offices behind one desk: each workspace under a host name of its own.

A host name is what a browser keeps apart: cookies, forms, scripts and saved pages of one office are
those of another site for the other. A path could be crossed by any link; so it is no choice.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from mailer.engine.signals import until_signalled
from mailer.errors import ConfigError, Place, Problem
from mailer.receiver.serving import OpenPorts
from mailer.web.security import OwnHosts
from mailer.web.serving import (
    SHUTDOWN_S,
    desk_of,
    first_address,
    is_loopback,
    prepare,
    watching_the_ledger,
)
from mailer.wiring.jobs import JobRunner
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mailer.web.serving import Console
    from mailer.wiring.app import App

_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ServedOffice:
    """A workspace and the address of its desk, such as `http://physique.localhost:8765`."""

    app: App
    base: str

    @property
    def host(self) -> str:
        """The host name and port, as a browser names them."""
        return urlsplit(self.base).netloc

    @property
    def own_hosts(self) -> OwnHosts:
        """Where the desk is reached: there, and nowhere else."""
        is_https = self.base.startswith("https:")
        return OwnHosts(frozenset({self.host}), self.base if is_https else "")


def offices_of(apps: Sequence[App], *, port: int) -> tuple[ServedOffice, ...]:
    """Return the offices with their addresses: `[web] public_url`, or a name made of the folder's.

    Raises ConfigError when two of them have the same address or the same ledger.
    """
    offices = tuple(ServedOffice(app, _base(app, port=port)) for app in apps)
    ledgers = [app.settings.ledger.url_in(app.workspace) for app in apps]
    problems = [
        *(
            _twice(office, "web.public_url")
            for office in _repeated(offices, [o.host for o in offices])
        ),
        *(_twice(office, "ledger.url") for office in _repeated(offices, ledgers)),
    ]
    if problems:
        raise ConfigError(*problems)
    return offices


def _base(app: App, *, port: int) -> str:
    if public_url := app.settings.web.public_url:
        return f"https://{urlsplit(public_url.lower()).netloc}"
    name = _NO_LETTER.sub("-", app.workspace.name.lower()).strip("-") or "bureau"
    # Browsers take every name below localhost for this machine (RFC 6761 §6.3).
    return f"http://{name}.localhost:{port}"


def _repeated(offices: Sequence[ServedOffice], values: Sequence[str]) -> list[ServedOffice]:
    counts = Counter(values)
    return [office for office, value in zip(offices, values, strict=True) if counts[value] > 1]


def _twice(office: ServedOffice, key: str) -> Problem:
    return Problem(
        Place(str(office.app.workspace / "config.toml"), key=key),
        _("two of these workspaces have the same address or the same ledger"),
        _("Give each a ledger and a public_url of its own, or on this machine a folder name."),
    )


class ByHost:
    """Passes a request to the desk of the office whose host name it names, and to no other."""

    def __init__(self, desks: Mapping[str, ASGIApp]) -> None:
        self._desks = desks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no page of the desk opens a WebSocket
        named = Headers(scope=scope).getlist("host")
        desk = self._desks.get(named[0].lower()) if len(named) == 1 else None
        if desk is None:
            status = HTTPStatus.MISDIRECTED_REQUEST
            desk = PlainTextResponse(status.phrase, status_code=status)
        await desk(scope, receive, send)


def desks_of(
    offices: Sequence[ServedOffice], *, port: int, jobs: Sequence[JobRunner | None] = ()
) -> ByHost:
    """Return the web application of several offices."""
    runners = jobs or [None] * len(offices)
    return ByHost(
        {
            office.host: desk_of(office.app, port=port, jobs=runner, reached=office.own_hosts)
            for office, runner in zip(offices, runners, strict=True)
        }
    )


def serve_offices(
    apps: Sequence[App],
    console: Console,
    *,
    port: int = 0,
    open_page: Callable[[str], object] | None = None,
) -> None:
    """Serve the desks of several offices until stopped; the first one's `[web]` says where.

    Each is sent for by a `mailer run` of its own. Raises ConfigError for addresses that are not
    apart, or on the network without https and passwords.
    """
    web = apps[0].settings.web
    port = port or web.port
    offices = offices_of(apps, port=port)
    is_local = is_loopback(web.host)
    for office in offices:
        prepare(office.app, is_local=is_local)
    with ExitStack() as stack:
        opened = OpenPorts()
        jobs = [JobRunner(office.app) for office in offices]
        for runner in jobs:
            runner.start()
        desks = desks_of(offices, port=port, jobs=jobs)
        opened.add(web.host, port, desks, stack)
        for office in offices:
            if socket := office.app.settings.web.socket:
                opened.add_socket(office.app.workspace / socket, desks, stack)
            stack.enter_context(watching_the_ledger(office.app, opened.ending))
        stack.enter_context(until_signalled(opened.stop))
        addresses = [first_address(office.app, base=office.base) for office in offices]
        for office, address in zip(offices, addresses, strict=True):
            name = office.app.settings.office.name or office.app.workspace.name
            console.print_line(_("The desk of {office}: {address}", office=name, address=address))
        console.print_line(_("Each office needs a service of its own, which sends what is due."))
        console.print_line(_("Stop it with Ctrl-C; nothing is lost."))
        if open_page is not None and is_local:
            open_page(addresses[0])
        opened.serve(shutdown_s=SHUTDOWN_S)
