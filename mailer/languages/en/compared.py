"""The English words by which the checks recognise the parts of a text that they compare."""

from __future__ import annotations

from mailer.languages.compared_words import ComparedWords, word_set

COMPARED = ComparedWords(
    heads=word_set(
        "president director chair chairman chairwoman chairperson chief head founder cofounder mayor"
        " ceo leader dean principal chancellor ambassador commodore warden"
    ),
    headed=word_set(
        "headed heads led leads run runs chaired chairs directed directs founded created started"
        " presides"
    ),
    its=word_set("its their whose"),
    of=word_set("of at for"),
    once=word_set(
        "former formerly ex also then later next future previously once appointed joined left"
        " succeeds succeeded"
    ),
    ends_name=word_set(
        "who which that whose is are was were will has have had and with by from in on since to but"
        " where when said says"
    ),
)
