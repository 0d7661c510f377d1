"""Where it is known from that what a check asks matters; `mailer check --why` names it.

Surveys of journalists are cited as their publishers summarise them; where there is only the
practice of press offices and news desks, that is said.
"""

from __future__ import annotations

from mailer.wording import _

PRACTICE = _("The practice of press offices and news desks; we know of no study.")
STANDARD_OF_THE_DESK = _(
    "The practice of news desks: who, what, when and where are asked of every announcement."
)
LENGTH = _("Muck Rack, State of Journalism 2021: 91% of journalists prefer less than 200 words.")
FOLLOW_UPS = _(
    "Cision, State of the Media 2025: 62% accept one reminder, 8% several, and 52% block those who"
    " insist."
)
RELEVANCE = _(
    "Cision, State of the Media 2025: 86% of journalists reject what is not their subject, and 78%"
    " block those who send it."
)
FACTS = _("Cision, State of the Media 2021: more than half block whoever sends unsourced facts.")
REACHABILITY = _(
    "Surveys of journalists in Germany, 2017: 23% name an office that cannot be reached after it"
    " has sent something, and 51% questions without an answer."
)
SUBJECTS = _(
    "A study of five million pitches: the subjects that were read best had 64 characters on"
    " average."
)
CLIPPING = _("Gmail cuts messages off after about 102 kB of HTML (measured by many senders).")
REPLIES = _("RFC 5322, section 3.6.2: replies go to Reply-To, or else to From.")
SENDERS = _("Google, Email sender guidelines (2024), which Yahoo and Microsoft have joined.")
DATA_PROTECTION = _(
    "General Data Protection Regulation, articles 13 and 14: people are told who holds their data."
)
ALTERNATIVES = _("WCAG 2.2, criterion 1.1.1: what is not text has a text alternative.")
IMAGES_OF_TEXT = _(
    "WCAG 2.2, criterion 1.4.5: what can be said in text is not said in an image of text."
)
CAPTIONS = _("WCAG 2.2, criterion 1.2.2: recordings have captions.")
CONTRAST = _("WCAG 2.2, criterion 1.4.3: text has a contrast of 4.5:1.")
LINK_PURPOSE = _("WCAG 2.2, criterion 2.4.4: the words of a link say where it leads.")
LANGUAGE_OF_PARTS = _("WCAG 2.2, criteria 3.1.1 and 3.1.2: each language is declared.")
PLAIN_LANGUAGE = _(
    "ISO 24495-1:2023, Plain language: short sentences are understood at first reading."
)
TYPOGRAPHY = _("Lexique des règles typographiques en usage à l’Imprimerie nationale.")
MARKDOWN = _("CommonMark 0.31: what is not a mark is shown as it was typed.")
CLIENTS = _("caniemail.com, which tries each feature in each mail program.")
SURVEYS = _("AAPOR, disclosure standards: a survey says how many were asked, when and how.")
TRANSPORT = _("Browsers have marked pages without TLS as not secure since 2018.")
TIME_ZONES = _("IANA time zone database: an hour is an instant only with its zone.")
RULE = _("A rule of this program: what was signed off is what leaves, and nobody gets it twice.")
