"""Words to a colleague, days that depend on the reader, and quotations alone on their lines."""

import pytest

from tests.counterparts.recall import diagnosed

FRAME = {
    "fr": "Communiqué de presse\n\nArbois, le 3 mars 2027\n\nLe sel\n\n{}\n\nLa halle rouvre.",
    "en": "PRESS RELEASE\n\nLeeds, 3 March 2027\n\nThe salt\n\n{}\n\nThe hall opens.",
}


def checks_of(language, text):
    return {it.check for it in diagnosed("a.txt", FRAME[language].format(text))[1].findings}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "(Maud, redemande à la direction si on garde ce montant, merci)"),
        ("fr", "(Julie : ce chiffre me paraît faux, tu l’as d’où ?)"),
        ("fr", "[Paul, on attend le feu vert de la région]"),
        ("fr", "Karim - remplace cette photo avant midi."),
        ("fr", "Sophie, vérifie le nom du maire avant de lancer."),
        ("fr", "(tu confirmes que la salle est libre ?)"),
        ("fr", "A RELIRE PAR LE SERVICE JURIDIQUE"),
        ("fr", "À COMPLÉTER AVANT DIFFUSION"),
        ("fr", "[Nico – je ne retrouve pas la source, tu l’as ?]"),
        ("fr", "(Claire, ton avis sur ce paragraphe ?)"),
        ("fr", "Claire, il faudra remettre la phrase du cabinet, je ne la retrouve plus."),
        ("en", "Tom - the mayor’s office says she may not make it, can you keep her out for now?"),
        ("en", "Sam, I never got the figure for Leeds."),
        ("en", "Tom - swap in the chair’s line here once she has signed it off."),
        ("en", "[Sam, are we sure about this number?]"),
        ("en", "(Priya: could you get the exact date from the museum)"),
        ("en", "Alex, check this with the council first."),
        ("en", "TO CONFIRM WITH THE TREASURER"),
        ("en", "(do you want to keep this bit?)"),
        ("en", "(Ruth – I moved this up, shout if you hate it)"),
        ("en", "Mel – add the photographer’s credit, please."),
    ],
)  # fmt: skip
def test_what_speaks_to_a_colleague_is_found(language, text):
    assert checks_of(language, text) & {"note-to-colleague", "unresolved-placeholder"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La course part de Dole (Jura, à 300 m de la gare)."),
        ("fr", "(Paris, le 3 mars)"),
        ("fr", "Le prix a été remis à deux élèves (Anne, 12 ans, et Hugo, 13 ans)."),
        ("fr", "Lyon : départ à 8 h, puis visite."),
        ("fr", "Une pièce sur l’oubli (Et si on dansait ?)."),
        ("fr", "Lundi, demande à tous les visiteurs d’apporter un livre."),
        ("fr", "INSCRIPTION OBLIGATOIRE AVANT LE 3 MARS"),
        ("fr", "A RETENIR"),
        ("fr", "Mercredi – visite de la halle, merci de vous inscrire."),
        ("fr", "« Anna, garde la lettre », dit la chanson de Paul Roy."),
        ("fr", "Les communes (Dole, Arbois, Salins) y participent."),
        ("fr", "Madame, je vous prie d’agréer nos salutations."),
        ("fr", "Lyon - le musée ouvre demain ses portes au public."),
        ("en", "Inside, you will find a map of the park and a café."),
        ("en", "The tour starts in Leeds (Yorkshire, 300 m from the station)."),
        ("en", "Visitors, keep your ticket until the end."),
        ("en", "Today, find out more at the front desk."),
        ("en", "Saturday: check in from 9 am."),
        ("en", "(Monday, to be confirmed by mail)"),
        ("en", "ADMISSION FREE, BOOKING REQUIRED"),
        ("en", "Bring a lamp (one per person, please)."),
        ("en", "Leeds - add a day in Whitby to your trip."),
    ],
)  # fmt: skip
def test_what_speaks_to_all_is_left_alone(language, text):
    assert "note-to-colleague" not in checks_of(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le jury a délibéré vendredi, pendant six heures."),
        ("fr", "Les résultats tomberont mardi soir."),
        ("fr", "Les élus ont visité le chantier jeudi avec les riverains."),
        ("fr", "Il a été retrouvé dimanche dans une cave."),
        ("fr", "La commission tranchera lundi."),
        ("fr", "L’arrêté a été signé mercredi par la maire."),
        ("fr", "Le camion a quitté Brest samedi à l’aube."),
        ("fr", "La vente reprend la semaine d’après."),
        ("fr", "Le bateau est rentré avant-hier."),
        ("en", "The final frames were glued on Thursday evening just gone."),
        ("en", "Answers should reach us by Thursday."),
        ("en", "The mayor toured the site Monday."),
        ("en", "The crew left Hull on Sunday at dawn."),
        ("en", "Work stops on Wednesday."),
        ("en", "A second vote follows on Tuesday night."),
        ("en", "The results came in a week ago."),
        ("en", "She signed the lease the day before yesterday."),
    ],
)  # fmt: skip
def test_a_day_that_depends_on_its_reader_is_noted(language, text):
    assert "relative-date" in checks_of(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La halle est ouverte mercredi et samedi."),
        ("fr", "Le marché se tient chaque vendredi."),
        ("fr", "Le vendredi, les classes viennent à pied."),
        ("fr", "Mardi gras tombe tôt."),
        ("fr", "Le film Un dimanche à la campagne sera projeté."),
        ("fr", "Standard : du lundi au vendredi."),
        ("fr", "Le roman Vendredi ou la vie sauvage est au programme."),
        ("fr", "Vendredi : visite des ateliers."),
        ("en", "The Friday concert series is free."),
        ("en", "The hall is open Tuesday to Saturday."),
        ("en", "Calls are answered Monday to Friday."),
        ("en", "The club meets every Thursday."),
        ("en", "The press visit is on Friday 5 March 2027. Bags are checked on Friday at the gate."),
        ("en", "They call it the Sunday school."),
        ("en", "Good Friday falls early."),
        ("en", "Friday: tour of the works."),
        ("en", "Thursday’s child is the title of the show."),
    ],
)  # fmt: skip
def test_a_day_that_is_usual_or_dated_is_left_alone(language, text):
    assert "relative-date" not in checks_of(language, text)


def test_a_sentence_begins_below_its_heading():
    long = "Le sel blanc " * 16 + "fond."
    text = FRAME["fr"].format(f"Une aide pour tous\n{long}\nLa suite vient ensuite.")

    found = diagnosed("a.txt", text)[1].findings

    assert [it.where.line for it in found if it.check == "long-sentence"] == [8]


def test_a_quotation_alone_on_its_line_needs_a_speaker():
    text = "La halle rouvre dans un mois.\n« Fermer ne suffit plus, il faut ouvrir. »\n« Nous avons rempli dix sacs », ajoute Ana Petit."

    assert "quotation-without-name" in checks_of("fr", text)


def test_a_quotation_below_who_says_it_needs_none():
    text = "Ana Petit, directrice, explique son choix :\n« Fermer ne suffit plus, il faut ouvrir. »\n« Nous avons rempli dix sacs », ajoute Ana Petit."

    assert "quotation-without-name" not in checks_of("fr", text)
