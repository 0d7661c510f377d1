"""Advisories as offices write them: plain text files, some of them to be made into Word documents.

In a file for Word a line is a paragraph; `# ` begins a heading and `- ` an item, `| a | b |` is a
row of a table, `[label](url)` a link, `{+…+}` an insertion and `{-…-}` a deletion that were
tracked, `HEADER: ` the page header, `FOOTER: ` the page footer, a line of several for several
paragraphs, and `[comment: …]` a comment.
"""

import re
import tomllib
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "advisories"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OUTSIDE = ' TargetMode="External"'
_PIECE = re.compile(r"\{\+(.*?)\+\}|\{-(.*?)-\}|\[([^\]]*)\]\(([^)]*)\)|\*\*(.*?)\*\*")


def advisories(folder, answers):
    """The name, the text and the answers of each advisory of a folder."""
    for name, answer in tomllib.loads((FOLDER / folder / answers).read_text("utf-8")).items():
        yield name, (FOLDER / folder / name).read_text("utf-8"), answer


def as_word(text):
    """The bytes of the Word document that a file describes."""
    links, comments, body = [], [], []
    margins = {"header": [], "footer": []}
    for line in filter(str.strip, text.splitlines()):
        if line.startswith(("HEADER: ", "FOOTER: ")):
            margins[line[:6].lower()].append(_paragraph(line[8:], links))
        elif line.startswith("[comment: "):
            comments.append(line[10:-1])
        elif line.startswith("|"):
            cells = (cell.strip() for cell in line.strip("|").split("|"))
            row = f"<w:tr>{''.join(_cell(cell, links) for cell in cells)}</w:tr></w:tbl>"
            if body and body[-1].endswith("</w:tbl>"):
                body[-1] = body[-1].removesuffix("</w:tbl>") + row
            else:
                body.append(f"<w:tbl>{row}")
        else:
            body.append(_paragraph(line, links))
    return _archive(body, margins, comments, links)


def _cell(text, links):
    return f"<w:tc>{_paragraph(text, links)}</w:tc>"


def _paragraph(line, links):
    hashes = re.match(r"(#*) *", line)
    style = f'<w:pStyle w:val="Heading{len(hashes[1])}"/>' if hashes[1] else ""
    text = line[hashes.end() :]
    text = text.removeprefix("- ")
    runs, at = [], 0
    for piece in _PIECE.finditer(text):
        inserted, deleted, label, url, bold = piece.groups()
        runs.append(_run(text[at : piece.start()]))
        at = piece.end()
        if inserted is not None:
            runs.append(f'<w:ins w:id="{at}" w:author="x">{_run(inserted)}</w:ins>')
        elif deleted is not None:
            runs.append(f'<w:del w:id="{at}" w:author="x">{_run(deleted, "delText")}</w:del>')
        elif bold is not None:
            runs.append(_run(bold, marks="<w:b/>"))
        else:
            links.append(url)
            runs.append(f'<w:hyperlink r:id="link{len(links)}">{_run(label)}</w:hyperlink>')
    runs.append(_run(text[at:]))
    return f"<w:p><w:pPr>{style}</w:pPr>{''.join(runs)}</w:p>"


def _run(text, name="t", marks=""):
    said = f'<w:{name} xml:space="preserve">{escape(text)}</w:{name}>'
    said = said.replace("\t", f'</w:{name}><w:tab/><w:{name} xml:space="preserve">')
    return f"<w:r><w:rPr>{marks}</w:rPr>{said}</w:r>" if text else ""


def _archive(body, margins, comments, links):
    file = BytesIO()
    names = f'xmlns:w="{_W}" xmlns:r="{_R}"'
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _relations([("r1", "officeDocument", "word/document.xml")]))
        every = [(f"link{n}", "hyperlink", url) for n, url in enumerate(links, start=1)]
        for part in ("document", "header1", "footer1"):
            archive.writestr(f"word/_rels/{part}.xml.rels", _relations(every))
        archive.writestr(
            "word/document.xml",
            f"<w:document {names}><w:body>{''.join(body)}</w:body></w:document>",
        )
        for name, tag in (("header", "hdr"), ("footer", "ftr")):
            if margins[name]:
                said = f"<w:{tag} {names}>{''.join(margins[name])}</w:{tag}>"
                archive.writestr(f"word/{name}1.xml", said)
        if comments:
            said = "".join(
                f'<w:comment w:id="{n}">{_paragraph(text, [])}</w:comment>'
                for n, text in enumerate(comments)
            )
            archive.writestr("word/comments.xml", f"<w:comments {names}>{said}</w:comments>")
    return file.getvalue()


def _relations(every):
    each = (
        f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{escape(target)}"'
        f"{_OUTSIDE if kind == 'hyperlink' else ''}/>"
        for name, kind, target in every
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'
