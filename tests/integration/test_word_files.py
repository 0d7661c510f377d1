"""A Word document: nothing deleted, hidden or commented enters, and what is left out is named."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from mailer.errors import ContentError
from mailer.files.uploads import upload_suffix
from mailer.files.word_files import read_word
from mailer.model.campaigns.tracked_changes import TrackedChanges

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text, marks=""):
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, style=""):
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}{''.join(runs)}</w:p>"


def a_document(*paragraphs, **parts):
    """A .docx with these paragraphs, and further parts by name."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{RELS}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELS}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        body = "".join(paragraphs)
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


TRACKED = paragraph(
    run("Le contrat dure "),
    '<w:del w:id="1" w:author="x"><w:r><w:delText>12</w:delText></w:r></w:del>',
    f'<w:ins w:id="2" w:author="x">{run("24")}</w:ins>',
    run(" mois."),
)


def said(converted):
    return [str(each) for each in converted.left_out]


def test_headline_paragraphs_and_emphasis_survive():
    document = a_document(
        paragraph(run("Un titre"), style="Heading1"),
        paragraph(run("Un "), run("mot", "<w:b/>"), run(" et "), run("l’autre", "<w:i/>")),
    )

    assert read_word(document).markdown == "# Un titre\n\nUn **mot** et *l’autre*"


@pytest.mark.parametrize(
    ("changes", "text"), [(TrackedChanges.ACCEPT, "24"), (TrackedChanges.REFUSE, "12")]
)
def test_tracked_changes_are_decided_and_said(changes, text):
    converted = read_word(a_document(TRACKED), changes=changes)

    assert converted.markdown == f"Le contrat dure {text} mois."
    assert "2 tracked changes" in said(converted)[0]
    assert "inserted: “24”; deleted: “12”" in said(converted)[0]


def test_moved_text_stands_once_where_it_was_moved_to_or_from():
    moved = paragraph(
        f'<w:moveFrom w:id="1">{run("A")}</w:moveFrom>',
        run("-"),
        f'<w:moveTo w:id="2">{run("A")}</w:moveTo>',
    )

    assert read_word(a_document(moved)).markdown == "-A"
    assert read_word(a_document(moved), changes=TrackedChanges.REFUSE).markdown == "A-"


def test_hidden_text_never_enters():
    converted = read_word(a_document(paragraph(run("a"), run("secret", "<w:vanish/>"))))

    assert converted.markdown == "a"
    assert said(converted) == ["hidden text: “secret”"]


@pytest.mark.parametrize("marks", ['<w:rStyle w:val="Secret"/>', '<w:rStyle w:val="Plus"/>'])
def test_text_that_a_style_hides_never_enters(marks):
    styles = (
        f'<w:styles {W}><w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Plus"><w:basedOn w:val="Secret"/></w:style></w:styles>'
    )

    converted = read_word(a_document(paragraph(run("a"), run("secret", marks)), styles=styles))

    assert (converted.markdown, said(converted)) == ("a", ["hidden text: “secret”"])


def test_text_that_is_marked_as_not_hidden_stays():
    document = a_document(paragraph(run("a"), run("b", '<w:vanish w:val="0"/>')))

    assert read_word(document).markdown == "ab"


def test_headers_footers_comments_and_boxes_are_named():
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('boîte'))}</w:txbxContent></w:pict></w:r>"
    document = a_document(
        paragraph(run("a"), box),
        header1=f"<w:hdr {W}>{paragraph(run('SOUS EMBARGO'))}</w:hdr>",
        header2=f'<w:hdr {W} xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="BROUILLON"/></w:hdr>',
        comments=f'<w:comments {W}><w:comment w:id="0">{paragraph(run("à revoir"))}</w:comment></w:comments>',
    )

    converted = read_word(document)

    assert converted.markdown == "a"
    assert said(converted) == [
        "comments: “à revoir”",
        "header or footer: “SOUS EMBARGO / BROUILLON”",
        "text boxes: “boîte”",
    ]
    assert converted.margins == ("SOUS EMBARGO", "BROUILLON", "boîte")


