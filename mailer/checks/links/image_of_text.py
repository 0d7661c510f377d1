"""Is a text sent as a picture: a poster, a scan, a screenshot?"""

from urllib.parse import unquote

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note, warning
from mailer.checks.reading.texts.links import images

WHY = _(
    "Where images are off, and for a screen reader, its words are not there; nor can anybody copy or find them."
)
SOURCE = sources.IMAGES_OF_TEXT


def check(draft: Draft) -> Findings:
    """Yield a note for each picture that consists mostly of text, a warning for a whole text."""
    for image in images(draft):
        shown = draft.text_in_pictures.get(unquote(image.target))
        if shown and shown.is_most:
            make = warning if shown.is_a_whole_text else note
            yield make(
                image.place,
                what=_("The image {source} consists mostly of text.", source=image.target),
                why=WHY,
                remedy=_("Write the words in the text. Keep the image only for its looks."),
            )
