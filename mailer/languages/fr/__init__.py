"""French."""

from __future__ import annotations

from mailer.languages.fr.amendment_texts import AMENDMENT_TEXTS
from mailer.languages.fr.answers import ANSWERS
from mailer.languages.fr.blocks import BLOCK_WORDS
from mailer.languages.fr.compared import COMPARED
from mailer.languages.fr.contact_lists import CONTACT_LISTS
from mailer.languages.fr.dates import DATE_PATTERNS, DATE_WORDS
from mailer.languages.fr.phrases import PHRASES
from mailer.languages.fr.release import RELEASE
from mailer.languages.fr.replies import ABSENCES, REPLIES
from mailer.languages.fr.starter_texts import STARTER_TEXTS
from mailer.languages.fr.typography import TYPOGRAPHY
from mailer.languages.language import Civility, Language, Letters

FRENCH = Language(
    code="fr",
    names=("fr", "fra", "fre", "francais", "francaise", "french", "vf"),
    contact_lists=CONTACT_LISTS,
    dates=DATE_WORDS,
    letters=Letters(
        formal="Bonjour {civility} {last_name}",
        by_name="Bonjour {first_name} {last_name}",
        plain="Bonjour",
        civilities={
            Civility.MR: "Monsieur",
            Civility.MS: "Madame",
            Civility.DOCTOR: "Docteur",
            Civility.PROFESSOR: "Professeur",
        },
    ),
    typography=TYPOGRAPHY,
    date_patterns=DATE_PATTERNS,
    phrases=PHRASES,
    absences=ABSENCES,
    replies=REPLIES,
    answers=ANSWERS,
    release=RELEASE,
    starter_texts=STARTER_TEXTS,
    block_words=BLOCK_WORDS,
    amendment_texts=AMENDMENT_TEXTS,
    compared=COMPARED,
)
