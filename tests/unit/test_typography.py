"""French typography, pair by pair. A `~` stands for the no-break space U+00A0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.languages.fr.typography import CANADA, EUROPE, FRANCE, RULE_SETS, rules_for, typeset
from mailer.languages.typography import line_with_typography, with_typography

PAIRS = [
    # Signs in two parts.
    ("Bonjour!", "Bonjour~!"),
    ("Bonjour !", "Bonjour~!"),
    ("Bonjour\u202f!", "Bonjour~!"),
    ("Viendrez-vous?", "Viendrez-vous~?"),
    ("Date: samedi", "Date~: samedi"),
    ("Date : samedi", "Date~: samedi"),
    ("un ; deux", "un~; deux"),
    ("un; deux", "un~; deux"),
    ("Quoi?!", "Quoi~?!"),
    ("Vraiment !!", "Vraiment~!!"),
    ("Quoi...?", "Quoi…~?"),
    ("(vraiment?)", "(vraiment~?)"),
    ("**Date** : samedi", "**Date**~: samedi"),
    ("**Date :** samedi", "**Date~:** samedi"),
    ("<b>Bravo</b>!", "<b>Bravo</b>~!"),
    ("[le programme](https://a.example)!", "[le programme](https://a.example)~!"),
    ("{{ event.date }}!", "{{ event.date }}~!"),
    ("à 10:30 précises", "à 10:30 précises"),
    ("un rapport de 1:2", "un rapport de 1:2"),
    ("mot , mot .", "mot, mot."),
    ("© Agence fictive", "©~Agence fictive"),
    ("nº 5 et Nº12", "nº~5 et Nº~12"),
    ("le § 12, les §§ 3 et 4", "le §~12, les §§~3 et 4"),
    ("№ 7", "№~7"),
    ("au XXIe siècle, au XIXème siècle", "au XXIe~siècle, au XIXe~siècle"),
    ("en 52 av. J.-C., en 14 apr. J.-C.", "en 52 av.~J.-C., en 14 apr.~J.-C."),
    ("avec Mgr Durand", "avec Mgr~Durand"),
    ("la Ve République", "la Ve République"),
    ("12,5 % des 1 000 000 d'euros", "12,5~% des 1~000~000 d’euros"),
    ("de 9h à 17h", "de 9~h à 17~h"),
    ("entre 2 et 3 milliards", "entre 2 et 3~milliards"),
    ("photo ©Agence", "photo ©Agence"),
    ("( entre parenthèses )", "(entre parenthèses)"),
    # Quotation marks and apostrophes.
    ('Le "Gram" réfléchit.', "Le «~Gram~» réfléchit."),
    ('Il a dit : "Venez !"', "Il a dit~: «~Venez~!~»"),
    ('" avec des espaces "', "«~avec des espaces~»"),
    ("« collés »", "«~collés~»"),
    ("«collés»", "«~collés~»"),
    ('« Il dit "oui" souvent »', "«~Il dit “oui” souvent~»"),
    ('d\'"art"', "d’«~art~»"),
    ("mot«guillemet»mot", "mot «~guillemet~» mot"),
    ('un écran de 24"', 'un écran de 24"'),
    ("l'institut", "l’institut"),
    ("aujourd'hui", "aujourd’hui"),
    ("qu'*elle*", "qu’*elle*"),
    ("l'{{ event.name }}", "l’{{ event.name }}"),
    ("l'`API`", "l’`API`"),
    ("mai '68", "mai ’68"),
    ("O'Connor", "O’Connor"),
    # Points, ligatures, ordinals.
    ("à suivre...", "à suivre…"),
    ("etc...", "etc."),
    ("le coeur et la soeur", "le cœur et la sœur"),
    ("une oeuvre, un oeil, un boeuf", "une œuvre, un œil, un bœuf"),
    ("OEUVRE et Oeuvre", "ŒUVRE et Œuvre"),
    ("un oedème du foetus", "un œdème du fœtus"),
    ("cœur", "cœur"),
    ("coexister, la moelle, un coefficient", "coexister, la moelle, un coefficient"),
    ("M. Leboeuf", "M.~Leboeuf"),
    ("la 7ème rencontre", "la 7e rencontre"),
    ("la 2ième et la 3eme", "la 2e et la 3e"),
    ("la 1ère fois", "la 1re fois"),
    ("le 1er décembre", "le 1er~décembre"),
    ("au XXIème siècle", "au XXIe~siècle"),
    ("7ᵉ rencontre", "7ᵉ rencontre"),
    # Numbers and their companions.
    ("1 000 personnes", "1~000 personnes"),
    ("1 000 000 de mots", "1~000~000 de mots"),
    ("en 2017 120 associations", "en 2017 120 associations"),
    ("75006 Paris", "75006 Paris"),
    ("62%", "62~%"),
    ("62 %", "62~%"),
    ("10€ et 3 M€", "10~€ et 3~M€"),
    ("20°C", "20~°C"),
    ("10h30", "10~h~30"),
    ("10 h 30", "10~h~30"),
    ("de 9h à 17h", "de 9~h à 17~h"),
    ("9h-10h", "9~h-10~h"),
    ("ouvert 24h/24", "ouvert 24~h/24"),
    ("5 km et 3 Mo", "5~km et 3~Mo"),
    ("3 millions", "3~millions"),
    ("le 9 décembre 2017", "le 9~décembre~2017"),
    ("01 99 00 12 34", "01~99~00~12~34"),
    ("+33 1 99 00 12 34", "+33~1~99~00~12~34"),
    ("n°5 et N° 6", "n°~5 et N°~6"),
    ("voir p. 12, art. 3", "voir p.~12, art.~3"),
    ("M. Martin et Mme Durand", "M.~Martin et Mme~Durand"),
    ("Pr {{ speaker }}", "Pr~{{ speaker }}"),
    # A date stays whole, as does a number with its street.
    ("le 11 janvier 2018, le 1er mars 2020", "le 11~janvier~2018, le 1er~mars~2020"),
    ("23 quai de Conti, 123 bis avenue du Port", "23~quai de Conti, 123~bis~avenue du Port"),
    ("3 rue Haute, 12 places", "3~rue Haute, 12 places"),
    ("en 2018 place aux jeunes", "en 2018 place aux jeunes"),
    # Dashes and spaces.
    ("Inserm - Paris", "Inserm – Paris"),
    ("un mot -- un autre", "un mot – un autre"),
    ("2017 - Paris", "2017 – Paris"),
    ("5 - 3", "5 - 3"),
    ("deux  espaces", "deux espaces"),
    ("Fin.  Suite", "Fin. Suite"),
]

UNTOUCHED = [
    "https://a.example/b?c=1;d:e!f",
    "Voir https://a.example/l'art.",
    "presse@institut.example",
    "mailto:presse@institut.example?subject=Bonjour!x",
    "www.institut.example",
    "`a = \"b\" if c else 'd' !`",
    '```\nx = "y" ;\n```',
    "{{ event.name if event else 'rien' }}",
    '{% if a == "b" %}x{% endif %}',
    "{# rien d'utile ! #}",
    '<a href="https://a.example" title="Bonjour !">x</a>',
    "<code>l'art ?</code>",
    '<i lang="en">"What\'s new?"</i>',
    '[lien](https://a.example "Titre d\'un lien !")',
    "[programme]: https://a.example 'Bonjour !'",
    "programme_du_9_décembre.pdf",
    "C:\\Presse\\l'art.docx",
    "&amp; &nbsp;! &#160;!",
    "| a | b |\n|:--|--:|\n| c | d |",
    "- un\n- deux\n\n* trois\n\n1. quatre",
    "![alt](image.png)",
    '\\"échappé\\"',
    "Re-bonjour :-) et :D",
    'le format 5"x"6',
    "J-5, J-0, JJ/MM/AAAA",
    "ligne  \nsuivante",
]


def shown(text):
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(("typed", "meant"), PAIRS)
def test_a_careful_typist(typed, meant):
    assert shown(typeset(typed)) == meant


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_not_prose_is_left_alone(text):
    assert shown(typeset(text)) == text


@pytest.mark.parametrize("text", [*(pair[0] for pair in PAIRS), *UNTOUCHED])
@pytest.mark.parametrize("rules", RULE_SETS.values(), ids=str)
def test_a_second_pass_changes_nothing(text, rules):
    once = typeset(text, rules=rules)

    assert typeset(once, rules=rules) == once


PROSE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "a",
                "é",
                "L",
                "l'",
                "d'",
                '"',
                "«",
                "»",
                "“",
                "”",
                "!",
                "?",
                ":",
                ";",
                ",",
                ".",
                "...",
                "…",
                "(",
                ")",
                "[",
                "]",
                "*",
                "**",
                "_",
                "`",
                "```",
                "~",
                "\\",
                "<",
                ">",
                "&",
                ";",
                "-",
                "--",
                "#",
                "|",
                "1",
                "9",
                "10",
                "000",
                "1er",
                "7ème",
                "1ère",
                "XXIème",
                "10h",
                "10h30",
                "h",
                "%",
                "€",
                "°C",
                "n°",
                "p.",
                "M.",
                "Mme",
                "coeur",
                "oeil",
                "etc",
                "'",
                "’",
                "{{",
                "}}",
                "{%",
                "%}",
                "{{x}}",
                "<b>",
                "</b>",
                "<br>",
                "https://a.example/",
                "a@b.example",
                "f.pdf",
                "&amp;",
                "01",
                "99",
                "+33",
                "décembre",
                "km",
                ":-)",
                "\ue000",
                "\ue001",
                "$",
                "kg",
            ]
        ),
        st.sampled_from([" ", "  ", "\u00a0", "\u202f", "\n", "\n\n", "\t"]),
        st.text(max_size=3),
    ),
    max_size=14,
).map("".join)


@given(PROSE, st.sampled_from(list(RULE_SETS.values())))
def test_whatever_is_typed_is_set_once(text, rules):
    once = typeset(text, rules=rules)

    assert typeset(once, rules=rules) == once


@given(PROSE)
def test_nothing_but_spaces_quotes_and_a_few_letters_changes(text):
    def skeleton(text):
        kept = [c for c in text.lower() if c.isalnum()]
        return "".join(kept).translate(str.maketrans({"œ": "oe"}))

    before, after = skeleton(text), skeleton(typeset(text))

    assert len(after) <= len(before)
    assert after.count("9") == before.count("9")


@pytest.mark.parametrize(
    ("rules", "meant"),
    [
        (FRANCE, "Titre~: venez~! Oui~? Non~; «~ah~» 5~%"),
        (CANADA, "Titre~: venez! Oui? Non; «~ah~» 5~%"),
        (EUROPE, "Titre: venez! Oui? Non; «~ah~» 5~%"),
    ],
    ids=["fr-FR", "fr-CA", "fr-EU"],
)
@pytest.mark.parametrize(
    "typed",
    ['Titre : venez ! Oui ? Non ; "ah" 5%', 'Titre: venez! Oui? Non; "ah" 5 %'],
)
def test_each_rule_set_has_its_own_spaces(rules, meant, typed):
    assert shown(typeset(typed, rules=rules)) == meant


@pytest.mark.parametrize(
    ("language", "rules"),
    [
        ("fr", FRANCE),
        ("fr-FR", FRANCE),
        ("fr-BE", FRANCE),
        ("fr-CA", CANADA),
        ("fr-EU", EUROPE),
    ],
)
def test_a_country_may_have_its_own_rules(language, rules):
    assert rules_for(language) is rules


@pytest.mark.parametrize("language", ["en", "en-CA", "frp"])
def test_a_language_without_rules_is_left_as_it_is_typed(language):
    assert with_typography('Titre: venez! "ah"', language) == 'Titre: venez! "ah"'


SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "together"),
    [
        ("on 9 December 2017", "on 9~December~2017"),
        ("on the 9th December, 2017", "on the 9th~December,~2017"),
        ("December 9, 2017", "December~9,~2017"),
        ("since May 2017", "since May~2017"),
        ("10 a.m. to 5 pm", "10~a.m. to 5~pm"),
        ("25 km, 12 °C and 30 %", "25~km, 12~°C and 30~%"),
        ("€3 million for 1.2 billion people", "€3~million for 1.2~billion people"),
        ("Room 12, Building C", "Room~12, Building~C"),
        ("10 Downing Street, 23 quai de Conti", "10~Downing Street, 23~quai de Conti"),
        ("p. 12, Fig. 3", "p.~12, Fig.~3"),
        ("Dr Moreau and Prof. Durand", "Dr~Moreau and Prof.~Durand"),
        ("+44 20 7946 0018 or 020 7946 0018", "+44~20~7946~0018 or 020~7946~0018"),
        # Nothing that belongs together, and nothing that people read:
        ("25 people in 12 rooms", "25 people in 12 rooms"),
        ("they may 12 times", "they may 12 times"),
        ("May 12:30 suit you?", "May 12:30 suit you?"),
        ("`25 km` {{ 25 km }} [x](<a 25 km.pdf>)", "`25 km` {{ 25 km }} [x](<a 25 km.pdf>)"),
    ],
)
def test_13_english_keeps_dates_units_and_numbers_on_one_line(typed, together):
    assert with_typography(typed, "en-GB") == together.replace("~", SPACE)


@given(st.text(alphabet="0123456789 akmp.,:MayDec€%`*[]()\n", max_size=40))
def test_13_english_changes_blanks_only_and_once(typed):
    once = with_typography(typed, "en")

    assert once.replace(SPACE, " ") == typed
    assert with_typography(once, "en") == once


def test_13_an_english_subject_stays_as_it_is_typed():
    assert line_with_typography("Opening on 9 December 2017", "en") == "Opening on 9 December 2017"
    assert line_with_typography("Ouverture : 25 km", "fr") == f"Ouverture{SPACE}: 25{SPACE}km"
