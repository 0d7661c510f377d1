"""Italian, as somebody would add it: the module of a third language, for a test."""

from __future__ import annotations

import re

from mailer.languages.amendment_words import AmendmentText, AmendmentTexts
from mailer.languages.answer_words import AnswerWords
from mailer.languages.compared_words import ComparedWords, word_set
from mailer.languages.language import (
    BlockWords,
    Civility,
    ContactListWords,
    DatePatterns,
    DateWords,
    Language,
    Letters,
    NearDays,
    Ordinals,
    RelativeDay,
    StarterTexts,
    StepText,
    Typography,
)
from mailer.languages.phrases import Phrases
from mailer.languages.release_words import ReleaseWords
from mailer.languages.reply_words import AbsenceWords, OppositionWords, ReplyWords
from mailer.model.campaigns.campaign import CampaignKind
from mailer.model.contacts.contact_import import Field

_MONTHS = (
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
)
_DAYS = "lunedì martedì mercoledì giovedì venerdì sabato domenica"

ITALIAN = Language(
    code="it",
    names=("it", "ita", "italien", "italian", "italiano"),
    contact_lists=ContactListWords(
        headers={Field.ADDRESS: "posta elettronica", Field.LAST_NAME: "cognome"},
        qualifiers="",
        civilities={
            **dict.fromkeys(("sig", "signor", "signore"), Civility.MR),
            **dict.fromkeys(("sig ra", "signora"), Civility.MS),
            **dict.fromkeys(("dott", "dottore", "dottoressa"), Civility.DOCTOR),
            **dict.fromkeys(("professore", "professoressa"), Civility.PROFESSOR),
        },
        no=("no", "falso"),
        desks=frozenset({"redazione"}),
        desk_beginnings=(),
        articles=frozenset({"la"}),
    ),
    dates=DateWords(
        day="EEEE d MMMM y",
        first_day="1º",
        hour=lambda at: f"{at:%H.%M}",
        clock=lambda at: f"{at:%H:%M}",
        moment="{day} alle {time}",
        period="da {first} a {last}",
        hours="dalle {first} alle {last}",
        near=NearDays(
            morning="stamattina",
            afternoon="oggi pomeriggio",
            evening="stasera",
            today="oggi",
            tomorrow="domani",
            in_days="tra {count} giorni",
            counts=("due", "tre", "quattro"),
        ),
    ),
    letters=Letters(
        formal="Gentile {civility} {last_name}",
        by_name="Gentile {first_name} {last_name}",
        plain="Buongiorno",
        civilities={
            Civility.MR: "Signor",
            Civility.MS: "Signora",
            Civility.DOCTOR: "Dottor",
            Civility.PROFESSOR: "Professor",
        },
    ),
    typography=Typography(
        typeset=lambda text, _tag: text.replace("perchè", "perché"),
        quotes="« … »",
        ordinals=Ordinals(
            wrong=r"\b\d+mo\b", right=lambda written: f"{re.sub(r'[^0-9]', '', written)}º"
        ),
    ),
    date_patterns=DatePatterns(
        weekdays=tuple(_DAYS.split()),
        short_weekdays=("lun", "mar", "mer", "gio", "ven", "sab", "dom"),
        months=tuple(_MONTHS.split()),
        article="il",
        forms=(r"(?<!\w)WEEKDAY(?P<day>1º|\d{1,2})\s+MONTH(?!\w)(?:\s+(?P<year>\d{4}))?",),
        before_second=r"(?P<day>1º|\d{1,2})\s*(?:e|o|,|–|-)\s+",
        ignores_case=True,
        relative=(RelativeDay(pattern=r"(?i)\bdomani\b", days_ahead=1),),
        relative_suffix="prossimo|scorso",
    ),
    phrases=Phrases(
        event="avrà luogo|si terrà|incontro|convegno",
        limit="entro il|prima del",
        at_hour="alle|dalle",
        embargo="embargo",
        time_zone="ora di",
        vague_link="clicca(?: qui)?|qui|leggi tutto",
        document="comunicato(?: stampa)?|invito",
        to_complete=r"da completare\b",
        gap_names="nome|luogo|ora",
        no_reply="non[-_.]?rispondere",
        room="sala|piano",
        imperial="miglia",
        abroad="americano",
        square="metri quadrati",
        length_before="lungo",
        length_behind="di lunghezza",
        area_before="superficie di",
        long_ago="un tempo",
        there_that_day="sul posto",
        slot="interviste",
        sources="studio",
        funds="finanziato da",
        on_duty="reperibile",
    ),
    absences=AbsenceWords(
        months=tuple(f"{name} {name[:3]}" for name in _MONTHS.split()),
        day_suffix="",
        between="il|in ufficio|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica",
        back="di ritorno|rientro|tornero",
        until="fino al",
        span="",
        left="non lavora piu|ha lasciato",
    ),
    replies=ReplyWords(
        automatic_subjects="risposta automatica",
        automatic_sentences="sono assente",
        challenges="conferma di non essere un robot",
        opposition=OppositionWords(
            sentences="non voglio piu ricevere",
            please="per favore ",
            alone=r"(?:cancellami|disiscri\w*)\b",
            parts="per posta|cartaceo",
        ),
        quoting=r"il .{6,120} ha scritto ?:",
    ),
    answers=AnswerWords(
        comes="saro presente|ci saro",
        asks="chiedo un accredito",
        declines="non potro",
        doubts="forse",
        elsewhere="newsletter",
        instead="al mio posto",
    ),
    release=ReleaseWords(
        kinds={CampaignKind.ADVISORY: "invito stampa", CampaignKind.PRESS_RELEASE: "comunicato"},
        no_kind="con preghiera di pubblicazione",
        when="quando|data",
        venue="dove|luogo",
        address="indirizzo",
        access="come arrivare",
        contact="(?:contatti|ufficio) stampa",
        contact_of="del ",
        of_the_press="per la stampa",
        mobile=r"cell\.?",
        partners="partner",
        partners_in_text="in collaborazione con",
        links="per saperne di più",
        press_room="sala stampa",
        accreditation="accrediti?",
        registers="accreditat",
        compulsory="obbligatori",
        limit="entro",
        noon="mezzogiorno",
        midnight="mezzanotte",
        until_hour="alle|–",
        common=r"\b(?:il|la|di|che|con|per|del|della)\b",
        institution="istituto|università|museo",
        article="il |la |l['’]",
        street="via|piazza|corso",
        end_sign="fine",
    ),
    starter_texts=StarterTexts(
        gap="da completare",
        heading="I fatti si scrivono qui una volta sola.",
        to_confirm="to_confirm: letto nel documento, da confermare",
        taken_out="Tolto dal testo, perché la pagina lo scrive da sé",
        steps={
            step: StepText(
                f"{subject} – {{{{ campaign.title }}}}",
                "",
                "# {{ campaign.title }}\n\nDa completare.\n",
            )
            for step, subject in (
                ("announcement", "Invito stampa"),
                ("reminder", "Promemoria"),
                ("practical", "Informazioni pratiche"),
                ("morning", "Stamattina"),
                ("release", "Comunicato stampa"),
                ("save-the-date", "Save the date"),
                ("kit", "Cartella stampa"),
                ("correction", "Rettifica"),
                ("postponement", "RINVIATO"),
                ("cancellation", "ANNULLATO"),
            )
        },
    ),
    amendment_texts=AmendmentTexts(
        salutation="{{ recipient.salutation }},",
        **{
            kind: AmendmentText(
                subject=f"{word} – {{{{ campaign.title }}}}",
                preheader=word,
                headline=f"{word}: {{{{ campaign.title }}}}",
                opening=f"{word} del messaggio precedente.",
            )
            for kind, word in (
                ("correction", "Rettifica"),
                ("move", "Rinviato"),
                ("cancellation", "Annullato"),
                ("thanks", "Grazie"),
                ("kit", "Cartella stampa"),
            )
        },
    ),
    compared=ComparedWords(heads=word_set("presidente direttore direttrice sindaco")),
    block_words=BlockWords(
        names={"figures": "cifre, cifre chiave", "programme": "programma"},
        keys={"source": "fonte", "who": "chi"},
    ),
)
