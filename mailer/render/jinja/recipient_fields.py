"""The names authors may use about a recipient.

| name | meaning |
|---|---|
| `recipient.salutation` | "Bonjour Madame Durand", or plain "Bonjour" when no name is known |
| `recipient.civility`, `.first_name`, `.last_name`, `.name` | empty when unknown |
| `recipient.organisation`, `.role`, `.beat`, `.region` | the outlet or association; empty when unknown |
| `recipient.language` | the language of the message, `fr` |
| `recipient.email` | the recipient's address |
| `recipient.list` | the name of the list, to explain why they receive this |
| `recipient.reason` | why the office refused the request; empty otherwise |
| `recipient.answer_url` | where the person says whether they come; added by the sender, never empty |
| `recipient.undo_url` | where they take back an answer that was not theirs; the same |
| `recipient.unsubscribe_url` | how to unsubscribe; added by the sender, never empty |

A contact's notes are not among them and never will be: an association's disease beside
a name is health data.
"""

from __future__ import annotations

LINK_NAMES = frozenset({"answer_url", "undo_url", "unsubscribe_url"})
"""The names whose value depends on the message, and not on the person."""
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
        "reason",
        "answer_url",
        "undo_url",
        "unsubscribe_url",
    }
)
