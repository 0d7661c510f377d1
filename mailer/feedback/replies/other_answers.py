"""Answers to an invitation in languages that the program does not write, but its correspondents do."""

from __future__ import annotations

from mailer.languages.answer_words import AnswerWords

GERMAN = AnswerWords(
    comes=(
        r"\b(?:ich|wir) (?:komme|kommen|nehme|nehmen|werde|werden)\b(?! (?:nicht|leider))[^.?!]{0,20}\b(?:gerne?|teil|dabei|teilnehmen|kommen)\b"
        r"|\b(?:ich bin|wir sind) (?:gerne? )?dabei\b|\bsage\w* (?:gerne? )?zu\b"
    ),
    asks=r"\bbitt\w{1,4} (?:\w+ ){0,2}um (?:eine )?akkreditierung|\b(?:mochten?|wurden?)\b[^.?!]{0,30}\b(?:akkreditieren|teilnehmen|anmelden)\b",
    declines=(
        r"\b(?:kann|konnen|werde|werden|schaffe|schaffen)\b[^.?!]{0,30}\b(?:nicht|leider nicht) (?:kommen|teilnehmen|dabei|dabeisein|anwesend|schaffen)\b"
        r"|\b(?:muss|mussen|mochte|mochten) (?:\w+ ){0,2}absagen\b|\bsage\w* (?:leider )?ab\b|\bverhindert\b|\bnicht teilnehmen\b"
    ),
    doubts=r"\bvielleicht\b|\bmoglicherweise\b|\bnoch nicht\b|\bmelde mich\b|\bfalls\b|\bwenn\b|\bunter vorbehalt\b",
    elsewhere=r"\b(?:verteiler|newsletter|pressemappe|interview|fotos?|bilder)\b",
    instead=r"\b(?:kollegin|kollege|kollegen)\b|\ban meiner stelle\b|\bvertr(?:itt|eten)\b|\bweitergeleitet\b",
)
SPANISH = AnswerWords(
    comes=(
        r"(?<!no )\b(?:asistire|asistiremos|acudire|acudiremos|ire|iremos|estare alli|estaremos alli|confirmo (?:mi )?asistencia|confirmamos (?:nuestra )?asistencia)\b"
    ),
    asks=r"\b(?:quisiera|quisieramos|quiero|queremos|deseo|deseamos|solicito|solicitamos|me gustaria|nos gustaria)\b[^.?!]{0,30}\b(?:acredit\w+|asistir|acudir)",
    declines=(
        r"\bno (?:asistire|asistiremos|acudire|ire|iremos)\b|\bno (?:podre|podremos|puedo|podemos|voy a poder)(?: (?:\w+ ){0,2}(?:asistir|ir|acudir|venir|estar|cubrir|desplazarme)\b|$)|\bme es imposible\b|\bnos es imposible\b"
        r"|\bdeclin\w+ (?:la|su) invitacion\b"
    ),
    doubts=r"\bquizas?\b|\btal vez\b|\baun no\b|\btodavia no\b|\bno se si\b|\bdepende\b|\bsi (?:puedo|podemos|es posible)\b|\bintentare\b",
    elsewhere=r"\b(?:lista|boletin|dossier|entrevista|fotos?|imagenes)\b(?![^.?!]*acredit)",
    instead=r"\b(?:companer[oa]|colega)\b|\ben mi lugar\b|\breenvi\w+\b",
)

OTHER_ANSWERS = (GERMAN, SPANISH)
