"""A document of LibreOffice: read as one of Word is, and with the same care."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from mailer.errors import ContentError
from mailer.files.documents import read_document
from mailer.model.campaigns.tracked_changes import TrackedChanges

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{name}="{OASIS}:{path}:1.0"'
    for name, path in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip

LOOKS = (
    '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P9" style:parent-style-name="Title"/>'
)
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><office:change-info>'
    "<dc:creator>x</dc:creator></office:change-info></text:insertion></text:changed-region>"
    '<text:changed-region text:id="c2"><text:deletion><office:change-info/><text:p>12</text:p>'
    "</text:deletion></text:changed-region></text:tracked-changes>"
)
TRACKED = (
    'Le contrat dure <text:change text:change-id="c2"/><text:change-start text:change-id="c1"/>24'
    '<text:change-end text:change-id="c1"/> mois.'
)


def a_document(body, *, header="", content=None):
    """An .odt whose text is `body`."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", ZIP_STORED)
        archive.writestr(
            "content.xml",
            content
            or f"<office:document-content {NAMES}><office:automatic-styles>{LOOKS}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f'<office:document-styles {NAMES}><style:style style:name="Title"/>'
            f"<style:header>{header}</style:header></office:document-styles>",
        )
    return file.getvalue()


def read(document, changes=TrackedChanges.ACCEPT):
    converted = read_document(document, name="avis.odt", changes=changes)
    return converted.markdown, [str(each) for each in converted.left_out]


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ('<text:p text:style-name="Title">Titre</text:p>', "# Titre"),
        ('<text:p text:style-name="P9">Titre</text:p>', "# Titre"),
        ('<text:h text:outline-level="2">Un</text:h><text:p>a</text:p>', "## Un\n\na"),
        ('<text:p>Un <text:span text:style-name="T1">mot</text:span>.</text:p>', "Un **mot**."),
        ('<text:p><text:a xlink:href="https://a.example/">là</text:a></text:p>', "[là](https://a.example/)"),
        ("<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>", "- a"),
        ("<text:p>a<text:line-break/>b<text:s text:c='2'/>c</text:p>", "a\\\nb c"),
        ("<text:p>a&lt;b&gt; &amp; c</text:p>", "a<b> & c"),
        (
            ("<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>note</text:p></text:note-body></text:note>b</text:p>"),
            "ab\n\nnote",
        ),
    ],
)  # fmt: skip
def test_headings_lists_emphasis_links_and_notes_survive(body, markdown):
    assert read(a_document(body))[0] == markdown


@pytest.mark.parametrize(
    ("changes", "text"), [(TrackedChanges.ACCEPT, "24"), (TrackedChanges.REFUSE, "12")]
)
def test_tracked_changes_are_decided_and_said(changes, text):
    markdown, left_out = read(a_document(f"{CHANGES}<text:p>{TRACKED}</text:p>"), changes)

    assert markdown == f"Le contrat dure {text} mois."
    assert "inserted: “24”; deleted: “12”" in left_out[0]


def test_what_is_not_text_is_named_with_its_words_and_never_enters():
    markdown, left_out = read(
        a_document(
            "<text:p>a<office:annotation><dc:creator>x</dc:creator><text:p>à revoir</text:p>"
            '</office:annotation><text:span text:style-name="T2">secret</text:span>'
            "<draw:frame><draw:text-box><text:p>boîte</text:p></draw:text-box></draw:frame>"
            '<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>vue</svg:desc></draw:frame></text:p>'
            '<text:section text:display="none"><text:p>caché</text:p></text:section>',
            header="<text:p>SOUS EMBARGO</text:p>",
        )
    )

    assert markdown == "a"
    assert left_out == [
        "header or footer: “SOUS EMBARGO”",
        "comments: “à revoir”",
        "hidden text: “secret / caché”",
        "text boxes: “boîte”",
        "pictures",
    ]


def test_the_lines_of_a_box_stand_beside_the_text_without_the_comments_in_it():
    document = a_document(
        "<text:p>a<draw:frame><draw:text-box><text:p>Contact :</text:p><text:p>Zoé Roy<office:annotation>"
        "<text:p>à revoir</text:p></office:annotation></text:p></draw:text-box></draw:frame></text:p>"
    )

    assert read_document(document, name="a.odt").margins == ("Contact :\nZoé Roy",)


def test_a_footer_keeps_its_lines_and_its_links():
    document = a_document(
        "<text:p>a</text:p>",
        header='<text:p>Station<text:tab/>la <text:a xlink:href="https://a.example/carte">'
        "<text:span>carte</text:span></text:a></text:p><text:p>Zoé<text:s/>Roy</text:p>",
    )

    assert read_document(document, name="avis.odt").margins == (
        "Station\nla [carte](https://a.example/carte)\nZoé Roy",
    )


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize("content", ["<broken", BOMB, "x" * 61_000_000], ids=["xml", "dtd", "size"])
def test_a_damaged_or_hostile_document_is_refused(content):
    with pytest.raises(ContentError):
        read(a_document("", content=content))
