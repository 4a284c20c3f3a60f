"""What the machine had said of a claim, as it stands beside a reviewer's decision."""

from __future__ import annotations

from pipeline.dataset.imported import is_only_imported, sources_of
from pipeline.dataset.records import Machine
from pipeline.records import Claim, Provenance


def machine_of(claim: Claim, provenance: Provenance | None) -> Machine:
    """Score, rules and provenance of a claim; ``imported`` in it names other extractors.

    A claim that was only imported has no provenance but that.
    """
    evidence, sources = claim.evidence, sources_of(claim)
    own = {} if provenance is None or is_only_imported(claim) else provenance.named()
    return Machine(
        score=claim.score,
        cue=evidence.cue if evidence else None,
        rules=evidence.rules if evidence else (),
        inferences=evidence.inferences if evidence else (),
        provenance={**own, **({"imported": ", ".join(sources)} if sources else {})},
    )
