"""The blocks between `:::` lines: what they show, what is said when one is wrong, what they cost."""

import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import ContentError
from mailer.languages import LANGUAGES
from mailer.model.campaigns.template import Organisation
from mailer.render.markdown.parser import new_parser
from mailer.render.markdown.press_blocks.kinds import BY_NAME, KINDS, NAMES
from mailer.render.markdown.press_blocks.words import folded, key_of, opening_of
from mailer.render.markdown.typeset import typeset
from mailer.render.personalise import fill
from tests.counterparts.pages import SCENES, a_picture, compiled, html_of, text_of
from tests.counterparts.parity import html_only_links
from tests.counterparts.work import calls_of

NBSP = "\u00a0"
DOCS = (Path(__file__).parents[3] / "docs/howto/write-with-blocks.md").read_text(encoding="utf-8")
ORGANISATIONS = (
    Organisation(
        "Institut R&D",
        "L’institut cherche.",
        "www.institut.example",
        {"en": {"name": "R&D Institute", "about": "The institute seeks."}},
    ),
)


def parts(press, text, *, files=None):
    template = replace(press.template(), organisations=ORGANISATIONS)
    message = press.compiled(
        campaign=press.campaign(files=files or {}),
        content=press.content(f"# T\n\nLe chapô.\n\n{text}"),
        template=template,
    )
    html = re.sub(r' style="[^"]*"', "", fill(message.html, press.fields()))
    return html, fill(message.text, press.fields())


def said(press, text, **changes):
    with pytest.raises(ContentError) as caught:
        parts(press, text, **changes)
    return [
        (problem.where.line, str(problem.what), str(problem.remedy))
        for problem in caught.value.problems
    ]


def faults_of(text):
    return [
        str(token.meta["fault"].fault.what)
        for token in new_parser().parse(text)
        if token.type == "block_fault"
    ]


SCENE = next(scene for scene in SCENES if str(scene) == "press-blocks")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_block_is_in_the_texts_that_are_looked_at(language):
    shown = {
        opening.name for line in SCENE.texts[language].split("\n") if (opening := opening_of(line))
    }

    assert set(BY_NAME) <= shown


@pytest.mark.parametrize("language", ["fr", "en"])
def test_readers_of_plain_text_get_every_link_and_figure(language):
    message = compiled(SCENE, language=language)
    text = re.sub(r"\s+", " ", text_of(message))

    # The one link to a place further down is said in words.
    assert [link for link in html_only_links(message) if not link.startswith("#")] == []
    for value in ("12", "340", "120"):
        assert value in text
    assert max(map(len, text_of(message).split("\n"))) <= 78


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_message_with_every_block_keeps_below_the_limit_of_mail_programs(language):
    assert len(html_of(compiled(SCENE, language=language)).encode()) < 100_000


def test_a_message_without_blocks_carries_no_rules_for_them(press):
    assert ".numbers" not in parts(press, "Rien.")[0]


def test_a_sentence_with_a_colon_is_part_of_a_quotation():
    assert faults_of("::: citation\nAutour : des chercheurs.\nJe le dis : non.\n— A\n:::\n") == []


WORDS = [
    (language.code, name, word)
    for language in LANGUAGES
    for name, words in language.block_words.names.items()
    for word in words.split(", ")
]


@pytest.mark.parametrize(("code", "name", "word"), WORDS, ids=lambda it: it)
def test_every_word_names_its_block(code, name, word):
    assert opening_of(f"::: {word.upper()} Un titre") == (
        name,
        "Un titre",
        f"{word.upper()} Un titre",
    )


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda it: it.code)
def test_every_block_and_key_has_words(language):
    keys = {key.name for kind in KINDS for key in (*kind.head_keys, *kind.entry_keys, *kind.keys)}

    assert set(language.block_words.names) == set(NAMES)
    assert set(language.block_words.keys) == keys


@pytest.mark.parametrize("kind", KINDS, ids=lambda it: it.name)
def test_no_word_means_two_keys_of_one_place(kind):
    for keys in ((*kind.head_keys, *kind.entry_keys), kind.keys):
        for key in keys:
            for language in LANGUAGES:
                for word in language.block_words.keys[key.name].split(", "):
                    is_in_entry = keys is not kind.keys
                    assert key_of(kind, word, is_in_entry=is_in_entry) == key, word


