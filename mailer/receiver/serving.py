"""Serve both ports in one process, until SIGTERM or Ctrl-C."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from mailer.config.sections import WebhookSettings
from mailer.engine.signals import until_signalled
from mailer.errors import (
    ConfigError,
    LedgerReplaced,
    Place,
    Problem,
)
from mailer.files.catalogues import translations_for
from mailer.files.theme_files import office_look
from mailer.network.listening import listener, unix_listener
from mailer.operations.feedback.receive import keep_posts, note_unknown_key, unsubscribe
from mailer.operations.restore import require_in_place
from mailer.pages.unsubscribe import Page, unsubscribe_page
from mailer.receiver.answer_pages import AnswerPages
from mailer.receiver.connections import (
    ConnectionLimits,
    bounded_connections,
    most_connections,
    quieten,
)
from mailer.receiver.intake import Intake
from mailer.receiver.unsubscribing import UnsubscribeApp
from mailer.receiver.webhook import WebhookApp
from mailer.signed_links.unsubscribe import UnsubscribeTokens, is_answer_path
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

    from mailer.model.mailings.message import DeliveryId
    from mailer.ports import OpenWebhook
    from mailer.wiring.app import App


def serve(app: App, *, print_line: Callable[[Text], None]) -> None:
    """Serve until stopped. Prints the addresses first, and at the end the counts of refusals.

    The webhook is opened if a key is configured, and the unsubscribe page if a base_url is.
    Raises ConfigError when neither is, BackendMisconfigured when a port is in use, and RuleError in
    a copy of the ledger, where an opt-out would be lost. Raises LedgerReplaced, after it has
    refused what it could not record, when another file was put in the ledger's place.
    """
    require_in_place(ledger=app.ledger)
    with receiving(app, print_line=print_line) as opened, until_signalled(opened.stop):
        if not opened.sockets:
            raise _nothing_configured()
        opened.serve(shutdown_s=10)


@contextmanager
def receiving(app: App, *, print_line: Callable[[Text], None]) -> Iterator[OpenPorts]:
    """Open the ports that are configured, print their addresses, and close them at the end."""
    opened, webhook = OpenPorts(), None
    with ExitStack() as stack:
        hook, page = app.settings.part(WebhookSettings), app.settings.unsubscribe
        if (verified := app.webhook) is not None:
            path = f"/{verified.provider}"
            webhook = _webhook(app, verified, path, stack, opened.ending)
            opened.add(hook.host, hook.port, webhook.app, stack)
            print_line(
                _("Webhook: http://{host}:{port}{path}", host=hook.host, port=hook.port, path=path)
            )
        if page.base_url:
            opened.add(page.host, page.port, link_pages(app, opened.ending), stack)
            print_line(_("Unsubscribe page: http://{host}:{port}/", host=page.host, port=page.port))
        yield opened
    for status, count in sorted(webhook.refused.items() if webhook else ()):
        print_line(_("Refused with {status}: {count}", status=status, count=count))


class OpenPorts:
    """The ports that are open, and the application of each."""

    def __init__(self) -> None:
        self.ending = Ending()
        self.sockets: list[socket.socket] = []
        self._by_port: dict[int | None, ASGIApp] = {}
        self._is_stopped = False

    def add(self, host: str, port: int, application: ASGIApp, stack: ExitStack) -> None:
        """Listen on a port for an application, until the stack is closed.

        Raises BackendMisconfigured when the port is in use.
        """
        self.sockets.append(stack.enter_context(listener(host, port)))
        self._by_port[port] = application

    def add_socket(self, path: Path, application: ASGIApp, stack: ExitStack) -> None:
        """Listen on a Unix socket for an application, for programs of this machine's own group.

        Raises BackendMisconfigured when it cannot be made.
        """
        self.sockets.append(stack.enter_context(unix_listener(path)))
        self._by_port[None] = application

    def stop(self) -> None:
        """End `serve`, or keep it from beginning."""
        self._is_stopped = True
        self.ending.stop()

    def serve(self, *, shutdown_s: int) -> None:
        """Serve until stopped, then wait so long for the requests under way.

        Raises LedgerReplaced when that is why it was stopped.
        """
        most = most_connections()
        config = uvicorn.Config(
            _Ports(self._by_port),
            http=bounded_connections(ConnectionLimits(most)),  # type: ignore[arg-type]
            backlog=most,
            log_level="warning",
            access_log=False,  # request lines hold tokens
            proxy_headers=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=65,
            timeout_graceful_shutdown=shutdown_s,
        )
        quieten()
        server = uvicorn.Server(config)
        self.ending.stop = partial(setattr, server, "should_exit", True)
        if self._is_stopped:
            return
        server.run(sockets=self.sockets)
        if self.ending.error is not None:
            raise self.ending.error


class Ending:
    """Ends the server when the ledger it has open is no longer the ledger."""

    def __init__(self) -> None:
        self.error: LedgerReplaced | None = None
        self.stop: Callable[[], None] = lambda: None

    @contextmanager
    def when_replaced(self) -> Iterator[None]:
        try:
            yield
        except LedgerReplaced as error:
            self.error = error
            self.stop()
            raise


class _Ports:
    """Dispatches each port to its own application, so that neither serves the other's routes."""

    def __init__(self, by_port: Mapping[int | None, ASGIApp]) -> None:
        self._by_port = by_port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        server = scope.get("server")  # None for what comes through a Unix socket
        await self._by_port[server[1] if server else None](scope, receive, send)


