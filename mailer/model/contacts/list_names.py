"""How a list may be called: as people say it, `Journalistes mer`, in the directory and in campaigns."""

from __future__ import annotations

import re
import unicodedata

from mailer.errors import Unreadable
from mailer.wording import _

LONGEST = 80
_SEPARATORS = re.compile(r"[,;/@\x00-\x1f\x7f]+")
"""What separates names in a form, or a version from its list (`VariantKey`)."""


def read_list_name(text: str) -> str:
    """Return the name without superfluous spaces. Raises Unreadable, with a name that would do,
    for one that a campaign could not write.
    """
    name = " ".join(text.split())
    allowed = " ".join(_SEPARATORS.sub(" ", name)[:LONGEST].split())
    if not plain_name(name):
        raise Unreadable(_("“{name}” is no name of a list: write for instance presse.", name=name))
    if name != allowed:
        raise Unreadable(
            _(
                "“{name}” cannot be the name of a list, because of its signs or its length:"
                " write for instance “{allowed}”.",
                name=name,
                allowed=allowed,
            )
        )
    return name


def plain_name(name: str) -> str:
    """Return a list's name as the names of files have it: `journalistes-mer`.

    Two lists with the same plain name are one list, written in two ways.
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(each for each in letters if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", "-", kept).strip("-")
