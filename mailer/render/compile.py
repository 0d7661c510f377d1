"""Compiles one variant of a step once for all its recipients: Jinja, MJML,
CSS inlining, plain text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from mailer.errors import ContentError, Place, Problem
from mailer.languages.typography import line_with_typography
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.mailings.message import CompiledMessage, Pieces
from mailer.render import inline, plaintext
from mailer.render.facts.attached import announced
from mailer.render.facts.context import campaign_values
from mailer.render.facts.logos import office_logos, partner_logos, with_logos
from mailer.render.facts.periods import with_several_days
from mailer.render.facts.theme_pictures import theme_pictures
from mailer.render.fingerprint import content_hash
from mailer.render.jinja.deferred import BlockPart, DeferredExpression
from mailer.render.jinja.environment import (
    content_environment,
    environments_of,
    line_environment,
    render,
)
from mailer.render.jinja.escape_context import SENTINEL, html_pieces, is_corrupted, text_pieces
from mailer.render.link_places import place_of_link
from mailer.render.markdown import document
from mailer.render.markdown.attachments import attachments, pictures
from mailer.render.markdown.block_problems import block_problems
from mailer.render.markdown.press_blocks.organisations import presentations
from mailer.render.markdown.typed_text import read_typed
from mailer.render.markdown.typeset import typeset
from mailer.render.mime.calendar_attachment import calendar_attachment
from mailer.render.mjml import to_html as mjml
from mailer.render.mjml.lint import check_template
from mailer.render.outgoing_links import refused_targets
from mailer.render.passages import passages_of
from mailer.render.press_room.published import Publication, compile_release
from mailer.render.step_lines import preheader_source, subject_source
from mailer.render.template_pages import page_of, prefixed_subject
from mailer.render.text_layout import tidy_lines
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from gettext import NullTranslations

    from mailer.model.campaigns.campaign import Campaign, Content, Step, VariantKey
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.release import Release
    from mailer.model.campaigns.template import Template
    from mailer.model.mailings.message import Embedded
    from mailer.render.jinja.environment import CampaignEnvironment
    from mailer.render.markdown.pictures import Picture
    from mailer.render.markdown.press_blocks.reading import PressBlock
    from mailer.render.markdown.press_blocks.values import WriteBlock


def compile_message(
    *,
    campaign: Campaign,
    step: Step,
    content: Content,
    variant: VariantKey,
    planned_local: datetime,
    office: Office,
    template: Template,
    translations: NullTranslations,
) -> CompiledMessage:
    """Compile the message that every recipient of `variant` gets, except for
    the per-recipient fields.

    `planned_local` is when the step is sent, aware, in the campaign's zone: the date on the
    document. `translations` translates the template's sentences into the variant's language. The
    same arguments give the same bytes. Raises ContentError with every problem found.
    """
    values = campaign_values(
        campaign=campaign,
        step=step,
        variant=variant,
        planned_local=planned_local,
        office=office,
        translations=translations,
        # A step that a child compiles has no other texts than this one.
        says_how_soon=step.says_how_soon or content.says_how_soon,
    )
    values["page"] = page_of(template, campaign, step)
    return _Compilation(campaign, content, values, template, translations).message(
        subject=subject_source(campaign, step, content),
        preheader=preheader_source(campaign, step, content),
        language=variant.language or campaign.language,
        calendar=calendar_attachment(campaign, step, variant, values, planned_local, office)
        if step.calendar
        else (),
        publication=Publication(campaign, step, variant, planned_local, office),
    )


MAX_CHARACTERS = 200_000
"""Limit for one text; a long press kit has a quarter of it."""

_WIDTH, _MARGIN = 620, 40
"""CSS pixels, where the theme's `layout.width` does not say otherwise."""