def link_pages(app: App, ending: Ending) -> ASGIApp:
    """Return the application behind every link of a message: to unsubscribe, to answer, to undo."""
    answering = AnswerPages(app, ending.when_replaced).application()
    return _LinkPages(unsubscribing=_unsubscribe_app(app, ending).app, answering=answering.app)


class _LinkPages:
    """Dispatches the links of messages by the path that stands before their token."""

    def __init__(self, *, unsubscribing: ASGIApp, answering: ASGIApp) -> None:
        self._unsubscribing, self._answering = unsubscribing, answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        chosen = self._answering if is_answer_path(scope["path"]) else self._unsubscribing
        await chosen(scope, receive, send)


def _webhook(
    app: App, opened: OpenWebhook, path: str, stack: ExitStack, ending: Ending
) -> WebhookApp:
    ledger, clock = app.ledger, app.clock  # opened now, so that the first post need not wait

    def keep(bodies: Sequence[bytes]) -> None:
        with ending.when_replaced():
            keep_posts(bodies, provider=opened.provider, ledger=ledger, now=clock.now())

    intake = Intake(keep, size=app.settings.part(WebhookSettings).queue)
    stack.callback(intake.close)
    return WebhookApp(intake, path=path, verifier=opened.verifier, times=clock.possible_times)


def _unsubscribe_app(app: App, ending: Ending) -> UnsubscribeApp:
    ledger, settings = app.ledger, app.settings
    letterhead = settings.letterhead
    contact = settings.unsubscribe.mailto or (letterhead.reply_to or letterhead.sender).address
    look = office_look(app.workspace / "templates", settings.office.theme)

    def stop(delivery_id: DeliveryId, means_everything: bool) -> bool:  # noqa: FBT001 - called by position from a thread pool
        with ending.when_replaced():
            return unsubscribe(
                delivery_id, means_everything=means_everything, ledger=ledger, now=app.clock.now()
            )

    def unknown(url: str) -> None:
        with ending.when_replaced():
            note_unknown_key(url, ledger=ledger, now=app.clock.now())

    def page(which: Page, language: str) -> str:
        in_words = partial(say, translations=translations_for(language))
        return unsubscribe_page(
            page=which,
            office=settings.office.name,
            contact=str(contact),
            look=look,
            say=in_words,
            language=language,
        )

    tokens = UnsubscribeTokens(settings.unsubscribe.keys)
    return UnsubscribeApp(read=tokens.find, stop=stop, unknown=unknown, page=page)


def _nothing_configured() -> ConfigError:
    where = Place("config.toml", key="feedback.webhook")
    what = _("Nothing is configured that could be received.")
    remedy = _("Write keys under [feedback.webhook], or base_url under [unsubscribe].")
    return ConfigError(Problem(where, what, remedy))
