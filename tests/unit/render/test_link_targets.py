"""The targets of links: completed, recognised, corrected."""

import pytest

from mailer.render.link_targets import completed, correction, opens, readable


@pytest.mark.parametrize(
    ("target", "whole"),
    [
        ("www.institut.example", "https://www.institut.example"),
        ("institut.example", "https://institut.example"),
        ("institut.example/programme?a=1#b", "https://institut.example/programme?a=1#b"),
        ("institut.example:8443/x", "https://institut.example:8443/x"),
        ("//cdn.institut.example/x", "https://cdn.institut.example/x"),
        ("académie.example", "https://académie.example"),
        ("acad%C3%A9mie.example", "https://acad%C3%A9mie.example"),
        ("presse@institut.example", "mailto:presse@institut.example"),
        ("a@b.example,c@d.example", "mailto:a@b.example,c@d.example"),
        ("01 23 45 67 89", "tel:0123456789"),
        ("+33 (0)1 23 45 67 89", "tel:+33123456789"),
        ("tel:01%2023%2045%2067%2089", "tel:0123456789"),
        ("https://institut.example/a", "https://institut.example/a"),
        (
            "mailto:a@b.example?subject=Recherche%20&%20Associations&body=Bonjour",
            "mailto:a@b.example?subject=Recherche%20%26%20Associations&body=Bonjour",
        ),
        ("mailto:a@b.example?subject=100%25%20#1", "mailto:a@b.example?subject=100%25%20%231"),
        ("mailto:a@b.example?subject=a&amp;body=b", "mailto:a@b.example?subject=a&body=b"),
    ],
)
def test_a_missing_scheme_is_added_and_a_mail_keeps_its_fields(target, whole):
    assert completed(target) == whole
    assert opens(whole)
    assert completed(whole) == whole


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("https:/www.institut.example", "https://www.institut.example"),
        ("http//institut.example", "https://institut.example"),
        ("https//institut.example/a", "https://institut.example/a"),
        ("htpps://institut.example", "https://institut.example"),
        ("https://https://institut.example/a", "https://institut.example/a"),
        ("https;//institut.example", "https://institut.example"),
        ("https:\\\\institut.example", "https://institut.example"),
        ("mailto://presse@institut.example", "mailto:presse@institut.example"),
        ("mailto: presse@institut.example", "mailto:presse@institut.example"),
        ("https://insti\u200btut.example", "https://institut.example"),
        ("https://institut.example/\u202egnp.exe", "https://institut.example/gnp.exe"),
        ("https://stranger.example\\@institut.example", ""),
        ("hptts://institut.example", "https://institut.example"),
        ("mail:presse@institut.example", "mailto:presse@institut.example"),
        ("programme.pdf", ""),
        ("dossier de presse.pdf", ""),
        ("/programme", ""),
        ("../photo.html", ""),
        ("file:///C:/programme.pdf", ""),
        ("C:\\programme.pdf", ""),
        ("ftp://institut.example", ""),
        ("javascript:alert(1)", ""),
        ("https://institut", ""),
        ("le site", ""),
    ],
)
def test_what_does_not_open_is_corrected_when_one_can_say(target, meant):
    whole = completed(target)

    assert not opens(whole)
    assert correction(whole) == meant


def test_a_name_in_punycode_is_shown_in_its_letters_unless_it_may_deceive():
    assert readable("https://xn--acadmie-eya.example/a") == "https://académie.example/a"
    assert readable("presse@xn--acadmie-eya.example") == "presse@académie.example"
    assert readable("https://xn--80ak6aa92e.example") == "https://xn--80ak6aa92e.example"
    assert readable("https://a.example/xn--") == "https://a.example/xn--"
