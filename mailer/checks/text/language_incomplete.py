"""Does the program know every language in which the campaign is written?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of
from mailer.errors import Place
from mailer.languages import LANGUAGES, language_of
from mailer.languages.language import missing
from mailer.wording import Text

WHY = _("Readers would get words of another language, or none, and the checks would read nothing.")
SOURCE = sources.LANGUAGE_OF_PARTS


def check(draft: Draft) -> Findings:
    """Yield an error for each language of which the program lacks a part.

    The parts are dates, salutations, typography and the phrases that checks look for.
    """
    for tag, place in _places(draft).items():
        lacks = missing(language_of(tag))
        if lacks:
            yield error(
                place,
                what=_(
                    "The language “{language}” is not complete: what is missing is {missing}.",
                    language=tag,
                    missing=_listed(lacks),
                ),
                why=WHY,
                remedy=_(
                    "Write in one of {languages}, or have this language completed in the program.",
                    languages=", ".join(each.code for each in LANGUAGES if not missing(each)),
                ),
            )


def _places(draft: Draft) -> dict[str, Place]:
    """Return each language of the campaign with the first place that uses it."""
    places = {draft.campaign.language: place_of(draft.campaign, "language")}
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            places.setdefault(variant.language, Place(content.file))
    return places


def _listed(texts: tuple[Text, ...]) -> Text:
    """Join several texts with commas."""
    parts = {f"part{number}": text for number, text in enumerate(texts)}
    return Text(", ".join(f"{{{name}}}" for name in parts), parts)
