"""Connects the answer link to the ledger and the campaigns of a workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mailer.accreditations import RefusalReason
from mailer.files.catalogues import translations_for
from mailer.files.theme_files import office_look
from mailer.operations.people.answers import AnswerAct, answer, invitation_of
from mailer.pages.answer import AnswerNotice, AnswerView, answer_link_page, answer_page
from mailer.receiver.answering import ActedOn, AnswerApp
from mailer.signed_links.unsubscribe import UnsubscribeTokens
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from mailer.operations.people.answers import Invited, Wish
    from mailer.wiring.app import App

_NOTICES = {AnswerAct.OTHER: AnswerNotice.OTHER_NOTED, AnswerAct.UNDO: AnswerNotice.UNDONE}
_REFUSED: Mapping[RefusalReason, Text] = {
    RefusalReason.CLOSED: _("The deadline has passed."),
    RefusalReason.FULL: _("There is not enough room for so many people."),
    RefusalReason.OUTLET_FULL: _("Your outlet has all the places it may have."),
    RefusalReason.NOT_ALLOWED: _("This cannot be changed here any more. Write to us."),
    RefusalReason.NOT_THERE: _("There is no place that somebody could take over."),
    RefusalReason.ALREADY_COMING: _("This person has a place already."),
    RefusalReason.CHANGED_SINCE: _("There is a newer answer; it was left as it is."),
}


class AnswerPages:
    """What the answer link shows and does, for one workspace."""

    def __init__(self, app: App, when_replaced: Callable[[], AbstractContextManager[None]]) -> None:
        self._app, self._when_replaced = app, when_replaced
        keys = app.settings.unsubscribe.keys
        self._tokens = [UnsubscribeTokens(keys, link=link) for link in ("answer_url", "undo_url")]
        self._look = office_look(app.workspace / "templates", app.settings.office.theme)
        letterhead = app.settings.letterhead
        self._contact = str((letterhead.reply_to or letterhead.sender).address)

    def application(self) -> AnswerApp:
        """Return the web application of the link."""
        return AnswerApp(show=self.show, act=self.act, unknown=self.unknown)

    def show(self, url: str, language: str, notice: str) -> str | None:
        """Return the page of a link; None when it names no message of ours. Changes nothing."""
        invitation = self._invitation(url)
        if invitation is None:
            return None
        return self._page(invitation, language, notice=_notice(notice))

    def act(self, url: str, language: str, wish: Wish, typed: Mapping[str, str]) -> ActedOn | None:
        """Do what the reader asks; None when the link names no message of ours."""
        invitation = self._invitation(url)
        if invitation is None:
            return None
        problem = self._problem(invitation, wish)
        if problem is not None:
            page = self._page(self._invitation(url) or invitation, language, problem, typed)
            return ActedOn(page=page)
        return ActedOn(notice=_NOTICES[wish.act].name.lower() if wish.act in _NOTICES else "")

    def unknown(self, language: str) -> str:
        """Return the page of a link that is not ours."""
        return answer_link_page(
            look=self._look,
            office=self._app.settings.office.name,
            contact=self._contact,
            say=self._say(language),
            language=language,
        )

    def _invitation(self, url: str) -> Invited | None:
        found = next(filter(None, (tokens.find(url) for tokens in self._tokens)), None)
        if found is None:
            return None
        with self._when_replaced():
            return invitation_of(
                found,
                campaign_of=self._app.drafts.readable_campaign,
                ledger=self._app.ledger,
                now=self._app.clock.now(),
            )

    def _problem(self, invitation: Invited, wish: Wish) -> Text | None:
        """Do what the reader asks; returns why it was not done, if so."""
        if wish.act in {AnswerAct.SUBSTITUTE, AnswerAct.OTHER}:
            if wish.address is None:
                return _("The e-mail address is missing, or cannot be read.")
            if not wish.name:
                return _("The name is missing.")
        with self._when_replaced():
            refused = answer(invitation, wish, ledger=self._app.ledger, now=self._app.clock.now())
        return None if refused is None else _REFUSED[refused]

    def _page(
        self,
        invitation: Invited,
        language: str,
        problem: Text | None = None,
        typed: Mapping[str, str] | None = None,
        *,
        notice: AnswerNotice = AnswerNotice.NONE,
    ) -> str:
        view = AnswerView(
            campaign=invitation.campaign,
            name=invitation.name,
            organisation=invitation.organisation,
            entry=invitation.entry,
            is_over=invitation.is_over,
            is_closed=invitation.terms.is_closed(self._app.clock.now()),
            has_room=invitation.has_room,
            can_undo=invitation.undoable is not None,
            notice=notice,
            problems=() if problem is None else (problem,),
            typed=typed,
        )
        return answer_page(
            view,
            look=self._look,
            office=self._app.settings.office.name,
            contact=self._contact,
            say=self._say(language),
            language=language,
        )

    def _say(self, language: str) -> Callable[[Text], str]:
        return partial(say, translations=translations_for(language))


def _notice(name: str) -> AnswerNotice:
    return next((each for each in AnswerNotice if each.name.lower() == name), AnswerNotice.NONE)
