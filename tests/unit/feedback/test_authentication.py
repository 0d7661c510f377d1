"""Who wrote a mail is known only from what our own server has proven, in its topmost header."""

import pytest

from mailer.feedback.events import events_of
from mailer.feedback.reader import read_report
from mailer.feedback.trust import NOBODY, Trust
from mailer.model.feedback.event import Match
from tests.counterparts.builders import NOON

OURS = "mx.institut.example"
FBL = "staff@hotmail.example"
TRUST = Trust(server=OURS, senders=(FBL, "@reports.operateur.example"))
REPORT = (
    "Subject: complaint about message from 192.0.2.25\r\n"
    "X-HmXmrOriginalRecipient: lea@journal.example\r\n\r\nNo longer wanted.\r\n"
)


def is_trusted(*headers, sender=FBL, trust=TRUST):
    """Whether a complaint with these headers at its top comes from a trusted sender."""
    text = "".join(f"{header}\r\n" for header in headers)
    mail = f"{text}From: {sender}\r\n{REPORT}".encode()
    return trust.covers(read_report(mail))


def results(text, server=OURS):
    return f"Authentication-Results: {server}; {text}"


@pytest.mark.parametrize(
    "header",
    [
        results("dkim=pass header.d=hotmail.example"),
        results("dkim=pass (good signature) header.i=@hotmail.example header.s=s1"),
        results("dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=hotmail.example"),
        results("DKIM=Pass header.d=HOTMAIL.example", server=OURS.upper()),
        results("spf=softfail smtp.mailfrom=x@hotmail.example; dkim=pass header.d=hotmail.example"),
        results(
            "dkim=pass\r\n\theader.d=hotmail.example;\r\n\tdmarc=pass header.from=hotmail.example"
        ),
        results("dkim/1=pass header.d=hotmail.example", server=f"{OURS} 1"),
        results('dkim=pass reason="a; b (c" header.d=hotmail.example'),
        results("dkim=fail header.d=hotmail.example; dkim=pass header.d=hotmail.example"),
        results("dkim=pass (a (nested\\) comment) here) header.d=hotmail.example"),
    ],
)
def test_a_sender_whom_our_server_has_proven_is_trusted(header):
    assert is_trusted(header)


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [results("none")],
        [results("dkim=fail header.d=hotmail.example")],
        [results("dkim=pass header.d=evil.example")],
        [results("dkim=pass header.d=mail.hotmail.example")],
        [results("dkim=pass header.d=example")],
        [results("dkim=pass header.d=nothotmail.example")],
        [results("dkim=pass")],
        [results("spf=pass smtp.mailfrom=hotmail.example")],
        [results("iprev=pass policy.iprev=192.0.2.1; auth=pass smtp.auth=staff@hotmail.example")],
        [results("x-dkim=pass header.d=hotmail.example")],
        [results("arc=pass; x=y dkim=pass header.d=hotmail.example")],
        [results("dkim=pass header.d=hotmail.example", server="mx.evil.example")],
        [results("dkim=pass header.d=hotmail.example", server=f"{OURS}.evil.example")],
        ["X-" + results("dkim=pass header.d=hotmail.example")],
        ["ARC-" + results("dkim=pass header.d=hotmail.example")],
        # The true header above the forged one
        [results("dkim=none"), results("dkim=pass header.d=hotmail.example")],
        [results("dmarc=fail header.from=hotmail.example; dkim=pass header.d=hotmail.example")],
        # Words of the sender within the true header
        [results("dkim=none (; dkim=pass header.d=hotmail.example)")],
        [results('spf=pass smtp.mailfrom="x; dkim=pass header.d=hotmail.example"@evil.example')],
        [results('spf=pass (a" ) smtp.mailfrom="(;dkim=pass header.d=hotmail.example")@e.example')],
        [
            results(
                "spf=pass smtp.mailfrom==?us-ascii?Q?x;_dkim=3Dpass_header.d=3Dhotmail.example?="
            )
        ],
        [results('spf=pass smtp.mailfrom="x\\"; dkim=pass header.d=hotmail.example"@evil.example')],
        [results("dkim=pass header.d=evil.example header.d=hotmail.example")],
        # A true header that the sender has broken, above the forged one
        [results("spf=none ((("), results("dkim=pass header.d=hotmail.example")],
        [results(f"spf=none smtp.mailfrom={'a' * 9000}; dkim=pass header.d=hotmail.example")],
        [results(f"{'a=b; ' * 1585}dkim=pass header.d=hotmail.example.evil.example")],
        ["Authentication-Results: ", results("dkim=pass header.d=hotmail.example")],
    ],
)
def test_what_our_server_has_not_proven_is_not_trusted(headers):
    assert not is_trusted(*headers)


@pytest.mark.parametrize(
    "sender",
    [
        "somebody.else@hotmail.example",
        "<staff@evil.example>",
        '"staff@hotmail.example" <x@evil.example>',
        "staff@hotmail.example, x@evil.example",
        "=?utf-8?Q?staff=40hotmail.example?= <x@evil.example>",
        "x@evil.example\r\nFrom: staff@hotmail.example",
        "staff@hotmail.example\r\nFrom: x@evil.example",
        "staff@sub.reports.operateur.example",
        "",
    ],
)
def test_another_author_is_not_trusted_whatever_is_proven(sender):
    proofs = (
        "dkim=pass header.d=hotmail.example; dkim=pass header.d=evil.example;"
        " dkim=pass header.d=sub.reports.operateur.example; dmarc=pass header.from=evil.example"
    )

    assert not is_trusted(results(proofs), sender=sender)


def test_a_trusted_domain_stands_for_all_its_addresses():
    proof = results("dkim=pass header.d=reports.operateur.example")

    assert is_trusted(proof, sender="Reports <x@reports.operateur.example>")


@pytest.mark.parametrize("trust", [NOBODY, Trust(server=OURS), Trust(senders=(FBL,))])
def test_nobody_is_trusted_without_a_server_and_a_name(trust):
    assert not is_trusted(results("dkim=pass header.d=hotmail.example"), trust=trust)
    assert not is_trusted(results("dkim=pass header.d=hotmail.example", server=""), trust=trust)


def test_a_complaint_matches_by_its_sender_only_if_trusted_and_by_its_token_in_any_case():
    header = results("dkim=pass header.d=hotmail.example")
    nameless = f"{header}\r\nFrom: {FBL}\r\n{REPORT}".encode()
    token = "abcdefghijklmnopqrstuvwx23"
    ours = f"Delivered-To: b+{token}@retours.institut.example\r\n".encode() + nameless

    found = {
        (raw, trust): [event.match for event in _events(raw, trust)]
        for raw in (nameless, ours)
        for trust in (TRUST, NOBODY)
    }

    assert found == {
        (nameless, TRUST): [Match.SENDER],
        (nameless, NOBODY): [Match.ADDRESS],
        (ours, TRUST): [Match.DELIVERY_ID],
        (ours, NOBODY): [Match.DELIVERY_ID],
    }


def _events(raw, trust):
    return events_of(read_report(raw), raw=raw, at=NOON, trust=trust)
