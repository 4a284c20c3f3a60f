"""An article with its mentions and claims marked: in brackets, in colours, and as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pipeline.cli.console import on_one_line, visible
from pipeline.dataset.imported import sources_of
from pipeline.files import sha256_of_text
from pipeline.reading.pages import page_of, pages_of
from pipeline.records import Claim, Extraction, Form, Holder, MentionType, Stance

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_MENTION_STYLES = {MentionType.ACTOR: "bold cyan", MentionType.ORGANISATION: "bold magenta"}
_STANCE_STYLES = {Stance.SUPPORT: "green", Stance.OPPOSE: "red", Stance.NEUTRAL: "yellow"}
_NOTHING = "—"


Kept = frozenset[str] | None
"""The ids of the claims that are shown; None where all are."""


def to_brackets(extraction: Extraction, kept: Kept = None) -> str:
    """The article's text with ``[words]{labels}`` around mentions, holders, cues and targets.

    Claims are numbered from 1, as in the table; those that are not kept count too. Text inside the
    marks stays as it is, but for characters that a terminal would obey.
    """
    labels: dict[tuple[int, int], list[str]] = defaultdict(list)
    for mention in extraction.mentions:
        labels[mention.start, mention.end].append(f"{mention.type} {mention.entity or _NOTHING}")
    for number, claim in _numbered(extraction, kept):
        for start, end, label in _roles(claim):
            labels[start, end].append(f"{label} {number}")
    text = visible(extraction.text)
    closing = {span: f"]{{{visible(', '.join(names))}}}" for span, names in labels.items()}
    opens: dict[int, str] = defaultdict(str)
    closes: dict[int, str] = defaultdict(str)
    for start, end in sorted(closing, key=lambda span: (span[0], -span[1])):
        opens[start] += "["
        closes[end] = closing[start, end] + closes[end]
    places = sorted({0, len(text), *opens, *closes})
    pieces = [
        closes[here] + opens[here] + text[here:following]
        for here, following in zip(places, [*places[1:], len(text)], strict=True)
    ]
    return "".join(pieces).rstrip("\n") + "\n"


def to_colours(extraction: Extraction, kept: Kept = None) -> Text:
    """The article's text, mentions coloured by type, cues by stance, targets underlined."""
    from rich.text import Text

    marked = Text(visible(extraction.text))
    for mention in extraction.mentions:
        marked.stylize(_MENTION_STYLES[mention.type], mention.start, mention.end)
    for _, claim in _numbered(extraction, kept):
        marked.stylize("bold", claim.holder.start, claim.holder.end)
        if claim.target is not None:
            marked.stylize("underline", claim.target.start, claim.target.end)
    for _, claim in _numbered(extraction, kept):
        style = f"bold reverse {_STANCE_STYLES[claim.stance]}"
        marked.stylize(style, claim.cue.start, claim.cue.end)
    return marked


def legend() -> Text:
    """What the colours of ``to_colours`` mean, on one line."""
    from rich.text import Text

    parts = [(kind.value.lower(), style) for kind, style in _MENTION_STYLES.items()]
    parts += [(stance.value, f"bold reverse {style}") for stance, style in _STANCE_STYLES.items()]
    return Text("  ").join(
        Text(name, style=style) for name, style in [*parts, ("target", "underline")]
    )


# The columns of the table of claims and how wide each may become; the optional go where all empty.
_COLUMNS = (
    ("#", None),
    ("holder", 18),
    ("stance", None),
    ("cue", 16),
    ("target", None),
    ("notes", 14),
    ("page", None),
)
_OPTIONAL = frozenset(["notes", "page"])


def to_table(extraction: Extraction, kept: Kept = None) -> Table:
    """The claims of an article, one a row, numbered from 1 in the order of the text.

    Where the article has pages, so has the table: each claim's is that of its cue.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    pages = pages_of(extraction.metadata, sha256_of_text(extraction.text))
    rows = [
        (str(number), *to_row(extraction, claim), str(page_of(pages, claim.cue.start) or ""))
        for number, claim in _numbered(extraction, kept)
    ]
    columns = [
        (name, [row[place] for row in rows], width)
        for place, (name, width) in enumerate(_COLUMNS)
        if name not in _OPTIONAL or any(row[place] for row in rows)
    ]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, _, width in columns:
        side: Literal["left", "right"] = "right" if name in ("#", "page") else "left"
        table.add_column(name, justify=side, max_width=width, overflow="fold")
    for place, (_, claim) in enumerate(_numbered(extraction, kept)):
        style = _STANCE_STYLES[claim.stance]
        table.add_row(
            *(Text(cells[place], style if name == "stance" else "") for name, cells, _ in columns)
        )
    return table


def to_row(extraction: Extraction, claim: Claim) -> tuple[str, str, str, str, str]:
    """Holder, stance, cue, target and notes of a claim, each on one line.

    A holder whose entity was inferred, such as a pronoun, has the entity beside it.
    """
    text = extraction.text
    target = _NOTHING if claim.target is None else claim.target.text_in(text)
    if claim.antecedent is not None:
        target = f"{target} = {claim.antecedent.text_in(text)}"
    notes = [
        *(["action"] if claim.form is Form.ACTION else []),
        *(["negated"] if claim.negated else []),
        *(["hedged"] if claim.hedged else []),
        *(
            [f"says {on_one_line(claim.attribution.span.text_in(text))}"]
            if claim.attribution
            else []
        ),
        *(f"from {on_one_line(name)}" for name in sources_of(claim)),
    ]
    return (
        _holder(text, claim.holder),
        claim.stance.value,
        on_one_line(claim.cue.text_in(text)),
        on_one_line(target),
        ", ".join(notes),
    )


def _numbered(extraction: Extraction, kept: Kept) -> Iterator[tuple[int, Claim]]:
    """The claims that are kept, each with its number among all, from 1."""
    for number, claim in enumerate(extraction.claims, start=1):
        if kept is None or claim.id in kept:
            yield number, claim


def _holder(text: str, holder: Holder) -> str:
    words = holder.span.text_in(text)
    return on_one_line(f"{words} = {holder.entity}" if holder.inferred and holder.entity else words)


def _roles(claim: Claim) -> Iterator[tuple[int, int, str]]:
    yield claim.holder.start, claim.holder.end, "holder"
    yield claim.cue.start, claim.cue.end, f"cue:{claim.stance}"
    if claim.target is not None:
        yield claim.target.start, claim.target.end, "target"
    if claim.attribution is not None:
        yield claim.attribution.start, claim.attribution.end, "attribution"
