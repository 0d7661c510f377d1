"""One version of a step, compiled: Jinja, MJML, inlining and plain text, once for all its readers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from mailer.errors import ContentError, Place, Problem
from mailer.model.campaign import CampaignKind
from mailer.model.message import CompiledMessage, Pieces
from mailer.render import inline, plaintext
from mailer.render.facts.context import facts
from mailer.render.facts.logos import office_logos, partner_logos
from mailer.render.fingerprint import content_hash
from mailer.render.jinja.deferred import BlockPart, DeferredExpression
from mailer.render.jinja.environment import content_environment, kit, line_environment, render
from mailer.render.jinja.escape_context import SENTINEL, html_pieces, is_corrupted, text_pieces
from mailer.render.markdown import document
from mailer.render.markdown.attachments import attachments, pictures
from mailer.render.mjml import to_html as mjml
from mailer.render.mjml.lint import check_template
from mailer.render.template_pages import marked, page_of
from mailer.render.text_layout import tidy_lines
from mailer.typography import in_type
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from gettext import NullTranslations

    from mailer.model.campaign import Campaign, Content, Step, VariantKey
    from mailer.model.message import Embedded
    from mailer.model.office import Office
    from mailer.model.template import Template
    from mailer.render.markdown.document import Picture


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
    """The message every reader of `variant` gets, but for their own places.

    `planned_local` is when the step leaves, aware, in the campaign's zone: it is the date on
    the document. `translations` says the template's words in the variant's language. The
    same arguments give the same bytes. ContentError carries every problem found.
    """
    known = facts(
        campaign=campaign,
        step=step,
        variant=variant,
        planned_local=planned_local,
        office=office,
        translations=translations,
    )
    known["page"] = page_of(template, campaign, step)
    return _Compilation(campaign, content, known, template, translations).message(
        subject=_subject_source(campaign, step, content),
        preheader=_preheader_source(campaign, step, content),
        language=variant.language or campaign.language,
        entry=_calendar(campaign, step, known, planned_local, office) if step.calendar else (),
    )


MOST_CHARACTERS = 200_000
"""Of one text; a long press kit has a quarter of it."""

_WIDTH, _MARGIN = 620, 40
"""CSS pixels, where the theme's `layout.width` does not say otherwise."""


