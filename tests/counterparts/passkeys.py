"""A device with a passkey, as WebAuthn describes what it answers (without attestation)."""

import json
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

_PRESENT_AND_VERIFIED = 0x05
_WITH_KEY = 0x40


class Device:
    """Makes one key for a host, and answers challenges with it."""

    def __init__(self, host, origin, *, key_id=b"a key of this device"):
        self._host, self._origin, self._id = host, origin, key_id
        self._key = ec.generate_private_key(ec.SECP256R1())

    def made(self, options):
        """Answer the options of a page that registers a key."""
        point = self._key.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (point.x, point.y))
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        about = self._about(_WITH_KEY) + bytes(16) + len(self._id).to_bytes(2, "big")
        attested = {"fmt": "none", "attStmt": {}, "authData": about + self._id + key}
        asked = self._asked("webauthn.create", options)
        return self._credential(clientDataJSON=asked, attestationObject=cbor2.dumps(attested))

    def used(self, options):
        """Answer the options of a page that asks for a key."""
        asked, about = self._asked("webauthn.get", options), self._about()
        signature = self._key.sign(about + sha256(asked).digest(), ec.ECDSA(SHA256()))
        return self._credential(clientDataJSON=asked, authenticatorData=about, signature=signature)

    def _about(self, more=0):
        return (
            sha256(self._host.encode()).digest() + bytes([_PRESENT_AND_VERIFIED | more]) + bytes(4)
        )

    def _asked(self, kind, options):
        challenge = json.loads(options)["challenge"]
        asked = {"type": kind, "challenge": challenge, "origin": self._origin}
        return json.dumps(asked).encode()

    def _credential(self, **response):
        key_id = bytes_to_base64url(self._id)
        response = {name: bytes_to_base64url(each) for name, each in response.items()}
        return json.dumps(
            {"id": key_id, "rawId": key_id, "type": "public-key", "response": response}
        )
