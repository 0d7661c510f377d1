"""SendGrid's webhook: genuine posts only, every event once, whatever the order."""

import base64
import json
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import ConfigError
from mailer.model.feedback.event import Deadness, EventKind, Match
from mailer.model.feedback.inbox import WebhookRefusal
from mailer.model.mailings.delivery import DeliveryStatus, higher_status
from mailer.providers.sendgrid.events import read_events
from mailer.providers.sendgrid.limits import WebhookLimits
from mailer.providers.sendgrid.signatures import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    SendGridVerifier,
)

ID = "abcdefghijklmnopqrstuvwx23"
NOW = datetime(2017, 12, 5, 10, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
PRIVATE = ec.generate_private_key(ec.SECP256R1())
BODY = b'[{"event":"delivered"}]'


def shown(key):
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(spki).decode()


KEYS = [shown(PRIVATE)]


def signed(body=BODY, stamp=STAMP, key=PRIVATE):
    return base64.b64encode(key.sign(stamp.encode() + body, ec.ECDSA(SHA256()))).decode()


def checked(body=BODY, *, signature=None, stamp=STAMP, keys=KEYS, now=NOW, **more):
    signature = signed(body, stamp) if signature is None else signature
    headers = {SIGNATURE_HEADER: signature, TIMESTAMP_HEADER: stamp}
    return SendGridVerifier(keys, **more).refusal(body, headers=headers, now=now)


def test_a_genuine_post_passes():
    assert checked() is None


def test_octets_that_are_no_text_can_be_signed_too():
    assert checked(b"\xff\x00\xfe") is None


def test_without_a_key_nothing_passes():
    assert checked(keys=()) is WebhookRefusal.NO_KEY


def test_another_key_does_not_pass():
    other = ec.generate_private_key(ec.SECP256R1())

    assert checked(signature=signed(key=other)) is WebhookRefusal.BAD_SIGNATURE


def test_either_of_two_keys_passes():
    other = ec.generate_private_key(ec.SECP256R1())
    keys = [shown(other), shown(PRIVATE)]

    assert checked(keys=keys) is None
    assert checked(signature=signed(key=other), keys=keys) is None


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_a_changed_body_does_not_pass(at, change):
    altered = bytes([*BODY[:at], BODY[at] ^ change, *BODY[at + 1 :]])

    assert checked(altered, signature=signed()) is WebhookRefusal.BAD_SIGNATURE


@given(st.text(max_size=300))
def test_a_made_up_signature_does_not_pass(signature):
    assert checked(signature=signature) is WebhookRefusal.BAD_SIGNATURE


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1e3", "١٢", "9" * 13, STAMP + " "])
def test_a_timestamp_is_plain_digits(stamp):
    assert checked(stamp=stamp, signature="") is WebhookRefusal.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("age", "answer"),
    [
        (timedelta(hours=24), None),
        (timedelta(hours=26), WebhookRefusal.STALE),
        (-timedelta(minutes=4), None),
        (-timedelta(minutes=6), WebhookRefusal.STALE),
    ],
)
def test_repeats_of_a_day_are_taken_and_the_future_is_not(age, answer):
    stamp = str(int((NOW - age).timestamp()))

    assert checked(stamp=stamp) is answer


def test_a_post_too_big_is_not_even_hashed():
    assert checked(signature="", limits=WebhookLimits(body_bytes=10)) is WebhookRefusal.TOO_BIG


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no base64!",
        base64.b64encode(b"no key").decode(),
        shown(ec.generate_private_key(ec.SECP384R1())),
    ],
)
def test_a_key_that_is_none_is_the_administrators_problem(text):
    with pytest.raises(ConfigError, match="Webhook key 1"):
        SendGridVerifier([text])


# ---------------------------------------------------------------- events


def told(event, **more):
    return {
        "event": event,
        "email": "lea@journal.example",
        "timestamp": int(NOW.timestamp()),
        "sg_message_id": "abc.filter",
        "mailer_delivery": ID,
        **more,
    }


