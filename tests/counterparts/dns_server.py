"""A DNS server on loopback, over UDP and TCP, that plays recorded records and failures.

Its zone is written as people read zones: `{"institut.example TXT": ["v=spf1 -all"]}`. A value may
be one of the failures instead of records. A name that has records of another type exists; any
other is answered with NXDOMAIN. What is longer than a packet comes truncated, and whole over TCP.
"""

import socketserver
import struct
from contextlib import contextmanager
from threading import Thread

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

SERVFAIL = "SERVFAIL"
REFUSED = "REFUSED"
SILENT = "SILENT"
"""The server never answers."""
TRUNCATED = "TRUNCATED"
"""Before records: over UDP nothing but the mark that says to ask over TCP."""
_PACKET_BYTES = 1232


def quoted(text):
    """A TXT record as zone files have it, in strings of at most 255 octets."""
    parts = [text[at : at + 255] for at in range(0, len(text), 255)] or [""]
    escaped = (part.replace("\\", "\\\\").replace('"', '\\"') for part in parts)
    return " ".join(f'"{part}"' for part in escaped)


class Zone:
    """What the server answers, and what it was asked."""

    def __init__(self, records):
        self.asked = []
        self._records = {
            tuple(key.lower().rstrip(".").split(" ")): value for key, value in records.items()
        }

    def answer(self, wire, *, is_tcp):
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text().lower().rstrip(".")
        kind = dns.rdatatype.to_text(question.rdtype).lower()
        self.asked.append((name, kind))
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        found = self._records.get((name, kind), self._records.get((name, "any")))
        if found == SILENT:
            return None
        if found in (SERVFAIL, REFUSED):
            response.set_rcode(dns.rcode.from_text(found))
            return response.to_wire()
        if self._follow(response, question, name, kind):
            return self._sized(response, is_tcp)
        if found is None:
            exists = any(known == name or known.endswith(f".{name}") for known, _ in self._records)
            response.set_rcode(dns.rcode.NOERROR if exists else dns.rcode.NXDOMAIN)
            return response.to_wire()
        if TRUNCATED in found and not is_tcp:
            response.flags |= dns.flags.TC
            return response.to_wire()
        self._add(response, question.name, kind, [each for each in found if each != TRUNCATED])
        return self._sized(response, is_tcp)

    def _follow(self, response, question, name, kind):
        """Answer with the records of the name that a CNAME leads to."""
        target = self._records.get((name, "cname"))
        if target is None:
            return False
        self._add(response, question.name, "cname", [f"{target}."])
        if (records := self._records.get((target, kind))) is not None:
            self._add(response, dns.name.from_text(target), kind, records)
        return True

    def _add(self, response, name, kind, records):
        written = [quoted(each) if kind == "txt" else each for each in records]
        if written:
            response.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *written))

    def _sized(self, response, is_tcp):
        wire = response.to_wire(max_size=65535)
        if is_tcp or len(wire) <= _PACKET_BYTES:
            return wire
        response.answer.clear()
        response.flags |= dns.flags.TC
        return response.to_wire()


@contextmanager
def dns_server(records):
    """Serve these records; yields the address (`127.0.0.1:port`) with the zone beside it."""
    zone = Zone(records)

    class OverUdp(socketserver.BaseRequestHandler):
        def handle(self):
            wire, answering = self.request
            if (answer := zone.answer(wire, is_tcp=False)) is not None:
                answering.sendto(answer, self.client_address)

    class OverTcp(socketserver.StreamRequestHandler):
        def handle(self):
            size = self.rfile.read(2)
            if len(size) < 2:
                return
            wire = self.rfile.read(struct.unpack("!H", size)[0])
            if (answer := zone.answer(wire, is_tcp=True)) is not None:
                self.wfile.write(struct.pack("!H", len(answer)) + answer)

    udp, tcp = _both_on_one_port(OverUdp, OverTcp)
    threads = [Thread(target=each.serve_forever, args=(0.02,)) for each in (udp, tcp)]
    for thread in threads:
        thread.start()
    try:
        yield f"127.0.0.1:{udp.server_address[1]}", zone
    finally:
        for each in (udp, tcp):
            each.shutdown()
            each.server_close()
        for thread in threads:
            thread.join()


class _Udp(socketserver.ThreadingUDPServer):
    daemon_threads = True


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def _both_on_one_port(over_udp, over_tcp):
    while True:
        udp = _Udp(("127.0.0.1", 0), over_udp)
        try:
            return udp, _Tcp(("127.0.0.1", udp.server_address[1]), over_tcp)
        except OSError:  # the port is another program's for TCP
            udp.server_close()
