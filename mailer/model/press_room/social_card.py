"""What an office posts about a release: the words for each network, and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.mailings.message import Embedded


@dataclass(frozen=True, slots=True)
class Network:
    """A social network: how long a post may be there, and how it counts."""

    name: str
    limit: int
    link_length: int = 0
    """What each link counts, however long it is; 0 when a link counts its characters."""
    counts_wide_twice: bool = False
    """Whether signs beyond the usual Latin ones count two."""


# The limits that each network publishes (read November 2026). X and Mastodon count 23 for a link.
NETWORKS = (
    Network("X", 280, link_length=23, counts_wide_twice=True),
    Network("Bluesky", 300),
    Network("Mastodon", 500, link_length=23),
    Network("LinkedIn", 3000),
)


@dataclass(frozen=True, slots=True)
class Post:
    """A text ready to post on one network."""

    network: Network
    text: str
    length: int
    """As the network counts it."""


@dataclass(frozen=True, slots=True)
class SocialCard:
    """One version of a step for social networks. No recipient is in it."""

    step: str
    language: str
    title: str
    summary: str
    link: str
    posts: tuple[Post, ...]
    not_before: datetime
    """When the embargo ends, or the mail is sent: nothing may be posted earlier."""
    is_embargoed: bool = False
    picture: Embedded | None = None
    alternative_text: str = ""
    """What the picture shows, for those who do not see it."""