def read(*events, **more):
    return read_events(json.dumps(events).encode(), received_at=NOW, **more)


def one(event, **more):
    (found,) = read(told(event, **more))
    return found


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("processed", EventKind.ACCEPTED),
        ("deferred", EventKind.DEFERRED),
        ("delivered", EventKind.DELIVERED),
        ("bounce", EventKind.BOUNCED),
        ("spamreport", EventKind.COMPLAINED),
        ("unsubscribe", EventKind.OPTED_OUT),
        ("group_unsubscribe", EventKind.OPTED_OUT),
        ("group_resubscribe", EventKind.UNKNOWN),
        ("account_status_change", EventKind.UNKNOWN),
        ("something new", EventKind.UNKNOWN),
    ],
)
def test_each_event_has_its_meaning(event, kind):
    found = one(event)

    assert found.kind is kind
    assert (found.delivery_id, found.match, found.at) == (ID, Match.DELIVERY_ID, NOW)
    assert json.loads(found.raw)["event"] == event


def test_opens_and_clicks_are_not_even_stored():
    assert read(told("open"), told("click")) == ()


def test_a_bounce_is_judged_by_its_words():
    dead = one("bounce", type="bounce", status="5.1.1", reason="550 5.1.1 no such user")
    full = one("bounce", type="bounce", status="5.2.2", reason="552 5.2.2 mailbox full")

    assert (dead.reason, dead.dead) == ("user-unknown", Deadness.YES)
    assert (full.reason, full.dead) == ("mailbox-full", Deadness.NO)
    assert dead.quote == "550 5.1.1 no such user"


def test_sendgrids_own_judgement_counts():
    found = one("bounce", type="bounce", reason="550 no", bounce_classification="Invalid Address")

    assert found.dead is Deadness.YES


def test_blocked_never_kills():
    found = one("bounce", type="blocked", status="5.1.1", reason="550 5.1.1 user unknown")

    assert (found.kind, found.dead) == (EventKind.BOUNCED, Deadness.NO)


@pytest.mark.parametrize(
    ("words", "kind", "reason"),
    [
        ("Bounced Address", EventKind.SUPPRESSED, "provider-bounced"),
        ("Unsubscribed Address", EventKind.SUPPRESSED, "provider-opted-out"),
        ("Spam Reporting Address", EventKind.SUPPRESSED, "provider-complained"),
        ("Spam Content", EventKind.REJECTED, "spam"),
        ("Something else", EventKind.REJECTED, "unknown"),
    ],
)
def test_a_dropped_mail_is_no_new_bounce(words, kind, reason):
    found = one("dropped", reason=words)

    assert (found.kind, found.reason) == (kind, reason)
    assert found.dead is not Deadness.YES


def test_a_late_bounce_without_ids_is_matched_by_address_and_marked_so():
    found = one("bounce", mailer_delivery=None, sg_message_id=None, reason="550 user unknown")

    assert (found.delivery_id, found.match) == (None, Match.ADDRESS)
    assert str(found.address) == "lea@journal.example"


def test_our_message_id_is_known_where_the_argument_is_missing():
    found = one("delivered", mailer_delivery=None, **{"smtp-id": f"<{ID}@office.example>"})

    assert (found.delivery_id, found.match) == (ID, Match.MESSAGE_ID)


@pytest.mark.parametrize("argument", ["x" * 26 + "9", "'; drop", 7, ["a"], None, ID.upper()])
def test_an_argument_that_is_no_delivery_is_not_believed(argument):
    assert one("delivered", mailer_delivery=argument).match is Match.ADDRESS


def test_a_repeat_under_another_event_id_is_the_same_fact():
    first = one("delivered", sg_event_id="a", response="250 OK")
    again = one("delivered", sg_event_id="b", response="250 OK")
    other = one("delivered", sg_event_id="a", response="250 OK", timestamp=1)

    assert first.key == again.key != other.key


