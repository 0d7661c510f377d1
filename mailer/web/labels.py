"""The names that tasks and states have on the desk's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.labels import label_of
from mailer.model.identity import SignInMethod
from mailer.model.mailing import MailingState
from mailer.operations.campaigns.board import CampaignTask, TaskProgress
from mailer.operations.campaigns.overview import CampaignState
from mailer.operations.campaigns.preview_readers import WorstCase
from mailer.preview.transcript import SpokenRole
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

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

PROGRESS: Mapping[TaskProgress, Text] = {
    TaskProgress.TO_DO: _("to do"),
    TaskProgress.TO_CORRECT: _("to correct"),
    TaskProgress.DONE: _("done"),
    TaskProgress.OUTDATED: _("changed since"),
    TaskProgress.NOT_YET: _("later"),
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

_ACTS: Mapping[str, Text] = {
    "accreditation": _("noted an answer"),
    "request-place": _("asked for an accreditation, for a partner"),
    "decide-place": _("decided about a partner’s request"),
    "add-person": _("added somebody to the team"),
    "change-roles": _("changed somebody's roles"),
    "choose-language": _("chose a language"),
    "disable-person": _("closed an account"),
    "enable-person": _("opened an account again"),
    "make-link": _("made a link that works once"),
    "change-by-provider": _("changed with the groups or the address at the provider"),
    "dismiss-identity": _("did not recognise somebody"),
    "link-identity": _("recognised an identity of the provider"),
    "add-passkey": _("added a passkey"),
    "remove-passkey": _("removed a passkey"),
    "set-second-factor": _("set up a second factor"),
    "remove-second-factor": _("removed a second factor"),
    "use-recovery-code": _("used a recovery code"),
    "unlink-identity": _("took an identity of the provider away"),
    "prove-identity": _("proved again who they are"),
    "set-password": _("set a password"),
    "sign-in": _("signed in"),
    "sign-out": _("signed out"),
    "add-contact": _("added a contact"),
    "add-recipient": _("added a recipient"),
    "adopt": _("adopted the ledger"),
    "call": _("noted a telephone call"),
    "comment": _("commented on a text"),
    "answer-comment": _("answered a comment"),
    "close-comment": _("closed a comment"),
    "configure-people": _("people of the workspace"),
    "correct-address": _("corrected an address"),
    "decide-quarantine": _("decided about rows"),
    "edit": _("changed the texts or facts"),
    "take-back": _("took an earlier version back"),
    "edit-contact": _("changed a contact"),
    "expire": _("ended: too late to be useful"),
    "export": _("exported people"),
    "fetch-export": _("fetched an exported file"),
    "forget": _("erased a person"),
    "hand-over-data": _("handed somebody their data"),
    "import": _("imported a list"),
    "launch": _("launched"),
    "launch-again": _("launched all the same"),
    "leave-list": _("took somebody off a list"),
    "lift": _("lifted a bar"),
    "proof": _("sent a test"),
    "remove-cancelled": _("removed what was cancelled"),
    "remove-contact": _("removed a contact"),
    "reschedule": _("new hour"),
    "restore": _("restored a backup"),
    "send-again": _("sends again, as decided"),
    "settle": _("decided about uncertain deliveries"),
    "refuse-sign-off": _("refused to sign off"),
    "remind-signatory": _("reminded a signatory"),
    "tell-waiting": _("told somebody what waits for them"),
    "sign-off": _("signed off"),
    "ask-again": _("asked again after the move"),
    "draft-correction": _("drafted a correction"),
    "draft-move": _("drafted a move"),
    "draft-cancellation": _("drafted a cancellation"),
    "draft-follow-up": _("drafted a follow-up"),
    "launch-correction": _("launched a correction"),
    "launch-move": _("launched a move"),
    "launch-cancellation": _("launched a cancellation"),
    "launch-follow-up": _("launched a follow-up"),
    "replace": _("replaced by a newer version"),
    "supersede": _("stopped for a newer version"),
    "accept-finding": _("accepted a finding of the checks"),
    "withdraw-release": _("took a text out of the press room"),
    "withdraw-acceptance": _("withdrew the acceptance of a finding"),
    "suspend": _("suspended everything"),
    "lift-suspension": _("lifted the suspension"),
    "start": _("began to send"),
    "start-in-doubt": _("began, uncertain"),
    "suppress": _("barred an address"),
}


def journal_acts() -> Mapping[str, Text]:
    """Return the name of every act that the journal knows."""
    return {**_ACTS, **{state.value: label_of(state) for state in MailingState}}


def journal_act(action: str) -> Text:
    """Return the name of an act in the journal."""
    if action in _ACTS:
        return _ACTS[action]
    if action in set(MailingState):
        return label_of(MailingState(action))
    return Text(action)
