"""Run with a copy of the package that has Italian: what it does with it, as JSON."""

import json
import sys
from datetime import date, time
from pathlib import Path

import mailer
from mailer.checks import run_checks
from mailer.cli.terminal.language import choose_language
from mailer.contacts import cells
from mailer.contacts.columns import field_of
from mailer.contacts.role_addresses import is_role
from mailer.feedback.reader import read_report
from mailer.files.campaigns.scaffold import Answers, new_campaign
from mailer.files.catalogues import translations_for
from mailer.languages import language_of
from mailer.languages.language import missing
from mailer.languages.typography import with_typography
from mailer.model.address import Address
from mailer.model.campaigns.campaign import CampaignKind, VariantKey
from mailer.model.contacts.contact import Contact, ContactId
from mailer.render.facts.dates import day_in_words, time_in_words
from mailer.render.facts.recipient import merge_fields
from tests.counterparts.drafts import a_draft, a_step

TEXT = """# Incontro

Il [programma](http://a.example) è pronto perchè domani, sabato 10 dicembre 2017, si terrà il
7mo incontro. [Clicca qui](https://a.example). Da completare: il "luogo".
"""

folder = Path(sys.argv[1])
anna = Contact(
    ContactId("1"), Address("anna", "giornale.example"), cells.civility("Sig.ra"), "Anna", "Rossi"
)
absence = read_report(
    b"From: anna@giornale.example\r\nTo: presse@institut.example\r\n"
    b"Date: Mon, 4 Dec 2017 09:00:00 +0100\r\nSubject: Risposta automatica\r\n\r\n"
    b"Sono assente. Di ritorno il 12 dicembre.\r\n"
)
new_campaign(
    folder / "incontro",
    CampaignKind.ADVISORY,
    Answers("Incontro", language="it"),
    today=date(2026, 3, 2),
)
draft = a_draft(a_step(language="it", text=TEXT), language="it")
salutation = merge_fields(
    anna, variant=VariantKey("", "it"), default_language="it", list_label="stampa"
)["salutation"]
print(
    json.dumps(
        {
            "package": mailer.__file__,
            "missing": len(missing(language_of("it"))),
            "command line": choose_language((), {"LANG": "it_IT.UTF-8"}),
            "catalogue": translations_for("it").info()["language"],
            "contact list": [
                cells.language_code("Italiano"),
                cells.civility("Sig.ra"),
                str(field_of("Cognome")),
                is_role("la-redazione"),
            ],
            "salutation": salutation,
            "day": day_in_words(date(2017, 12, 1), "it"),
            "hour": time_in_words(time(9, 30), "it"),
            "typeset": with_typography("perchè", "it"),
            "reading": [str(absence.kind), str(absence.absence and absence.absence.returns_on)],
            "new campaign": (folder / "incontro" / "campaign.toml").read_text("utf-8"),
            "findings": sorted({found.check for found in run_checks(draft)}),
        }
    )
)