@pytest.mark.parametrize(
    ("typed", "name", "title"),
    [
        ("::: À propos", "about", ""),
        (":::à-propos de nous", "about", "de nous"),
        ("::: Chiffres clés : l’année", "figures", "l’année"),
        ("::: key  figures – of 2018", "figures", "of 2018"),
        ("::: TÉLÉCHARGEMENTS", "downloads", ""),
        ("::: porte-parole", "interviews", ""),
        ("::: plan d’accès", "access", ""),
        (":::: vidéo Le film", "video", "Le film"),
        (f"::: en{NBSP}direct ce soir", "live", "ce soir"),
    ],
)
def test_a_block_is_named_as_people_write(typed, name, title):
    assert opening_of(typed)[:2] == (name, title)


@pytest.mark.parametrize("line", [":::", "::: ", "::", "texte ::: chiffres", "::: 12", ""])
def test_other_lines_open_no_block(line):
    assert opening_of(line) is None


def test_figures_have_label_source_and_a_true_minus(press):
    html, text = parts(
        press,
        "::: chiffres\n- 12 000 : lecteurs\n- -4 % : de départs\n  source : enquête\nsource : bilan\n:::\n",
    )

    numbers = re.findall(r'<p class="number">(.*?)</p><p class="what">(.*?)</p>', html)
    assert numbers == [(f"12{NBSP}000", "lecteurs"), (f"−4{NBSP}%", "de départs")]
    assert (
        f"  12{NBSP}000  lecteurs\n  −4{NBSP}%  de départs\n      Source: enquête\n\nSource: bilan\n"
        in text
    )


def test_a_picture_in_a_block_is_described_by_what_it_belongs_to(press):
    html, _text = parts(
        press,
        "::: entretiens\n- Ada <Lovelace>\n  portrait : ada l'été.png\n:::\n",
        files={"ada l'été.png": a_picture(400, 600)},
    )

    image = html5lib.parse(html, namespaceHTMLElements=False).find(".//td[@class='portrait']/img")
    assert (image.get("alt"), image.get("width"), image.get("height")) == (
        "Ada <Lovelace>",
        "80",
        "120",
    )


def test_a_press_moment_is_set_off_and_told_in_words(press):
    html, text = parts(
        press, "::: programme\n- 9h30 – 10h Accueil\n- 10 h : Visite\n  presse : photos\n:::\n"
    )

    assert '<tr class="press">' in html
    assert f"  9{NBSP}h{NBSP}30{NBSP}–{NBSP}10{NBSP}h  Accueil\n" in text
    assert "*** For the press – photos" in text


def test_a_quotation_takes_its_speaker_from_a_dash_or_from_a_key(press):
    dashed = parts(press, "::: citation\nOui.\n— Ada Byron, comtesse\n:::\n")
    keyed = parts(press, "::: quote\nOui.\nby: Ada Byron\nrole: comtesse\n:::\n")

    assert dashed == keyed
    assert "> Oui.\n>\n> — Ada Byron, comtesse\n" in dashed[1]


@pytest.mark.parametrize(
    "typed", ["10.5555/a(b)c_1", "doi:10.5555/a(b)c_1", "https://doi.org/10.5555/a(b)c_1"]
)
def test_a_doi_is_a_link_however_it_is_written(press, typed):
    html, text = parts(press, f"::: référence\ntitre : A & B\nDOI : {typed}\n:::\n")

    assert '<a href="https://doi.org/10.5555/a(b)c_1">10.5555/a(b)c_1</a>' in html
    assert "https://doi.org/10.5555/a(b)c_1\n" in text


def test_an_organisation_is_presented_from_the_office_s_file(press):
    html, text = parts(press, "::: à propos\n- R&D Institute\n:::\n")

    assert "<h3>Institut R&amp;D</h3>" in html
    assert '<a href="https://www.institut.example">' in html
    assert "Institut R&D\nL’institut cherche.\nhttps://www.institut.example\n" in text


