"""The links of a header or a footer, which are not in the text."""

from datetime import date

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise

NONE = (None, None)


@pytest.mark.parametrize(
    ("margin", "expected"),
    [
        ("[La carte des crues](https://a.example/carte)", ("La carte des crues", "https://a.example/carte")),
        ("En savoir plus : https://a.example/carte", ("En savoir plus", "https://a.example/carte")),
        ("More information: https://a.example/map.", ("More information", "https://a.example/map")),
        ("[ici](https://a.example/carte)", NONE),
        ("[https://a.example](https://a.example)", NONE),
        ("[z.roy@a.example](mailto:z.roy@a.example)", NONE),
        ("[La carte](javascript:alert)", NONE),
        ("www.a.example", NONE),
        ("Institut des crues – https://a.example", NONE),
        ("Site : https://a.example", NONE),
    ],
)  # fmt: skip
def test_a_link_of_a_footer_is_taken_with_words_that_say_where_it_leads(margin, expected):
    found = recognise(
        "# Titre\n\nTexte.\n", language="fr", today=date(2027, 1, 11), margins=(margin,)
    )

    assert (found.value("links", 0, "label"), found.value("links", 0, "url")) == expected


def test_a_link_of_the_text_is_not_given_again_by_the_footer():
    link = "[La carte des crues](https://a.example/carte)"
    other = "[Les relevés bruts](https://a.example/releves)"
    text = f"# Titre\n\nTexte.\n\nEn savoir plus : {link}\n"

    found = recognise(
        text, language="fr", today=date(2027, 1, 11), margins=(f"{link}\n{other}", other)
    )

    assert [fact.value for fact in found.facts if fact.path[-1] == "url"] == [
        "https://a.example/carte",
        "https://a.example/releves",
    ]
