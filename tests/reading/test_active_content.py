"""Files that would run something are refused by name; links, plain forms and charts are not."""

from __future__ import annotations

import pytest

from pipeline.errors import ArticleError
from pipeline.reading import pdf_active
from pipeline.reading.docx import convert_docx
from pipeline.reading.pdf import convert_pdf
from pipeline.reading.safety import run_bounded
from tests.reading.files import Relation, docx, paragraph, pdf

SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
LINK = "<< /S /URI /URI (https://example.org/vote) >>"


def one_page(**entries: str) -> bytes:
    """A PDF of one page; ``more`` are the objects from number 7, one a line."""
    more = tuple(entries.pop("more", "").splitlines())
    return pdf([[(72, 700, "Chile objected.")]], more=more, **entries)  # type: ignore[arg-type]


def noted(*entries: str) -> bytes:
    """A PDF of one page with a note of each of these entries."""
    notes = " ".join(f"<< /Type /Annot /Rect [0 0 9 9] {entry} >>" for entry in entries)
    return one_page(sheet=f"/Annots [{notes}]")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (one_page(catalog=f"/OpenAction {SCRIPT}"), "JavaScript"),
        (one_page(catalog="/OpenAction 7 0 R", more=SCRIPT), "JavaScript"),
        (one_page(catalog="/OpenAction << /S /Launch /F (calc.exe) >>"), "Launch"),
        (one_page(catalog="/AA << /WC << /S /SubmitForm /F (x) >> >>"), "SubmitForm"),
        (one_page(catalog="/AA 7 0 R", more=f"<< /DP {SCRIPT} >>"), "JavaScript"),
        (one_page(catalog=f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >> >>"), "JavaScript"),
        (
            one_page(
                catalog="/Names << /JavaScript << /Kids [7 0 R] >> >>",
                more=f"<< /Limits [(a) (a)] /Names [(a) 8 0 R] >>\n{SCRIPT}",
            ),
            "JavaScript",
        ),
        (one_page(sheet=f"/AA << /O {SCRIPT} >>"), "JavaScript"),
        (
            one_page(more=f"<< /Type /NoPage /AA << /O {SCRIPT} >> >>").replace(
                b"/Kids [6 0 R]", b"/Kids [6 0 R 7 0 R]"
            ),
            "JavaScript",
        ),
        (noted("/Subtype /Link /A << /S /Launch /F (calc.exe) >>"), "Launch"),
        (noted(f"/Subtype /Link /A {LINK}", f"/Subtype /Screen /AA << /PO {SCRIPT} >>"), "JavaS"),
        (noted(f"/Subtype /Link /PA {SCRIPT}"), "JavaScript"),
        (noted("/Subtype /Link /A << /S /URI /URI (JavaScript:alert\\(1\\)) >>"), "JavaScript"),
        (noted("/Subtype /RichMedia"), "RichMedia"),
        (
            one_page(
                sheet="/Annots [<< /Subtype /3D /3DD 7 0 R >>]",
                more="<< /Subtype /U3D /OnInstantiate 8 0 R >>\n<< >>",
            ),
            "JavaScript",
        ),
        (
            noted("/Subtype /Screen /A << /S /Rendition /OP 0 /JS (app.alert\\(1\\)) >>"),
            "JavaScript",
        ),
        (one_page(catalog="/AcroForm << /XFA 7 0 R /Fields [] >>", more="[(a) 8 0 R]"), "XFA"),
        (
            one_page(
                catalog="/AcroForm << /Fields [7 0 R] >>",
                more=f"<< /T (a) /Kids [8 0 R] >>\n<< /FT /Tx /AA << /K {SCRIPT} >> >>",
            ),
            "JavaScript",
        ),
        (
            one_page(
                catalog="/Outlines 7 0 R",
                more=f"<< /First 8 0 R >>\n<< /Next 9 0 R /A {LINK} >>\n<< /A {SCRIPT} >>",
            ),
            "JavaScript",
        ),
        (
            noted(
                "/Subtype /Link /A << /S /GoTo /D [0] /Next [<< /S /Named /N /NextPage "
                "/Next << /S /ImportData /F (x) >> >>] >>"
            ),
            "ImportData",
        ),
    ],
)
def test_a_pdf_that_would_run_something_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(ArticleError, match=rf"a\.pdf.*active content \({what}") as caught:
        run_bounded(convert_pdf, data, name="a.pdf")
    assert caught.value.cause == "active-content"


