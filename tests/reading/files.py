"""Small PDF, DOCX and HTML files, made here so that nobody else's text is in the tests."""

from __future__ import annotations

import zipfile
from io import BytesIO

Line = tuple[float, float, str]
"""Where a line begins on the page (points from the left, from the bottom), and its words."""

Relation = tuple[str, str, str]
"""What a part of a DOCX file refers to: the last word of its type, the target, and the mode."""


def pdf(
    pages: list[list[Line]],
    *,
    catalog: str = "",
    trailer: str = "",
    info: str = "",
    sheet: str = "",
    more: tuple[str, ...] = (),
) -> bytes:
    """A PDF file of A4 pages in Helvetica, 11 points.

    ``catalog``, ``trailer``, ``info`` and ``sheet`` (of every page) are further entries; ``more``
    are further objects, the first with number 5 + 2 * the number of pages.
    """
    objects = ["", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", f"<< {info} >>"]
    kids = []
    for lines in pages:
        drawn = "".join(f"1 0 0 1 {x} {y} Tm ({escaped(words)}) Tj " for x, y, words in lines)
        content = f"BT /F1 11 Tf {drawn}ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R {sheet} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return written([*objects, *more], trailer)


def escaped(words: str) -> str:
    """The words as a string of a PDF file."""
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def written(objects: list[str], trailer: str = "") -> bytes:
    """A PDF file of these objects, the first its catalogue and the fourth its information."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return out + f"{head}{table}trailer\n{end}\nstartxref\n{len(out)}\n%%EOF\n".encode("latin-1")


def pdf_of_stream(content: bytes, filters: str = "/FlateDecode") -> bytes:
    """A PDF file of one page that is drawn by ``content``, which is packed already."""
    stream = f"<< /Length {len(content)} /Filter {filters} >>\nstream\n".encode() + content
    whole = pdf([[]])
    start, end = whole.index(b"<< /Length"), whole.index(b"\nendstream")
    return whole[:start] + stream + whole[end:]  # the table of offsets is wrong, and repaired


def encrypted_pdf() -> bytes:
    """A PDF file that says it is encrypted, with a password that nobody has."""
    key = "00" * 32
    crypt = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{'ab' * 32}> /P -4 >> "
        f"/ID [<{'cd' * 16}> <{'cd' * 16}>]"
    )
    return pdf([[(72, 700, "Chile objected.")]], trailer=crypt)


def docx(
    body: str,
    *,
    extra: dict[str, bytes] | None = None,
    title: str = "",
    relations: dict[str, list[Relation]] | None = None,
) -> bytes:
    """A DOCX file with the given XML in its body; ``relations`` are by the name of a part."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        f'ContentType="{kinds}-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="'
        f'{kinds}-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="'
        f'{kinds}-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{package}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{core}" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        "<dc:creator>A. Paz</dc:creator></cp:coreProperties>",
    }
    for part, found in (relations or {}).items():
        folder, _, name = part.rpartition("/")
        lines = "".join(
            f'<Relationship Id="x{number}" Type="{office}/{kind}" Target="{target}" '
            f'TargetMode="{mode}"/>'
            for number, (kind, target, mode) in enumerate(found)
        )
        members[f"{folder}/_rels/{name}.rels"] = (
            f'<Relationships xmlns="{package}/relationships">{lines}</Relationships>'
        )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def paragraph(words: str, *, style: str = "") -> str:
    """The XML of a paragraph of a DOCX file."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def page(article: str, *, head: str = "") -> bytes:
    """An HTML page with a menu, a script and a foot around its article."""
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article>{article}</article>"
        "<script>document.write('hidden')</script>"
        "<footer>Copyright. Subscribe to our newsletter.</footer></body></html>"
    ).encode()
