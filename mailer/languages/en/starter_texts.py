"""What a new campaign says in English before its author has said anything."""

from __future__ import annotations

from mailer.languages.language import StarterTexts, StepText

STARTER_TEXTS = StarterTexts(
    gap="to be completed",
    to_confirm="to_confirm: what was read in the document, to compare; once right: mailer confirm",
    taken_out="Taken out of the text, because the page writes it itself from campaign.toml",
    heading="Facts (date, hour, place, contact) are written here once; the texts take them from here.",
    steps={
        "announcement": StepText(
            "Media advisory – {{ event.date }}",
            "{{ campaign.title }}",
            """\
# {{ campaign.title }}

On {{ event.date }}, to be completed: who invites, to what, where and why, in two sentences.

## First subheading

To be completed: the background, and what a journalist will see or hear on site.

## About

To be completed: the institution, in one paragraph.
""",
        ),
        "reminder": StepText(
            "Reminder – {{ event.date }}",
            "Accreditation until {{ accreditation.deadline }}",
            """\
{{ recipient.salutation }},

We have not heard from you yet. You can ask for accreditation until
{{ accreditation.deadline }}.

# {{ campaign.title }}

To be completed: what is new since the invitation.
""",
        ),
        "practical": StepText(
            "Practical information – {{ event.date }}",
            "Your accreditation is confirmed.",
            """\
{{ recipient.salutation }},

Your accreditation is confirmed.

# Practical information

To be completed: reception, access, filming, interviews.
""",
        ),
        "morning": StepText(
            "This morning – {{ campaign.title }}",
            "What you need to come",
            """\
{{ recipient.salutation }},

# See you in a moment

To be completed: when the doors open, and the number to call on site.
""",
        ),
        "release": StepText(
            "Press release – {{ campaign.title }}",
            "",
            """\
# {{ campaign.title }}

To be completed: the news in two sentences, with who, what, when, where and why.

## First subheading

To be completed: from the most to the least important, in short paragraphs.

## About

To be completed: the institution, in one paragraph.
""",
        ),
        "save-the-date": StepText(
            "Save the date – {{ event.date }}",
            "{{ campaign.title }}",
            """\
# {{ campaign.title }}

Please save {{ event.date }}. Invitation and programme will follow.

To be completed: the subject, in two sentences.
""",
        ),
        "kit": StepText(
            "Press kit – {{ campaign.title }}",
            "",
            """\
{{ recipient.salutation }},

# {{ campaign.title }}

To be completed: what the kit contains, and the link to download it.
""",
        ),
        "follow-up": StepText(
            "After the event – {{ campaign.title }}",
            "Documents and pictures are online.",
            """\
{{ recipient.salutation }},

# {{ campaign.title }}

To be completed: what was said on {{ event.date }}, what matters, and the links to documents and
pictures.
""",
        ),
        "correction": StepText(
            "Correction – {{ campaign.title }}",
            "Replaces our earlier message",
            """\
# Correction: {{ campaign.title }}

Our earlier message contained an error. To be completed: what it said, and what it should have
said. This message replaces it.
""",
        ),
        "postponement": StepText(
            "POSTPONED – {{ campaign.title }}",
            "The event will not take place on the day announced",
            """\
# Postponed: {{ campaign.title }}

The event will not take place on the day announced. To be completed: the reason, and what becomes
of accreditations. Once the new day is known, write it in [event] and the old one in
[[corrections]]; then remove this sentence.
""",
        ),
        "cancellation": StepText(
            "CANCELLED – {{ campaign.title }}",
            "The event will not take place",
            """\
# Cancelled: {{ campaign.title }}

The event announced for {{ event.date }} will not take place. To be completed: the reason, and
the new date if there is one.
""",
        ),
    },
)
