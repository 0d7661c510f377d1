"""Messages to look at: what people would get if a step left as it stands."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from mailer.model.message import DeliveryId
from mailer.operations.compose import versions_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailer.model.address import Address
    from mailer.model.audience import Recipient
    from mailer.model.draft import Draft
    from mailer.model.message import Message
    from mailer.operations.compose import Composer


def messages_for(
    draft: Draft, step: str, *, only: Collection[str] = (), composer: Composer
) -> list[Message]:
    """The messages of one step, for its whole audience or `only` these addresses.

    Their delivery ids are made from version and address, so that the same draft gives the
    same bytes; no delivery exists under them.
    """
    versions_of(draft, step)
    wanted = {address.casefold() for address in only}
    return [
        composer.for_recipient(
            draft, step, recipient, delivery_id=_sample_id(draft, step, recipient.contact.address)
        )
        for recipient in draft.audiences[step].recipients
        if not wanted or recipient.contact.address.key in wanted
    ]


def telling_recipients(draft: Draft, step: str, *, most: int = 3) -> list[Recipient]:
    """A few people of each version who show it at its extremes: an ordinary one, the longest
    name, one without a name.
    """
    chosen: list[Recipient] = []
    for variant in versions_of(draft, step):
        people = [each for each in draft.audiences[step].recipients if each.variant == variant]
        by_name = sorted(people, key=lambda each: len(each.contact.name))
        extremes = [by_name[len(by_name) // 2], by_name[-1], by_name[0]] if by_name else []
        chosen.extend(list(dict.fromkeys(extremes))[:most])
    return chosen


def _sample_id(draft: Draft, step: str, address: Address) -> DeliveryId:
    seed = f"{draft.fingerprint}/{step}/{address.key}".encode()
    return DeliveryId(
        base64.b32encode(hashlib.sha256(seed).digest()[:16]).decode().rstrip("=").lower()
    )
