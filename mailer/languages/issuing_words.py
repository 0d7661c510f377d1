"""What a language says of the body that issues or organises what a text is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingWords:
    """The words, as regular expressions; kinds of bodies are folded."""

    does: str = r"(?!)"
    """What a body does of which a text tells, behind its name: `lance`, `publie`."""
    issues_this: str = r"(?!)"
    """In a clause about a body, says that it makes what the text is about: `publie ce rapport`."""
    issues_the: str = r"(?!)"
    """The same of a thing, the group `what`, that the text must name elsewhere: `a mené l’enquête`."""
    issuer_of: str = r"(?!)"
    """The same beside a name: `organisatrice de la journée`."""
    headed_by: str = r"(?!)"
    """Before the name of somebody who heads a body."""
    head_of: str = r"(?!)"
    """Behind the name of somebody, says that they speak for a body: `présidente de la`."""
    this_of: str = r"(?!)"
    """Before the name of a body, says that what the text is about is its own: `cette enquête de la`."""
    invites: str = r"(?!)"
    """What only the body does in whose name a text is written: `invite la presse`."""
    press_of: str = r"(?!)"
    """Before the name of the body whose press contact is told: `service de presse de la`."""
    press_behind: str = r"(?!)"
    """The same behind the name: `press office`."""
    about: str = r"(?!)"
    """Begins a heading above what is said of the body itself: `À propos de`."""
    begins_about: str = r"(?!)"
    """Begins a paragraph that says what a body is, below its name: `Fondée en`."""
    lends: str = r"(?!)"
    """What a body does for the one of the text: `prête`."""
    families: tuple[str, ...] = ()
    """Kinds of bodies of which one text is issued by one: `musée`, `collection`."""
    contractors: str = r"(?!)"
    """Kinds of bodies that carry a thing out for another one: `cabinet`."""
    parents: str = r"(?!)"
    """Kinds of bodies to which others belong that issue texts of their own: `ville`."""
