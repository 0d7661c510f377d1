"""Can every text of the theme be read on its ground, in light, in dark and inverted?"""

from collections.abc import Iterable
from itertools import groupby

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, Severity, _, finding
from mailer.model.campaigns.theme import Scheme, WeakContrast
from mailer.wording import Text

_UNREADABLE = 3
"""Below it (WCAG 2.2, 1.4.3, large text) no size of letters can be read by everybody."""
_CHOSEN = frozenset({Scheme.LIGHT, Scheme.DARK})
"""The schemes whose colours the theme itself gives; mail programs make the others."""

_IN_WORDS = {
    Scheme.LIGHT: _("in light"),
    Scheme.DARK: _("in the dark mode"),
    Scheme.INVERTED: _("where the program inverts all colours"),
    Scheme.HALF_INVERTED: _("where the program inverts light grounds"),
}

WHY = _("Below 4.5 many people cannot read it, and nobody can in sunlight.")
SOURCE = sources.CONTRAST


def check(draft: Draft) -> Findings:
    """Yield one finding for each colour of a text, about the ground where it is weakest."""
    ordered = sorted(draft.weak_contrasts, key=lambda each: (_is_made(each), each.contrast.text))
    for _key, of_text in groupby(ordered, key=lambda each: (_is_made(each), each.contrast.text)):
        yield _finding(of_text)


def _is_made(weak: WeakContrast) -> bool:
    return weak.contrast.scheme not in _CHOSEN


def _finding(of_text: Iterable[WeakContrast]) -> Finding:
    weak = min(of_text, key=lambda each: each.contrast.ratio)
    measured = weak.contrast
    severity = Severity.ERROR if measured.ratio < _UNREADABLE else Severity.WARNING
    return finding(
        Severity.NOTE if _is_made(weak) else severity,
        weak.where,
        what=_(
            "“{text}” on “{ground}” has a contrast of {ratio} {scheme}.",
            text=measured.text,
            ground=measured.ground,
            ratio=_ratio(measured.ratio),
            scheme=_IN_WORDS[measured.scheme],
        ),
        why=WHY,
        remedy=_(
            "Make {colour} darker or lighter, until its contrast is 4.5 or more.",
            # What a mail program makes of a colour stands in no file.
            colour=_("“{name}”", name=measured.text) if _is_made(weak) else measured.text_colour,
        ),
    )


def _ratio(ratio: float) -> Text:
    whole, tenths = f"{ratio:.1f}".split(".")
    return _("{whole}.{tenths}", whole=whole, tenths=tenths)
