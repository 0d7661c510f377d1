"""Is it said who can be interviewed, in which language and when?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks, head_of
from mailer.wording import Text

_NEEDED: tuple[tuple[str, Text], ...] = (
    ("role", _("function")),
    ("languages", _("languages")),
    ("slots", _("available")),
)

WHY = _("A radio calls whom it can put on the air: this person, now, in its language.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each person whose function, languages or free hours are not given."""
    for found in blocks(draft, "interviews"):
        for entry in found.block.entries:
            for key, name in _NEEDED:
                if key not in entry.values:
                    yield found.lacks(
                        severity=Severity.WARNING,
                        line=entry.line,
                        what=_("“{words}” does not say its {key}.", words=head_of(entry), key=name),
                        why=WHY,
                        remedy=_("Write “{key}: …” below it.", key=name),
                    )