def test_the_lines_of_a_box_stand_beside_the_text_once_and_without_what_was_deleted():
    gone = '<w:del w:id="1" w:author="x"><w:r><w:delText>perdu</w:delText></w:r></w:del>'
    box = f"<w:txbxContent>{paragraph(run('INVITATION'), gone)}{paragraph(run('Zoé Roy'))}</w:txbxContent>"
    document = a_document(
        paragraph(run("a"), f"<w:r><w:pict>{box}</w:pict><w:pict>{box}</w:pict></w:r>")
    )

    assert read_word(document).margins == ("INVITATION\nZoé Roy",)


@pytest.mark.parametrize(
    ("changes", "number"), [(TrackedChanges.ACCEPT, "24"), (TrackedChanges.REFUSE, "12")]
)
def test_a_footer_keeps_its_lines_and_its_links_and_decides_its_changes(changes, number):
    link = f'<w:hyperlink r:id="x1">{run("la ")}{run("carte")}</w:hyperlink>'
    document = a_document(
        paragraph(run("a")),
        footer1=f'<w:ftr {W} xmlns:r="{OFFICE}">'
        f"{paragraph(run('Station'), '<w:r><w:tab/></w:r>', link)}{TRACKED}"
        f"{paragraph(run('caché', '<w:vanish/>'))}</w:ftr>",
    )
    document = with_relation(document, "word/_rels/footer1.xml.rels", "https://a.example/carte")

    converted = read_word(document, changes=changes)

    assert converted.margins == (
        f"Station\n[la carte](https://a.example/carte)\nLe contrat dure {number} mois.",
    )


def with_relation(document, name, url):
    file = BytesIO(document)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(
            name,
            f'<Relationships xmlns="{RELS}/relationships"><Relationship Id="x1" '
            f'Type="{OFFICE}/hyperlink" Target="{url}" TargetMode="External"/></Relationships>',
        )
    return file.getvalue()


BROKEN = {
    "no archive": b"not a document",
    "empty": b"",
    "another archive": a_document().replace(b"word/document.xml", b"word/document.xmm"),
    "broken XML": a_document("<w:p>").replace(b"", b""),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_refused_at_its_field(content):
    with pytest.raises(ContentError) as refused:
        read_word(content)

    assert refused.value.problems[0].where.key == "word"


def test_an_archive_that_unpacks_to_gigabytes_is_refused_unread():
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 61_000_000)

    with pytest.raises(ContentError, match="too large"):
        read_word(file.getvalue())


def test_a_document_with_entities_is_refused():
    bomb = f'<!DOCTYPE a [<!ENTITY b "bbbb">]><w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    file = BytesIO(a_document())
    with ZipFile(BytesIO(a_document())) as old, ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "word/document.xml" else old.read(name))

    with pytest.raises(ContentError, match="damaged"):
        read_word(file.getvalue())


KINDS = {
    b"%PDF-1.7": ".pdf",
    b"\x89PNG\r\n\x1a\n..": ".png",
    b"\xff\xd8\xff\xe0": ".jpg",
    b"GIF89a": ".gif",
    b"RIFF0000WEBP": ".webp",
    a_document(): ".docx",
    b"<svg xmlns=''/>": None,
    b"<?xml version='1.0'?><svg/>": None,
    b"<html>": None,
    b"MZ\x90": None,
    b"PK\x03\x04broken": None,
    b"": None,
}


@pytest.mark.parametrize(("content", "suffix"), KINDS.items())
def test_a_file_is_known_by_its_content(content, suffix):
    assert upload_suffix(content) == suffix


def test_the_title_of_a_document_is_a_line_of_its_own_and_headings_stand_below_it():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>'
        "</w:style></w:styles>"
    )
    rels = (
        f'<Relationships xmlns="{RELS}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
    file = BytesIO(
        a_document(
            paragraph(run("La rade, cartographiée"), style="Titre"),
            paragraph(run("La station présente sa carte.")),
            paragraph(run("Ce que montre la carte"), style="Titre1"),
            paragraph(run("Trois ans de relevés.")),
            styles=styles,
        )
    )
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/_rels/document.xml.rels", rels)

    markdown = read_word(file.getvalue()).markdown

    assert markdown.split("\n\n") == [
        "# La rade, cartographiée",
        "La station présente sa carte.",
        "## Ce que montre la carte",
        "Trois ans de relevés.",
    ]
