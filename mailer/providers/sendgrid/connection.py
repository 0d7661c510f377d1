"""Messages in, outcomes out, a request for as many as may travel together."""

from __future__ import annotations

import json
import ssl
from functools import cached_property
from time import time
from typing import TYPE_CHECKING

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from mailer.errors import BackendMisconfigured, BackendUnavailable, MailerError, Place, Problem
from mailer.model.delivery import Deferred, Outcome, Rejected, Stage, Uncertain
from mailer.providers.sendgrid.http import (
    HttpClient,
    HttpConnection,
    NoAnswerError,
    NotWrittenError,
)
from mailer.providers.sendgrid.payload import RequestTemplate
from mailer.providers.sendgrid.responses import api_errors, outcome_of, reply, retry_after_s
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mailer.model.message import DeliveryId, Message
    from mailer.providers.sendgrid.settings import SendGridSettings
    from mailer.wording import Text


class SendGridBackend:
    """`ports.Backend` onto an account."""

    name = "sendgrid"

    def __init__(self, settings: SendGridSettings) -> None:
        """Raises ConfigError for settings that cannot be meant."""
        settings.check()
        self.depth = settings.batch_size
        self._settings = settings

    def connect(self) -> SendGridConnection:
        """Asks the service first whether it knows our key and lets it send."""
        connection = SendGridConnection(self._settings, self._context)
        try:
            connection.ask_for_leave()
        except BaseException:
            connection.close()
            raise
        return connection

    @cached_property
    def _context(self) -> ssl.SSLContext | None:
        """The certificates we trust, read once: that takes as long as many a chunk of people."""
        return ssl.create_default_context() if self._settings.address[:6] == "https:" else None


