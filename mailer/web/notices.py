"""What a page says after an act: the address names the notice, so it holds nothing personal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTICES: Mapping[str, Text] = {
    "created": _("The campaign was created. Fill in its facts and its texts."),
    "saved": _("Saved."),
    "step-added": _(
        "Added at the end of the calendar. Say here when it leaves, and write its text."
    ),
    "step-removed": _("The step was removed. The list of versions still has it, with its text."),
    "office-changed": _(
        "Written into the configuration. It holds once the desk and the service are started again."
    ),
    "place-asked": _("The press office has your request. What it decides stands here."),
    "place-decided": _("Decided. The partner sees it on its page of accreditations."),
    "facts-confirmed": _("Confirmed."),
    "nothing-ticked": _("Nothing was ticked."),
    "changed-meanwhile": _(
        "Somebody has changed the facts meanwhile. Compare again, then confirm."
    ),
    "discarded-text": _("The unsaved version was thrown away."),
    "taken-back": _("The earlier version is the newest one again. Nothing was lost."),
    "commented": _("Your comment stands beside the text, for those who write and sign."),
    "answered": _("Your answer stands below the comment."),
    "comment-closed": _("Closed. The comment stays here, below the open ones."),
    "unchanged": _("Nothing was changed."),
    "refused": _("You have refused this version. It cannot be launched as it is."),
    "signed": _("You have signed off this version. Any change to it voids the sign-off."),
    "accepted": _("Accepted. It stays here with its reason, and no longer counts."),
    "fixed": _("Corrected. The earlier version stays in the list of versions."),
    "acceptance-withdrawn": _("Withdrawn. It counts again."),
    "withdrawn": _("Withdrawn. The press room says so within a minute, with the reason."),
    "tested": _("The test was sent to the team."),
    "resent": _("They get it at once, while the service runs. Nobody who has it gets it again."),
    "launched": _("The campaign is launched. Each mailing leaves when its hour comes."),
    "answers-seen": _("Confirmed: reminders may rely on the register."),
    "paused": _("Paused. No further message leaves until somebody resumes."),
    "resumed": _("Resumed."),
    "amendment-drafted": _(
        "Nothing has left. Read who is told what, then sign it off and launch it."
    ),
    "amendment-dropped": _(
        "Dropped. Nothing of it was told. The facts and the texts stay as they were saved."
    ),
    "amendment-launched": _("Launched. People are told now."),
    "suspended": _("Everything is suspended. No message leaves until somebody lifts it."),
    "clock-confirmed": _("Confirmed. What is due leaves."),
    "demonstration-goes-on": _(
        "The clock of the demonstration has gone on to this mailing. Its messages leave now."
    ),
    "suspension-lifted": _("Lifted. Each campaign goes on in the state it has."),
    "cancelled": _("Cancelled. What had left has left; the rest stays here."),
    "resolved": _("Decided."),
    "resolved-in-part": _(
        "Decided where that was possible. What still stands here belongs to a mailing that is"
        " cancelled or too late to be sent again."
    ),
    "taken-in": _("The list was taken in."),
    "taken-in-elsewhere": _(
        "The list was taken in, without the people who are on other lists only: somebody who is not"
        " limited to lists can put them on this one."
    ),
    "taken-in-part": _("Taken in. The rows below still wait for a decision."),
    "decisions-kept": _("Kept. Nothing is taken in yet: here are more rows."),
    "discarded": _("The file was removed. What had been taken in stays."),
    "added": _("Added to the directory."),
    "known": _("This person was in the directory already; the list was added."),
    "corrected": _(
        "The address was corrected. Nothing is sent to it again: nothing was missed that is still "
        "sent to this person."
    ),
    "corrected-resent": _("The address was corrected, and what did not arrive is sent to it."),
    "list-renamed": _("Renamed. Campaigns in preparation that name the list have to be changed."),
    "list-merged": _("Put together. Nobody is on it twice."),
    "list-removed": _("The list was removed. Its people stay in the directory."),
    "left-list": _("The person is no longer on this list."),
    "erased": _("Erased. The figures of past campaigns stay, and no list brings the address back."),
    "removed": _("Removed from the directory. An import of the same list brings them back."),
    "called": _("The call is noted."),
    "destroyed": _("Noted: this list for the door was destroyed."),
    "barred": _("This address is no longer written to."),
    "lifted": _("The bar was lifted. The journal keeps the reason."),
    "welcome": _("Welcome. Choose a password now, so that you can sign in again."),
    "language": _("Your pages have this language from now on."),
    "password": _("Your password was changed. Your other sessions have ended."),
    "others-out": _("Your other sessions have ended."),
    "second-factor-removed": _("There is no second factor any more."),
    "passkey-added": _("From now on this device signs you in."),
    "passkey-removed": _("This device signs nobody in any more."),
    "session-ended": _("Signed out there."),
    "identity-linked": _("From now on this identity signs this person in."),
    "identity-unlinked": _("This identity signs nobody in any more, and its sessions have ended."),
    "identity-dismissed": _("Noted. If they sign in again, they wait again."),
    "person-added": _("Added to the team. Make an invitation, and give the person its address."),
    "roles": _("The roles were changed. They hold from the next click on."),
    "lists-limited": _("The lists were changed. They hold from the next click on."),
    "account-closed": _("The account is closed. Its sessions and links have ended."),
    "account-opened": _("The account is open again."),
    "dropped": _("What you had typed was thrown away."),
    "left": _("You have signed out."),
}
"""The notices by name."""
