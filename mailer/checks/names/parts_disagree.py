"""Do the parts of a whole add up to it?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.quantities.near_misses import nearly_whole
from mailer.checks.reading.quantities.parts import contradictory_parts
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations

WHY = _("Who prints the parts and their sum prints that somebody cannot count.")
SOURCE = sources.FACTS


def check(draft: Draft) -> Findings:
    """Yield a note for parts that are not their whole: counts, sums of money, and shares over 100 %.

    What may be one of several groups, or is compared, is not added up.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        text = without_quotations(passage.text)
        seen: set[int] = set()
        for found in (*contradictory_parts(text), *nearly_whole(text)):
            if found.start in seen or any(it.start in seen for it in found.parts):
                continue
            seen |= {found.start, *(it.start for it in found.parts)}
            parts = " + ".join(_shown(part.value, found.unit) for part in found.parts)
            yield note(
                passage.at(found.start),
                what=_(
                    "{parts} = {total}, and not {whole}.",
                    parts=parts,
                    total=_shown(found.total, found.unit),
                    whole=_shown(found.whole, found.unit),
                ),
                why=WHY,
                remedy=_("Correct the part or the whole that is wrong, or say what is left."),
            )


def _shown(value: float, unit: str) -> str:
    plain = f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\u202f")
    return f"{plain}\u00a0{unit}" if unit else plain