class _Compilation:
    """The state of one compilation: campaign values, deferred expressions and problems so far."""

    def __init__(
        self,
        campaign: Campaign,
        content: Content,
        values: dict[str, Any],
        template: Template,
        translations: NullTranslations,
    ) -> None:
        self.campaign = campaign
        self.content = content
        self.values = values
        self.template = template
        self.translations = translations
        self.environments = environments_of(template)
        self.deferred: dict[str, DeferredExpression] = {}
        self.problems: list[Problem] = []

    def message(
        self,
        *,
        subject: tuple[str, Place],
        preheader: tuple[str, Place],
        language: str,
        calendar: tuple[Embedded, ...],
        publication: Publication,
    ) -> CompiledMessage:
        subject_text = self._render_line(*subject)
        preheader_text = self._render_line(*preheader)
        parts = self._document()
        self.problems += check_template(self.template)
        if self.problems or parts is None:
            raise ContentError(*self.problems)
        subject_text = prefixed_subject(
            subject_text,
            kind=CampaignKind(self.values["campaign"]["kind"]),
            embargo=self.values.get("embargo", {}).get("short", ""),
            translations=self.translations,
        )
        images, embedded = self._embed_images(parts)
        files = self._attachments()
        if self.problems:
            raise ContentError(*self.problems)
        office = office_logos(self.template)
        partners = partner_logos(self.campaign, self.template)
        theme = theme_pictures(self.template)
        words = self.values | {
            "subject": subject_text,
            "preheader": preheader_text,
            "logos": [logo.attributes for logo in office],
            "partners": with_logos(self.values["partners"], self.campaign, partners),
            "attached": self._announced(files, calendar, language),
            # For templates that an office copied when logos and names stood apart.
            "partner_logos": [logo.attributes for logo in partners.values()],
            **theme.values,
            "used_blocks": parts.block_names,
        }
        release = self._release(parts, words, files) if publication.is_release else None
        words |= publication.words(release)
        html = self._html_pieces(parts, words, images)
        text = self._text_pieces(parts, words)
        message = CompiledMessage(
            language=language,
            subject=self._header_pieces(subject_text),
            preheader=self._header_pieces(preheader_text),
            html=html,
            text=text,
            embedded=(
                *_without_duplicates(
                    (
                        *(logo.embedded for logo in (*office, *partners.values())),
                        *theme.embedded,
                        *embedded,
                    )
                ),
                *files,
                *calendar,
            ),
            release=release,
            passages=passages_of(parts, self.campaign, self.template, language, self.deferred),
        )
        if self.problems:
            raise ContentError(*self.problems)
        return replace(message, content_hash=content_hash(message))

    def _announced(
        self, files: Sequence[Embedded], calendar: Sequence[Embedded], language: str
    ) -> list[dict[str, str]]:
        return [
            *announced(
                self.campaign, files, calendar, language=language, translations=self.translations
            )
        ]

    def _release(
        self, parts: document.Document, words: dict[str, Any], files: Sequence[Embedded]
    ) -> Release:
        return compile_release(
            parts,
            campaign=self.campaign,
            content=self.content,
            attached=files,
            values=self.values,
            deferred=self.deferred,
            block_writer=lambda suffix: self._block_writer(suffix, words),
            translations=self.translations,
        )

    @property
    def _typography(self) -> str:
        return self.campaign.typography_of(self.values["language"])

    def _render_line(self, source: str, place: Place) -> str:
        """Render a one-line text with its sentinels; problems are collected."""
        source = line_with_typography(source, self._typography)
        text = self._render_source(source, line_environment(source), place) or ""
        text = with_several_days(text, self.campaign.event, self.values["language"])
        return " ".join(text.split(" ")).replace("\n", " ").strip()

    def _render_source(
        self, source: str, environment: CampaignEnvironment, place: Place
    ) -> str | None:
        """Render a text of the author with its sentinels; problems are collected, and give None."""
        try:
            text = render(
                environment,
                lambda: environment.template_of(source),
                self.values,
                translations=self.translations,
                first=place,
            )
        except ContentError as err:
            self.problems += err.problems
            return None
        self._store_deferred(environment.deferred_expressions.by_sentinel, place)
        return text

    def _document(self) -> document.Document | None:
        content, place = self.content, Place(self.content.file, self.content.line)
        if len(content.text) > MAX_CHARACTERS:
            self.problems.append(mjml.too_long(len(content.text), place, limit=MAX_CHARACTERS))
            return None
        source = typeset(
            read_typed(content.text).markdown,
            self.values["language"],
            rules=self.campaign.typography,
        )
        markdown = self._render_source(source, content_environment(source), place)
        if markdown is None:
            return None
        if len(markdown) > MAX_CHARACTERS:
            self.problems.append(mjml.too_long(len(markdown), place, limit=MAX_CHARACTERS))
            return None
        markdown = with_several_days(markdown, self.campaign.event, self.values["language"])
        parts = document.read(markdown)
        self.problems += block_problems(parts, content, organisations=self.template.organisations)
        return parts

    def _embed_images(self, parts: document.Document) -> tuple[dict[str, Picture], list[Embedded]]:
        layout = self.template.theme.get("layout")
        width = layout.get("width", _WIDTH) if isinstance(layout, dict) else _WIDTH
        found, embedded, problems = pictures(
            self.campaign, document.shown_images(parts, self.content), max_width=width - 2 * _MARGIN
        )
        self.problems += problems
        return found, embedded

    def _attachments(self) -> list[Embedded]:
        found, problems = attachments(self.campaign)
        self.problems += problems
        return found

    def _html_pieces(
        self, parts: document.Document, words: dict[str, Any], images: Mapping[str, Picture]
    ) -> Pieces:
        def html(tokens: Sequence[Any]) -> Markup:
            return Markup(  # noqa: S704 - markdown-it escapes all text and has raw HTML off
                document.to_html(
                    tokens,
                    images=images,
                    is_block=self._is_block,
                    write_block=self._block_writer("html", words),
                )
            )

        layout = self._render_template("body.mjml.j2", words | self._parts(parts, html))
        place = Place(f"templates/{self.template.name}/body.mjml.j2")
        source, css = mjml.to_html(layout, place=place, places=self.environments.html.places)
        finished = inline.inline_css(source, css)
        self.problems += [
            Problem(
                place_of_link(self.campaign, target) or place,
                _("This link may not leave: {target}", target=target),
                _("Use an address that begins with https:, http:, mailto: or tel:."),
            )
            for target in refused_targets(finished)
        ]
        pieces, problems = html_pieces(
            finished, self.deferred, expected=set(SENTINEL.findall(layout))
        )
        self.problems += problems
        return self._checked(pieces, place)

    def _text_pieces(self, parts: document.Document, words: dict[str, Any]) -> Pieces:
        def text(tokens: Sequence[Any]) -> str:
            return plaintext.to_text(
                tokens, is_block=self._is_block, write_block=self._block_writer("txt", words)
            )

        page = self._render_template("body.txt.j2", words | self._parts(parts, text))
        pieces, problems = text_pieces(tidy_lines(page), self.deferred, context="plain")
        self.problems += problems
        return self._checked(pieces, Place(f"templates/{self.template.name}/body.txt.j2"))

    def _checked(self, pieces: Pieces, place: Place) -> Pieces:
        if is_corrupted(pieces, self.deferred):
            self.problems.append(
                Problem(
                    place,
                    _("a filter changes the recipient's data before it is known"),
                    _("Use the part without a filter such as upper or truncate."),
                )
            )
        return pieces

    def _parts(
        self, parts: document.Document, write: Callable[[Sequence[Any]], str]
    ) -> dict[str, Any]:
        return {
            "theme": self.template.theme,
            "note": write(parts.note),
            "headline": write(parts.headline) or self.values["campaign"]["title"],
            "lead": write(parts.lead),
            "body": write(parts.body),
        }

    def _block_writer(self, suffix: str, words: dict[str, Any]) -> WriteBlock:
        """Return what renders a press block, with the template of its name."""

        def write(block: PressBlock, values: Mapping[str, Any]) -> str:
            file = f"blocks/{block.kind.name}.{suffix}.j2"
            shown = words | {
                "block": values,
                "organisations": presentations(
                    block,
                    self.template.organisations,
                    language=self.values["language"],
                    typography=self._typography,
                ),
            }
            return self._render_template(file, shown, folder="base").strip("\n")

        return write

    def _render_template(self, file: str, words: dict[str, Any], *, folder: str = "") -> str:
        name = f"{folder or self.template.name}/{file}"
        environment = self.environments.text if file.endswith(".txt.j2") else self.environments.html
        text = render(
            environment,
            lambda: environment.get_template(name),
            words,
            translations=self.translations,
            first=Place(f"templates/{name}"),
        )
        self.deferred |= environment.deferred_expressions.by_sentinel
        return text

    def _header_pieces(self, text: str) -> Pieces:
        pieces, problems = text_pieces(text, self.deferred, context="header")
        self.problems += problems
        return pieces

    def _store_deferred(self, found: Mapping[str, DeferredExpression], first: Place) -> None:
        """Store the deferred expressions of a text with their positions in the author's file."""
        for sentinel, it in found.items():
            line = it.place.line + first.line - 1 if first.line else 0
            self.deferred[sentinel] = it._replace(place=Place(first.file, line, 0, first.key))

    def _is_block(self, sentinel: str) -> bool:
        it = self.deferred.get(sentinel)
        return it is not None and it.part is not BlockPart.VALUE


def _without_duplicates(files: Iterable[Embedded]) -> Iterable[Embedded]:
    """Return one file for each content id, in order."""
    return {file.content_id: file for file in files}.values()
