"""Set-ups of a sender that are unusual and right, and some whose servers do not answer."""

from mailer.model.health.relay import Relay
from tests.counterparts.dns_server import REFUSED, SERVFAIL, SILENT, TRUNCATED
from tests.counterparts.sender_setups import (
    DMARC_NAME,
    FROM,
    KEY_NAME,
    NO_KEY,
    NOBODY,
    RELAY,
    RETURN,
    SPF_NAME,
    Setup,
    ed25519_key,
    many_includes,
    published,
    right,
    rsa_key,
    spf,
)

_ten, _ten_terms = many_includes(9)
_UNKNOWN_RELAY = Relay("smtp.operateur.example")

RIGHT = (
    right("the usual one"),
    right("SPF in capitals", spf("V=SPF1 IP4:192.0.2.25 ~ALL")),
    right("SPF with double blanks", spf("v=spf1  ip4:192.0.2.25   ~all ")),
    right("SPF beside other TXT records", {SPF_NAME: ["v=spf1 ip4:192.0.2.25 -all", "site=1"]}),
    right("SPF beside Microsoft’s Sender ID", {SPF_NAME: ["v=spf1 a:smtp.institut.example -all",
                                                          "spf2.0/pra ?all"]}),
    right("SPF by redirect", {**spf(f"v=spf1 redirect=_spf.{FROM}"),
                              f"_spf.{FROM} TXT": ["v=spf1 ip4:192.0.2.25 -all"]}),
    right("SPF by an include of an include", {
        **spf(f"v=spf1 include:a.{FROM} -all"),
        f"a.{FROM} TXT": [f"v=spf1 include:b.{FROM} ?all"],
        f"b.{FROM} TXT": ["v=spf1 ip4:192.0.2.0/24 -all"]}),
    right("SPF with just ten look-ups", {
        **spf(f"v=spf1 {_ten_terms} a:smtp.{FROM} -all"), **_ten}),
    right("SPF with a macro", {**spf(f"v=spf1 exists:%{{ir}}.%{{v}}._spf.{FROM} -all"),
                               f"25.2.0.192.in-addr._spf.{FROM} A": ["127.0.0.2"]}),
    right("SPF with a macro of the sender", {**spf(f"v=spf1 include:%{{d}}._s.{FROM} -all"),
                                             f"{RETURN}._s.{FROM} TXT": ["v=spf1 +ip4:192.0.2.25"]}),
    right("SPF with prefixes of both kinds", spf(f"v=spf1 a:smtp.{FROM}/24//64 -all")),
    right("SPF with an unknown modifier", spf("v=spf1 ip4:192.0.2.25 ra=postmaster rp=10 -all")),
    right("SPF with an explanation", spf(f"v=spf1 ip4:192.0.2.25 -all exp=why.{FROM}")),
    right("SPF in two strings over 255 octets", spf(
        "v=spf1 " + " ".join(f"ip4:198.51.100.{n}" for n in range(30)) + " ip4:192.0.2.25 -all")),
    right("SPF by IPv6", {**spf("v=spf1 ip6:2001:db8::/32 -all"),
                          "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"
                          ".ip6.arpa PTR": [f"smtp.{FROM}."],
                          f"smtp.{FROM} AAAA": ["2001:db8::25"]},
          relay=Relay(RELAY.host, sends_from=("2001:db8::25",))),
    right("SPF that names the relay after two names that are gone", spf(
        "v=spf1 a:a.gone.example a:b.gone.example ip4:192.0.2.25 -all")),
    right("DKIM key behind a CNAME", {KEY_NAME: NOBODY,
                                      KEY_NAME.replace(" TXT", " CNAME"): "clef.operateur.example",
                                      "clef.operateur.example TXT": [published(rsa_key())]}),
    right("DKIM key without version", {KEY_NAME: [published(rsa_key(), v=None)]}),
    right("DKIM key with blanks in it", {KEY_NAME: [
        published(rsa_key()).replace("p=MII", "p=MII \t")]}),
    right("DKIM key for all uses, with notes", {KEY_NAME: [
        published(rsa_key(), s="*", n="clef 2026", h="sha1:sha256", t="s") + ";"]}),
    right("DKIM key of 4096 bits", {KEY_NAME: [published(rsa_key(4096))]}, key=rsa_key(4096)),
    right("DKIM key of Ed25519", {KEY_NAME: [published(ed25519_key())]}, key=ed25519_key()),
    right("DMARC inherited from the organisation", {f"presse.{FROM} MX": [f"10 mx.{FROM}."]},
          from_domain=f"presse.{FROM}"),
    right("DMARC from far above", {f"a.b.c.presse.{FROM} MX": [f"10 mx.{FROM}."]},
          from_domain=f"a.b.c.presse.{FROM}"),
    right("DMARC strict, and signed for it", {
        DMARC_NAME: [f"v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:d@{FROM}"]}),
    right("DMARC with capitals, blanks and no end", {
        DMARC_NAME: [f"v = DMARC1 ; P = Reject ; RUA = mailto:d@{FROM}!10m"]}),
    right("DMARC beside other records", {DMARC_NAME: ["v=DMARC1; p=reject", "une note"]}),
    right("DMARC with reports outside, agreed", {
        DMARC_NAME: ["v=DMARC1; p=reject; rua=mailto:x@rapports.example"],
        f"{FROM}._report._dmarc.rapports.example TXT": ["v=DMARC1;"]}),
    right("DMARC below a public suffix that says so", {
        "_dmarc.example TXT": ["v=DMARC1; p=reject; psd=y; rua=mailto:x@example"],
        f"presse.{FROM} MX": [f"10 mx.{FROM}."]}, from_domain=f"presse.{FROM}"),
    right("only SPF is aligned", {KEY_NAME.replace(FROM, "operateur.example"): [
        published(rsa_key())]}, dkim_domain="operateur.example"),
    right("the relay’s addresses are nobody’s knowledge", relay=_UNKNOWN_RELAY,
          records={"smtp.operateur.example A": ["198.51.100.9"]},
          not_asked=frozenset({"spf-relay", "relay-name"})),
    right("the relay is on this machine", relay=Relay("127.0.0.1"),
          not_asked=frozenset({"spf-relay", "relay-name"})),
    right("the relay signs by itself", relay=Relay(RELAY.host, RELAY.sends_from, signs_as=FROM),
          **NO_KEY),
    right("the relay signs by itself, and SPF is not ours", {
        "retours.operateur.example TXT": ["v=spf1 ip4:192.0.2.25 -all"],
        "retours.operateur.example MX": [f"10 mx.{FROM}."]},
          relay=Relay(RELAY.host, RELAY.sends_from, signs_as=FROM),
          return_domain="retours.operateur.example",
          not_asked=frozenset({"dmarc-alignment"}), **NO_KEY),
    right("mail goes to a domain without MX, by its address", {
        f"{RETURN} MX": NOBODY, f"{RETURN} A": ["192.0.2.10"]}),
    right("one of two mail servers is gone", {
        f"{FROM} MX": ["10 gone.example.", f"20 mx.{FROM}."]}),
    right("the relay has two names", {"25.2.0.192.in-addr.arpa PTR": [
        "client-25.operateur.example.", f"smtp.{FROM}."],
        "client-25.operateur.example A": ["192.0.2.99"]}),
    right("records too long for a packet", {SPF_NAME: [
        TRUNCATED, "v=spf1 ip4:192.0.2.25 -all", "x" * 3000]}),
)  # fmt: skip


