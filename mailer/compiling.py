"""Compile a message with the translations of its language.

A child of the sandbox runs this. It is a module of its own so that a child imports the renderer
and not the whole program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailer.files.catalogues import translations_for

if TYPE_CHECKING:
    from mailer.model.campaign import VariantKey
    from mailer.model.message import CompiledMessage


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
