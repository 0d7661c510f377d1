"""Identities of people at a provider, to test with."""

from mailer.model.team.identity import LinkedIdentity, ProviderIdentity, WaitingIdentity
from tests.counterparts.builders import NOON

ISSUER = "https://login.institut.example"


def an_identity(subject="s-1", issuer=ISSUER):
    return ProviderIdentity(issuer, subject)


def a_linked(person="ada", subject="s-1", **fields):
    return LinkedIdentity(
        **{
            "identity": an_identity(subject),
            "person": person,
            "address": "",
            "granted": frozenset(),
            "linked_at": NOON,
            "seen_at": NOON,
        }
        | fields
    )


def a_waiting(subject="s-2", **fields):
    return WaitingIdentity(
        **{
            "identity": an_identity(subject),
            "name": "Ada Lovelace",
            "address": "ada@office.example",
            "person": "ada",
            "asked_at": NOON,
        }
        | fields
    )
