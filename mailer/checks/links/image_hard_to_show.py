"""Will every program show each image upright, in its colours and at a bearable size?"""

from dataclasses import replace
from urllib.parse import unquote

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.links import images
from mailer.checks.reading.texts.places import place_of
from mailer.errors import Place
from mailer.look.image_files import ImageFault, read_image

_WORDS = {
    ImageFault.TURNED: (
        _("The image {source} is turned by a mark in its file."),
        _("Many mail programs ignore the mark and show it lying or squashed."),
        _("Open it, save it upright, and use the new file."),
    ),
    ImageFault.CMYK: (
        _("The image {source} is in the colours of print (CMYK)."),
        _("Several mail programs show it in wrong colours, or not at all."),
        _("Save it in RGB."),
    ),
    ImageFault.GIANT: (
        _("The image {source} has {width} × {height} pixels."),
        _("Decoded, it may take more memory than a mail program gives it."),
        _("Save it smaller: 1,080 pixels are wide enough."),
    ),
    ImageFault.TALL: (
        _("The image {source} is {height} pixels high and {width} wide."),
        _("It takes several screens to scroll past."),
        _("Cut it, or put it online and link to it."),
    ),
}

WHY = _("Some mail programs show such an image turned, in wrong colours, or not at all.")
SOURCE = sources.CLIENTS


def check(draft: Draft) -> Findings:
    """Yield a warning for each fault of an image in the texts, and of each partner's logo."""
    campaign = draft.campaign
    shown = [(unquote(image.target), image.place) for image in images(draft)]
    shown += [
        (partner.logo, place_of(campaign, f"partners.{index}.logo"))
        for index, partner in enumerate(campaign.partners)
    ]
    for source, place in shown:
        yield from _of_image(source, campaign.files.get(source, b""), place)


def _of_image(source: str, content: bytes, place: Place) -> Findings:
    image = read_image(content)
    for fault in image.faults if image else ():
        if words := _WORDS.get(fault):
            what, why, remedy = words
            assert image
            values = {"source": source, "width": image.width, "height": image.height}
            yield warning(place, what=replace(what, values=values), why=why, remedy=remedy)
