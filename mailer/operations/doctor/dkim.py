"""Ask whether receivers can verify our DKIM signature with the key in the DNS."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mailer.errors import Unreadable
from mailer.mail_authentication.dkim_key import (
    GOOD_KEY_BITS,
    SHORTEST_KEY_BITS,
    dkim_texts,
    read_published_key,
)
from mailer.model.health.dns import NoRecords, NotAnswered, Records, RecordType
from mailer.model.health.health import Area, Question
from mailer.operations.doctor.standing import Judged, ProofState
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from mailer.mail_authentication.dkim_key import PublishedKey
    from mailer.model.health.dns import Ask
    from mailer.model.health.health import HealthLine
    from mailer.operations.doctor.identity import SenderIdentity


PrivateKey: TypeAlias = "RSAPrivateKey | Ed25519PrivateKey"

DKIM = Question(
    "dkim",
    Area.SENDER,
    _("DKIM signature"),
    _("It proves that the mail is yours and was not altered, also when it is forwarded."),
)
_SEE_HOWTO = _(
    "Publish the public half of [dkim] key there, as docs/howto/sign-with-dkim.md shows."
)


def judge_unsigned(*, signs_as: str) -> Judged:
    """Return what is known of a message that we do not sign: the relay may, or nobody does."""
    if signs_as:
        line = DKIM.noted(
            _(
                "The relay signs as {domain}: what it writes cannot be seen from here",
                domain=signs_as,
            ),
            _("Send a test to yourself, and look for dkim=pass in its Authentication-Results."),
        )
        return Judged((line,), ProofState.UNKNOWN)
    line = DKIM.wrong(
        _("Our messages are not signed"),
        _(
            "Write [dkim] domain, selector and key; or, if the relay signs, the domain with which it"
            " does: [transport.smtp] signs_as."
        ),
    )
    return Judged((line,), ProofState.FAILS)


def judge_provider(domain: str, *, label: str, selectors: Sequence[str], ask: Ask) -> Judged:
    """Return whether a provider that signs by itself has its keys at the sender's domain."""
    names = [f"{selector}._domainkey.{domain}" for selector in selectors]
    answers = [ask(name, RecordType.TXT) for name in names]
    if any(isinstance(answer, Records) and dkim_texts(answer.values) for answer in answers):
        line = DKIM.right(_("{provider} signs as {domain}", provider=label, domain=domain))
        return Judged((line,), ProofState.PASSES)
    for answer in answers:
        if isinstance(answer, NotAnswered):
            return Judged((DKIM.not_asked(answer.reason),), ProofState.UNKNOWN)
    line = DKIM.not_asked(
        _(
            "No key of {provider} is at its usual places below {domain}",
            provider=label,
            domain=domain,
        ),
        _("See in your account whether the domain is authenticated."),
    )
    return Judged((line,), ProofState.UNKNOWN)


def judge_signature(identity: SenderIdentity, *, key: PrivateKey, ask: Ask) -> Judged:
    """Return whether the published key verifies what `key` signs."""
    name = f"{identity.selector}._domainkey.{identity.dkim_domain}"
    match ask(name, RecordType.TXT):
        case NotAnswered(reason):
            return Judged((DKIM.not_asked(reason),), ProofState.UNKNOWN)
        case NoRecords():
            return _fails(_("There is no key at {name}", name=name), _SEE_HOWTO)
        case Records(values):
            return _judge_texts(name, dkim_texts(values) or values, key)


def _fails(found: Text, remedy: Text) -> Judged:
    return Judged((DKIM.wrong(found, remedy),), ProofState.FAILS)


def _judge_texts(name: str, texts: Sequence[str], key: PrivateKey) -> Judged:
    if len(texts) > 1:
        return _fails(
            _("{count} records are at {name}: receivers may take any", count=len(texts), name=name),
            _("Leave one. A new key is published under another selector."),
        )
    try:
        published = read_published_key(texts[0])
    except Unreadable as error:
        return _fails(_("The record at {name}: {fault}", name=name, fault=error.reason), _SEE_HOWTO)
    if (fault := _fault(published, key)) is not None:
        return _fails(Text("{name}: {fault}", {"name": name, "fault": fault}), _SEE_HOWTO)
    return Judged((_line(name, published),), ProofState.PASSES)


def _fault(published: PublishedKey, key: PrivateKey) -> Text | None:
    """Return why receivers reject our signature with this key; None when they do not."""
    if published.key is None:
        return _("the key is revoked (p= is empty)")
    if not published.belongs_to(key):
        return _("it is not the public half of the key that signs")
    if not published.is_for_hash:
        return _("it allows no signature with SHA-256 (h=)")
    if not published.is_for_mail:
        return _("it is not for e-mail (s=)")
    if published.bits < SHORTEST_KEY_BITS:
        return _("it has {bits} bits; receivers ask for 1024 at least", bits=published.bits)
    return None


def _line(name: str, published: PublishedKey) -> HealthLine:
    if published.bits < GOOD_KEY_BITS:
        return DKIM.wrong(
            _("{name} has {bits} bits, which is too short today", name=name, bits=published.bits),
            _("Make a key of 2048 bits, and publish it under a new selector."),
        )
    if published.is_testing:
        return DKIM.wrong(
            _("{name} says that you are only testing (t=y)", name=name),
            _("Take t=y out: receivers may treat the mail as unsigned."),
        )
    if isinstance(published.key, Ed25519PublicKey):
        return DKIM.noted(
            _("{name} is an Ed25519 key, which some receivers cannot verify", name=name),
            _("Sign with an RSA key of 2048 bits."),
        )
    return DKIM.right(
        _("{name} verifies what we sign ({bits} bits)", name=name, bits=published.bits)
    )
