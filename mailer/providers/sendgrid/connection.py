"""The SendGrid backend: it groups messages into requests and turns answers into outcomes."""

from __future__ import annotations

import json
import ssl
from functools import cached_property
from time import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from mailer.certificates import certificate_fault
from mailer.errors import BackendMisconfigured, BackendUnavailable, MailerError, Place, Problem
from mailer.model.mailings.delivery import Concern, Deferred, Outcome, Rejected, Stage, Uncertain
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

    from mailer.model.mailings.message import DeliveryId, Message
    from mailer.providers.sendgrid.settings import SendGridSettings
    from mailer.wording import Text

_ADDRESS_FORM = Deferred(
    "553 5.6.7 SendGrid takes no address with letters beyond ASCII", concern=Concern.ADDRESS_FORM
)


class SendGridBackend:
    """The `ports.Backend` for a SendGrid account."""

    name = "sendgrid"

    def __init__(self, settings: SendGridSettings) -> None:
        """Raises ConfigError for settings that cannot work."""
        settings.check()
        self.depth = settings.batch_size
        self._settings = settings

    def connect(self) -> SendGridConnection:
        """Open a connection, after asking SendGrid whether our key is valid and may send."""
        connection = SendGridConnection(self._settings, self._context)
        try:
            connection.check_permissions()
        except BaseException:
            connection.close()
            raise
        return connection

    @cached_property
    def _context(self) -> ssl.SSLContext | None:
        """The certificates we trust. Loading them is slow, so it is done once."""
        return ssl.create_default_context() if self._settings.address[:6] == "https:" else None


