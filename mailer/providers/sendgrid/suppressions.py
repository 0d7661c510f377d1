"""SendGrid's own suppression lists: it sends nothing to an address on one of them.

SendGrid pages "Bounces API", "Spam Reports API", "Global Suppressions" (read 2026-11). The
list of blocks is left out, because SendGrid sends to those addresses again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from mailer.addresses import plain_address
from mailer.errors import BackendMisconfigured, BackendUnavailable, Place, Problem
from mailer.feedback.reading import Reason
from mailer.model.address import Address
from mailer.model.feedback.provider import ProviderSuppression
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailer.providers.sendgrid.settings import SendGridSettings

_PAGE = 500
"""The largest that SendGrid allows."""
_MAX_PAGES = 2_000

# The name of each list in the API, and the reason we record for its entries.
_LISTS = (
    ("bounces", Reason.PROVIDER_BOUNCED),
    ("invalid_emails", Reason.PROVIDER_BOUNCED),
    ("spam_reports", Reason.PROVIDER_COMPLAINED),
    ("unsubscribes", Reason.PROVIDER_OPTED_OUT),
)


class SendGridSuppressions:
    """The `ports.ProviderLists` for SendGrid. Every call has a time-out, which the library lacks."""

    name = "sendgrid"

    def __init__(self, settings: SendGridSettings) -> None:
        self._host = settings.address
        client = SendGridAPIClient(api_key=settings.key(), host=self._host).client
        client.timeout = settings.answer_timeout_s
        self._client = client

    def listed(self) -> Iterator[ProviderSuppression]:
        """Yield every entry of every list, page by page.

        An entry that moves to another page while we read may be missed or come twice. The next
        reading finds it, and repeats are harmless because events have natural keys.
        """
        for name, reason in _LISTS:
            for page in range(_MAX_PAGES):
                query = {"limit": _PAGE, "offset": page * _PAGE}
                entries = self._ask(partial(self._list(name).get, query_params=query))
                for entry in entries if isinstance(entries, list) else ():
                    found = _entry(entry, name, reason)
                    if found is not None:
                        yield found
                if not isinstance(entries, list) or len(entries) < _PAGE:
                    break

    def remove(self, address: Address) -> int:
        """Remove the address from every list. Returns from how many it was removed."""
        in_url = quote(str(address), safe="")
        removed = 0
        for name, _reason in _LISTS:
            one = (
                getattr(self._client.asm.suppressions, "global")._(in_url)
                if name == "unsubscribes"
                else self._list(name)._(in_url)
            )
            removed += self._ask(one.delete) is not _NOT_THERE
        return removed

    def _list(self, name: str) -> Any:
        return self._client.suppression._(name)

    def _ask(self, call: Callable[[], Any]) -> Any:
        """Return the answer's JSON, or `_NOT_THERE` for 404: the address is not on the list."""
        try:
            return call().to_dict
        except HTTPError as error:
            if error.status_code == 404:
                return _NOT_THERE
            raise self._refused(error.status_code) from error
        except OSError as error:  # urllib's URLError, time-outs, resets
            what = _("SendGrid cannot be reached: {reason}.", reason=str(error))
            raise self._try_later(what) from error
        except ValueError as error:
            raise self._try_later(_("SendGrid answers what is no JSON.")) from error

    def _refused(self, status: int) -> BackendMisconfigured | BackendUnavailable:
        if status == 429 or status >= 500:
            return self._try_later(_("SendGrid is busy: {status}.", status=status))
        what = _("SendGrid refuses our key or what we ask: {status}.", status=status)
        remedy = _("Check the API key, and that it may read and change suppressions.")
        return BackendMisconfigured(Problem(Place(self._host), what, remedy))

    def _try_later(self, what: Any) -> BackendUnavailable:
        later = _("It is tried again later; nothing is lost.")
        return BackendUnavailable(Problem(Place(self._host), what, later))


_NOT_THERE = object()


def _entry(entry: Any, name: str, reason: Reason) -> ProviderSuppression | None:
    """Return the suppression of one entry, or None if it has no address or no time."""
    if not isinstance(entry, dict):
        return None
    address, created = plain_address(str(entry.get("email", ""))), entry.get("created")
    if address is None or isinstance(created, bool) or not isinstance(created, int):
        return None
    if not 0 < created < 2**33:
        return None
    return ProviderSuppression(
        address=Address.parse(address),
        list=name,
        reason=reason.value,
        since=datetime.fromtimestamp(created, UTC),
        said=str(entry.get("reason") or "")[:1000],
    )
