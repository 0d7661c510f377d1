"""Only links to web pages, mail addresses and phone numbers leave, wherever they come from."""

from dataclasses import replace

import pytest

from mailer.errors import ContentError
from mailer.model.campaigns.campaign import Link, Partner
from mailer.render.outgoing_links import refused_targets
from tests.unit.render.conftest import (
    a_campaign,
    a_content,
    a_template,
    an_office,
    compiled,
)

REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\tjavascript:alert(1)",
    "java\nscript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://files.example/x",
    "ms-word:ofe|u|https://x.example",
    "intent://x#Intent;end",
    "sms:+33100000000",
    "blob:https://x.example/1",
    "cid:logo",
    "view-source:https://x.example",
]
LEAVE = [
    "https://institut.example/a?b=c:d",
    "HTTP://institut.example",
    "mailto:presse@institut.example?subject=a:b",
    "tel:+33100000000",
    "#top",
    "",
    "zq0123456789ab-0001-qz",
    "https://institut.example/zq0123456789ab-0001-qz",
]


@pytest.mark.parametrize("target", REFUSED)
@pytest.mark.parametrize(
    "page",
    [
        '<a href="{}">x</a>',
        "<a class='b' HREF='{}'>x</a>",
        '<!--[if mso]><v:roundrect href="{}"></v:roundrect><![endif]-->',
        '<form action="{}"></form>',
        '<svg><a xlink:href="{}">x</a></svg>',
    ],
)
def test_a_target_of_another_kind_is_found_wherever_it_stands(page, target):
    assert len(list(refused_targets(page.format(target)))) == 1


@pytest.mark.parametrize("target", LEAVE)
def test_web_mail_and_phone_leave(target):
    assert list(refused_targets(f'<a href="{target}">x</a> <a href={target or "#"}>y</a>')) == []


def test_a_text_about_links_is_no_link():
    html = '<p>href="javascript:x" and &lt;a href="ftp://x"&gt;</p><img src="cid:logo">'

    assert list(refused_targets(html)) == []


def refusal(**changes):
    with pytest.raises(ContentError) as refused:
        compiled(**changes)
    return refused.value.problems[0]


def test_a_link_of_the_campaign_file_does_not_leave_in_any_language():
    link = Link(
        "Dossier", "https://institut.example", translations={"fr": {"url": "ftp://x.example"}}
    )
    campaign = a_campaign(links=(link,))
    campaign = replace(campaign, lines={**campaign.lines, "links.0.url": 41})

    problem = refusal(campaign=campaign)

    assert (problem.where.file, problem.where.line) == (campaign.file, 41)
    assert problem.where.key == "links.1.url"
    assert "ftp://x.example" in str(problem.what)


def test_a_partners_page_of_another_kind_does_not_leave():
    problem = refusal(campaign=a_campaign(partners=(Partner("Amis", url="javascript:x"),)))

    assert problem.where.key == "partners.1.url"


def test_a_link_of_a_text_does_not_leave():
    assert "ftp" in str(refusal(content=a_content("# Titre\n\n[ici](ftp://x.example)\n")).what)


def test_a_link_of_the_configuration_does_not_leave():
    office = replace(an_office(), privacy_url="javascript:x")

    assert "javascript:x" in str(refusal(office=office).what)


def test_a_link_in_an_attribute_of_the_offices_template_does_not_leave():
    template = a_template()
    name = "base/footer.mjml.j2"
    body = template.files[name].replace("<p>", '<p><a href="file:///x">x</a>')

    problem = refusal(template=replace(template, files={**template.files, name: body}))

    assert problem.where.file == "templates/press/body.mjml.j2"


@pytest.mark.parametrize(
    "tag",
    [
        'İİ<A HREF="javascript:alert(1)">x</A>',
        'é€👩<a title="a > İ" Href=javascript:alert(1)>x</a>',
        "<p>href action ping</p><form ACTION='javascript:alert(1)'>",
    ],
)
def test_13_no_letter_before_a_tag_and_no_capital_in_it_hides_a_target(tag):
    assert list(refused_targets(tag)) == ["javascript:alert(1)"]
