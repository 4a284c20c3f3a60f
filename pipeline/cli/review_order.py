"""The order of review by effect, which asks the networks: what no part below them can know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import say
from pipeline.dataset.records import Order

if TYPE_CHECKING:
    from pipeline.review.work import Workspace

OrderOption = Annotated[
    Order | None,
    typer.Option(
        "--order",
        help="What comes first (docs/review.md): what is likeliest to be wrong, article after "
        "article, or what changes the network most. By default as annotations/review.toml has it, "
        "or risk.",
        show_default=False,
    ),
]
SampleOption = Annotated[
    float | None,
    typer.Option(
        "--sample",
        min=0,
        max=1,
        help="The share of all passages that are mixed in at random, to tell how good the rest is; "
        "0 for none. By default as annotations/review.toml has it, or 0.1.",
        show_default=False,
    ),
]


def effects_of(workspace: Workspace) -> Callable[[], Mapping[str, float]]:
    """What tells how much the decision on each undecided claim can change, when it is asked."""

    def find() -> Mapping[str, float]:
        from pipeline.cli.gathering import gather_claims
        from pipeline.cli.options import chosen_rule
        from pipeline.concepts.statements import statements
        from pipeline.dataset.ledger import read_decisions
        from pipeline.networks.effect import find_effects
        from pipeline.reprocess.merge import settled_claims

        folders = workspace.corpus, workspace.annotations
        rule = chosen_rule(workspace.annotations, None)
        verified = gather_claims(*folders, rule=rule, models=None, extracted=False)
        machine = gather_claims(*folders, rule=rule, models=None, extracted=True)
        settled = settled_claims(read_decisions(workspace.ledger), machine.articles)
        scores = {
            claim.id: claim.score
            for article in machine.articles.values()
            for claim in article.claims
            if claim.id not in settled
        }
        undecided = (record for record in machine.claims() if record["id"] in scores)
        every = (one for records in (verified.claims(), undecided) for one in statements(records))
        found = find_effects(every, scores)
        if scores and not any(found.values()):
            say("no undecided claim changes the network: by risk, then. See: claims concepts")
        return found

    return find
