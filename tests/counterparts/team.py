"""People of a press office, their sessions and links, to test with."""

from mailer.model.address import Address
from mailer.model.team.person import Person, Role
from mailer.model.team.sign_in import LONGEST, DeskSession, LinkPurpose, OneTimeLink
from mailer.operations.team.attempts import Attempts
from mailer.operations.team.passwords import Passwords
from mailer.operations.team.visitors import Gate
from tests.counterparts.builders import NOON, after

PASSWORD = "quatre mots pour entrer"


def a_person(name="Ada Lovelace", *roles, **fields):
    """A person whose id is their first name; an administrator unless told otherwise."""
    first = name.split()[0].lower()
    address = Address.parse(f"{first}@office.example")
    return Person(
        **{
            "id": first,
            "name": name,
            "roles": frozenset(roles or {Role.ADMINISTRATOR}),
            "address": address,
        }
        | fields
    )


ADA = a_person()
BEA = a_person("Bea Martin", Role.EDITOR)


def a_session(person="ada", token_hash="t", **fields):
    return DeskSession(
        **{
            "token_hash": token_hash,
            "person": person,
            "created_at": NOON,
            "seen_at": NOON,
            "expires_at": NOON + LONGEST,
            "proved_at": NOON,
        }
        | fields
    )


def a_link(purpose=LinkPurpose.INVITATION, token_hash="l", **fields):
    return OneTimeLink(
        **{
            "token_hash": token_hash,
            "purpose": purpose,
            "person": "",
            "created_at": NOON,
            "expires_at": after(hours=1),
        }
        | fields
    )


def a_gate(ledger):
    return Gate(ledger, Passwords(), Attempts())
