"""Whom earlier mailings reached, for plans and audiences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from mailer.model.contacts.contact import ContactId
    from mailer.model.mailings.history import KeptBack, MailingVersions, WrittenTo
    from mailer.model.mailings.mailing import MailingId, MailingSummary
    from mailer.model.mailings.signed_step import SignedStep
    from mailer.model.press_room.office_calendar import LaunchedFacts


class PastMailings(Protocol):
    """What was signed off, and who received what."""

    def signed_steps(self, campaign: str) -> Mapping[str, SignedStep]:
        """Return the steps of a campaign as they were signed off last, by id."""

    def audience(self, mailing_id: MailingId) -> frozenset[ContactId]:
        """Return everybody who has a delivery in a mailing, whatever became of it."""

    def received(self, campaign: str, step: str) -> frozenset[ContactId]:
        """Return who has received a step, or may have: everybody whose message left and did not
        come back. Nobody when it was not launched.
        """

    def often_contacted(self, *, since: datetime, at_least: int) -> Mapping[ContactId, int]:
        """Return who was written to by at least so many mailings that began since then, and by
        how many.
        """

    def written_to(
        self, *, since: datetime, at_least: int, after: str = "", limit: int
    ) -> Sequence[WrittenTo]:
        """Return at most `limit` of those to whom so many mails left since then, over all
        campaigns; those with the most first, then by id, after the one with the mark `after`.

        A mail counts when its mailing began, and one that an answer triggered when it left. One
        that came back does not count. An unknown mark is the beginning.
        """

    def newest_and_coming(self, *, newest: int) -> Sequence[MailingSummary]:
        """Return so many of the mailings that have begun, the last by due time, and all that have
        neither begun nor ended; by due time.
        """

    def versions_of(
        self, mailing_ids: Collection[MailingId]
    ) -> Mapping[MailingId, MailingVersions]:
        """Return the versions of these mailings, without their messages."""

    def leaving_between(
        self, begin: datetime, end: datetime, *, other_than: str
    ) -> Sequence[MailingSummary]:
        """Return the mailings that leave or have left between two instants, but for those of the
        campaign `other_than`, and those that never leave.
        """

    def campaigns_with_event(
        self, first_on: date, last_on: date, *, other_than: str
    ) -> frozenset[str]:
        """Return the launched campaigns whose event has one of these days, but for `other_than`,
        and those of which nothing leaves any more.
        """

    def left_since(
        self, mailing_ids: Collection[MailingId], *, since: datetime
    ) -> Mapping[MailingId, int]:
        """Return how many messages of each mailing have left from an instant on."""

    def last_refusals(
        self, mailing_ids: Collection[MailingId], *, limit: int
    ) -> Mapping[MailingId, Mapping[str, int]]:
        """Return the newest answers with which messages of each mailing were refused or put off,
        and to how many each; `limit` in all.
        """

    def kept_back(
        self, address_keys: Collection[str], *, mailing_ids: Collection[MailingId]
    ) -> Sequence[KeptBack]:
        """Return the exclusions of these addresses from those mailings."""


class OfficeCalendar(Protocol):
    """What the calendar of the office shows of launched campaigns."""

    def mailings(self, begin: datetime, end: datetime) -> Sequence[MailingSummary]:
        """Return the mailings that are due between two instants, in any state, in their order."""

    def facts(self, first_on: date, last_on: date) -> Sequence[LaunchedFacts]:
        """Return the facts of each launched campaign whose event, deadline of accreditation or
        embargo has one of these days, or the day before or after: each as its newest version says.
        """
