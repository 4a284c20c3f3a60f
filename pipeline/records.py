"""Every noun of the program, as frozen records.

``Article`` → ``Sentence`` → ``Mention`` → ``Claim``. All offsets are half-open ``[start, end)``
counts of Unicode code points into ``Article.text``. What the fields mean is the codebook's
(``docs/codebook.md``); how they are written is in ``pipeline.jsonl``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class MentionType(StrEnum):
    """Whether a mention names an actor or an organisation."""

    ACTOR = "ACTOR"
    ORGANISATION = "ORGANISATION"


class Kind(StrEnum):
    """What sort of actor or organisation a mention names."""

    PERSON = "person"
    STATE = "state"
    GROUP = "group"
    ORGANISATION = "organisation"

    @property
    def mention_type(self) -> MentionType:
        """The type that mentions of this kind have."""
        return MentionType.ORGANISATION if self is Kind.ORGANISATION else MentionType.ACTOR


class Stance(StrEnum):
    """The holder's position on the target, after negation."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    NEUTRAL = "neutral"

    @property
    def opposite(self) -> Stance:
        """Support for oppose and the reverse; neutral stays neutral."""
        flipped = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT}
        return flipped.get(self, self)


class Form(StrEnum):
    """Whether a position was said or felt, or carried out."""

    STATEMENT = "statement"
    ACTION = "action"


class BlockKind(StrEnum):
    """What part of an article a block of lines is. Claims are drawn from ``BODY`` alone."""

    BODY = "body"
    HEADING = "heading"
    BYLINE = "byline"
    NOTE = "note"


class Source(StrEnum):
    """Which part of the extractor found a mention."""

    NER = "ner"
    LEXICON = "lexicon"
    ACRONYM = "acronym"
    COREFERENCE = "coreference"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of an article's text."""

    start: int
    end: int

    def text_in(self, text: str) -> str:
        """The words of ``text`` that this span covers.

        >>> Span(0, 6).text_in("Mexico objected.")
        'Mexico'
        """
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character.

        >>> Span(0, 4).overlaps(Span(4, 6))
        False
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """An article's canonical text, fixed when it was added, and its metadata."""

    id: str
    text: str
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; every character that is not white space lies in exactly one."""

    start: int
    end: int
    block: BlockKind = BlockKind.BODY

    @property
    def span(self) -> Span:
        """Where the sentence lies."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names somebody who can take a position."""

    start: int
    end: int
    kind: Kind
    entity: str | None = None
    sources: tuple[Source, ...] = ()
    score: float = 1.0
    inferred: bool = False

    @property
    def type(self) -> MentionType:
        """``ACTOR`` or ``ORGANISATION``, as the kind has it."""
        return self.kind.mention_type

    @property
    def span(self) -> Span:
        """Where the mention lies."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Holder:
    """The mention that takes a position; ``entity`` is what a pronoun refers to."""

    start: int
    end: int
    entity: str | None = None
    inferred: bool = False

    @property
    def span(self) -> Span:
        """Where the holder lies."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The mention that reports a position, with the words that it reports by.

    ``cue`` is the reporting verb and ``reported`` the clause that it reports, where the text has
    them: "Reuters [said] [that Mexico backs the draft]".
    """

    start: int
    end: int
    entity: str | None = None
    inferred: bool = False
    cue: Span | None = None
    reported: Span | None = None

    @property
    def span(self) -> Span:
        """Where the reporting mention lies."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a claim was made: the ids of the rules and the inferences, in order of use.

    ``cue`` is the id of the lexicon's entry, None where no entry made the claim; ``proposers`` are
    the names of those that read it in the text; ``weighed`` has what the learned judge saw of it,
    by the names of its features.
    """

    cue: str | None
    rules: tuple[str, ...] = ()
    inferences: tuple[str, ...] = ()
    proposers: tuple[str, ...] = ()
    weighed: Mapping[str, float] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """What made the claim: the id of the entry, else the names of the proposers.

        >>> Evidence(None, proposers=("reader",)).source
        'reader'
        """
        return self.cue or "+".join(self.proposers)


@dataclass(frozen=True, slots=True)
class Claim:
    """One holder's expressed position: holder, cue, stance, target.

    ``target`` is None where the text leaves it to an earlier sentence; ``antecedent`` is what a
    pronoun as target ("It was endorsed by") refers to, where that is plain. ``score`` lies in
    ``[0, 1]`` and ranks claims: higher ones are right more often.
    """

    id: str
    holder: Holder
    cue: Span
    stance: Stance
    form: Form
    target: Span | None = None
    antecedent: Span | None = None
    negated: bool = False
    hedged: bool = False
    attribution: Attribution | None = None
    score: float = 0.5
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What produced an extraction, by name, version and hash.

    ``learned_sha256`` is that of what the workspace's decisions taught, where that took effect.
    ``missing`` says which proposers could not read all of the text, and why: what they would have
    proposed is not there, and the article counts as changed until they could.
    """

    text_sha256: str
    package: str
    spacy: str
    model: str
    model_sha256: str
    lexicon_sha256: str
    reader_sha256: str | None = None
    learned_sha256: str | None = None
    missing: str | None = None

    def named(self) -> dict[str, str]:
        """What is recorded, by the names of the fields; what there was none of is left out."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article; the unit of the extracted files."""

    article: str
    text: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    provenance: Provenance | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
