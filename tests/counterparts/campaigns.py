"""A campaign folder read whole, as a command reads it, in this process."""

from mailer.files.campaigns.folder import survey_campaign
from mailer.files.campaigns.folders import require_no_problems


def load_campaign(folder, *, office):
    """The campaign in `folder`. Raises ContentError with every problem of the folder."""
    return require_no_problems(*survey_campaign(folder, office=office))
