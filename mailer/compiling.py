"""What a child of the sandbox runs: reading a campaign folder, compiling a message.

It stands alone so that a child imports the readers and the renderer and not the whole program,
and so that the program, which only names these functions, imports neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailer.files.catalogues import translations_for

if TYPE_CHECKING:
    from pathlib import Path

    from mailer.files.campaigns.folders import CampaignSurvey, FolderState
    from mailer.model.campaign import VariantKey
    from mailer.model.message import CompiledMessage
    from mailer.model.office import Office


def survey_in_child(folder: Path, *, office: Office, state: FolderState) -> CampaignSurvey:
    """Return the campaign in `folder` as far as it can be read, and every problem.

    `state` is that of the folder: the same call with another state is another call.
    """
    del state
    # Only the child needs the readers of TOML and Markdown.
    from mailer.files.campaigns.folder import survey_campaign  # noqa: PLC0415 - as said

    return survey_campaign(folder, office=office)


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
