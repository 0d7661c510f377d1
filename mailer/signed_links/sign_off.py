"""Signed links that lead a signatory to the page of one exact version of a campaign.

A link opens a page and proves nothing: mails are forwarded, and scanners follow their links. The
page asks for the person's own password before it signs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

LASTS = timedelta(days=7)
"""How long a link opens the page."""
_PURPOSE = "mailer.sign-off"
_MAX_LENGTH = 1_000
_FIELDS = 5


@dataclass(frozen=True, slots=True)
class SignOffLink:
    """What a link was made for: one person and one version, until an instant.

    `revision` is the number of the campaign's files of that version, or 0.
    """

    person: str
    campaign: str
    fingerprint: str
    revision: int
    ends_at: datetime

    def has_ended(self, *, now: datetime) -> bool:
        return now >= self.ends_at


class SignOffTokens:
    """Signs links and reads them back. A token signed for another purpose is not accepted."""

    def __init__(self, key: str) -> None:
        assert key, "an empty key would sign for everybody"
        self._serializer = URLSafeSerializer(
            key,
            salt=_PURPOSE,
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def sign(self, link: SignOffLink) -> str:
        """Return the token of a link, safe as one part of a URL's path."""
        token = self._serializer.dumps(
            [
                link.person,
                link.campaign,
                link.fingerprint,
                link.revision,
                int(link.ends_at.timestamp()),
            ]
        )
        return token if isinstance(token, str) else token.decode("ascii")

    def read(self, token: str) -> SignOffLink | None:
        """Return the link of a token; None for any other text, without a reason."""
        if len(token) > _MAX_LENGTH or not token.isascii():
            return None
        try:
            named = self._serializer.loads(token)
        except BadData:
            return None
        if not isinstance(named, list) or len(named) != _FIELDS:
            return None
        person, campaign, fingerprint, revision, ends = named
        link = SignOffLink(
            person, campaign, fingerprint, revision, datetime.fromtimestamp(ends, tz=UTC)
        )
        # Base64 has several spellings of the same bytes: accept the one that we write.
        return link if self.sign(link) == token else None
