"""Articles of every kind of character, with claims on them, for round trips of exports."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from pipeline.dataset.records import Position, Rule, Verdict, VerifiedClaim, quote
from pipeline.dataset.verified import to_json
from pipeline.export.gather import Gathered
from pipeline.files import sha256_of_text
from pipeline.records import Extraction, Form, Kind, Mention, Sentence, Span, Stance

PIECES = (
    *("Chile", "rejected", "the draft", "'s", "U.S.", "it", "don’t", "rock-n-roll", "“quoted”"),
    *("🇨🇱", "👩\u200d👩\u200d👧\u200d👦", "☀\ufe0f", "e\u0301te\u0301", "नमस्ते", "𝔘𝔫𝔦", "ﬁn", "…"),
    *("מקסיקו", "العربية", "\u200fشيلي\u200f", "a\u00a0b", "\u00a0", "\u2028", "\u200d", "\ufeff"),
    *("N" * 100, "Maria " * 16 + "Lopez", "<b>&amp;", "\t", '"', "\\", "{}"),
)
GLUE = ("", " ", "\n", "\u00a0", ", ", ". ")


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text with the spans of the pieces that it is made of."""
    text, spans = "", []
    for piece in draw(st.lists(st.sampled_from(PIECES), min_size=4, max_size=14)):
        spans.append(Span(len(text), len(text) + len(piece)))
        text += piece + draw(st.sampled_from(GLUE))
    return text, spans


@st.composite
def positions(draw: st.DrawFn, text: str, spans: list[Span]) -> Position:
    def piece() -> Span:
        one, other = sorted((draw(st.sampled_from(spans)), draw(st.sampled_from(spans))))
        return Span(one.start, max(one.end, other.end))

    told = draw(st.none() | st.just(True))
    return Position(
        holder=quote(text, draw(st.sampled_from(spans))),
        entity=draw(st.sampled_from([None, "country:CL", "person:mária-lópez", "org:OAS"])),
        cue=quote(text, draw(st.sampled_from(spans))),
        stance=draw(st.sampled_from(list(Stance))),
        form=draw(st.sampled_from(list(Form))),
        target=quote(text, piece()) if draw(st.booleans()) else None,
        negated=draw(st.booleans()),
        hedged=draw(st.booleans()),
        attribution=quote(text, draw(st.sampled_from(spans))) if told else None,
        attribution_entity=draw(st.sampled_from([None, "org:Reuters"])) if told else None,
    )


@st.composite
def exports(draw: st.DrawFn) -> Gathered:
    """One to three articles with zero to four verified claims each."""
    articles, records = {}, []
    for number in range(draw(st.integers(1, 3))):
        text, spans = draw(texts())
        name = f"note-{number}"
        mentions = tuple(Mention(one.start, one.end, Kind.STATE) for one in sorted(set(spans))[:3])
        metadata = {"title": draw(st.text(max_size=8)), "claims": [], "sentences": [1.5, None]}
        sentences = (Sentence(0, len(text)),)
        articles[name] = Extraction(name, text, sentences, mentions, metadata=metadata)
        for place in range(draw(st.integers(0, 4))):
            claim = verified(draw(positions(text, spans)), articles[name], f"v-{number}-{place}")
            records.append(to_json(replace(claim, comments=tuple(draw(COMMENTS)))))
    return Gathered(lambda: iter(records), len(records), articles)


COMMENTS = st.lists(st.sampled_from(("ok", "“why”\n</script>", "מה")), max_size=2)


def verified(position: Position, article: Extraction, name: str) -> VerifiedClaim:
    """The claim as people verified it."""
    return VerifiedClaim(
        id=name,
        article=article.article,
        text_sha256=sha256_of_text(article.text),
        position=position,
        sentence=quote(article.text, Span(0, len(article.text))),
        kind="state",
        verdict=Verdict.ACCEPTED,
        reviewers=("ana@example.com", "Бен"),
        asked=2,
        rule=Rule.MAJORITY,
        adjudicated=False,
        decided_at="2026-01-01T10:00:00.000000Z",
        decisions=("d-1",),
        metadata=article.metadata,
    )


def by_id(records: list[dict]) -> list[dict]:
    return sorted(records, key=lambda record: (record["article"], record["id"]))
