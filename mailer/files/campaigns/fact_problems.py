"""The problems of a `campaign.toml` that a form is about to save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.files.campaigns.campaign_file import read_campaign
from mailer.files.campaigns.rewriting import FILE
from mailer.files.text_files import decode_utf8
from mailer.files.toml.reading import parse_toml

if TYPE_CHECKING:
    from mailer.errors import Problem
    from mailer.model.campaigns.office import Office


def fact_problems(content: bytes, slug: str, *, office: Office) -> tuple[Problem, ...]:
    """Return every problem of the content. The key of each is the name of a field."""
    problems: list[Problem] = []
    text = decode_utf8(content, shown=FILE, problems=problems)
    file = None if text is None else parse_toml(text, name=FILE, problems=problems)
    if file is not None:
        read_campaign(file, slug=slug, office=office, problems=problems)
    return tuple(problems)