class SendGridConnection:
    """One client of the package, for one thread: its headers are shared and changeable."""

    def __init__(self, settings: SendGridSettings, context: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._line = HttpConnection(settings, context)
        self._api = SendGridAPIClient(settings.key(), host=settings.address)
        self._api.client = HttpClient(
            self._line,
            host=settings.address,
            request_headers=self._api.client.request_headers,
            version=3,
        )
        self._mail_send = self._api.client.mail.send
        self._form: RequestTemplate | None = None

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        batch: _Batch | None = None
        source = iter(messages)
        while True:
            try:
                message = next(source, None)
            except MailerError:
                # No more is granted, and of these nothing has left.
                yield from _same(batch.messages if batch else (), Deferred(""))
                raise
            if message is None:
                break
            self._form = self._form_for(message)
            if objection := self._objection(message, self._form):
                yield message.delivery_id, objection
                continue
            if batch is None:
                batch = _Batch(self._form, message)
            elif not batch.takes(message, self._form):
                yield from _deferring_after(self._send(batch.messages, batch.form), [message])
                batch = _Batch(self._form, message)
            if len(batch.messages) == self._settings.batch_size:
                yield from self._send(batch.messages, batch.form)
                batch = None
        if batch:
            yield from self._send(batch.messages, batch.form)

    def close(self) -> None:
        self._line.close()

    def ask_for_leave(self) -> None:
        """Raises BackendUnavailable or BackendMisconfigured unless the service would take mail.

        `GET /v3/scopes` lists what the key used may do (SendGrid page "API Key Permissions",
        read 2026-11). A key that may not even ask is left to `mail/send` to judge.
        """
        try:
            answer = self._api.client.scopes.get()
            scopes = json.loads(answer.body)["scopes"]
        except HTTPError as refused:
            said = reply(refused.status_code, refused.body)
            if refused.status_code == 401:
                raise self._refuses_us(said) from refused
            if refused.status_code == 429 or not 400 <= refused.status_code < 500:
                wait_s = retry_after_s(refused.headers, now_s=time())
                raise self._unavailable(said, wait_s) from refused
        except ssl.SSLCertVerificationError as error:
            raise self._untrusted(error) from error
        except (NotWrittenError, NoAnswerError) as error:
            raise self._unavailable(str(error)) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._unavailable(f"not SendGrid: {answer.body[:80]!r}") from error
        else:
            if "mail.send" not in scopes:
                raise self._misconfigured(
                    _("This key may not send mail."),
                    _("In SendGrid's settings, give it the permission “Mail Send”."),
                )

    # ------------------------------------------------------------ who travels with whom

    def _form_for(self, message: Message) -> RequestTemplate:
        if self._form is not None and self._form.fits(message):
            return self._form
        return RequestTemplate(message, self._settings)

    def _objection(self, message: Message, form: RequestTemplate) -> Rejected | None:
        """Why SendGrid cannot take this message at all, known before asking."""
        if not message.recipient.address.local.isascii():
            # Nothing is documented about such addresses (RFC 6531), so none is tried.
            return Rejected("553 5.6.7 SendGrid takes no address with letters beyond ASCII")
        if form.is_too_large:
            size_mb = form.size_bytes // 1_000_000
            return Rejected(f"552 5.3.4 the message ({size_mb} MB) is larger than SendGrid takes")
        return None

    # ------------------------------------------------------------ one request

    def _send(
        self, batch: Sequence[Message], form: RequestTemplate
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """One request, or as many as it takes to find whom SendGrid objects to."""
        try:
            answer = self._mail_send.post(request_body=form.request(batch))
        except NotWrittenError as error:
            yield from _same(batch, Deferred(str(error)))
            raise self._unavailable(str(error)) from error
        except ssl.SSLCertVerificationError as error:
            yield from _same(batch, Deferred(str(error)))
            raise self._untrusted(error) from error
        except NoAnswerError as error:
            yield from self._in_doubt(batch, f"after the request: {error}")
        except HTTPError as refused:
            yield from self._refused(batch, form, refused)
        else:
            sandbox = self._settings.sandbox
            outcome = outcome_of(answer.status_code, answer.headers, sandbox=sandbox)
            if isinstance(outcome, Uncertain):
                yield from self._in_doubt(batch, outcome.detail)
            else:
                yield from _same(batch, outcome)

    def _in_doubt(
        self, batch: Sequence[Message], detail: str
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Uncertain, all of them; and no further request while the service is in trouble."""
        yield from _same(batch, Uncertain(detail))
        raise self._unavailable(detail)

    def _refused(
        self, batch: Sequence[Message], form: RequestTemplate, refused: HTTPError
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Any answer but a success, by its status."""
        status, said = refused.status_code, reply(refused.status_code, refused.body)
        if status in {400, 413}:
            yield from self._blamed(batch, form, refused)
        elif status in {408, 429}:
            wait_s = retry_after_s(refused.headers, now_s=time())
            yield from _same(batch, Deferred(said, retry_after_s=wait_s))
            raise self._unavailable(said, wait_s)
        elif 400 <= status < 500:
            yield from _same(batch, Deferred(said))
            raise self._refuses_us(said)
        else:
            # 5xx: a gateway may have passed it on. 3xx: who is speaking?
            yield from self._in_doubt(batch, said)

    def _blamed(
        self, batch: Sequence[Message], form: RequestTemplate, refused: HTTPError
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """A request refused for what is in it: nobody in it was taken.

        Those whom the answer names are tried alone and the others without them, so that the
        number it gives is a hint and never a verdict; when it names nobody, each goes alone.
        """
        errors, said = api_errors(refused.body), reply(refused.status_code, refused.body)
        if any(error.blames_us for error in errors):
            yield from _same(batch, Deferred(said))
            raise self._misconfigured(
                _("SendGrid objects to what all messages share: {reply}.", reply=said),
                _("Correct the field it names, under [sender] or [transport.sendgrid]."),
            )
        if len(batch) == 1:
            yield batch[0].delivery_id, Rejected(said, Stage.REQUEST)
            return
        named = {error.place for error in errors}
        suspects = [message for place, message in enumerate(batch) if place in named]
        others = [message for place, message in enumerate(batch) if place not in named]
        requests = [others] if suspects and others else []
        requests += [[message] for message in suspects or batch]
        for number, request in enumerate(requests, start=1):
            behind = [message for later in requests[number:] for message in later]
            yield from _deferring_after(self._send(request, form), behind)

    # ------------------------------------------------------------ errors

    def _unavailable(self, reason: str, wait_s: float | None = None) -> BackendUnavailable:
        return BackendUnavailable(
            Problem(
                Place(self._settings.address),
                _("SendGrid cannot be reached, or asks for patience: {reason}.", reason=reason),
                _("The program tries again by itself; the status shows what is uncertain."),
                Remedy(RemedyAct.SEE_STATUS),
            ),
            retry_after_s=wait_s,
        )

    def _misconfigured(self, what: Text, remedy: Text) -> BackendMisconfigured:
        return BackendMisconfigured(Problem(Place(self._settings.address), what, remedy))

    def _refuses_us(self, said: str) -> BackendMisconfigured:
        return self._misconfigured(
            _("SendGrid refuses to serve us: {reply}.", reply=said),
            _("Check the key and its permissions, the verified sender, and the account."),
        )

    def _untrusted(self, error: ssl.SSLCertVerificationError) -> BackendMisconfigured:
        return self._misconfigured(
            _("SendGrid's certificate cannot be trusted: {reason}.", reason=error.reason),
            _("Something on the network stands in between; ask its administrator."),
        )


class _Batch:
    """Those who may travel in one request."""

    def __init__(self, form: RequestTemplate, first: Message) -> None:
        self.form = form
        self.messages = [first]
        self._addresses = {first.recipient.address.key}
        self._is_shared = form.takes(first)

    def takes(self, message: Message, form: RequestTemplate) -> bool:
        """Copies of one message only, an address once, and as much as a request may hold."""
        address = message.recipient.address.key
        if (
            form is not self.form
            or not self._is_shared
            or address in self._addresses
            or len(self.messages) >= form.room
            or not form.takes(message)
        ):
            return False
        self.messages.append(message)
        self._addresses.add(address)
        return True


def _same(batch: Iterable[Message], outcome: Outcome) -> Iterator[tuple[DeliveryId, Outcome]]:
    return ((message.delivery_id, outcome) for message in batch)


def _deferring_after(
    outcomes: Iterator[tuple[DeliveryId, Outcome]], behind: Iterable[Message]
) -> Iterator[tuple[DeliveryId, Outcome]]:
    """`outcomes`; when they end in an error, the messages `behind` are told not to have left."""
    try:
        yield from outcomes
    except (BackendUnavailable, BackendMisconfigured) as error:
        yield from _same(behind, Deferred(error.problems[0].in_short))
        raise
