"""When a mail says that it was sent, and what is no date."""

from datetime import UTC, datetime

import pytest

from mailer.feedback.excerpt import excerpt_of

TEN = datetime(2018, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 2 Mar 2018 10:00:00 +0100", TEN),
        ("Fri, 2 Mar 2018 09:00:00 -0000", TEN),
        ("2 Mar 2018 09:00 GMT", TEN),
        ("le 2 mars 2018", None),
        ("Fri, 99 Mar 2018 10:00:00 +0100", None),
        ("", None),
    ],
)
def test_the_hour_of_a_mail_is_that_of_its_header(date, expected):
    mail = excerpt_of(f"From: lea@revue.example\r\nDate: {date}\r\n\r\nBonjour".encode())

    assert mail.sent_at == expected