def test_any_order_of_a_deliverys_events_gives_one_state():
    posts = [
        told("processed"),
        told("deferred", attempt="1", response="451 later"),
        told("delivered"),
        told("bounce", type="bounce", reason="550 5.1.1 unknown user"),
        told("spamreport"),
    ]
    status = {
        EventKind.ACCEPTED: DeliveryStatus.ACCEPTED,
        EventKind.DELIVERED: DeliveryStatus.DELIVERED,
        EventKind.BOUNCED: DeliveryStatus.BOUNCED,
        EventKind.COMPLAINED: DeliveryStatus.COMPLAINED,
    }

    ends = set()
    for order in permutations(posts):
        state = DeliveryStatus.UNCERTAIN
        for event in read(*order):
            state = higher_status(state, status.get(event.kind, DeliveryStatus.PENDING))
        ends.add(state)

    assert ends == {DeliveryStatus.COMPLAINED}


@pytest.mark.parametrize("body", [b"", b"{}", b"[", b"\xff", b"null", b"[" * 100_000, b"[1e999999"])
def test_what_is_no_list_of_events_is_refused(body):
    assert read_events(body, received_at=NOW) is WebhookRefusal.NOT_EVENTS


def test_things_that_are_no_events_are_kept_as_unknown():
    assert [event.kind for event in read(1, "x", None, [], {})] == [EventKind.UNKNOWN] * 5


def test_limits_hold():
    assert read(*[{}] * 11, limits=WebhookLimits(events=10)) is WebhookRefusal.TOO_BIG
    assert (
        read_events(b" " * 11, received_at=NOW, limits=WebhookLimits(body_bytes=10))
        is WebhookRefusal.TOO_BIG
    )
    assert read({"a": [[[[[[[[[]]]]]]]]]}) is WebhookRefusal.NOT_EVENTS


@pytest.mark.parametrize("timestamp", [None, "x", -1, 1e30, True, []])
def test_a_time_that_is_none_is_the_time_of_arrival(timestamp):
    assert one("delivered", timestamp=timestamp).at == NOW


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=5,
)
names = st.sampled_from(
    [
        "event",
        "email",
        "timestamp",
        "reason",
        "response",
        "status",
        "type",
        "smtp-id",
        "mailer_delivery",
        "attempt",
    ]
)
event_names = st.sampled_from(["bounce", "dropped", "deferred", "delivered", "processed"])


@given(st.dictionaries(names, values, max_size=9), event_names)
def test_any_event_is_answered(fields, name):
    assert len(read({**fields, "event": name})) == 1


def test_no_server_found_is_the_networks_fault_and_never_ours():
    said = "unable to get mx info: failed to get IPs from PTR record: lookup <nil>: unrecognized address"
    found = one("bounce", type="bounce", reason=said, status="")

    assert (found.reason, found.dead) == ("network", Deadness.UNSURE)


def test_a_time_may_be_written_as_text():
    assert one("delivered", timestamp=STAMP).at == NOW
    assert one("delivered", timestamp="soon").at == NOW


@pytest.mark.parametrize("email", ["Léa <lea@journal.example>", "<lea@journal.example>"])
def test_an_address_may_come_with_a_name(email):
    assert str(one("delivered", email=email).address) == "lea@journal.example"


@pytest.mark.parametrize(
    ("reason", "kind", "meant"),
    [
        ("Spam Content (if Spam Checker app is enabled)", EventKind.REJECTED, "spam"),
        ("Invalid SMTPAPI header", EventKind.REJECTED, "protocol"),
        ("Invalid", EventKind.REJECTED, "user-unknown"),
        ("Bounced Address", EventKind.SUPPRESSED, "provider-bounced"),
        ("Recipient List over Package Quota (if enforced)", EventKind.REJECTED, "rate"),
    ],
)
def test_a_reason_to_drop_is_known_with_its_explanation(reason, kind, meant):
    found = one("dropped", reason=reason)

    assert (found.kind, found.reason) == (kind, meant)


def test_blocked_may_be_the_name_of_the_event():
    found = one("blocked", reason="550 5.1.1 no such user, or blocked using a block list")

    assert (found.kind, found.dead) == (EventKind.BOUNCED, Deadness.NO)
