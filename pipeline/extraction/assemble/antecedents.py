"""What a pronoun as target refers to: the "It" of "It was endorsed by Chile".

Only the plain cases are answered. Source: codebook §2.13; the subject of the sentence before is
what centering theory expects a subject pronoun to continue.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.target import Target
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.spans import span_of
from pipeline.language.syntax import children, is_verbal
from pipeline.language.words import (
    EVENTS_MEANT,
    THINGS_MEANT,
)
from pipeline.records import Span


def find_antecedent(target: Target | None) -> Span | None:
    """What a one-word target refers to in the sentence before; None where it is not plain."""
    if target is None or len(target.span) != 1 or target.head.sent.start == 0:
        return None
    token = target.head
    before = token.doc[token.sent.start - 1].sent
    if token.lower_ in EVENTS_MEANT and token.dep_ in NOMINAL_SUBJECTS:
        whole = span_of(token.doc, before.start, before.end)
        return Span(whole.start_char, whole.end_char) if whole is not None else None
    if token.lower_ not in THINGS_MEANT:
        return None
    plural = token.lower_ != "it"
    if token.dep_ in NOMINAL_SUBJECTS:
        return _phrase(before.root, NOMINAL_SUBJECTS, plural=plural)
    if token.dep_ == "dobj" and token.head == token.sent.root:
        return _phrase(before.root, ("dobj",), plural=plural)
    return None


def _phrase(root: Token, deps: tuple[str, ...], *, plural: bool) -> Span | None:
    if not is_verbal(root):
        return None
    for subject in children(root, *deps):
        several = subject.tag_ in ("NNS", "NNPS") or bool(children(subject, "conj"))
        if subject.pos_ == "PRON" or several != plural:
            return None
        span = span_of(root.doc, subject.left_edge.i, subject.right_edge.i + 1)
        return Span(span.start_char, span.end_char) if span is not None else None
    return None
