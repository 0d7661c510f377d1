"""Serve the desk until SIGTERM or Ctrl-C, with the service and the receiver beside it."""

from __future__ import annotations

import ipaddress
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from mailer.config.web_sections import GroupSettings, ProxySettings
from mailer.engine.repeating import run_periodically
from mailer.engine.signals import until_signalled
from mailer.errors import ConfigError, LedgerReplaced, Place, Problem, RuleError
from mailer.operations.alerts.service_alerts import service_seen_at
from mailer.operations.people.who import note_people
from mailer.operations.team.people import (
    has_administrator_with_password,
    has_invited_administrator,
)
from mailer.operations.team.welcome import start_link
from mailer.receiver.serving import OpenPorts, receiving
from mailer.service.service import Service
from mailer.web.desk import make_desk
from mailer.web.peers import Peers, RecognisedByProxy
from mailer.web.security import Wall, own_hosts
from mailer.web.sessions import Cookie, SignedInOnly, person_of
from mailer.wiring.jobs import JobRunner
from mailer.wiring.monitored import monitored
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.applications import Starlette

    from mailer.errors import MailerError
    from mailer.operations.alerts.alert import Alert
    from mailer.operations.feedback.record import EventOutcome
    from mailer.operations.sending.serve import Tick
    from mailer.receiver.serving import Ending
    from mailer.remedies import Remedy
    from mailer.web.security import OwnHosts
    from mailer.wiring.app import App
    from mailer.wiring.monitored import Monitor

_LOOK_EVERY_S = 2.0
SHUTDOWN_S = 3
"""How long requests under way are waited for at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """How the desk speaks to who started it: lines, errors, and the results of the service."""

    print_line: Callable[[Text], None]
    failed: Callable[[MailerError], None]
    on_tick: Callable[[Tick], None]
    on_outcome: Callable[[EventOutcome], None]
    on_alert: Callable[[Alert], None]
    instruct: Callable[[Remedy], str]


def serve(
    app: App,
    console: Console,
    *,
    port: int = 0,
    with_service: bool | None = None,
    open_page: Callable[[str], object] | None = None,
) -> bool:
    """Serve the desk until stopped; return whether somebody asked there to start it again, for
    what has changed in the configuration. `port` 0 means that of the configuration.

    The service and the receiver run beside it where the desk listens on this machine only, or as
    `with_service` says. `open_page` is called with the address at which to begin.

    Raises ConfigError for an address on the network without https and passwords, and
    BackendMisconfigured when a port is in use.
    """
    web = app.settings.web
    port = port or web.port
    is_local = is_loopback(web.host)
    prepare(app, is_local=is_local)
    is_asked = Event()
    with ExitStack() as stack:
        is_wanted = is_local if with_service is None else with_service
        monitor = stack.enter_context(monitored(app, role="desk", sends=is_wanted))
        service = _placed_service(app, console, monitor) if is_wanted else None
        receiver = receiving(app, print_line=console.print_line) if service else None
        opened = stack.enter_context(receiver) if receiver else OpenPorts()
        jobs = JobRunner(app)
        jobs.start()

        def start_again() -> None:
            is_asked.set()
            monitor.starts_again = True
            opened.stop()

        desk = desk_of(app, port=port, jobs=jobs, start_again=start_again)
        opened.add(web.host, port, desk, stack)
        if web.socket:
            opened.add_socket(app.workspace / web.socket, desk, stack)
        stack.enter_context(watching_the_ledger(app, opened.ending))
        # Before the address is printed: from then on somebody may ask to stop.
        stack.enter_context(until_signalled(opened.stop, *((service.stop,) if service else ())))
        if service:
            stack.enter_context(_in_background(service, console, opened.ending))
            console.print_line(_("The service runs beside it, and sends what is due."))
        address = first_address(app, base=web.public_url or f"http://127.0.0.1:{port}")
        console.print_line(_("The desk: {address}", address=address))
        console.print_line(_("Stop it with Ctrl-C; nothing is lost."))
        if open_page is not None and is_local:
            open_page(address)
        opened.serve(shutdown_s=SHUTDOWN_S)
    return is_asked.is_set()


@contextmanager
def watching_the_ledger(app: App, ending: Ending) -> Iterator[None]:
    """End the desk soon after its ledger was replaced, by a restore for instance.

    What it would show and write from then on is not in the ledger. Whoever waits for a page is
    told so, and the desk can be started again at once.
    """

    def look() -> None:
        with suppress(LedgerReplaced), ending.when_replaced():
            service_seen_at(ledger=app.ledger)

    with run_periodically(look, name="ledger", every_s=_LOOK_EVERY_S, failed=_said_elsewhere):
        yield


def _said_elsewhere(_error: BaseException) -> None:
    """Leave an unreachable ledger to the pages, which say so."""


def prepare(app: App, *, is_local: bool) -> None:
    """Take the people of config.toml into the ledger.

    Raises ConfigError for a desk on the network without https and passwords.
    """
    app.roster.take_in(now=app.clock.now())
    note_people(app.settings.team.known, ledger=app.ledger, now=app.clock.now())
    if not is_local:
        _require_protection(app)


def desk_of(
    app: App,
    *,
    port: int,
    jobs: JobRunner | None = None,
    reached: OwnHosts | None = None,
    start_again: Callable[[], None] | None = None,
) -> Starlette:
    """Return the web application of the desk behind its wall, for this port.

    `reached` is where it is reached, if that is not what the configuration says; `start_again`
    is for a process that can.
    """
    public_url = app.settings.web.public_url
    return make_desk(
        app,
        jobs=jobs,
        start_again=start_again,
        person_of=person_of,
        middleware=(
            Middleware(Wall, own=reached or own_hosts(port=port, public_url=public_url)),
            Middleware(RecognisedByProxy, peers=Peers(app.settings.part(ProxySettings))),
            Middleware(SignedInOnly, parts=app, cookie=Cookie(port, is_https=bool(public_url))),
        ),
    )


def is_loopback(host: str) -> bool:
    """Return whether an address to listen on can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _placed_service(app: App, console: Console, monitor: Monitor) -> Service | None:
    """Return the service; None in a copy of the ledger, or when a secret cannot be read.

    The error says so, and the desk shows what there is.
    """
    service = Service(app, instruct=console.instruct, beat=monitor.beat)
    try:
        app.settings.require_secrets()
        service.require_in_place()
    except (ConfigError, RuleError) as refused:
        console.failed(refused)
        return None
    return service