class SendGridConnection:
    """A connection for one thread, because the package's client has shared, mutable headers."""

    def __init__(self, settings: SendGridSettings, context: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._http = HttpConnection(settings, context)
        self._api = SendGridAPIClient(settings.key(), host=settings.address)
        self._api.client = HttpClient(
            self._http,
            host=settings.address,
            request_headers=self._api.client.request_headers,
            version=3,
        )
        self._mail_send = self._api.client.mail.send
        self._template: RequestTemplate | None = None

    def deliver(self, messages: Iterable[Message]) -> Iterator[tuple[DeliveryId, Outcome]]:
        batch: _Batch | None = None
        source = iter(messages)
        while True:
            try:
                message = next(source, None)
            except MailerError:
                # The source grants no more messages, and nothing of this batch was sent.
                yield from _same(batch.messages if batch else (), _not_sent(""))
                raise
            if message is None:
                break
            self._template = self._template_for(message)
            if not message.recipient.address.local.isascii():
                # Nothing is documented about such addresses (RFC 6531), so none is tried.
                yield message.delivery_id, _ADDRESS_FORM
                continue
            if self._template.is_too_large:
                waiting = self._send(batch.messages, batch.template) if batch else iter(())
                yield from _deferring_rest(waiting, [message])
                yield from self._too_large([message], _size_reply(self._template))
            if batch is None:
                batch = _Batch(self._template, message)
            elif not batch.takes(message, self._template):
                yield from _deferring_rest(self._send(batch.messages, batch.template), [message])
                batch = _Batch(self._template, message)
            if len(batch.messages) == self._settings.batch_size:
                yield from self._send(batch.messages, batch.template)
                batch = None
        if batch:
            yield from self._send(batch.messages, batch.template)

    def close(self) -> None:
        self._http.close()

    def check_permissions(self) -> None:
        """Raise BackendUnavailable or BackendMisconfigured unless our key may send mail.

        `GET /v3/scopes` lists what the key may do (SendGrid page "API Key Permissions", read
        2026-11). If the key may not call it, `mail/send` decides.
        """
        try:
            answer = self._api.client.scopes.get()
            scopes = json.loads(answer.body)["scopes"]
        except HTTPError as refused:
            text = reply(refused.status_code, refused.body)
            if refused.status_code == 401:
                raise self._account_outcomes_of_error(text) from refused
            if refused.status_code == 429 or not 400 <= refused.status_code < 500:
                wait_s = retry_after_s(refused.headers, now_s=time())
                raise self._unavailable(text, wait_s) from refused
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

    # ------------------------------------------------------------ grouping into requests

    def _template_for(self, message: Message) -> RequestTemplate:
        if self._template is not None and self._template.fits(message):
            return self._template
        return RequestTemplate(message, self._settings)

    # ------------------------------------------------------------ one request

    def _send(
        self, batch: Sequence[Message], template: RequestTemplate
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Send one request, or several to find the recipients that SendGrid refuses."""
        try:
            answer = self._mail_send.post(request_body=template.request(batch))
        except NotWrittenError as error:
            yield from _same(batch, _not_sent(str(error)))
            raise self._unavailable(str(error)) from error
        except ssl.SSLCertVerificationError as error:
            yield from _same(batch, _not_sent(str(error)))
            raise self._untrusted(error) from error
        except NoAnswerError as error:
            yield from self._uncertain(batch, f"after the request: {error}")
        except HTTPError as refused:
            yield from self._outcomes_of_error(batch, template, refused)
        else:
            sandbox = self._settings.sandbox
            outcome = outcome_of(answer.status_code, answer.headers, sandbox=sandbox)
            if isinstance(outcome, Uncertain):
                yield from self._uncertain(batch, outcome.detail)
            else:
                yield from _same(batch, outcome)

    def _uncertain(
        self, batch: Sequence[Message], detail: str
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Yield every message as uncertain, then raise BackendUnavailable."""
        yield from _same(batch, Uncertain(detail))
        raise self._unavailable(detail)

    def _outcomes_of_error(
        self, batch: Sequence[Message], template: RequestTemplate, refused: HTTPError
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Yield the outcomes for an error answer, according to its status."""
        status, text = refused.status_code, reply(refused.status_code, refused.body)
        if status in {400, 413}:
            yield from self._retry_without_named(batch, template, refused)
        elif status in {408, 429}:
            wait_s = retry_after_s(refused.headers, now_s=time())
            yield from _same(batch, _not_sent(text, wait_s))
            raise self._unavailable(text, wait_s)
        elif 400 <= status < 500:
            yield from _same(batch, _not_sent(text))
            raise self._account_outcomes_of_error(text)
        else:
            # 5xx: a gateway may have forwarded the request. 3xx: not SendGrid's own answer.
            yield from self._uncertain(batch, text)

    def _retry_without_named(
        self, batch: Sequence[Message], template: RequestTemplate, refused: HTTPError
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Handle 400 and 413, after which no recipient of the request was accepted.

        Recipients named in the answer are retried singly and the rest as one batch, so that a
        wrong index in the answer does no harm. If nobody is named, all are retried singly.
        """
        errors, text = api_errors(refused.body), reply(refused.status_code, refused.body)
        if any(error.is_account_error for error in errors):
            yield from _same(batch, _not_sent(text))
            raise self._misconfigured(
                _("SendGrid objects to what all messages share: {reply}.", reply=text),
                _("Correct the field it names, under [sender] or [transport.sendgrid]."),
            )
        if len(batch) == 1 and refused.status_code == 413:
            yield from self._too_large(batch, text)
        if len(batch) == 1:
            is_named = any(error.is_about_recipient for error in errors)
            yield (
                batch[0].delivery_id,
                Rejected(text, Stage.REQUEST)
                if is_named
                else Deferred(text, concern=Concern.CONTENT),
            )
            return
        named = {error.personalization for error in errors}
        suspects = [message for index, message in enumerate(batch) if index in named]
        others = [message for index, message in enumerate(batch) if index not in named]
        requests = [others] if suspects and others else []
        requests += [[message] for message in suspects or batch]
        for number, request in enumerate(requests, start=1):
            unsent = [message for later in requests[number:] for message in later]
            yield from _deferring_rest(self._send(request, template), unsent)

    # ------------------------------------------------------------ errors

    def _too_large(
        self, batch: Iterable[Message], text: str
    ) -> Iterator[tuple[DeliveryId, Outcome]]:
        """Yield the messages as not sent, then raise BackendMisconfigured."""
        yield from _same(batch, _not_sent(text))
        raise self._misconfigured(
            _("The message is larger than SendGrid takes: {reply}.", reply=text),
            _("Cancel the campaign, and launch a lighter message: link files instead."),
        )

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

    def _account_outcomes_of_error(self, text: str) -> BackendMisconfigured:
        return self._misconfigured(
            _("SendGrid refuses to serve us: {reply}.", reply=text),
            _("Check the key and its permissions, the verified sender, and the account."),
        )

    def _untrusted(self, error: ssl.SSLCertVerificationError) -> BackendMisconfigured:
        host = urlsplit(self._settings.address).hostname or ""
        fault = certificate_fault(error.verify_code, error.verify_message, host=host)
        return self._misconfigured(
            _("SendGrid's certificate cannot be trusted: {reason}.", reason=fault.reason),
            _("Something on the network stands in between; ask its administrator."),
        )


class _Batch:
    """The messages of one request."""

    def __init__(self, template: RequestTemplate, first: Message) -> None:
        self.template = template
        self.messages = [first]
        self._addresses = {first.recipient.address.key}
        self._is_shared = template.takes(first)

    def takes(self, message: Message, template: RequestTemplate) -> bool:
        """Add the message and return True if it fits into this request.

        A request carries copies of one message only, each address once, up to its size limit.
        """
        address = message.recipient.address.key
        if (
            template is not self.template
            or not self._is_shared
            or address in self._addresses
            or len(self.messages) >= template.room
            or not template.takes(message)
        ):
            return False
        self.messages.append(message)
        self._addresses.add(address)
        return True


def _same(batch: Iterable[Message], outcome: Outcome) -> Iterator[tuple[DeliveryId, Outcome]]:
    return ((message.delivery_id, outcome) for message in batch)


def _not_sent(reply: str, retry_after_s: float | None = None) -> Deferred:
    """Return the outcome of a message that SendGrid did not take for any recipient."""
    return Deferred(reply, retry_after_s, concern=Concern.CONNECTION)


def _size_reply(template: RequestTemplate) -> str:
    return f"552 5.3.4 the message has {template.size_bytes / 1_000_000:.0f} MB"


def _deferring_rest(
    outcomes: Iterator[tuple[DeliveryId, Outcome]], unsent: Iterable[Message]
) -> Iterator[tuple[DeliveryId, Outcome]]:
    """Yield `outcomes`. If they end in an error, also yield the `unsent` messages as deferred."""
    try:
        yield from outcomes
    except (BackendUnavailable, BackendMisconfigured) as error:
        yield from _same(unsent, _not_sent(error.problems[0].in_short))
        raise
