"""Compiles the release of a version beside its message, and the words of the mail about it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from mailer.languages.typography import with_typography
from mailer.look.image_files import read_image
from mailer.model.campaigns.release import ReleaseFile, ReleasePicture
from mailer.publication.press_codes import spelled
from mailer.render import plaintext
from mailer.render.markdown import document
from mailer.render.markdown.pictures import Picture
from mailer.render.media_types import media_type
from mailer.render.press_room.for_everybody import for_everybody
from mailer.render.press_room.release import is_public, make_release, public_from
from mailer.render.press_room.web_html import to_web_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from gettext import NullTranslations

    from markdown_it.token import Token

    from mailer.model.campaigns.campaign import Campaign, Content, Step, VariantKey
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.release import Release
    from mailer.model.mailings.message import Embedded
    from mailer.render.jinja.deferred import DeferredExpression
    from mailer.render.markdown.press_blocks.values import WriteBlock


@dataclass(frozen=True, slots=True)
class Publication:
    """Where and when a version, or its campaign, is in the press room."""

    campaign: Campaign
    step: Step
    variant: VariantKey
    planned_local: datetime
    office: Office

    @property
    def is_release(self) -> bool:
        """Whether this version itself is what the press room shows."""
        return is_public(self.campaign, self.step, self.variant)

    def words(self, release: Release | None) -> dict[str, Any]:
        """Return what the templates of the mail may say of the press room; nothing for a campaign
        that is not public.

        A mail that leaves before the page is there has no link to it: until the hour, the page
        does not exist.
        """
        url = self.office.press_room_url
        rules = self.campaign.press_room
        if not url or rules is None:
            return {}
        online: dict[str, str] = {}
        if self._is_there_when_it_leaves:
            online["url"] = f"{url}/{self._language}/{quote(self.campaign.slug)}/"
        if release is not None:
            online["code"] = spelled(release.code)
            online["verify_url"] = f"{url}/{release.language}/verifier/"
        return {"online": online} if online else {}

    @property
    def _is_there_when_it_leaves(self) -> bool:
        begins_at = public_from(self.campaign)
        is_later = begins_at is not None and begins_at > self.planned_local
        return not is_later and self._has_announcement_left

    @property
    def _has_announcement_left(self) -> bool:
        """Whether this step is the announcement, or comes after it."""
        names = [each.id for each in self.campaign.steps]
        assert self.campaign.press_room is not None, "asked before"
        public = [names.index(each) for each in self.campaign.press_room.steps if each in names]
        is_known = bool(public) and self.step.id in names
        return is_known and names.index(self.step.id) >= min(public)

    @property
    def _language(self) -> str:
        """The language of this version if the announcement has it, otherwise the campaign's."""
        assert self.campaign.press_room is not None, "asked before"
        steps = self.campaign.press_room.steps
        known = {
            key.language
            for step in self.campaign.steps
            if step.id in steps
            for key in step.contents
        }
        language = self.variant.language
        return language if language in known else self.campaign.language


def compile_release(
    parts: document.Document,
    *,
    campaign: Campaign,
    content: Content,
    attached: Sequence[Embedded],
    values: Mapping[str, Any],
    deferred: Mapping[str, DeferredExpression],
    block_writer: Callable[[str], WriteBlock],
    translations: NullTranslations,
) -> Release:
    """Return the release of a text that is public: all of it that is the same for every reader.

    `attached` are the files of the campaign's attachments, in their order.
    """
    shared = [for_everybody(part, deferred) for part in (parts.headline, parts.lead, parts.body)]
    headline, lead, body = (each.tokens for each in shared)
    kept = document.Document(note=(), headline=(), lead=lead, body=body)
    found = _pictures(kept, campaign, content)
    shown = {name: each.picture for name, each in found.items()}

    def html(tokens: tuple[Token, ...]) -> str:
        return to_web_html(tokens, pictures=shown, write_block=block_writer("html"))

    def text(tokens: tuple[Token, ...]) -> str:
        return plaintext.to_text(
            tokens, is_block=lambda _sentinel: False, write_block=block_writer("txt")
        )

    title = plaintext.inline_text(headline[0]) if headline else values["campaign"]["title"]
    return make_release(
        campaign,
        values,
        headline=title,
        lead=html(lead),
        body=html(body),
        text="\n\n".join(part for part in (text(lead), text(body)) if part),
        summary=" ".join(text(lead or body[:3]).split()),
        pictures=tuple(_described(kept, found)),
        files=tuple(_offered(campaign, attached, language=values["language"])),
        left_out=sum(each.left_out for each in shared),
        translations=translations,
    )


@dataclass(frozen=True, slots=True)
class _KeptPicture:
    """A picture: how the page shows it, its type and its content."""

    picture: Picture
    media_type: str
    content: bytes


def _pictures(
    kept: document.Document, campaign: Campaign, content: Content
) -> dict[str, _KeptPicture]:
    """Return the pictures of the folder that the text shows, by the name that it uses; each is
    served from its own page.
    """
    found = {}
    for image in document.shown_images(kept, content):
        octets = campaign.files.get(image.source)
        size = read_image(octets) if octets is not None else None
        if octets is None or size is None:
            continue
        kind = media_type(image.source, octets)
        picture = Picture(_file_name(octets, kind), size.width, size.height)
        found[image.source] = _KeptPicture(picture, kind, octets)
    return found


def _file_name(content: bytes, kind: str) -> str:
    """Return a name made of the content: a picture that changes has another address."""
    suffix = kind.partition("/")[2].replace("jpeg", "jpg")
    return f"{sha256(content).hexdigest()[:20]}.{suffix}"


def _described(
    kept: document.Document, found: Mapping[str, _KeptPicture]
) -> Iterator[ReleasePicture]:
    """Yield each picture once, with its description and its caption."""
    tokens, left = kept.tokens, dict(found)
    for n, token in enumerate(tokens):
        for child in token.children or ():
            name = unquote(str(child.attrs.get("src", "")))
            each = left.pop(name, None) if child.type == "image" else None
            if each is not None:
                yield ReleasePicture(
                    filename=each.picture.url,
                    media_type=each.media_type,
                    content=each.content,
                    alt=child.content,
                    caption=_caption_after(tokens, n),
                )


def _offered(
    campaign: Campaign, attached: Sequence[Embedded], *, language: str
) -> Iterator[ReleaseFile]:
    """Yield each file that the campaign says the press room offers."""
    typography = campaign.typography_of(language)
    for attachment, file in zip(campaign.attachments, attached, strict=True):
        if attachment.is_public:
            yield ReleaseFile(
                filename=_file_address(file),
                name=file.filename,
                label=with_typography(attachment.label, typography) or file.filename,
                media_type=file.media_type,
                content=file.content,
            )


def _file_address(file: Embedded) -> str:
    suffix = file.filename.rpartition(".")[2].lower()
    return f"{sha256(file.content).hexdigest()[:20]}.{suffix}"


def _caption_after(tokens: tuple[Token, ...], n: int) -> str:
    """Return the caption of the figure that the token at `n` is in, or ""."""
    opening, caption = (*tokens[n + 2 : n + 4], None, None)[:2]
    if opening is None or caption is None or opening.attrs.get("class") != "caption":
        return ""
    return plaintext.inline_text(caption)
