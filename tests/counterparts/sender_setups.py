"""Set-ups of a sender, as they stand in the DNS: broken ones, unusual but right ones, silent ones.

Each is the right set-up of one office, and what is different in it. `!` before a line that is
expected means that it holds up a launch.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mailer.model.health.relay import Relay

NOBODY = object()
"""In place of records: the name is not in the zone."""
FROM = "institut.example"
RETURN = "retours.institut.example"
RELAY = Relay("smtp.institut.example", sends_from=("192.0.2.25",))
KEY_NAME = f"mailer._domainkey.{FROM} TXT"
SPF_NAME = f"{RETURN} TXT"
DMARC_NAME = f"_dmarc.{FROM} TXT"


@lru_cache(maxsize=8)
def rsa_key(bits=2048):
    """A throw-away key of this size, the same in all tests of a process."""
    return generate_private_key(public_exponent=65537, key_size=bits)


@lru_cache(maxsize=1)
def ed25519_key():
    return Ed25519PrivateKey.generate()


def published(key, **tags):
    """The record of the public half of a key."""
    public = key.public_key()
    if isinstance(key, Ed25519PrivateKey):
        octets, kind = public.public_bytes(Encoding.Raw, PublicFormat.Raw), "ed25519"
    else:
        octets = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        kind = "rsa"
    written = {"v": "DKIM1", "k": kind, "p": b64encode(octets).decode(), **tags}
    return "; ".join(f"{name}={value}" for name, value in written.items() if value is not None)


def right_zone():
    return {
        f"{FROM} MX": [f"10 mx.{FROM}."],
        f"{RETURN} MX": [f"10 mx.{FROM}."],
        f"mx.{FROM} A": ["192.0.2.10"],
        f"smtp.{FROM} A": ["192.0.2.25"],
        "25.2.0.192.in-addr.arpa PTR": [f"smtp.{FROM}."],
        SPF_NAME: ["v=spf1 ip4:192.0.2.0/28 ip4:192.0.2.25 ~all"],
        KEY_NAME: [published(rsa_key())],
        DMARC_NAME: [f"v=DMARC1; p=reject; rua=mailto:dmarc@{FROM}"],
        f"_mta-sts.{FROM} TXT": ["v=STSv1; id=1"],
        f"_smtp._tls.{FROM} TXT": [f"v=TLSRPTv1; rua=mailto:tls@{FROM}"],
    }


@dataclass(frozen=True)
class Setup:
    """One set-up: what differs from the right one, and what the doctor is to say.

    `told` are the questions whose answers are wrong, in any order; "!" before those that hold up
    a launch. `key` is the key that signs, None for messages that we do not sign.
    """

    name: str
    records: dict = field(default_factory=dict)
    told: frozenset = frozenset()
    relay: Relay = RELAY
    key: object = "rsa"
    from_domain: str = FROM
    return_domain: str = RETURN
    dkim_domain: str = FROM
    not_asked: frozenset = frozenset()

    @property
    def zone(self):
        zone = {**right_zone(), **self.records}
        return {name: records for name, records in zone.items() if records is not NOBODY}

    @property
    def signing_key(self):
        return rsa_key() if self.key == "rsa" else self.key


def broken(name, told, records=None, **changes):
    return Setup(name, records or {}, frozenset(told.split()), **changes)


def right(name, records=None, **changes):
    return Setup(name, records or {}, **changes)


def spf(text):
    return {SPF_NAME: [text]}


def many_includes(count):
    """An SPF record that takes `count` look-ups, none of which names our relay."""
    found = {f"i{n}.{FROM} TXT": ["v=spf1 ip4:198.51.100.1 -all"] for n in range(count)}
    terms = " ".join(f"include:i{n}.{FROM}" for n in range(count))
    return found, terms


NO_KEY = {"key": None, "dkim_domain": ""}
_eleven, _eleven_terms = many_includes(11)
_ten, _ten_terms = many_includes(10)
_short = rsa_key(1024)
_other = rsa_key(2050)

BROKEN = (
    broken("no SPF at all", "spf", {SPF_NAME: NOBODY}),
    broken("SPF with a typing error in its version", "spf", spf("v=spf ip4:192.0.2.25 ~all")),
    broken("SPF in quotes of its own", "spf", spf('"v=spf1 ip4:192.0.2.25 ~all"')),
    broken("SPF after a blank", "spf", spf(" v=spf1 ip4:192.0.2.25 ~all")),
    broken("SPF with a semicolon", "spf", spf("v=spf1; ip4:192.0.2.25; ~all")),
    broken(
        "two SPF records",
        "!spf",
        {SPF_NAME: ["v=spf1 ip4:192.0.2.25 ~all", "v=spf1 mx -all"]},
    ),
    broken("SPF with an unknown mechanism", "!spf", spf("v=spf1 ipv4:192.0.2.25 ~all")),
    broken("SPF with a wrong address", "!spf", spf("v=spf1 ip4:192.0.2.256 ~all")),
    broken("SPF with an IPv6 address as ip4", "!spf", spf("v=spf1 ip4:2001:db8::25 ~all")),
    broken("SPF with a wrong prefix", "!spf", spf("v=spf1 ip4:192.0.2.25/33 ~all")),
    broken("SPF with an empty include", "!spf", spf("v=spf1 include: ip4:192.0.2.25 ~all")),
    broken("SPF with two redirects", "!spf", spf(f"v=spf1 redirect=a.{FROM} redirect=b.{FROM}")),
    broken("SPF with an address for a domain", "!spf", spf("v=spf1 a:192.0.2.25 ~all")),
    broken("SPF that includes a domain without SPF", "!spf", spf(f"v=spf1 include:mx.{FROM} ~all")),
    broken(
        "SPF that includes a domain that is gone",
        "!spf",
        spf("v=spf1 include:gone.example ip4:198.51.100.1 ~all"),
    ),
    broken("SPF that redirects into the void", "!spf", spf("v=spf1 redirect=gone.example")),
    broken("SPF that includes itself", "!spf", spf(f"v=spf1 include:{RETURN} ~all")),
    broken(
        "SPF whose include is broken",
        "!spf",
        {**spf(f"v=spf1 include:op.{FROM} ~all"), f"op.{FROM} TXT": ["v=spf1 ip4:x ~all"]},
    ),
    broken("SPF with eleven look-ups", "!spf", {**spf(f"v=spf1 {_eleven_terms} ~all"), **_eleven}),
    broken(
        "SPF with eleven look-ups after our relay",
        "spf",
        {**spf(f"v=spf1 ip4:192.0.2.25 {_eleven_terms} ~all"), **_eleven},
    ),
    broken(
        "SPF with three names that are gone",
        "!spf",
        spf("v=spf1 a:a.gone.example a:b.gone.example a:c.gone.example ~all"),
    ),
    broken(
        "SPF whose mx has eleven servers",
        "!spf",
        {
            **spf("v=spf1 mx ~all"),
            f"{RETURN} MX": [f"{n} m{n}.{FROM}." for n in range(11)],
            **{f"m{n}.{FROM} A": ["192.0.2.10"] for n in range(11)},
        },
    ),
    broken("SPF that lets everybody send", "spf", spf("v=spf1 +all")),
    broken("SPF that lets everybody send at its end", "spf", spf("v=spf1 ip4:192.0.2.25 all")),
    broken("SPF that lets nobody send", "!spf-relay", spf("v=spf1 -all")),
    broken(
        "SPF that lets nobody send, and a relay nobody knows",
        "!spf-relay",
        spf("v=spf1 -all"),
        relay=Relay("smtp.operateur.example"),
    ),
    broken("SPF without our relay, softly", "spf-relay", spf("v=spf1 ip4:192.0.2.24 ~all")),
    broken("SPF without our relay, firmly", "!spf-relay", spf("v=spf1 ip4:192.0.2.24 -all")),
    broken("SPF without our relay, silently", "spf-relay", spf("v=spf1 ip4:192.0.2.24")),
    broken(
        "SPF without one of two relays",
        "!spf-relay relay-name",
        spf("v=spf1 ip4:192.0.2.25 -all"),
        relay=Relay("smtp.institut.example", sends_from=("192.0.2.25", "2001:db8::25")),
    ),
    broken(
        "SPF that refuses our relay by name", "!spf-relay", spf("v=spf1 -ip4:192.0.2.25 mx ~all")
    ),
    broken("no DKIM key at all", "dkim", {KEY_NAME: NOBODY, **spf("v=spf1 ip4:192.0.2.25 -all")}),
    broken("DKIM key revoked", "dkim", {KEY_NAME: ["v=DKIM1; p="]}),
    broken("DKIM key of somebody else", "dkim", {KEY_NAME: [published(_other)]}),
    broken("DKIM key cut off", "dkim", {KEY_NAME: [published(rsa_key())[:200]]}),
    broken("DKIM record without a key", "dkim", {KEY_NAME: ["v=DKIM1; k=rsa"]}),
    broken("DKIM record of another version", "dkim", {KEY_NAME: [published(rsa_key(), v="DKIM2")]}),
    broken("DKIM key for SHA-1 only", "dkim", {KEY_NAME: [published(rsa_key(), h="sha1")]}),
    broken("DKIM key that is not for mail", "dkim", {KEY_NAME: [published(rsa_key(), s="tlsrpt")]}),
    broken("DKIM key of another kind", "dkim", {KEY_NAME: [published(rsa_key(), k="ed25519")]}),
    broken("DKIM key in testing", "dkim", {KEY_NAME: [published(rsa_key(), t="y")]}),
    broken("DKIM key too short", "dkim", {KEY_NAME: [published(_short)]}, key=_short),
    broken(
        "two DKIM keys at one selector",
        "dkim",
        {KEY_NAME: [published(rsa_key()), published(_other)]},
    ),
    broken(
        "DKIM key with quotes of its own", "dkim", {KEY_NAME: [f'"{published(rsa_key())}"']}
    ),
    broken("nobody signs", "dkim", **NO_KEY),
    broken("DKIM with spaces for semicolons", "dkim", {KEY_NAME: ["v=DKIM1 k=rsa p=MIIB"]}),
    broken("no DMARC", "dmarc", {DMARC_NAME: NOBODY}),
    broken("two DMARC records", "dmarc", {DMARC_NAME: ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}),
    broken("DMARC without a policy", "dmarc", {DMARC_NAME: ["v=DMARC1; sp=none"]}),
    broken("DMARC with a policy that is none", "dmarc", {DMARC_NAME: ["v=DMARC1; p=refuse"]}),
    broken("DMARC that is no list", "dmarc", {DMARC_NAME: ["v=DMARC1; p reject"]}),
    broken("DMARC in small letters", "dmarc", {DMARC_NAME: ["v=dmarc1; p=reject"]}),
    broken("DMARC with p before v", "dmarc", {DMARC_NAME: ["p=reject; v=DMARC1"]}),
    broken(
        "DMARC reports to a stranger who has not agreed",
        "dmarc-reports",
        {DMARC_NAME: ["v=DMARC1; p=reject; rua=mailto:x@rapports.example"]},
    ),
    broken(
        "DMARC reports to no address",
        "dmarc-reports",
        {DMARC_NAME: [f"v=DMARC1; p=reject; rua=dmarc@{FROM}"]},
    ),
    broken(
        "DMARC rejects, and nothing is aligned",
        "!dmarc-alignment dkim",
        {"retours.operateur.example TXT": ["v=spf1 ip4:192.0.2.25 -all"],
         "retours.operateur.example MX": [f"10 mx.{FROM}."]},
        return_domain="retours.operateur.example",
        **NO_KEY,
    ),
    broken(
        "DMARC quarantines, and SPF fails",
        "!dmarc-alignment !spf-relay dkim",
        {DMARC_NAME: [f"v=DMARC1; p=quarantine; rua=mailto:d@{FROM}"], **spf("v=spf1 mx -all")},
        **NO_KEY,
    ),
    broken(
        "DMARC wants nothing, and nothing is aligned",
        "dmarc-alignment dkim spf",
        {DMARC_NAME: [f"v=DMARC1; p=none; rua=mailto:d@{FROM}"], SPF_NAME: NOBODY},
        **NO_KEY,
    ),
    broken(
        "DMARC is strict, and only a subdomain is proved",
        "!dmarc-alignment dkim",
        {DMARC_NAME: [f"v=DMARC1; p=reject; aspf=s; rua=mailto:d@{FROM}"]},
        **NO_KEY,
    ),
    broken(
        "the signature is strict, and of the parent",
        "!dmarc-alignment spf",
        {
            f"_dmarc.presse.{FROM} TXT": ["v=DMARC1; p=reject; adkim=s"],
            f"presse.{FROM} MX": [f"10 mx.{FROM}."],
            SPF_NAME: NOBODY,
        },
        from_domain=f"presse.{FROM}",
    ),
    broken(
        "the subdomain has a policy of its own",
        "!dmarc-alignment dkim spf",
        {
            DMARC_NAME: [f"v=DMARC1; p=none; sp=reject; rua=mailto:d@{FROM}"],
            f"presse.{FROM} MX": [f"10 mx.{FROM}."],
            SPF_NAME: NOBODY,
        },
        from_domain=f"presse.{FROM}",
        **NO_KEY,
    ),
    broken(
        "the signature is of another organisation",
        "!dmarc-alignment spf",
        {"mailer._domainkey.operateur.example TXT": [published(rsa_key())], SPF_NAME: NOBODY},
        dkim_domain="operateur.example",
    ),
    broken(
        "the relay signs as somebody else",
        "!dmarc-alignment spf",
        {SPF_NAME: NOBODY},
        relay=Relay(RELAY.host, RELAY.sends_from, signs_as="operateur.example"),
        **NO_KEY,
    ),
    broken(
        "the return path does not exist",
        "!mail-domains spf",
        {f"{RETURN} MX": NOBODY, SPF_NAME: NOBODY},
    ),
    broken("the return path takes no mail", "!mail-domains", {f"{RETURN} MX": ["0 ."]}),
    broken("the return path has no server", "!mail-domains", {f"{RETURN} MX": ["10 gone.example."]}),
    broken("the sender takes no mail", "!mail-domains", {f"{FROM} MX": NOBODY}),
    broken("the relay has no name", "relay-name", {"25.2.0.192.in-addr.arpa PTR": NOBODY}),
    broken(
        "the name of the relay leads elsewhere",
        "relay-name",
        {"25.2.0.192.in-addr.arpa PTR": ["client-25.operateur.example."],
         "client-25.operateur.example A": ["192.0.2.26"]},
    ),
    broken(
        "the name of the relay leads nowhere",
        "relay-name",
        {"25.2.0.192.in-addr.arpa PTR": ["client-25.operateur.example."]},
    ),
)  # fmt: skip