def test_a_section_is_in_its_language_and_its_typography(press):
    html, text = parts(
        press,
        "::: versions\n- English: #en\n:::\n\n::: langue anglais Read: this\nWhat else: that!\n:::\n\nEt voilà !\n",
    )

    root = html5lib.parse(html, namespaceHTMLElements=False)
    section = root.find(".//div[@id='lang-en']")
    assert (section.get("lang"), section.findtext("h2")) == ("en", "Read: this")
    assert root.find(".//a[@href='#lang-en']").get("lang") == "en"
    assert "What else: that!" in text
    assert f"Et voilà{NBSP}!" in text


def test_a_title_stays_as_it_was_published():
    text = "::: référence\ntitre : Who asks: patients\nembargo : lundi, 14 h\n:::\n"

    assert typeset(text, "fr") == text.replace("14 h", f"14{NBSP}h").replace(
        "embargo :", f"embargo{NBSP}:"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("jusqu’à 11:00 am", f"jusqu’à 11:00{NBSP}am"),
        ("3.2 million people", f"3.2{NBSP}million people"),
        ("640 kB", f"640{NBSP}kB"),
        ("12 m² de salle", f"12{NBSP}m² de salle"),
        ("2 apples", "2 apples"),
    ],
)
def test_numbers_stay_with_their_units(press, typed, shown):
    assert shown in parts(press, f"::: method\nSize: {typed}\n:::\n")[0]


WRONG = """\
::: chifres
- 1 : un
:::

::: programme
- 9 h : Accueil
  presentateur : Ada
:::

::: documents
- Le rapport
  lien : rapport final
- Sans lien
:::

::: citation
— Ada
:::

::: référence
DOI : dix
:::

::: chiffres
- sans nombre
:::

::: intervenants
:::

::: langue klingon
Qapla’
:::

::: à propos
- Institut inconnu
:::

::: méthode
"""


def test_everything_wrong_is_said_at_once_with_its_line(press):
    assert [(line, what) for line, what, _remedy in said(press, WRONG)] == [
        (5, "there is no block “chifres”"),
        (11, "the block has no “presentateur”"),
        (16, "“rapport final” is no address that opens"),
        (17, "“link” is missing"),
        (20, "the quotation has no words"),
        (25, "“dix” is no DOI"),
        (24, "“title” is missing"),
        (29, "“sans nombre” has no colon"),
        (32, "the block is empty"),
        (35, "“klingon” is no language that we know"),
        (43, "the block “méthode” is never closed"),
        (40, "nothing is written about the organisation “Institut inconnu”"),
    ]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("::: chifres\n:::\n", "Did you mean “chiffres”?"),
        ("::: telechargement\n:::\n", "Did you mean “téléchargements”?"),
        ("::: citation\nOui.\n\n— A\nportait : a.png\n:::\n", "Did you mean “portrait”?"),
        ("::: intervews\n:::\n", "Did you mean “interviews”?"),
        ("::: programme\n- 9 h : x\n  prese : y\n:::\n", "Did you mean “presse”?"),
        ("::: à propos\n- Institu R&D\n:::\n", "Did you mean “Institut R&D”?"),
    ],
)
def test_the_nearest_word_is_offered(press, text, remedy):
    assert remedy in [each for _line, _what, each in said(press, text)]


def test_a_line_is_found_below_conditions_and_among_equal_ones(press):
    text = (
        "::: programme\n- 9 h : x\n  lieu : y\n:::\n{% if true %}\nBonjour\n{% endif %}\n"
        "::: vidéo\nlien : https://a.example\nlieu : y\n:::\n"
    )

    assert [(line, what) for line, what, _remedy in said(press, text)] == [
        (14, "the block has no “lieu”")
    ]


def test_a_condition_on_the_reader_stands_around_a_block_only(press):
    inside = "::: chiffres\n- 1 : un\n{% if recipient.name %}\n- 2 : deux\n{% endif %}\n:::\n"
    around = "{% if recipient.name %}\n::: chiffres\n- 1 : un\n:::\n{% endif %}\n"

    assert {what for _line, what, _remedy in said(press, inside)} == {
        "a condition on the reader stands inside a block"
    }
    assert '<p class="number">1</p>' in parts(press, around)[0]


