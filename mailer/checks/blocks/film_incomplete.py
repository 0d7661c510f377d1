"""Can a film or a live stream be watched by everybody, and does one know how long and when?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks
from mailer.wording import Text

_OF_VIDEO: tuple[tuple[str, Text], ...] = (
    ("duration", _("duration")),
    ("captions", _("subtitles")),
)
_OF_LIVE: tuple[tuple[str, Text], ...] = (("starts", _("start")),)

WHY = _("A desk plans with it, and people who do not hear cannot do without.")
SOURCE = sources.CAPTIONS


def check(draft: Draft) -> Findings:
    """Yield a warning for each film without duration or subtitles, and each stream without hour."""
    for name, needed in (("video", _OF_VIDEO), ("live", _OF_LIVE)):
        for found in blocks(draft, name):
            for key, words in needed:
                if key not in found.block.whole.values:
                    yield found.lacks(
                        severity=Severity.WARNING,
                        line=found.block.line,
                        what=_("The film does not say its {key}.", key=words),
                        why=WHY,
                        remedy=_("Write “{key}: …” in the block.", key=words),
                    )
            if not found.block.title:
                yield found.lacks(
                    severity=Severity.WARNING,
                    line=found.block.line,
                    what=_("The film has no title."),
                    why=_(
                        "It is the text of the link, and stands for the picture when images are off."
                    ),
                    remedy=_("Write it behind the name of the block: “::: video Title”."),
                )