@contextmanager
def _in_background(service: Service, console: Console, ending: Ending) -> Iterator[None]:
    """Run the service in a thread of its own, and wait for what it sends at the end."""

    def run() -> None:
        # The error ends the server, which raises it again.
        with suppress(LedgerReplaced), ending.when_replaced():
            service.run_until_stopped(
                console.on_tick, console.failed, console.on_outcome, console.on_alert
            )

    for _rescheduled in service.reschedule_changed():
        pass
    thread = Thread(target=run, name="service")
    thread.start()
    try:
        yield
    finally:
        service.stop()
        thread.join()


def first_address(app: App, *, base: str) -> str:
    """Return the address at which to begin; `base` is that of the desk.

    Whoever starts the desk for this machine comes in by a link that works once. Behind a relay
    that link would be for anybody who reads the log, so it is made there for the first
    administrator only, and not where one was invited.
    """
    if app.settings.web.public_url and _has_way_in(app):
        return f"{base}/"
    token = start_link(ledger=app.ledger, now=app.clock.now())
    return f"{base}/bienvenue/{token}"


def _others_let_in(app: App) -> bool:
    """Return whether a provider or a relay signs administrators in."""
    is_known = app.identity_provider is not None or bool(app.settings.part(ProxySettings).subject)
    return is_known and bool(app.settings.part(GroupSettings).administrator)


def _has_way_in(app: App) -> bool:
    """Return whether an administrator has a password, or was invited to choose one."""
    ledger = app.ledger
    return has_administrator_with_password(ledger=ledger) or has_invited_administrator(
        ledger=ledger, now=app.clock.now()
    )


def _require_protection(app: App) -> None:
    web = app.settings.web
    where = Place("config.toml", key="web.host")
    problems = []
    if not web.public_url:
        what = _("The desk would be reached from the network without encryption.")
        remedy = _(
            "Write public_url = {example}, the address of the relay that speaks https.",
            example='"https://bureau.institut.example"',
        )
        problems.append(Problem(where, what, remedy))
    if not _has_way_in(app) and not _others_let_in(app):
        what = _("Nobody could sign in: no administrator has a password.")
        remedy = _(
            "Invite one: {command}. The address that it shows is where they choose one.",
            command="mailer team invite",
        )
        problems.append(Problem(where, what, remedy))
    if problems:
        raise ConfigError(*problems)