def test_facts_of_the_campaign_and_the_reader_may_stand_in_a_block(press):
    html, text = parts(
        press,
        "::: programme {{ event.name }}\n- {{ event.time }} : Accueil de {{ recipient.last_name }}\n:::\n",
    )

    assert "<h2>Recherche &amp; Associations de malades</h2>" in html
    assert f"9{NBSP}h{NBSP}30  Accueil de Durand" in text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ '{{' }} 7*7 {{ '}}' }}",
    "</td></tr></table><h1>x",
    "<!--[if mso]>x<![endif]-->",
    "&lt;b&gt; &#60;script&#62;",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "data:text/html,<script>alert(1)</script>",
]
EVERYWHERE = [
    ("figures", "- {x} : {x}\n  source : {x}\nsource : {x}"),
    (
        "downloads",
        "- {x}\n  lien : https://a.example\n  format : {x}\n  poids : {x}\n  crédit : {x}\n  conditions : {x}",
    ),
    ("interviews", "- {x}\n  fonction : {x}\n  langues : {x}\n  créneaux : {x}\n  sujets : {x}"),
    ("programme", "- 9 h : {x}\n  qui : {x}\n  lieu : {x}\n  presse : {x}"),
    ("quotation", "{x}\nauteur : {x}\nfonction : {x}"),
    ("reference", "titre : {x}\nauteurs : {x}\nrevue : {x}\ndate : {x}\nembargo : {x}"),
    ("video", "lien : https://a.example\ndurée : {x}\nsous-titres : {x}\ncrédit : {x}"),
    ("live", "lien : https://a.example\ndébut : {x}\nfin : {x}\nlangues : {x}"),
    ("access", "adresse : {x}\nMétro : {x}\naccessibilité : {x}"),
    ("method", "{x}\n\nLimites : {x}"),
    ("versions", "- {x}: https://a.example"),
]


@pytest.mark.parametrize(("name", "lines"), EVERYWHERE, ids=[name for name, _lines in EVERYWHERE])
def test_hostile_words_stay_words(press, name, lines):
    for words in HOSTILE:
        try:
            html, _text = parts(press, f"::: {name} {words}\n{lines.replace('{x}', words)}\n:::\n")
        except ContentError:
            continue  # an image or a link that is refused has no way out either
        root = html5lib.parse(html, namespaceHTMLElements=False)
        tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
        assert "script" not in tags
        assert len(root.findall(".//h1")) == 1
        assert not any(
            attribute.startswith("on") or str(value).lower().startswith(("javascript:", "data:"))
            for element in root.iter()
            for attribute, value in element.attrib.items()
        )


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"]
)
def test_a_link_that_may_not_leave_is_refused(press, target):
    assert "no address that opens" in said(press, f"::: vidéo\nlien : {target}\n:::\n")[0][1]


AS_TYPED = [
    ("::: chiffres\n- 12 laboratoires\n:::", {"value": "12", "label": "laboratoires"}),
    (
        "::: figures\n- −4.5 % fewer\n  (source: poll)\n:::",
        {"value": "−4.5 %", "label": "fewer", "source": "poll"},
    ),
    ("::: agenda\n9 h : Accueil\n:::", {"starts": "9 h", "title": "Accueil"}),
    ("::: programme\n9:30 am Welcome\n:::", {"starts": "9:30 am", "title": "Welcome"}),
    (
        "::: documents\n- Le rapport : https://a.example/r.pdf\n:::",
        {"title": "Le rapport", "link": "https://a.example/r.pdf"},
    ),
    (
        "::: documents\n- Le rapport\n  www.a.example\n:::",
        {"title": "Le rapport", "link": "www.a.example"},
    ),
    ("::: interviews\n- Nom : Ada\n  Titre : comtesse\n:::", {"name": "Ada", "role": "comtesse"}),
]
"""What people type who have not read the page about blocks."""


