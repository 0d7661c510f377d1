"""What most checks may read of a draft. What they found in it is kept by just that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.campaign import Step
    from mailer.model.drafts.draft import Draft


@dataclass(frozen=True, slots=True)
class DraftWithoutReaders:
    """All of a draft but its audiences, and of `now` the day. It is a key: nothing is forgotten,
    because a check is shown nothing else.
    """

    draft: Draft

    def __hash__(self) -> int:
        return hash((self.draft.campaign.slug, self.draft.fingerprint))


def without_readers(draft: Draft) -> DraftWithoutReaders:
    """Return what a check may read that does not say `READS_AUDIENCES`."""
    day = draft.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return DraftWithoutReaders(replace(draft, now=day, audiences=_UNREAD))


def texts_alone(seen: DraftWithoutReaders) -> Iterator[tuple[str, DraftWithoutReaders]]:
    """Yield each text file of a draft, and the draft as if its steps had no other text."""
    draft = seen.draft
    for file in dict.fromkeys(
        it.file for step in draft.campaign.steps for it in step.contents.values()
    ):
        steps = tuple(_with_only(file, step) for step in draft.campaign.steps)
        plan = tuple(replace(it, step=_with_only(file, it.step)) for it in draft.plan)
        campaign = replace(draft.campaign, steps=steps)
        yield file, DraftWithoutReaders(replace(draft, campaign=campaign, plan=plan))


def _with_only(file: str, step: Step) -> Step:
    kept = {variant: it for variant, it in step.contents.items() if it.file == file}
    return replace(step, contents=kept)


class _Unread:
    """Stands where the audiences were: nothing is kept by them."""

    def __getattr__(self, name: str) -> NoReturn:
        message = f"a check that does not say READS_AUDIENCES asks for the audiences ({name})"
        raise RuntimeError(message)


_UNREAD: Any = _Unread()