class _Compilation:
    """The facts of one compilation, and what its environments set aside."""

    def __init__(
        self,
        campaign: Campaign,
        content: Content,
        known: dict[str, Any],
        template: Template,
        translations: NullTranslations,
    ) -> None:
        self.campaign = campaign
        self.content = content
        self.facts = known
        self.template = template
        self.translations = translations
        self.kit = kit(template)
        self.deferred: dict[str, DeferredExpression] = {}
        self.problems: list[Problem] = []

    def message(
        self,
        *,
        subject: tuple[str, Place],
        preheader: tuple[str, Place],
        language: str,
        entry: tuple[Embedded, ...] = (),
    ) -> CompiledMessage:
        subject_text = self._line(*subject)
        preheader_text = self._line(*preheader)
        parts = self._document()
        self.problems += check_template(self.template)
        if self.problems or parts is None:
            raise ContentError(*self.problems)
        subject_text = marked(
            subject_text,
            kind=CampaignKind(self.facts["campaign"]["kind"]),
            is_embargoed="embargo" in self.facts,
            translations=self.translations,
        )
        images, embedded = self._pictures(parts)
        files = self._attachments()
        if self.problems:
            raise ContentError(*self.problems)
        ours, theirs = office_logos(self.template), partner_logos(self.campaign)
        words = self.facts | {
            "subject": subject_text,
            "preheader": preheader_text,
            "logos": [logo.words for logo in ours],
            "partner_logos": [logo.words for logo in theirs.values()],
        }
        html = self._html(parts, words, images)
        text = self._text(parts, words)
        message = CompiledMessage(
            language=language,
            subject=self._lined(subject_text),
            preheader=self._lined(preheader_text),
            html=html,
            text=text,
            embedded=(
                *_once(logo.embedded for logo in (*ours, *theirs.values())),
                *embedded,
                *files,
                *entry,
            ),
        )
        if self.problems:
            raise ContentError(*self.problems)
        return replace(message, content_hash=content_hash(message))

    def _line(self, source: str, place: Place) -> str:
        """A one-line text, rendered with its sentinels; its problems are collected."""
        source = in_type(source, self.facts["language"])
        environment = line_environment(source)
        text = ""
        try:
            text = render(
                environment,
                lambda: environment.own(source),
                self.facts,
                translations=self.translations,
                first=place,
            )
        except ContentError as err:
            self.problems += err.problems
        self._keep(environment.aside.found, place)
        return " ".join(text.split(" ")).replace("\n", " ").strip()

    def _document(self) -> document.Document | None:
        content, place = self.content, Place(self.content.file, self.content.line)
        if len(content.text) > MOST_CHARACTERS:
            self.problems.append(mjml.too_long(len(content.text), place, most=MOST_CHARACTERS))
            return None
        source = in_type(content.text, self.facts["language"])
        environment = content_environment(source)
        try:
            markdown = render(
                environment,
                lambda: environment.own(source),
                self.facts,
                translations=self.translations,
                first=place,
            )
        except ContentError as err:
            self.problems += err.problems
            return None
        self._keep(environment.aside.found, place)
        if len(markdown) > MOST_CHARACTERS:
            self.problems.append(mjml.too_long(len(markdown), place, most=MOST_CHARACTERS))
            return None
        parts = document.read(markdown)
        self.problems += document.problems(parts, content)
        return parts

    def _pictures(self, parts: document.Document) -> tuple[dict[str, Picture], list[Embedded]]:
        layout = self.template.theme.get("layout")
        width = layout.get("width", _WIDTH) if isinstance(layout, dict) else _WIDTH
        found, embedded, problems = pictures(
            self.campaign, document.shown_images(parts, self.content), widest=width - 2 * _MARGIN
        )
        self.problems += problems
        return found, embedded

    def _attachments(self) -> list[Embedded]:
        found, problems = attachments(self.campaign)
        self.problems += problems
        return found

    def _html(
        self, parts: document.Document, words: dict[str, Any], images: Mapping[str, Picture]
    ) -> Pieces:
        def html(tokens: Sequence[Any]) -> Markup:
            # markdown-it escapes all text and has raw HTML off.
            return Markup(document.to_html(tokens, images=images, is_block=self._is_block))  # noqa: S704

        layout = self._rendered("body.mjml.j2", words | self._parts(parts, html))
        place = Place(f"templates/{self.template.name}/body.mjml.j2")
        source, css = mjml.to_html(layout, place=place, places=self.kit.html.places)
        finished = inline.put_inline(source, css)
        pieces, problems = html_pieces(
            finished, self.deferred, expected=set(SENTINEL.findall(layout))
        )
        self.problems += problems
        return self._whole(pieces, place)

    def _text(self, parts: document.Document, words: dict[str, Any]) -> Pieces:
        def text(tokens: Sequence[Any]) -> str:
            return plaintext.to_text(tokens, is_block=self._is_block)

        page = self._rendered("body.txt.j2", words | self._parts(parts, text))
        pieces, problems = text_pieces(tidy_lines(page), self.deferred, place="plain")
        self.problems += problems
        return self._whole(pieces, Place(f"templates/{self.template.name}/body.txt.j2"))

    def _whole(self, pieces: Pieces, place: Place) -> Pieces:
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
            "headline": write(parts.headline) or self.facts["campaign"]["title"],
            "lead": write(parts.lead),
            "body": write(parts.body),
        }

    def _rendered(self, file: str, words: dict[str, Any]) -> str:
        name = f"{self.template.name}/{file}"
        environment = self.kit.html if file.endswith(".mjml.j2") else self.kit.text
        text = render(
            environment,
            lambda: environment.get_template(name),
            words,
            translations=self.translations,
            first=Place(f"templates/{name}"),
        )
        self.deferred |= environment.aside.found
        return text

    def _lined(self, text: str) -> Pieces:
        pieces, problems = text_pieces(text, self.deferred, place="header")
        self.problems += problems
        return pieces

    def _keep(self, found: Mapping[str, DeferredExpression], first: Place) -> None:
        """What a text set aside, with its place in the author's file."""
        for sentinel, it in found.items():
            line = it.place.line + first.line - 1 if first.line else 0
            self.deferred[sentinel] = it._replace(place=Place(first.file, line, 0, first.key))

    def _is_block(self, sentinel: str) -> bool:
        it = self.deferred.get(sentinel)
        return it is not None and it.part is not BlockPart.VALUE


def _once(files: Iterable[Embedded]) -> Iterable[Embedded]:
    """One file for each content id, in order."""
    return {file.content_id: file for file in files}.values()


def _calendar(
    campaign: Campaign,
    step: Step,
    known: Mapping[str, Any],
    planned_local: datetime,
    office: Office,
) -> tuple[Embedded, ...]:
    from mailer.render.mime.calendar import (  # noqa: PLC0415 - a quarter of a second, for the few steps that need it
        calendar_file,
    )

    file = calendar_file(
        campaign=campaign,
        step=step,
        words=known.get("event", {}),
        planned_local=planned_local,
        office=office,
    )
    if file is None:
        raise ContentError(
            Problem(
                Place(campaign.file, step.line, key=f"steps.{step.id}.calendar"),
                _("a calendar file needs the event's date"),
                _("Give starts_at under [event], or remove “calendar”."),
            )
        )
    return (file,)


def _subject_source(campaign: Campaign, step: Step, content: Content) -> tuple[str, Place]:
    if content.subject:
        return content.subject, Place(content.file, key="subject")
    return step.subject, Place(campaign.file, step.line, key=f"steps.{step.id}.subject")


def _preheader_source(campaign: Campaign, step: Step, content: Content) -> tuple[str, Place]:
    if content.preheader:
        return content.preheader, Place(content.file, key="preheader")
    return step.preheader, Place(campaign.file, step.line, key=f"steps.{step.id}.preheader")
