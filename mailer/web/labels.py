"""The names that tasks and states have on the desk's pages."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mailer.model.team.identity import SignInMethod
from mailer.operations.campaigns.overviews.board import CampaignTask, TaskProgress
from mailer.operations.campaigns.overviews.overview import CampaignState
from mailer.operations.campaigns.previews.preview_readers import WorstCase
from mailer.preview.transcript import SpokenRole
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaigns.campaign import VariantKey

TASKS: Mapping[CampaignTask, tuple[str, Text]] = {
    CampaignTask.FACTS: ("faits", _("Facts")),
    CampaignTask.TEXTS: ("textes", _("Texts")),
    CampaignTask.CALENDAR: ("calendrier", _("Calendar")),
    CampaignTask.RECIPIENTS: ("destinataires", _("Recipients")),
    CampaignTask.CHECKS: ("verifications", _("Checks")),
    CampaignTask.PREVIEW: ("apercu", _("Preview")),
    CampaignTask.TEST: ("essai", _("Test send")),
    CampaignTask.SIGN_OFF: ("bon-a-tirer", _("Sign-off")),
    CampaignTask.LAUNCH: ("lancement", _("Launch")),
}
"""The address of each task, below that of the campaign, and its name."""


def task_after(page: str) -> tuple[str, Text] | None:
    """Return the address and the name of the task that follows the one of a page.

    `page` is its address, `/campagnes/name/faits`. None on other pages and after the last task.
    The recipients have a page for each step: the calendar leads there.
    """
    pages = [each for task, each in TASKS.items() if task is not CampaignTask.RECIPIENTS]
    following = {path: after for (path, _name), after in pairwise(pages)}
    return following.get(page.rpartition("/")[2])


def readers_in_words(variant: VariantKey) -> Text:
    """Return for whom a version is: its list, the version they hold, and whether they come."""
    of_list: Text | str = variant.named_list or _("Everybody")
    if variant.is_for_accredited:
        of_list = _("{readers}, accredited", readers=of_list)
    if variant.version:
        of_list = _("{readers}, who have version {number}", readers=of_list, number=variant.version)
    return Text("{readers}", {"readers": of_list})


PROGRESS: Mapping[TaskProgress, Text] = {
    TaskProgress.TO_DO: _("to do"),
    TaskProgress.TO_CORRECT: _("to correct"),
    TaskProgress.DONE: _("done"),
    TaskProgress.OUTDATED: _("changed since"),
    TaskProgress.NOT_YET: _("later"),
    TaskProgress.READY: _("to look at"),
}

SPOKEN: Mapping[SpokenRole, Text] = {
    SpokenRole.TEXT: _("text"),
    SpokenRole.HEADING: _("heading"),
    SpokenRole.LINK: _("link"),
    SpokenRole.PICTURE: _("picture"),
    SpokenRole.UNNAMED_PICTURE: _("picture without words"),
    SpokenRole.LIST_ITEM: _("list"),
    SpokenRole.TABLE: _("table"),
    SpokenRole.SEPARATOR: _("separator"),
}
"""What a screen reader says beside the words."""

WORST_CASES: Mapping[WorstCase, Text] = {
    WorstCase.LONGEST_NAME: _("The longest name"),
    WorstCase.NO_FIRST_NAME: _("Without a first name"),
    WorstCase.ROLE_ADDRESS: _("A role address"),
    WorstCase.OTHER_LANGUAGE: _("Somebody who reads another language"),
}
"""Whose mail is worth a look."""

STATES: Mapping[CampaignState, Text] = {
    CampaignState.DRAFT: _("in preparation"),
    CampaignState.SCHEDULED: _("launched, leaves later"),
    CampaignState.UNDER_WAY: _("under way"),
    CampaignState.PAUSED: _("paused"),
    CampaignState.DONE: _("finished"),
    CampaignState.CANCELLED: _("cancelled"),
}

METHODS: Mapping[SignInMethod, Text] = {
    SignInMethod.PASSWORD: _("password"),
    SignInMethod.PASSWORD_AND_CODE: _("password and code"),
    SignInMethod.PASSKEY: _("passkey"),
    SignInMethod.LINK: _("address of the start"),
    SignInMethod.PROVIDER: _("identity provider"),
    SignInMethod.PROXY: _("the institute’s proxy"),
}
"""How a session began."""
