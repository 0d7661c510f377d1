"""Does every image have an alternative text?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.links import images

WHY = _("Most newsrooms read with images off, and some readers do not see.")
SOURCE = sources.ALTERNATIVES


def check(draft: Draft) -> Findings:
    """Yield an error for each image without a description."""
    for image in images(draft):
        if not image.text.strip():
            yield error(
                image.place,
                what=_("The image {source} has no description.", source=image.target),
                why=WHY,
                remedy=_("Say what it shows: ![description]({source})", source=image.target),
            )
