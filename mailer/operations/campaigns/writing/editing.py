"""Write a campaign in forms: its facts, its texts, a new campaign.

Each act ends in a revision (`revisions`). What a form shows is read from the newest revision, and
only what somebody has changed is written.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Problem
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.drafts.revision import EditConflict, Revision, Scratch, TextFields
from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.previews.preview import compile_one
from mailer.operations.campaigns.revisions.edited import (
    CampaignFormat,
    CampaignTexts,
    EditedFacts,
    EditedText,
    scratch_text,
)
from mailer.operations.campaigns.revisions.text_names import (
    TEXT_NAME,
    place_of_text,
    require_text_name,
    texts_of_steps,
)
from mailer.operations.campaigns.writing.old_campaign import made_of, words_that_say
from mailer.operations.campaigns.writing.partner_people import added_problems
from mailer.operations.campaigns.writing.refused_fields import apart_from, not_told_yet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from mailer.model.campaigns.campaign import Campaign, CampaignKind
    from mailer.model.campaigns.proposals import RecognisedDocument
    from mailer.model.drafts.draft import CompiledVersion, Sample
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.revisions.folder_sync import OpenedCampaign
    from mailer.operations.campaigns.revisions.revisions import CampaignRevisions
    from mailer.operations.campaigns.revisions.scratches import CampaignScratches
    from mailer.operations.sending.compose import Composer

FACTS = "campaign.toml"
WRITING_S = 60.0
"""How long somebody counts as writing after the last letter."""


@dataclass(frozen=True, slots=True)
class _MergedFacts:
    """The facts with the changes of two people, and the revision that holds those of the other."""

    content: bytes
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEditing:
    """The forms of a campaign. `languages` are the codes of the languages a text may have."""

    revisions: CampaignRevisions
    scratches: CampaignScratches
    format: CampaignFormat
    drafts: Drafts
    composer: Composer
    compile_file: Callable[..., CompiledVersion]
    languages: Sequence[str] = field(default=())

    def texts(self, slug: str) -> CampaignTexts:
        """Return the texts of a campaign by step, with the versions that could be added."""
        opened = self.revisions.open_campaign(slug)
        campaign, problems = self.drafts.survey(slug)
        steps = tuple(texts_of_steps(campaign, opened, self.languages)) if campaign else ()
        known = {name for each in steps for name in each.files.values()}
        rest = [name for name in opened.files if TEXT_NAME.fullmatch(name) and name not in known]
        title = campaign.title if campaign else slug
        return CampaignTexts(title, opened, steps, tuple(sorted(rest)), problems)

    def text(self, slug: str, file: str, *, actor: Actor) -> EditedText:
        """Return a text for its page, with its findings. Raises RuleError for an unknown one."""
        opened = self.revisions.open_campaign(slug)
        campaign, _problems = self.drafts.survey(slug)
        step, variant = place_of_text(file, campaign, opened, self.languages)
        stored = opened.files.get(file)
        fields, is_main = self._fields(file, stored, opened, step, variant, campaign)
        return EditedText(
            slug=slug,
            title=campaign.title if campaign else slug,
            file=file,
            step=step,
            variant=variant,
            fields=fields,
            opened=opened,
            is_new=stored is None,
            is_main=is_main,
            findings=tuple(
                each
                for each in self.drafts.findings(slug)
                if PurePath(each.where.file).name == file
            ),
            scratches=self.scratches.own(slug, file, actor=actor),
            others=frozenset(
                self.scratches.others_writing(slug, file, actor=actor, within_s=WRITING_S)
            ),
            is_corrected=opened.read_only is not None and self._is_corrected(slug),
        )

    def changed_files(self, slug: str, file: str, typed: TextFields) -> dict[str, bytes]:
        """Return the files that saving a text would change, by name."""
        opened = self.revisions.open_campaign(slug)
        campaign, _problems = self.drafts.survey(slug)
        step, variant = place_of_text(file, campaign, opened, self.languages)
        return self._changes(file, typed, opened, step, variant, campaign)

    def save_text(
        self,
        slug: str,
        file: str,
        typed: TextFields,
        *,
        base: int,
        actor: Actor,
        tab: str = "",
    ) -> Revision | EditConflict:
        """Save a text and its subject. The unsaved version of the browser tab is discarded.

        `base` is the revision that the page was drawn from; the conflict with a later one is
        returned.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        began = self.began_with(slug, base)
        campaign, _problems = self.drafts.survey(slug)
        step, variant = place_of_text(file, campaign, began, self.languages)
        changes = self._changes(file, typed, began, step, variant, campaign)
        bases = {}
        if FACTS in changes:
            stored = began.files.get(FACTS, b"")
            fields = self.format.fact_fields(changes[FACTS])
            if (merged := self._put_together(slug, stored, fields)) is not None:
                bases = {FACTS: merged.base}
                changes[FACTS] = merged.content
        saved = self.revisions.save_files(
            slug,
            changes,
            base=base,
            actor=actor,
            bases=bases,
            after_launch=self._is_corrected(slug),
        )
        if tab and isinstance(saved, Revision):
            self.scratches.discard(slug, file, tab=tab, actor=actor)
        return saved

    def remove_text(
        self, slug: str, file: str, *, base: int, actor: Actor
    ) -> Revision | EditConflict:
        """Remove one version of a text. It stays in the history."""
        return self.revisions.save_files(slug, {file: None}, base=base, actor=actor)

    def keep_scratch(
        self, slug: str, file: str, typed: TextFields, *, base: int, tab: str, actor: Actor
    ) -> Scratch:
        """Keep what somebody is writing, for their browser tab only."""
        require_text_name(file)
        return self.scratches.save(slug, file, scratch_text(typed), base=base, tab=tab, actor=actor)

    def facts(self, slug: str) -> EditedFacts:
        """Return the facts for their page."""
        opened = self.revisions.open_campaign(slug)
        stored = opened.files.get(FACTS, b"")
        campaign, problems = self.drafts.survey(slug)
        return EditedFacts(
            title=campaign.title if campaign else slug,
            opened=opened,
            fields=self.format.fact_fields(stored),
            entries={
                name: self.format.entries(stored, name)
                for name in ("press_contacts", "partners", "links", "attachments", "corrections")
            },
            campaign=campaign,
            problems=tuple(each for each in problems if PurePath(each.where.file).name == FACTS),
        )

    def save_facts(
        self,
        slug: str,
        typed: Mapping[str, str],
        *,
        base: int,
        actor: Actor,
        removed: Iterable[str] = (),
        uploads: Mapping[str, bytes] | None = None,
    ) -> Revision | EditConflict:
        """Save the facts of a form, and the files uploaded with it, by path.

        Only fields that differ from `base` are written. Raises ContentError with the problems
        that the form would add to the file.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        stored = self.began_with(slug, base).files.get(FACTS, b"")
        edited = self._edited(slug, stored, typed, removed)
        changes: dict[str, bytes | None] = {FACTS: edited, **(uploads or {})}
        bases = {}
        if not removed and (merged := self._put_together(slug, stored, typed)) is not None:
            bases = {FACTS: merged.base}
            changes[FACTS] = merged.content
        return self.revisions.save_files(slug, changes, base=base, actor=actor, bases=bases)

    def confirm_facts(
        self, slug: str, *, base: int, actor: Actor, keys: Collection[str] = ()
    ) -> Revision | EditConflict:
        """Note that somebody has confirmed facts that were read in a document; all without `keys`.

        A key has the form `press_contacts.0.name`. Raises ContentError for a key that is not to
        be confirmed.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        stored = self.began_with(slug, base).files.get(FACTS, b"")
        confirmed = self.format.confirm(stored, keys)
        return self.revisions.save_files(slug, {FACTS: confirmed}, base=base, actor=actor)

    def amend_facts(
        self, slug: str, typed: Mapping[str, str], *, base: int, actor: Actor
    ) -> Revision | EditConflict:
        """Save facts of a launched campaign, so that they can be told as an amendment.

        Raises ContentError with the problems that they would add to the file.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        stored = self.began_with(slug, base).files.get(FACTS, b"")
        edited = self._edited(slug, stored, typed)
        return self.revisions.save_after_launch(slug, FACTS, edited, base=base, actor=actor)

    def _edited(
        self, slug: str, stored: bytes, typed: Mapping[str, str], removed: Iterable[str] = ()
    ) -> bytes:
        """Return the facts with the fields of a form. Raises ContentError with every problem at
        once: the fields that cannot be read, and what the others would add.
        """
        try:
            edited = self.format.rewrite_facts(stored, typed, removed=removed)
        except ContentError as refused:
            found = list(refused.problems)
        else:
            found = self.added_problems(slug, stored, edited)
        if not found:
            return edited
        # A value of the wrong kind hides what only whole facts show: an end before the start.
        told, rest, more = found, apart_from(found, typed), found
        while more:
            again = self.added_problems(slug, stored, self.format.rewrite_facts(stored, rest))
            more = not_told_yet(again, told)
            told, rest = [*told, *more], apart_from(more, rest)
        raise ContentError(*told)

    def added_problems(self, slug: str, stored: bytes, edited: bytes) -> list[Problem]:
        """Return the problems that an edit adds to the facts."""
        return added_problems(stored, edited, slug=slug, files=self.format, drafts=self.drafts)

    def contested_facts(
        self, slug: str, typed: Mapping[str, str], *, base: int
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Return the fields that differ from those of `base`, and those of the newest revision."""
        stored = self.began_with(slug, base).files.get(FACTS, b"")
        newest = self.revisions.open_campaign(slug).files.get(FACTS, b"")
        shown = self.format.fact_fields(stored)
        mine = {name: typed[name] for name, text in shown.items() if typed.get(name, text) != text}
        return mine, self.format.fact_fields(newest)

    def preview(self, slug: str, file: str, typed: TextFields, *, reader: str = "") -> Sample:
        """Return the exact message that a text which is not saved gives somebody.

        `reader` are words of a name or address; without it the reader is invented. Raises
        ContentError when the text does not compile.
        """
        found = self.drafts.ledger.contacts.page(search=reader, limit=1) if reader else ()
        return compile_one(
            slug,
            file,
            unsaved=self.changed_files(slug, file, typed),
            recipient=found[0] if found else None,
            compile_file=self.compile_file,
            drafts=self.drafts,
            composer=self.composer,
        )

    def create(
        self,
        slug: str,
        kind: CampaignKind | None,
        answers: object,
        *,
        today: date,
        actor: Actor,
        document: RecognisedDocument | None = None,
        why: str = "",
    ) -> Revision:
        """Make a new campaign from a few answers, and from a document if there is one.
        `why` is kept with its first revision: what of a document was not taken over.

        Raises ContentError with every problem of the answers, and RuleError for a known name.
        """
        require(actor, Act.EDIT_CAMPAIGN)
        files = self.format.starter_files(slug, kind, answers, today=today, document=document)
        return self.revisions.create(slug, files, actor=actor, why=why)

    def copy(self, old: str, slug: str, *, actor: Actor) -> Revision:
        """Make a new campaign with the files of an old one, whose day and place are to confirm."""
        require(actor, Act.EDIT_CAMPAIGN)
        files, title = dict(self.revisions.open_campaign(old).files), old
        with suppress(ContentError):  # what cannot be read is copied as it is, and then told
            campaign = self.drafts.load(old)
            title, words = campaign.title, words_that_say(campaign, files)
            files[FACTS] = self.format.flag_copied(files[FACTS], words)
        return self.revisions.create(slug, files, actor=actor, why=made_of(title))

    def _is_corrected(self, slug: str) -> bool:
        """Return whether an amendment is drafted that tells the texts again, as they are now."""
        found = self.drafts.ledger.amendments.of_campaign(slug)
        return any(each.launched_at is None and each.kind.tells_texts for each in found)

    def _put_together(
        self, slug: str, stored: bytes, typed: Mapping[str, str]
    ) -> _MergedFacts | None:
        """Return the newest facts with the fields that somebody has changed in `stored`.

        Returns None when others have changed one of the same fields, or a list of entries in
        which there are changes: then a person has to choose.
        """
        opened = self.revisions.open_campaign(slug)
        newest = opened.files.get(FACTS, b"")
        shown, theirs = self.format.fact_fields(stored), self.format.fact_fields(newest)
        mine = {name: typed[name] for name, text in shown.items() if typed.get(name, text) != text}
        contested = {name for name in {*shown, *theirs} if shown.get(name) != theirs.get(name)}
        lists = {name.split(".")[0] for name in shown.keys() ^ theirs.keys()}
        if contested & mine.keys() or lists & {name.split(".")[0] for name in mine}:
            return None
        return _MergedFacts(self.format.rewrite_facts(newest, mine), opened.head.number)

    def began_with(self, slug: str, base: int) -> OpenedCampaign:
        """Return the campaign as it was in revision `base`, which a form was drawn from."""
        opened = self.revisions.open_campaign(slug)
        if base in {0, opened.head.number}:
            return opened
        revision = self.revisions.revision(slug, base)
        return type(opened)(revision, self.revisions.files_of(revision))

    def _fields(
        self,
        file: str,
        stored: bytes | None,
        opened: OpenedCampaign,
        step: str,
        variant: VariantKey,
        campaign: Campaign | None,
    ) -> tuple[TextFields, bool]:
        """Return what the form shows, and whether subject and preheader are those of the step."""
        own = self.format.text_fields(stored or b"", name=file)
        is_main = campaign is not None and variant == VariantKey("", campaign.language)
        if not is_main or not step or own.subject or own.preheader:
            return own, False
        facts = self.format.fact_fields(opened.files.get(FACTS, b""))
        subject, preheader = (
            facts.get(f"steps.{step}.{key}", "") for key in ("subject", "preheader")
        )
        return TextFields(own.body, subject, preheader), True

    def _changes(
        self,
        file: str,
        typed: TextFields,
        opened: OpenedCampaign,
        step: str,
        variant: VariantKey,
        campaign: Campaign | None,
    ) -> dict[str, bytes]:
        stored = opened.files.get(file)
        shown, is_main = self._fields(file, stored, opened, step, variant, campaign)
        if typed == shown and stored is not None:
            return {}
        if not is_main:
            return {file: self.format.rewrite_text(stored or b"", typed, name=file)}
        changes = {file: self.format.rewrite_text(stored or b"", TextFields(typed.body), name=file)}
        facts = opened.files.get(FACTS, b"")
        heads = {
            f"steps.{step}.{key}": getattr(typed, key)
            for key in ("subject", "preheader")
            if getattr(typed, key) != getattr(shown, key)
        }
        return {**changes, FACTS: self.format.rewrite_facts(facts, heads)} if heads else changes
