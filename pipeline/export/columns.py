"""The columns of the table of claims: where each stands in a claim's record, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

JOINT = " | "
"""What stands between several values in a cell."""


class Holds(StrEnum):
    """What the cells of a column hold. Days and moments are ISO 8601, as in the record."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``path`` leads to its value in the record of a claim.

    Where the value is a list, or stands in each object of one, ``joint`` parts its items.
    """

    about: str
    path: tuple[str, ...]
    holds: Holds = Holds.TEXT
    joint: str = ""


def _metadata(name: str, about: str, holds: Holds = Holds.TEXT) -> dict[str, Column]:
    return {name: Column(about, ("metadata", name), holds)}


def _span(name: str, words: str, begins: str, page: str) -> dict[str, Column]:
    ends = f"{begins.replace('begins', 'ends').partition(':')[0]}, exclusive"
    return {
        name: Column(words, (name, "text")),
        f"{name}_start": Column(begins, (name, "start"), Holds.INTEGER),
        f"{name}_end": Column(ends, (name, "end"), Holds.INTEGER),
        f"{name}_page": Column(page, (name, "page"), Holds.INTEGER),
    }


def _concept(name: str, about: str, holds: Holds = Holds.TEXT) -> Column:
    return Column(f"{about}; several are parted by |", ("concepts", name), holds, JOINT)


COLUMNS: Mapping[str, Column] = {
    "id": Column("the claim's permanent id", ("id",)),
    "article": Column("the article's id in the corpus", ("article",)),
    **_metadata("title", "the article's title"),
    **_metadata("author", "the article's author"),
    **_metadata("date", "the date of publication, to the day, month or year", Holds.DAY),
    **_metadata("publisher", "the publisher"),
    **_metadata("url", "where it was published"),
    **_metadata("language", "the article's language"),
    **_metadata("licence", "the licence under which the article may be used"),
    **_span(
        "sentence",
        "the sentence that the cue stands in",
        "where the sentence begins: code points of the article's text, from 0",
        "the page that it begins on, from 1; empty where the original has no pages",
    ),
    **_span(
        "holder",
        "who takes the position, in the text's words",
        "where the holder begins",
        "the page that the holder begins on",
    ),
    "holder_entity": Column(
        "who that is: country:XX (ISO 3166-1), org:, group: or person:", ("holder", "entity")
    ),
    "holder_name": Column(
        "what people call it; empty where nobody has resolved the holder", ("holder", "name")
    ),
    "holder_kind": Column("person, state, group or organisation", ("holder", "kind")),
    "holder_country": Column(
        "the holder's country, ISO 3166-1 alpha-2; NA is Namibia", ("holder", "country")
    ),
    **_span(
        "cue",
        "the words that carry the position",
        "where the cue begins",
        "the page that the cue begins on",
    ),
    "stance": Column(
        "support, oppose or neutral: of the holder to the target, after negation", ("stance",)
    ),
    "form": Column("statement (said, felt) or action (voted, banned, joined)", ("form",)),
    **_span(
        "target",
        "what the position is about; empty where the text leaves it to an earlier sentence",
        "where the target begins",
        "the page that the target begins on",
    ),
    **_span(
        "antecedent",
        "what a pronoun as target stands for",
        "where the antecedent begins",
        "the page that the antecedent begins on",
    ),
    "target_reads": Column("how the target reads: It [the Paris Call]", ("target_reads",)),
    "concept": _concept("id", "the id of the concept that takes the target"),
    "concept_label": _concept("label", "what the concept is called"),
    "concept_stance": _concept("stance", "the holder's stance on the concept"),
    "concept_turned": _concept(
        "turned", "true where the target is the concept turned round", Holds.FLAG
    ),
    "negated": Column("true where the cue itself is under negation", ("negated",), Holds.FLAG),
    "hedged": Column("true where the text does not assert it outright", ("hedged",), Holds.FLAG),
    **_span(
        "attribution",
        "who reports the position, where that is neither holder nor article",
        "where the attribution begins",
        "the page that the attribution begins on",
    ),
    "attribution_entity": Column("who that is", ("attribution", "entity")),
    "attribution_name": Column("what people call it", ("attribution", "name")),
    "source": Column("human: a person verified it; machine: nobody did", ("source",)),
    "verdict": Column("accepted, edited or added; empty for the machine's", ("verdict",)),
    "reviewers": Column("who decided it so, separated by blanks", ("reviewers",), joint=" "),
    "agree": Column("how many reviewers decided it so", ("agreement", "agree"), Holds.INTEGER),
    "asked": Column("how many reviewers judged it", ("agreement", "asked"), Holds.INTEGER),
    "adjudicated": Column(
        "true where a disagreement was settled", ("agreement", "adjudicated"), Holds.FLAG
    ),
    "decided_at": Column("when it was last decided, UTC", ("decided_at",), Holds.MOMENT),
    "anchored": Column(
        "exact, moved (the article was edited elsewhere) or orphan (its words are gone)",
        ("anchored",),
    ),
    "comments": Column("the reviewers' comments, separated by |", ("comments",), joint=JOINT),
    "score": Column(
        "the machine's confidence from 0 to 1; empty for added claims",
        ("machine", "score"),
        Holds.NUMBER,
    ),
    "rule": Column("the id of the rule whose cue found it", ("machine", "cue")),
    "text_sha256": Column("SHA-256 of the article's text (UTF-8)", ("text_sha256",)),
}  # fmt: skip
