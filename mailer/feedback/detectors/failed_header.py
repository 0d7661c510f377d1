"""Detects `X-Failed-Recipients`, written by Exim, Gmail, mail.ru and GMX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors.evidence import MAX_RECIPIENTS, Detector, Evidence
from mailer.feedback.detectors.paragraphs import text_about
from mailer.feedback.reading import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return every address of the header, with the paragraph of the notice about it."""
    addresses = addresses_in(" ".join(mail.headers.all("x-failed-recipients")))[:MAX_RECIPIENTS]
    return [Evidence(address, text_about(mail, address, among=addresses)) for address in addresses]


FAILED_HEADER = Detector("x-failed-recipients", Confidence.HIGH, detect)
