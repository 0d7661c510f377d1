"""The files of social cards: a text to read and copy from, and the picture beside it."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.render.facts.dates import moment_in_words
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailer.model.press_room.social_card import SocialCard


def card_files(
    cards: Sequence[SocialCard], *, zone: str, say: Callable[[Text], str], language: str
) -> dict[str, bytes]:
    """Return the files of the cards by name; `language` is that of the person who posts."""
    files: dict[str, bytes] = {}
    for card in cards:
        files[f"{_stem(card)}.txt"] = "\n".join(
            _lines(card, zone=zone, say=say, language=language)
        ).encode("utf-8-sig")  # Windows' own editor asks for the mark
        if card.picture:
            files[_picture_name(card)] = card.picture.content
    return files


def cards_as_zip(files: dict[str, bytes]) -> bytes:
    """Return the files as a ZIP file."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return stored.getvalue()


def _lines(
    card: SocialCard, *, zone: str, say: Callable[[Text], str], language: str
) -> Iterator[str]:
    moment = moment_in_words(card.not_before.astimezone(ZoneInfo(zone)), language)
    if card.is_embargoed:
        yield say(
            _("UNDER EMBARGO: post nothing before {moment} ({zone}).", moment=moment, zone=zone)
        )
    else:
        yield say(
            _("Post nothing before the mail has left: {moment} ({zone}).", moment=moment, zone=zone)
        )
    yield ""
    yield say(_("Title: {title}", title=card.title))
    if card.picture:
        yield say(_("Picture: {file}", file=_picture_name(card)))
        yield say(_("What it shows: {words}", words=card.alternative_text))
    for post in card.posts:
        yield ""
        yield say(
            _n(
                "--- {network}: {count} character of {limit} ---",
                "--- {network}: {count} characters of {limit} ---",
                count=post.length,
                network=post.network.name,
                limit=post.network.limit,
            )
        )
        yield ""
        yield post.text
    yield ""


def _stem(card: SocialCard) -> str:
    return f"{card.step}.{card.language}"


def _picture_name(card: SocialCard) -> str:
    assert card.picture
    return f"{_stem(card)}{PurePath(card.picture.filename).suffix}"
