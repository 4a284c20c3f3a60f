from __future__ import annotations

from dataclasses import replace

from pipeline.cli.marking import to_brackets, to_colours, to_row, to_table
from pipeline.files import sha256_of_text
from pipeline.records import Claim, Extraction, Form, Holder, Kind, Mention, Span, Stance

TEXT = "Chile rejected the OAS draft."


def extraction(text: str = TEXT, **changes: object) -> Extraction:
    claim = {
        "id": "c1",
        "holder": Holder(0, 5, "country:CL"),
        "cue": Span(6, 14),
        "stance": Stance.OPPOSE,
        "form": Form.ACTION,
        "target": Span(15, 28),
    }
    return Extraction(
        "vote",
        text,
        mentions=(
            Mention(0, 5, Kind.STATE, "country:CL"),
            Mention(19, 22, Kind.ORGANISATION, "org:OAS"),
        ),
        claims=(Claim(**{**claim, **changes}),),  # type: ignore[arg-type]
    )


def test_brackets_nest_and_number_the_claims() -> None:
    assert to_brackets(extraction()) == (
        "[Chile]{ACTOR country:CL, holder 1} [rejected]{cue:oppose 1} "
        "[the [OAS]{ORGANISATION org:OAS} draft]{target 1}.\n"
    )


def test_the_table_has_pages_where_the_article_has_them() -> None:
    assert [str(column.header) for column in to_table(extraction()).columns][-1] == "notes"
    source = {"text_sha256": sha256_of_text(TEXT)}
    found = replace(extraction(), metadata={"pages": [0, 6], "source": source})
    column = to_table(found).columns[-1]
    assert (column.header, [str(cell) for cell in column.cells]) == ("page", ["2"])


def test_spans_that_begin_together_are_opened_from_the_longest() -> None:
    text = "OAS members agree."
    found = Extraction(
        "a",
        text,
        mentions=(
            Mention(0, 3, Kind.ORGANISATION, "org:OAS"),
            Mention(0, 11, Kind.GROUP, "group:oas-members"),
        ),
    )
    assert to_brackets(found) == (
        "[[OAS]{ORGANISATION org:OAS} members]{ACTOR group:oas-members} agree.\n"
    )


def test_a_text_that_ends_with_a_mark_has_it_closed() -> None:
    found = Extraction("a", "Ask Chile", mentions=(Mention(4, 9, Kind.STATE, "country:CL"),))
    assert to_brackets(found) == "Ask [Chile]{ACTOR country:CL}\n"


def test_escapes_and_markup_of_the_text_are_shown_not_obeyed() -> None:
    text = "Chile rejected the OAS dra\x1bt. [bold]x[/bold] [link=file:///etc]y[/link]"
    found = extraction(text)
    assert "\x1b" not in to_brackets(found)
    assert "[bold]x[/bold]" in to_colours(found).plain
    assert to_colours(found).plain == text.replace("\x1b", "␛")
    assert to_row(found, found.claims[0])[3] == "the OAS dra␛t"


def test_colours_are_by_type_and_by_stance() -> None:
    marked = to_colours(extraction())
    styles = {(span.start, span.end): str(span.style) for span in marked.spans}
    assert styles[19, 22] == "bold magenta"
    assert styles[6, 14] == "bold reverse red"
    assert styles[15, 28] == "underline"


def test_a_row_names_the_entity_of_a_pronoun_and_what_qualifies_the_claim() -> None:
    found = extraction(
        holder=Holder(0, 5, "org:CELAC", inferred=True),
        target=None,
        negated=True,
        hedged=True,
        attribution=Holder(19, 22, "org:OAS"),
    )
    assert to_row(found, found.claims[0]) == (
        "Chile = org:CELAC",
        "oppose",
        "rejected",
        "—",
        "action, negated, hedged, says OAS",
    )


def test_the_table_has_a_row_a_claim() -> None:
    found = extraction()
    table = to_table(found)
    assert table.row_count == 1
    assert [str(column.header) for column in table.columns] == [
        "#",
        "holder",
        "stance",
        "cue",
        "target",
        "notes",
    ]
