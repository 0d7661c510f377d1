"""What else a Python programmer would send through SendGrid with, beside ours.

The `sendgrid` package as its own examples use it, and django-anymail, which pip fetches into a
temporary folder; where it cannot, this says "skipped". Nothing of it is needed by the program.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import Mail, Personalization, Substitution, To

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("django-anymail==13.0", "django>=5,<6")
SENDER = "presse@institut.example"


class Page(NamedTuple):
    """What is sent; `-salutation-` stands for the person's own."""

    subject: str
    text: str
    html: str


Person = tuple[str, str]
"""Address and salutation."""
Send = Callable[[str, Page, Sequence[Person]], None]
"""One request to that service for these people."""


def with_package(url: str, page: Page, people: Sequence[Person]) -> None:
    """One request, over a connection of its own, for these people."""
    mail = Mail(SENDER, subject=page.subject, plain_text_content=page.text)
    mail.add_content(page.html, "text/html")
    for address, salutation in people:
        person = Personalization()
        person.add_to(To(address))
        person.add_substitution(Substitution("-salutation-", salutation))
        mail.add_personalization(person)
    SendGridAPIClient("SG.benchmark", host=url).send(mail)


@contextmanager
def anymail() -> Iterator[Send | None]:
    """A function that sends one request over a kept connection; None without the packages."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", folder, *PACKAGES]
        if subprocess.run(pip, capture_output=True, check=False).returncode:
            yield None
            return
        sys.path.append(folder)
        try:
            yield _with_anymail()
        finally:
            sys.path.remove(folder)


def _with_anymail() -> Send:
    # Fetched a moment ago.
    from anymail.message import AnymailMessage  # noqa: PLC0415 - as said
    from django.conf import settings  # noqa: PLC0415 - as said
    from django.core.mail import get_connection  # noqa: PLC0415 - as said

    settings.configure(ANYMAIL={"SENDGRID_API_KEY": "SG.benchmark"}, EMAIL_USE_LOCALTIME=True)
    kept = {}

    def send(url: str, page: Page, people: Sequence[Person]) -> None:
        if url not in kept:
            kept[url] = get_connection(
                "anymail.backends.sendgrid.EmailBackend", api_url=f"{url}/v3/"
            )
            kept[url].open()
        mail = AnymailMessage(
            page.subject,
            page.text,
            SENDER,
            [address for address, _ in people],
            connection=kept[url],
        )
        mail.attach_alternative(page.html, "text/html")
        mail.merge_data = {address: {"salutation": hello} for address, hello in people}
        mail.esp_extra = {"merge_field_format": "-{}-"}
        mail.send()

    return send
