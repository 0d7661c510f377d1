"""The pre-launch checks. Each is one small file with one question; its findings have a remedy.

To add a check, write its module and list it in `CHECKS`. Nothing is discovered automatically; a
test reports a check that is not listed. `check` has the functions that make findings, and
`reading` those that read a draft.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from mailer.checks.accepting import with_acceptances
from mailer.checks.check import Check
from mailer.checks.kept_findings import without_readers
from mailer.checks.reading.texts.lines import line_at
from mailer.model.drafts.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailer.checks.kept_findings import DraftWithoutReaders
    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding

    CHECKS: tuple[Check, ...]
    """All checks, in the order in which they run. They are loaded when somebody asks for them."""

KeptFindings: TypeAlias = "Mapping[str, tuple[Finding, ...] | None]"
"""What each check found, by name; None for one that reads the audiences, and is asked each time."""


@cache
def _check(name: str) -> Check:
    """Load the check `text-is-empty` from the module `text.text_is_empty`."""
    module = import_module(f"mailer.checks.{_PATHS[name]}")
    question = (module.__doc__ or "").splitlines()[0]
    reads_audiences = getattr(module, "READS_AUDIENCES", False)
    return Check(name, question, module.check, module.WHY, module.SOURCE, reads_audiences)


_PATHS = {
    path.rpartition(".")[2].replace("_", "-"): path
    for path in (
        "text.does_not_compile",
        "steps.differs_from_launch",
        "text.language_incomplete",
        "text.text_is_empty",
        "text.unresolved_placeholder",
        "text.note_to_colleague",
        "text.markup_left_over",
        "text.text_read_otherwise",
        "text.doubled_word",
        "text.missing_blank",
        "text.word_cut",
        "text.not_in_press_room",
        "text.paragraph_cut",
        "text.says_the_contrary",
        "event.fact_to_confirm",
        "event.event_without_hour",
        "event.event_without_place",
        "event.no_street_address",
        "event.postcode_elsewhere",
        "event.nobody_on_the_day",
        "sender.press_contact_without_phone",
        "sender.partner_without_contact",
        "dates.weekday_differs",
        "dates.date_that_is_none",
        "dates.ends_before_start",
        "dates.hours_reversed",
        "dates.length_differs",
        "dates.item_too_long",
        "dates.years_differ",
        "dates.short_date_differs",
        "dates.moment_differs",
        "event.event_differs",
        "event.hour_differs",
        "event.practical_part_differs",
        "event.moments_at_once",
        "names.edition_differs",
        "names.edition_in_plural",
        "names.figure_differs",
        "names.name_written_otherwise",
        "names.body_named_otherwise",
        "names.person_named_otherwise",
        "names.place_named_otherwise",
        "names.person_in_two_functions",
        "names.acronym_unexplained",
        "names.figures_disagree",
        "names.measures_disagree",
        "names.headline_differs",
        "names.parts_disagree",
        "names.share_of_count_differs",
        "names.change_differs",
        "names.product_differs",
        "names.figure_of_synonym_differs",
        "names.more_than_fit",
        "names.figure_mistyped",
        "names.unit_of_elsewhere",
        "names.list_counts_otherwise",
        "dates.relative_date",
        "dates.date_without_year",
        "dates.passed_year",
        "dates.announced_too_late",
        "steps.step_after_event",
        "steps.follow_up_before_event",
        "steps.steps_out_of_order",
        "steps.step_at_clock_change",
        "steps.step_moved",
        "steps.too_many_reminders",
        "steps.reminder_too_close",
        "steps.reminder_to_everybody",
        "accreditation.accreditation_without_deadline",
        "accreditation.deadline_proposed",
        "accreditation.accreditation_without_address",
        "accreditation.vague_request",
        "accreditation.deadline_after_event",
        "accreditation.deadline_differs",
        "accreditation.deadline_before_reminder",
        "accreditation.accredited_after_step",
        "accreditation.lists_without_accreditation",
        "accreditation.answer_without_mail",
        "event.embargo_not_set",
        "event.embargo_without_zone",
        "event.embargo_over",
        "event.embargo_contradicted",
        "event.embargo_to_barred_list",
        "links.link_without_target",
        "links.link_that_opens_nothing",
        "links.link_without_scheme",
        "links.address_without_ending",
        "links.address_spelt_otherwise",
        "links.link_over_http",
        "links.shortened_link",
        "links.link_text_is_url",
        "links.vague_link_text",
        "links.same_link_text",
        "links.foreign_domain",
        "links.pdf_without_text",
        "links.image_without_alt",
        "links.image_hard_to_show",
        "links.image_of_text",
        "links.attachment_missing",
        "links.attachment_not_told",
        "blocks.figure_without_source",
        "blocks.download_incomplete",
        "blocks.interview_incomplete",
        "blocks.programme_out_of_order",
        "blocks.quotation_without_speaker",
        "blocks.reference_incomplete",
        "blocks.partner_not_presented",
        "blocks.passage_of_nobody",
        "blocks.film_incomplete",
        "blocks.access_not_for_all",
        "blocks.method_without_numbers",
        "blocks.version_without_section",
        "audience.no_recipients",
        "audience.already_sent",
        "audience.audience_changed",
        "audience.list_without_contacts",
        "audience.unknown_target",
        "audience.slot_conflict",
        "audience.missing_language",
        "audience.unknown_answer",
        "sender.no_reply_sender",
        "sender.no_reply_contact",
        "sender.office_not_identified",
        "sender.no_privacy_notice",
        "sender.sender_not_aligned",
        "subject.subject_is_empty",
        "subject.subject_says_nothing",
        "subject.subject_too_long",
        "subject.subject_equals_preheader",
        "subject.preheader_too_long",
        "subject.headline_too_long",
        "subject.kind_in_headline",
        "text.html_too_heavy",
        "text.long_sentence",
        "text.hard_to_read",
        "text.lead_incomplete",
        "text.quotation_without_name",
        "text.first_screen_too_long",
        "text.straight_quotes",
        "text.ordinal_suffix",
        "look.weak_contrast",
        "look.not_supported",
    )
}
"""The module of each check, in the order in which they run."""


def __getattr__(name: str) -> tuple[Check, ...]:
    if name != "CHECKS":
        raise AttributeError(name)
    return tuple(map(_check, _PATHS))


_ORDER = list(Severity)


def run_checks(
    draft: Draft, *, read: Callable[[DraftWithoutReaders], KeptFindings] | None = None
) -> tuple[Finding, ...]:
    """Run all checks. Returns each finding once, errors first, then by file and line.

    Those that somebody accepted say so; one that blocks is never accepted. `read` runs
    `findings_without_readers`, in a child process where the texts are those of strangers.
    """
    kept = (read or findings_without_readers)(without_readers(draft))
    found = dict.fromkeys(
        finding
        for name, findings in kept.items()
        for finding in (_check(name).findings(draft) if findings is None else findings)
    )
    quoting = (replace(finding, line=line_at(draft, finding.where)) for finding in found)
    return tuple(
        sorted(
            with_acceptances(quoting, draft.accepted),
            key=lambda finding: (
                _ORDER.index(finding.severity),
                finding.where.file,
                finding.where.line,
            ),
        )
    )


@lru_cache(maxsize=16)  # the campaigns that people work on; each look asks the same again
def findings_without_readers(seen: DraftWithoutReaders) -> KeptFindings:
    """Return what each check finds that does not read the audiences."""
    return {
        name: None if check.reads_audiences else tuple(check.findings(seen.draft))
        for name, check in zip(_PATHS, map(_check, _PATHS), strict=True)
    }