@pytest.mark.parametrize(("text", "values"), AS_TYPED)
def test_an_entry_is_read_as_people_type_it(text, values):
    assert faults_of(text) == []
    (opening,) = [it for it in new_parser().parse(text) if it.type == "block_open"]
    (entry,) = opening.meta["block"].entries
    assert {key: value.text for key, value in entry.values.items()} == values


def test_an_address_alone_is_the_link_of_a_block_and_a_quotation_may_have_its_sign():
    live, quoted = (
        "::: en direct\nhttps://a.example\n:::",
        "::: citation\n> Oui.\n> — Ada, comtesse\n:::",
    )
    blocks = [
        token.meta["block"].whole
        for text in (live, quoted)
        for token in new_parser().parse(text)
        if token.type == "block_open"
    ]

    assert blocks[0].values["link"].target == "https://a.example"
    assert [value.text for value in blocks[1].text] == ["Oui."]
    assert {key: it.text for key, it in blocks[1].values.items()} == {
        "speaker": "Ada",
        "role": "comtesse",
    }


@pytest.mark.parametrize("line", ["::: anglais Read", "::: english Read", "::: langue en Read"])
def test_a_section_may_be_named_by_its_language_alone(line):
    (section,) = [it for it in new_parser().parse(f"{line}\nx\n:::") if it.type == "section_open"]

    assert section.attrs["lang"] == "en"


SIZE = 90_000


def bombs(size):
    """Texts of about `size` signs that a rule would read again and again if it looked back."""
    return {
        "openings": "::: chiffres\n" * (size // 13),
        "closed": "::: chiffres\n:::\n" * (size // 17),
        "signs": ":::\n" * (size // 4),
        "colons": ":" * size,
        "blanks": f"::: chiffres x{' ' * size}y\n- a{' ' * size}b : c\n:::\n",
        "facts": f"::: facts\na{' ' * size}b\n:::\n",
        "entries": "::: chiffres\n" + "- 1 : a\n" * (size // 8) + ":::\n",
        "goes on": "::: programme\n- 9 h : x\n" + "  y\n" * (size // 4) + ":::\n",
        "unknown keys": "::: programme\n- 9 h : x\n" + "  zzzz : y\n" * (size // 11) + ":::\n",
        "quoted": "> ::: chiffres\n" * (size // 15),
        "sections": "::: langue en\n" * (size // 14),
        "counted": f"::: chiffres\n- 1{' ' * size}-\n:::\n",
        "hours apart": f"::: programme\n9 h{' ' * size}- x\n:::\n",
        "hours": f"::: programme\n- {'1h' * (size // 2)}\n:::\n",
    }


@pytest.mark.parametrize("bomb", bombs(0))
def test_ninety_kilobytes_of_anything_are_read_line_by_line(bomb):
    def work(size):
        text = bombs(size)[bomb]
        return calls_of(lambda: new_parser().parse(text))

    assert work(SIZE // 5) <= 2.3 * work(SIZE // 10) + 2_000
    new_parser().parse(bombs(SIZE)[bomb])  # what a pattern does by itself is no call


@given(st.text(alphabet=":- \nachifresldktquo—0129&<>[]()!*`é", max_size=200))
def test_any_lines_between_the_signs_are_read_without_an_error(lines):
    for name in NAMES:
        list(new_parser().parse(f"::: {name}\n{lines}\n:::\n"))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(words):
    assert folded(folded(words)) == folded(words)


EXAMPLES = [
    (language.code, name) for language in LANGUAGES for name in language.block_words.examples
]


@pytest.mark.parametrize(("code", "name"), EXAMPLES)
def test_every_example_is_read_without_a_fault_and_stands_in_the_docs(code, name):
    example = next(it for it in LANGUAGES if it.code == code).block_words.examples[name]

    assert opening_of(example.split("\n")[0]).name == name
    assert faults_of(example) == []
    assert example in DOCS


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda it: it.code)
def test_every_block_has_an_example_and_every_word_stands_in_the_docs(language):
    words = language.block_words

    assert set(words.examples) == set(NAMES)
    written = [word for each in words.names.values() for word in each.split(", ")]
    assert [word for word in written if f"`{word}`" not in DOCS] == []
