"""What a child of the sandbox runs: reading a campaign folder or a contact file, compiling, checks.

It stands alone so that a child imports the readers and the renderer and not the whole program,
and so that the program, which only names these functions, imports neither.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mailer.errors import ContentError, Place, Problem
from mailer.files.catalogues import translations_for
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mailer.checks import KeptFindings
    from mailer.checks.kept_findings import DraftWithoutReaders
    from mailer.files.campaigns.folders import CampaignSurvey, FolderState
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.proposals import RecognisedDocument
    from mailer.model.campaigns.text_in_picture import TextInPicture
    from mailer.model.contacts.contact_import import Import
    from mailer.model.drafts.draft import CompiledVersion, PlannedStep
    from mailer.model.mailings.message import CompiledMessage
    from mailer.operations.campaigns.writing.diagnosis import Diagnosis


def survey_in_child(folder: Path, *, office: Office, state: FolderState) -> CampaignSurvey:
    """Return the campaign in `folder` as far as it can be read, and every problem.

    `state` is that of the folder: the same call with another state is another call.
    """
    del state
    # Only the child needs the readers of TOML and Markdown.
    from mailer.files.campaigns.folder import survey_campaign  # noqa: PLC0415 - as said

    return survey_campaign(folder, office=office)


def read_contacts_in_child(path: Path, **how: Any) -> Iterable[Import]:
    """Yield the contacts of a file in the parts of `Import.in_parts`."""
    # Only the child needs the readers of workbooks and tables.
    from mailer.files.contact_files import read_contacts  # noqa: PLC0415 - as said

    yield from read_contacts(path, **how).in_parts()


def text_in_picture_in_child(content: bytes) -> TextInPicture | None:
    """Return how much text a picture shows; None for what is not read."""
    # Only the child needs the decoder of pictures.
    from mailer.look.text_in_pictures import text_in_picture  # noqa: PLC0415 - as said

    return text_in_picture(content)


def findings_in_child(seen: DraftWithoutReaders) -> KeptFindings:
    """Return what the checks find that read the texts."""
    # Only the child needs the checks, which take long to import.
    from mailer.checks import findings_without_readers  # noqa: PLC0415 - as said

    return findings_without_readers(seen)


def diagnose_in_child(text: str, **how: Any) -> Diagnosis:
    """Return what is to be corrected in a release; `how` holds the keywords of `diagnose`."""
    # Only the child needs the checks and the readers of facts.
    from mailer.operations.campaigns.writing.diagnosis import diagnose  # noqa: PLC0415 - as said

    return diagnose(text, **how)


def recognise_in_child(text: str, **how: Any) -> RecognisedDocument:
    """Return the facts of an old release; `how` holds the keywords of `recognise`."""
    # Only the child needs the readers of facts.
    from mailer.operations.campaigns.writing.recognising.document import (  # noqa: PLC0415 - as said
        recognise,
    )

    return recognise(text, **how)


def compile_in_language(*, variant: VariantKey, **asked: Any) -> CompiledMessage:
    """Compile with the catalogue of the variant's language. Raises ContentError.

    The other arguments are those of `render.compile.compile_message`. The catalogue is loaded
    here because it cannot be sent to a child process.
    """
    # Only the child needs the renderer, which takes long to import.
    from mailer.render.compile import compile_message  # noqa: PLC0415 - as said

    return compile_message(
        translations=translations_for(variant.language), variant=variant, **asked
    )


def compile_file_in_child(
    folder: Path,
    *,
    file: str,
    step: str,
    unsaved: Mapping[str, bytes],
    office: Office,
    templates: tuple[Path, ...],
) -> CompiledVersion:
    """Compile the version of a step whose text is `file`, as if what is unsaved were saved.

    Problems of other texts do not matter. Raises ContentError.
    """
    # Only the child needs these; the call is one, so that it is answered while somebody types.
    from mailer.calendar.timetable import plan  # noqa: PLC0415 - as said
    from mailer.files.campaigns.folder import survey_campaign  # noqa: PLC0415 - as said
    from mailer.files.templates import load_template  # noqa: PLC0415 - as said
    from mailer.model.drafts.draft import CompiledVersion  # noqa: PLC0415 - as said

    campaign, problems = survey_campaign(folder, office=office, unsaved=unsaved)
    if campaign is None:
        raise ContentError(*problems)
    planned, variant = _version_of(file, step, plan(campaign, office=office), problems)
    message = compile_in_language(
        campaign=campaign,
        step=planned.step,
        content=planned.step.contents[variant],
        variant=variant,
        planned_local=planned.local,
        office=office,
        template=load_template(campaign.template, templates, theme=campaign.theme),
    )
    return CompiledVersion(replace(campaign, files={}), planned, variant, message)


def _version_of(
    file: str,
    step: str,
    steps: tuple[PlannedStep, ...],
    problems: tuple[Problem, ...],
) -> tuple[PlannedStep, VariantKey]:
    """Return the step, and the variant of it, that the text in `file` is."""
    for planned in steps:
        for variant, content in planned.step.contents.items():
            if PurePath(content.file).name == file and step in {"", planned.step.id}:
                return planned, variant
    own = [problem for problem in problems if PurePath(problem.where.file).name == file]
    unused = Problem(
        Place(file),
        _("No step sends this text."),
        _("Check the name of the file, and the lists of the step."),
    )
    raise ContentError(*own or (unused,))
