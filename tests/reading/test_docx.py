"""Word documents: what a reader sees with changes accepted, each thing once and parted."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from pipeline.errors import ArticleError
from pipeline.reading.docx import convert_docx
from pipeline.reading.docx_styles import Styles, read_styles
from pipeline.reading.safety import run_bounded
from tests.reading.files import docx

SPACES = " ".join(
    f'xmlns:{name}="http://schemas.{space}"'
    for name, space in (
        ("mc", "openxmlformats.org/markup-compatibility/2006"),
        ("wps", "microsoft.com/office/word/2010/wordprocessingShape"),
        ("m", "openxmlformats.org/officeDocument/2006/math"),
    )
)


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def par(*runs: str, mark: str = "") -> str:
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{inside}</w:p>"


def cell(*inside: str) -> str:
    return f"<w:tc>{''.join(inside)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def control(inside: str, levels: int = 1) -> str:
    opening, closing = "<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"
    return opening * levels + inside + closing * levels


def box(*inside: str) -> str:
    held = f"<w:txbxContent>{''.join(inside)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{held}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{held}</w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def convert(body: str) -> list[str]:
    data = docx(body.replace("<w:p>", f"<w:p {SPACES}>").replace("<w:sdt>", f"<w:sdt {SPACES}>"))
    return convert_docx(data).text.removesuffix("\n").split("\n\n")


DELETED = "<w:del w:id='1' w:author='x'/>"
MOVED = "<w:moveFrom w:id='1' w:author='x'/>"
HIDDEN = "<w:vanish/>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (par("Chile backs ", box(par("Mali left.")), "it."), ["Chile backs it.", "Mali left."]),
        (
            par("One.", box(par("Two."), par("Three.", box(par("Four."))))) + par("Five."),
            ["One.", "Two.", "Three.", "Four.", "Five."],
        ),
        (par(box(table(cell(par("A")) + cell(par("B"))))), ["A\tB"]),
    ],
)
def test_a_text_box_follows_its_paragraph(body: str, expected: list[str]) -> None:
    assert convert(body) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (cell(par("Mali")) + cell(par("No")), ["Mali\tNo"]),
        (cell(par("Mali")) + cell(par("No."), par("Never.")), ["Mali", "No.", "Never."]),
        (cell(par("Mali")) + cell(par("No", "<w:r><w:br/></w:r>", "way")), ["Mali\tNo way"]),
        (cell(par("Mali")) + cell(table(cell(par("A")) + cell(par("B"))), par("C")), None),
        (cell(control(par("Mali"))) + control(cell(par("No"))), ["Mali\tNo"]),
        (
            cell(par("Mali")) + "<w:tc><w:tcPr><w:cellDel/></w:tcPr>" + par("No") + "</w:tc>",
            ["Mali"],
        ),
        ("<w:trPr><w:del/></w:trPr>" + cell(par("Mali")), ["end"]),
        ("<w:trPr><w:ins/></w:trPr>" + cell(par("Mali")), ["Mali"]),
    ],
)
def test_cells_and_their_paragraphs_are_parted(row: str, expected: list[str] | None) -> None:
    found = convert(table(row) + par("end"))
    assert found == [
        *(expected or ["Mali", "A\tB", "C"]),
        *([] if expected == ["end"] else ["end"]),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (par("Italy backed ", mark=DELETED) + par("it."), ["Italy backed it."]),
        (
            par("A ", mark=DELETED) + par("b ", mark=DELETED) + par("c.") + par("D."),
            ["A b c.", "D."],
        ),
        (control(par("Italy ", mark=DELETED)) + par("left."), ["Italy left."]),
        (par("Last", mark=DELETED), ["Last"]),
        (par("Cell", mark=DELETED) + table(cell(par("x"))), ["Cell", "x"]),
        (par("A.", mark="<w:ins/>") + par("B."), ["A.", "B."]),
        (
            par(f"<w:moveFrom>{run('Togo left.')}</w:moveFrom>", mark=MOVED)
            + par("Mali stayed.")
            + par(f"<w:moveTo>{run('Togo left.')}</w:moveTo>"),
            ["Mali stayed.", "Togo left."],
        ),
        (
            par("It ", "<w:del><w:r><w:delText>backs</w:delText></w:r></w:del>")
            + par(f"<w:ins>{run('Kept.')}<w:del>{run('Gone.')}</w:del></w:ins>"),
            ["It", "Kept."],
        ),
    ],
)
def test_tracked_changes_are_accepted(body: str, expected: list[str]) -> None:
    assert convert(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (par(run("Cuba left.", HIDDEN), "Mali stayed."), ["Mali stayed."]),
        (par(run("Cuba left.", "<w:vanish w:val='0'/>")), ["Cuba left."]),
        (par(run("Cuba left.", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")), None),
        (par("Scope.", mark=HIDDEN) + par("It is wide."), ["Scope. It is wide."]),
        (par(f"<w:r><w:rPr>{HIDDEN}</w:rPr>{box(par('Hidden.'))[5:]}", "Seen."), ["Seen."]),
    ],
)
def test_hidden_text_is_left_out(body: str, expected: list[str] | None) -> None:
    assert convert(body) == (expected or ["Cuba left."])


def test_a_style_that_hides_hides_and_the_note_counts_the_words() -> None:
    document = Document()
    for name, kind, based in (("Quiet", 1, None), ("Quieter", 1, "Quiet"), ("Whisper", 2, None)):
        style = document.styles.add_style(name, kind)
        if based is None:
            style.font.hidden = True
        else:
            style.base_style = document.styles[based]
    document.add_paragraph("Two words", style="Quieter")
    document.add_paragraph("Mali ").add_run("really ", style="Whisper")
    document.paragraphs[-1].add_run("stayed.")
    document.add_paragraph("Shown", style="Quiet").runs[0].font.hidden = False
    stream = BytesIO()
    document.save(stream)
    found = convert_docx(stream.getvalue())
    assert found.text == "Mali stayed.\n\nShown\n"
    assert found.notes == ("from DOCX", "hidden text left out, 3 words")


def test_styles_that_are_based_on_each_other_end() -> None:
    document = Document()
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for name, based in (("a", "b"), ("b", "a")):
        document.styles.element.append(
            parse_xml(
                f'<w:style xmlns:w="{word}" w:type="paragraph" w:styleId="{name}">'
                f'<w:basedOn w:val="{based}"/></w:style>'
            )
        )
    assert not read_styles(document).hides(None, "a")
    assert not Styles().hides(None, "")


@pytest.mark.parametrize("levels", [1, 3, 40])
def test_a_content_control_gives_its_text_once(levels: int) -> None:
    inside = par("Chile ", control(run("rejected"), levels), " it.")
    assert convert(par("A.") + control(inside, levels) + par("B.")) == [
        "A.",
        "Chile rejected it.",
        "B.",
    ]


def test_a_control_nested_twice_as_deep_takes_no_longer_than_twice() -> None:
    def seconds(levels: int) -> float:
        data = docx(control(par("Chile left.") * 200, levels))
        begun = time.process_time()
        assert convert_docx(data).text.count("Chile") == 200
        return time.process_time() - begun

    seconds(2)
    assert seconds(80) < 8 * max(seconds(20), 0.02)
    with pytest.raises(ArticleError) as caught:
        run_bounded(convert_docx, docx(control(par("Chile left."), 5_000)), name="a.docx")
    assert caught.value.cause == "malformed"


FIELD = (
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{}</w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r>{}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (FIELD.format("REF a", run("Mali")), "Chile Mali left."),
        (
            FIELD.format(
                "IF </w:instrText></w:r>" + FIELD.format("REF a", run("5")) + "<w:r><w:t/>"
                "<w:instrText> = 5",
                run("Mali"),
            ),
            "Chile Mali left.",
        ),
        (f"<w:fldSimple w:instr='REF a'>{run('Mali')}</w:fldSimple>", "Chile Mali left."),
        (f"<w:hyperlink>{run('Mali')}</w:hyperlink>", "Chile Mali left."),
        ("<w:r><w:tab/></w:r>", "Chile \t left."),
        ("<w:r><w:noBreakHyphen/></w:r>", "Chile - left."),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0B7'/></w:r>", "Chile  left."),
        ("<w:r><w:sym w:font='Arial' w:char='2014'/></w:r>", "Chile — left."),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "Chile x=1 left."),
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:t>A</w:t></mc:Choice><mc:Fallback><w:t>B</w:t>"
            "</mc:Fallback></mc:AlternateContent></w:r>",
            "Chile A left.",
        ),
    ],
)
def test_what_a_run_shows_is_its_text(inside: str, expected: str) -> None:
    assert convert(par("Chile ", inside, " left.")) == [expected]


@pytest.mark.parametrize(
    ("before", "raised", "expected"),
    [
        ("the pact", "12", "the pact"),
        ("the pact.", "3,4", "the pact."),
        ("5 km", "2", "5 km2"),
        ("10", "12", "1012"),
        ("the pact", "th", "the pactth"),
    ],
)
def test_the_number_of_a_note_is_left_out(before: str, raised: str, expected: str) -> None:
    assert convert(par(before, run(raised, "<w:vertAlign w:val='superscript'/>"))) == [expected]


def test_a_mark_of_the_writers_for_a_note_is_left_out() -> None:
    note = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='2'/><w:t>*</w:t></w:r>"
    assert convert(par("It fell", note, ".")) == ["It fell."]
