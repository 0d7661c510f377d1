"""What is said in English on a bad day, and on the day after."""

from __future__ import annotations

from mailer.languages.amendment_words import AmendmentText, AmendmentTexts

_WHAT = "{% if corrections %} ({{ corrections | map(attribute='label') | join(', ') | lower }}){% endif %}"

_EVENT = "{{ event.name if event is defined else campaign.title }}"
"""Shorter than the title of the campaign: a subject is read to its end."""

AMENDMENT_TEXTS = AmendmentTexts(
    salutation="{{ recipient.salutation }},",
    correction=AmendmentText(
        subject=f"Correction{_WHAT} – {_EVENT}",
        preheader="Replaces our earlier message",
        headline="Correction: {{ campaign.title }}",
        opening="Our earlier message must be corrected. This message replaces it.",
        accredited="Your accreditation remains valid.",
        entry=(
            "If you saved the date with the calendar file of the announcement, please check it:"
            " depending on the program, the old entry stays beside the new one (Outlook) or does"
            " not change (Google Calendar)."
        ),
        accredited_entry="The attached file updates the entry in your calendar.",
    ),
    move=AmendmentText(
        subject=f"POSTPONED to {{{{ event.date }}}} – {_EVENT}",
        preheader="The event will not take place on the day announced",
        headline="Postponed to {{ event.date }}: {{ campaign.title }}",
        opening="The event will not take place on the day announced. It is postponed.",
        accredited=(
            "Your accreditation was for the earlier date. **Please confirm that you are coming by"
            " replying to this message**: without an answer it does not hold for the new one."
        ),
        entry=(
            "If you saved the date with the calendar file of the announcement, please delete the"
            " old entry: Outlook keeps it beside the new one, Google Calendar does not move it."
        ),
        accredited_entry="The attached file moves the entry in your calendar.",
    ),
    cancellation=AmendmentText(
        subject=f"CANCELLED – {_EVENT}",
        preheader="The event will not take place",
        headline="Cancelled: {{ campaign.title }}",
        opening="The event announced for {{ event.date }} will not take place.",
        accredited="Your accreditation is no longer needed. There is nothing you have to do.",
        entry=(
            "If you saved the date with the calendar file of the announcement, please delete it"
            " yourself: Google Calendar and Outlook do not remove it."
        ),
        accredited_entry="The attached file removes the entry from your calendar.",
    ),
    thanks=AmendmentText(
        subject=f"Thank you for coming – {_EVENT}",
        preheader="Documents and pictures",
        headline="Thank you for coming",
        opening="Thank you for taking part. The documents and pictures are below.",
    ),
    kit=AmendmentText(
        subject=f"Press kit – {_EVENT}",
        preheader="What was presented, and the documents",
        headline="{{ campaign.title }}: the press kit",
        opening=(
            "The event took place on {{ event.date }}. For those who could not come, here are the"
            " documents."
        ),
    ),
)
