"""The names authors may use about a recipient.

| name | meaning |
|---|---|
| `recipient.salutation` | "Bonjour Madame Durand", or plain "Bonjour" when no name is known |
| `recipient.civility`, `.first_name`, `.last_name`, `.name` | empty when unknown |
| `recipient.organisation`, `.role`, `.beat`, `.region` | the outlet or association; empty when unknown |
| `recipient.language` | the language of the message, `fr` |
| `recipient.email` | the recipient's address |
| `recipient.list` | the name of the list, to explain why they receive this |
| `recipient.unsubscribe_url` | how to unsubscribe; added by the sender, never empty |

A contact's notes are not among them and never will be: an association's disease beside
a name is health data.
"""

from __future__ import annotations

RECIPIENT_NAMES = frozenset(
    {
        "salutation",
        "civility",
        "first_name",
        "last_name",
        "name",
        "organisation",
        "role",
        "beat",
        "region",
        "language",
        "email",
        "list",
        "unsubscribe_url",
    }
)
