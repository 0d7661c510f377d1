"""The French words by which the checks recognise the parts of a text that they compare."""

from __future__ import annotations

from mailer.languages.compared_words import ComparedWords, word_set

COMPARED = ComparedWords(
    heads=word_set(
        "president presidente directeur directrice maire fondateur fondatrice cofondateur cofondatrice"
        " gerant gerante dirigeant dirigeante patron patronne pdg dg recteur rectrice doyen doyenne"
        " conservateur conservatrice bourgmestre proviseur ambassadeur ambassadrice"
    ),
    headed=word_set(
        "dirige dirigee preside presidee conduit conduite mene menee emmenee pilote pilotee gere geree"
        " fonde fondee cree creee"
    ),
    its=word_set("son sa ses leur dont"),
    of=word_set("de du des d"),
    once=word_set(
        "ancien ancienne anciennement ex egalement aussi futur future alors puis precedemment naguere"
        " autrefois nomme nommee rejoint quitte succede"
    ),
    ends_name=word_set(
        "qui que dont ou a est sont ont sera seront avait etait et avec pour par dans depuis en se s"
        " lors au aux chez sur"
    ),
)
