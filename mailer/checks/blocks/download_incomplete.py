"""Does every download say what it is, and may a newsroom use it?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _
from mailer.checks.reading.texts.blocks import blocks, head_of
from mailer.wording import Text

_NEEDED: tuple[tuple[str, Text], ...] = (
    ("file_format", _("format")),
    ("weight", _("weight")),
    ("credit", _("credit")),
    ("terms", _("terms of use")),
)

WHY = _("A picture desk opens what it knows it can open, and may print.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each download that lacks its format, weight, credit or terms."""
    for found in blocks(draft, "downloads"):
        for entry in found.block.entries:
            known = entry.values.keys() | found.block.whole.values.keys()
            for key, name in _NEEDED:
                if key not in known:
                    yield found.lacks(
                        severity=Severity.WARNING,
                        line=entry.line,
                        what=_("“{words}” does not say its {key}.", words=head_of(entry), key=name),
                        why=WHY,
                        remedy=_("Write “{key}: …” below it.", key=name),
                    )
