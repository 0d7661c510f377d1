"""The page of a look: every page of a template, as each kind of mail program shows it, and the
contrast of every colour.

A folder of files that can be read without a network; nothing in it fetches or runs anything.
"""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from mailer.host.atomic_write import make_private_folder, write_private
from mailer.model.campaigns.theme import READABLE, Scheme
from mailer.pages.page import render_page
from mailer.pages.received import in_scheme, read_back
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mailer.model.campaigns.theme import Contrast
    from mailer.model.drafts.look import Look, SampleMail

WIDTHS = (660, 375, 320)
"""In CSS pixels: a computer, a telephone, a small telephone."""

_WITH_IMAGES = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; "
    "form-action 'none'"
)
_WITHOUT_IMAGES = _WITH_IMAGES.replace("img-src data:", "img-src 'none'")

VIEWS: tuple[tuple[str, Text], ...] = (
    ("both", _("Light and dark")),
    ("inverted", _("Colours inverted by the program")),
    ("images", _("Without images")),
    ("print", _("On paper")),
)

SCHEMES: Mapping[Scheme, Text] = {
    Scheme.LIGHT: _("Light"),
    Scheme.DARK: _("Dark"),
    Scheme.INVERTED: _("Inverted"),
    Scheme.HALF_INVERTED: _("Half inverted"),
}


@dataclass(frozen=True, slots=True)
class _Frames:
    """The files of one page, for the frames."""

    light: str
    dark: str
    without_images: str
    printed: str
    size_kb: int


def write_look(folder: Path, *, look: Look, say: Callable[[Text], str], language: str) -> Path:
    """Write the look into `folder` and return its page, `index.html`.

    Files of an earlier look are replaced.
    """
    frames = folder / "frames"
    shutil.rmtree(frames, ignore_errors=True)
    make_private_folder(frames)
    page = folder / "index.html"
    write_private(
        page,
        render_page(
            "look.html.j2",
            sheets=("page.css", "look.css"),
            policy="frame-src 'self'",
            say=say,
            language=language,
            look=look,
            widths=WIDTHS,
            views=VIEWS,
            mails=[(mail, _frames(folder, mail)) for mail in look.mails],
            by_scheme=[(SCHEMES[scheme], list(_of_scheme(look, scheme))) for scheme in SCHEMES],
            palettes=(
                (_("Colours"), asdict(look.theme.colours)),
                (_("Colours of the dark"), asdict(look.theme.dark)),
            ),
            fonts=asdict(look.theme.fonts),
            weak=sum(it.ratio < READABLE for it in look.contrasts),
            readable=READABLE,
        ).encode(),
    )
    return page


def _frames(folder: Path, mail: SampleMail) -> _Frames | None:
    if mail.message is None:
        return None
    received = read_back(mail.message.raw)
    html = received.shown(policy=_WITH_IMAGES)
    without_images = received.shown_without_images(policy=_WITHOUT_IMAGES)
    frames = _Frames(
        light=f"frames/{mail.page}.html",
        dark=f"frames/{mail.page}.dark.html",
        without_images=f"frames/{mail.page}.no-images.html",
        printed=f"frames/{mail.page}.print.html",
        size_kb=-(-received.size_bytes // 1000),
    )
    for name, shown in (
        (frames.light, in_scheme(html, is_dark=False)),
        (frames.dark, in_scheme(html, is_dark=True)),
        (frames.without_images, in_scheme(without_images, is_dark=False)),
        (frames.printed, in_scheme(html, is_dark=False, is_printed=True)),
    ):
        write_private(folder / name, shown.encode("utf-8-sig"))
    return frames


def _of_scheme(look: Look, scheme: Scheme) -> Iterator[Contrast]:
    """Yield the contrasts of one scheme, the weakest first."""
    found = (it for it in look.contrasts if it.scheme is scheme)
    return iter(sorted(found, key=lambda it: it.ratio))
