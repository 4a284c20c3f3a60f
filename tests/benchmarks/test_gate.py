"""The gate: examples and pairs make the claims of the frozen run, and differences are seen."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.gate import (
    claims_of,
    digest,
    find_differences,
    grouped,
    read_digests,
    read_examples,
    read_pairs,
    run_all,
)
from pipeline.extraction.extract import extract_article
from pipeline.records import Article, Stance


def test_examples_and_pairs_make_the_claims_of_the_frozen_run(nlp):
    found = {item.id: claims for item, claims in run_all(nlp, [*read_examples(), *read_pairs()])}
    today = {name: digest(group) for name, group in grouped(found).items()}
    frozen = read_digests()
    changed = sorted(name for name, value in today.items() if frozen.get(name) != value)
    assert changed == [], "if it is meant: python -m benchmarks.gate --freeze, and say so"


def test_what_is_gained_lost_and_changed_is_told_apart(nlp):
    extraction = extract_article(nlp, Article("a", "Chile rejected the draft. Peru backed it."))
    was = claims_of(extraction)
    first, second = extraction.claims
    turned = replace(extraction, claims=(replace(first, stance=Stance.SUPPORT), second))
    (changed,) = find_differences("a", was, claims_of(turned))
    assert changed.sign == "~"
    (lost,) = find_differences("a", was, claims_of(replace(extraction, claims=(first,))))
    (gained,) = find_differences("a", claims_of(replace(extraction, claims=(first,))), was)
    assert (lost.sign, gained.sign) == ("-", "+")


def test_provenance_may_change(nlp):
    extraction = extract_article(nlp, Article("a", "Chile rejected the draft."))
    (claim,) = extraction.claims
    other = replace(claim, evidence=None)
    assert claims_of(extraction) == claims_of(replace(extraction, claims=(other,)))