def silent(name, records, not_asked, **changes):
    return Setup(name, records, not_asked=frozenset(not_asked.split()), **changes)


UNANSWERED = (
    silent("SPF fails at the server", {SPF_NAME: SERVFAIL}, "spf"),
    silent("SPF: a lame server", {SPF_NAME: REFUSED}, "spf"),
    silent("SPF: the include fails", {
        **spf(f"v=spf1 include:op.{FROM} -all"), f"op.{FROM} TXT": SERVFAIL}, "spf"),
    silent("DKIM fails at the server", {KEY_NAME: SERVFAIL}, "dkim"),
    silent("DKIM: a lame server", {KEY_NAME: REFUSED}, "dkim"),
    silent("DMARC fails at the server", {DMARC_NAME: SERVFAIL}, "dmarc"),
    silent("DMARC of the parent fails", {
        f"presse.{FROM} MX": [f"10 mx.{FROM}."], DMARC_NAME: SERVFAIL}, "dmarc",
        from_domain=f"presse.{FROM}"),
    silent("MX fails at the server", {f"{RETURN} MX": SERVFAIL}, "mail-domains"),
    silent("PTR fails at the server", {"25.2.0.192.in-addr.arpa PTR": SERVFAIL}, "relay-name"),
    silent("both proofs fail at the server", {
        SPF_NAME: SERVFAIL, KEY_NAME: SERVFAIL}, "spf dkim dmarc-alignment"),
    silent("the server never answers", {SPF_NAME: SILENT, KEY_NAME: SILENT},
           "spf dkim"),
)  # fmt: skip
