"""How the mails of a campaign differ from those that were signed off last, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from mailer.errors import ContentError
from mailer.model.mailings.message import Hole
from mailer.operations.campaigns.previews.preview import compile_one
from mailer.operations.campaigns.previews.samples import invented_sample
from mailer.preview.for_sign_off import MailChanges
from mailer.preview.word_changes import around_changes, word_changes
from mailer.render.jinja.recipient_fields import LINK_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.drafts.draft import CompiledVersion, Draft, Sample
    from mailer.model.mailings.mailing import SignOff
    from mailer.model.mailings.message import Message, Pieces
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.revisions.revisions import CampaignRevisions
    from mailer.operations.sending.compose import Composer


@dataclass(frozen=True, slots=True)
class MailWords:
    """What somebody reads of a mail before and in it."""

    subject: str
    preheader: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedTexts:
    """Compiles the texts of a campaign as they were when somebody signed them.

    `compile_file` compiles one version, as if the files it is given were saved. Templates have no
    history: the old text is shown in the template as it is now.
    """

    revisions: CampaignRevisions
    drafts: Drafts
    composer: Composer
    compile_file: Callable[..., CompiledVersion]

    def changes(self, draft: Draft, step: str, variant: VariantKey) -> MailChanges | None:
        """Return how a version differs from the last sign-off; None when nobody signed yet.

        Both are made for the same invented reader. The present version must have compiled.
        """
        signed = self.last(draft)
        if signed is None:
            return None
        if signed.fingerprint == draft.fingerprint:
            return MailChanges()
        files = self._files(draft.campaign.slug, signed.revision)
        return self._compared(draft, step, variant, files)

    def last(self, draft: Draft) -> SignOff | None:
        """Return the last sign-off of the office of which the texts are known."""
        signed = [each for each in draft.sign_offs if each.revision]
        return signed[-1] if signed else None

    def _files(self, slug: str, number: int) -> Mapping[str, bytes]:
        return self.revisions.files_of(self.revisions.revision(slug, number))

    def _compared(
        self, draft: Draft, step: str, variant: VariantKey, files: Mapping[str, bytes]
    ) -> MailChanges:
        planned = next(each for each in draft.plan if each.step.id == step)
        name = PurePath(planned.step.contents[variant].file).name
        if name not in files:
            return MailChanges(is_new=True)
        try:
            old = words_of(self._signed(draft.campaign.slug, name, step, files).message)
        except ContentError:  # the step did not send this text then
            return MailChanges(is_new=True)
        new = words_of(invented_sample(draft, step, variant, composer=self.composer).message)
        return MailChanges(
            subject=word_changes(old.subject, new.subject),
            preheader=word_changes(old.preheader, new.preheader),
            text=around_changes(word_changes(old.text, new.text)),
        )

    def _signed(self, slug: str, file: str, step: str, files: Mapping[str, bytes]) -> Sample:
        return compile_one(
            slug,
            file,
            step=step,
            unsaved=files,
            compile_file=self.compile_file,
            drafts=self.drafts,
            composer=self.composer,
        )


def words_of(message: Message) -> MailWords:
    """Return what the recipient of a message reads, its holes filled.

    Links of the message itself, as to unsubscribe, become an ellipsis: they differ each time.
    """
    values = iter(message.values)
    compiled = message.compiled
    _html, text, subject, preheader = (
        _filled(pieces, values)
        for pieces in (compiled.html, compiled.text, compiled.subject, compiled.preheader)
    )
    return MailWords(subject=subject, preheader=preheader, text=text)


def _filled(pieces: Pieces, values: Iterator[str]) -> str:
    return "".join(
        _shown(piece, next(values)) if isinstance(piece, Hole) else piece for piece in pieces
    )


def _shown(hole: Hole, value: str) -> str:
    return "…" if any(name in hole.source for name in LINK_NAMES) else value
