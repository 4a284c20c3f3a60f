"""Whom a claim's holder means, asked of a marked sentence."""

from __future__ import annotations

from marked import parse_marked

from pipeline.extraction.coreference import Resolver
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import read_reference


def meant(nlp, marked, **metadata):
    """For each mark the entities of the claims that it holds, and those wanted by its label."""
    text, marks = parse_marked(marked)
    doc = nlp.make_doc(text)
    doc._.metadata = metadata
    doc = nlp(doc)
    found = []
    for start, end, label in marks:
        holders = [c.holder for c in doc._.claims if (c.holder.start, c.holder.end) == (start, end)]
        found.append((text[start:end], {str(holder.entity) for holder in holders}))
        assert found[-1][1], f"nobody holds at {text[start:end]!r} in {text!r}"
        found[-1] = (*found[-1], set(label.split(",")))
    return found


def check(nlp, marked, **metadata):
    """Every mark's claims are held by those whom its label names, and by nobody else."""
    for words, entities, wanted in meant(nlp, marked, **metadata):
        assert entities == wanted, words


def refers(nlp, marked, *, missing=""):
    """The entity of whom the first mark means; names with ``missing`` in them are no mentions."""
    text, marks = parse_marked(marked)
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name != "claim_matcher":
            doc = component(doc)
    if missing:
        doc._.mentions = tuple(m for m in doc._.mentions if missing not in text[m.start : m.end])
    found = Resolver(doc, read_reference(models_folders())).resolve(doc.char_span(*marks[0][:2]))
    return found.entity if found is not None else None