@pytest.mark.parametrize(
    "data",
    [
        noted(
            f"/Subtype /Link /A {LINK}",
            "/Subtype /Link /A << /S /GoTo /D [0 /Fit] /Next << /S /Named /N /NextPage >> >>",
            "/Subtype /Link /A << /S /GoToR /F (other.pdf) /D [0 /Fit] >>",
            "/Subtype /Link /Dest [0 /Fit]",
            "/Subtype /Text /Contents (JavaScript)",
            "/Subtype /FileAttachment /FS << /Type /Filespec /F (data.xlsx) >>",
            "/Subtype /Movie /A << /ShowControls true >>",
        ),
        one_page(
            catalog="/OpenAction [5 0 R /Fit] /AcroForm << /Fields [7 0 R 8 0 R] >>",
            sheet="/Annots [7 0 R 8 0 R 99 0 R]",
            more="<< /Subtype /Widget /FT /Tx /T (name) /V (JavaScript) >>\n"
            "<< /Subtype /Widget /FT /Btn /T (clear) /A << /S /ResetForm >> >>",
        ),
        one_page(
            catalog="/Names << /EmbeddedFiles << /Names [(a) << /F (a.csv) >>] >> "
            "/Dests << /Names [(b) [5 0 R /Fit]] >> /JavaScript << /Names [] >> >>"
        ),
        one_page(
            catalog="/OpenAction 7 0 R",
            more=f"<< /S /GoTo /Next 8 0 R >>\n{LINK.removesuffix('>>')} /Next 7 0 R >>",
        ),
        one_page(catalog="/OpenAction 7 0 R /AA 8 0 R", more="7 0 R\n9 0 R\n8 0 R"),
        one_page(catalog="/StructTreeRoot << /K [<< /S /P /A << /S /Launch >> >>] >>"),
    ],
    ids=["links", "form", "names", "cycle", "references", "structure"],
)
def test_links_forms_and_attachments_are_no_active_content(data: bytes) -> None:
    assert convert_pdf(data).text == "Chile objected.\n"


def test_no_more_than_so_many_objects_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    data = noted(*["/Subtype /Link"] * 500)
    assert convert_pdf(data).text == "Chile objected.\n"
    monkeypatch.setattr(pdf_active, "MAX_OBJECTS", 400)
    with pytest.raises(ArticleError, match="more than 400") as caught:
        convert_pdf(data)
    assert caught.value.cause == "too-large"


def field(*pieces: str) -> str:
    """The XML of a field whose instruction is cut into ``pieces``."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Chile objected.</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


NESTED = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>D</w:instrText></w:r>'
    + field("PAGE").removeprefix("<w:p>").removesuffix("</w:p>")
    + "<w:r><w:instrText>DE cmd</w:instrText></w:r></w:p>"
)
HEADER = (
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f"{field('DDE cmd')}</w:hdr>"
).encode()
WORD = "word/document.xml"


def related(kind: str, target: str, mode: str = "External", part: str = WORD) -> bytes:
    """A document of which a part refers to ``target``."""
    found: dict[str, list[Relation]] = {part: [(kind, target, mode)]}
    return docx(paragraph("Chile objected."), relations=found)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (docx(paragraph("A"), extra={"word/vbaProject.bin": b"x"}), "vbaProject.bin"),
        (docx(paragraph("A"), extra={"word/activeX/activeX1.xml": b"<a/>"}), "activeX"),
        (docx(paragraph("A"), extra={"word/embeddings/oleObject1.bin": b"x"}), "oleObject1.bin"),
        (docx(paragraph("A"), extra={"word/embeddings/a.xlsx": b"x"}), "a.xlsx"),
        (related("vbaProject", "harmless.bin", "Internal"), "vbaProject harmless"),
        (related("control", "a.xml", "Internal"), "control"),
        (related("aFChunk", "a.mht", "Internal"), "aFChunk"),
        (related("oleObject", "https://example.org/x!a"), "oleObject https"),
        (related("attachedTemplate", "https://example.org/x.dotm"), "attachedTemplate https"),
        (related("frame", "https://example.org/x"), "frame"),
        (related("oleObject", "http://x/a", part="word/charts/chart1.xml"), "oleObject http"),
        (docx(field("DDEAUTO c:\\\\x.exe")), "DDE"),
        (docx(field(" DD", "E ", "cmd")), "DDE"),
        (docx(NESTED), "DDE"),
        (docx('<w:p><w:fldSimple w:instr=" dde cmd"/></w:p>'), "DDE"),
        (docx(paragraph("A"), extra={"word/header1.xml": HEADER}), "DDE"),
    ],
)
def test_a_document_that_would_run_something_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(ArticleError, match=rf"a\.docx.*active content \(.*{what}") as caught:
        run_bounded(convert_docx, data, name="a.docx")
    assert caught.value.cause == "active-content"


@pytest.mark.parametrize(
    "data",
    [
        related("hyperlink", "https://example.org/vote"),
        related("image", "https://example.org/map.png"),
        related("attachedTemplate", "file:///C:\\Templates\\Report.dotm"),
        related("oleObject", "file:///C:\\data.xlsx", part="word/charts/chart1.xml"),
        docx(field(' HYPERLINK "https://example.org/DDE" ')),
        docx(field(" TOC \\o DDE ")),
        docx(
            paragraph("Chile objected."),
            extra={"word/embeddings/Sheet1.xlsx": b"x", "word/charts/chart1.xml": b"<c/>"},
            relations={
                "word/charts/chart1.xml": [
                    ("package", "../embeddings/Sheet1.xlsx", "Internal"),
                ]
            },
        ),
    ],
    ids=["link", "picture", "template", "chart-link", "field", "contents", "chart"],
)
def test_links_charts_and_own_templates_are_no_active_content(data: bytes) -> None:
    assert convert_docx(data).text == "Chile objected.\n"
