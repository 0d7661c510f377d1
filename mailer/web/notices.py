"""What a page says after an act: the address names the notice, so it holds nothing personal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTICES: Mapping[str, Text] = {
    "created": _("The campaign was created. Fill in its facts and its texts."),
    "saved": _("Saved."),
    "unchanged": _("Nothing was changed."),
    "signed": _("You have signed off this version. Any change to it voids the sign-off."),
    "tested": _("The test was sent to the team."),
    "launched": _("The campaign is launched. Each mailing leaves when its hour comes."),
    "paused": _("Paused. No further message leaves until somebody resumes."),
    "resumed": _("Resumed."),
    "cancelled": _("Cancelled. What had left has left; the rest stays here."),
    "resolved": _("Decided."),
}
"""The notices by name."""
