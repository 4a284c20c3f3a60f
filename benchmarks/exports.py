"""How long each format takes for many verified claims, and how much memory.

    python -m benchmarks.exports [--claims 100000] [--format NAME]… [--workspace]

Each format is written in a process of its own, from made-up articles whose claims are streamed.
With ``--workspace`` whole commands are measured, on a workspace with so many decided claims: each
export, and ``claims verify``, ``networks`` and ``report`` (``benchmarks/workspace.py``).
Prints seconds, those that the processor worked for it, the peak of memory in MB and the size of
what was written; the exit code is 1 where a format took 60 s or 1 GB of 100,000 claims, or more.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.export.formats import FORMATS, write_export
from pipeline.export.gather import Gathered
from pipeline.files import sha256_of_text
from pipeline.records import Claim, Extraction, Form, Holder, Kind, Mention, Sentence, Span, Stance

CLAIMS = 100_000
MOST_SECONDS = 60.0
MOST_MEGABYTES = 1000.0
AN_ARTICLE = 50
"""How many claims each article has, one a sentence."""

HOLDERS: tuple[tuple[str, str | None, str | None, str], ...] = (
    ("Chile", "country:CL", "CL", "state"),
    ("Namibia", "country:NA", "NA", "state"),
    ("The OAS", "org:OAS", None, "organisation"),
    ("Mexico’s government", "country:MX", "MX", "state"),
    ("The delegates’ spokeswoman", None, None, "person"),
)
CUES = (
    ("rejected", "oppose"),
    ("backed", "support"),
    ("warned against", "oppose"),
    ("voted for", "support"),
    ("took note of", "neutral"),
)
TARGETS: tuple[tuple[str, str | None, str], ...] = (
    ("the draft treaty", "concept.trade.treaty", "Treaty"),
    ("a ban on arms exports", "concept.arms.ban", "Ban on arms exports"),
    ("the new trade rules", "concept.trade.rules", "Trade rules"),
    ("further sanctions", None, ""),
)
ENDS = ("on Monday", "after long talks", "in a letter to the assembly", "despite much pressure")


def main() -> int:
    """Run the benchmark and print its figures as JSON, one line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--format", action="append", choices=list(FORMATS), dest="formats")
    parser.add_argument("--workspace", action="store_true", help="whole commands on a workspace")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.formats[0], options.claims)))
        return 0
    if options.workspace:
        from benchmarks.workspace import measure_commands

        measured = measure_commands(options.claims, options.formats)
    else:
        names = options.formats or FORMATS
        measured = (in_its_own_process(name, options.claims) for name in names)
    slow = False
    for found in measured:
        print(json.dumps(found), flush=True)
        slow = slow or found["seconds"] >= MOST_SECONDS or found["megabytes"] >= MOST_MEGABYTES
    return 1 if slow and options.claims <= CLAIMS else 0


def in_its_own_process(name: str, claims: int) -> dict[str, Any]:
    """The figures of a format; its memory is that of a new process."""
    command = [sys.executable, "-m", "benchmarks.exports", "--here", "--claims", str(claims)]
    done = subprocess.run([*command, "--format", name], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(name: str, claims: int) -> dict[str, Any]:
    """What writing so many claims took, in this process."""
    gathered = made_up(claims)
    with TemporaryDirectory() as folder:
        begun, worked = time.perf_counter(), time.process_time()
        path = Path(folder) / f"claims{FORMATS[name].suffix}"
        written = write_export(path, name, gathered)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
        size = sum(path.stat().st_size for path in written.paths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "format": name,
        "claims": claims,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "megabytes": round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1),
        "written_megabytes": round(size / 1e6, 3),
        "not_held": list(written.not_held),
    }


def made_up(claims: int) -> Gathered:
    """So many verified claims, made as they are asked for, and their articles."""
    ids = [f"note-{number:05}" for number in range(-(-claims // AN_ARTICLE))]
    articles = {article: make_article(number) for number, article in enumerate(ids)}
    return Gathered(lambda: _records(articles, claims), claims, articles)


def make_article(number: int, length: int = AN_ARTICLE) -> Extraction:
    """A made-up article of so many sentences, each with a claim; no two are alike."""
    random = Random(number)
    pieces: list[str] = []
    sentences, mentions, found = [], [], []
    start = 0
    for place in range(length):
        holder, entity, _, kind = random.choice(HOLDERS)
        cue, stance = random.choice(CUES)
        target, _, _ = random.choice(TARGETS)
        sentence = f"{holder} {cue} {target} {random.choice(ENDS)}, as item {place} has it."
        cue_start = start + len(holder) + 1
        target_start = cue_start + len(cue) + 1
        sentences.append(Sentence(start, start + len(sentence)))
        mentions.append(Mention(start, start + len(holder), Kind(kind), entity))
        found.append(
            Claim(
                id=f"{number:05}-{place:02}-4f6d0c1a",
                holder=Holder(start, start + len(holder), entity),
                cue=Span(cue_start, cue_start + len(cue)),
                stance=Stance(stance),
                form=Form.STATEMENT,
                target=Span(target_start, target_start + len(target)),
                score=0.5 + place / 101,
            )
        )
        pieces.append(sentence)
        start += len(sentence) + 1
    metadata = {
        "title": f"Note {number} of the session",
        "date": f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}",
        "publisher": ("The Paper", "A Weekly")[number % 2],
        "language": "en",
    }
    text = "\n".join(pieces)
    return Extraction(
        f"note-{number:05}", text, tuple(sentences), tuple(mentions), tuple(found), None, metadata
    )


def _records(articles: dict[str, Extraction], claims: int) -> Iterator[dict[str, Any]]:
    left = claims
    for article in articles.values():
        sha256 = sha256_of_text(article.text)
        for place, claim in enumerate(article.claims[:left]):
            yield _record(article, sha256, place, claim)
        left -= AN_ARTICLE


def _record(article: Extraction, sha256: str, place: int, claim: Claim) -> dict[str, Any]:
    """The claim as the verified dataset has it, with what concepts and entities add."""

    def quote(span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": span.text_in(article.text)}

    target = claim.target or claim.cue
    name, country, kind = _known(claim.holder.span.text_in(article.text))
    concept, label = _concept(target.text_in(article.text))
    mapped = {"id": concept, "label": label, "stance": claim.stance.value, "turned": False}
    return {
        "version": 1,
        "id": claim.id,
        "article": article.article,
        "metadata": dict(article.metadata),
        "text_sha256": sha256,
        "sentence": quote(article.sentences[place].span),
        "holder": {
            **quote(claim.holder.span), "entity": claim.holder.entity, "kind": kind,
            "name": name, "country": country,
        },
        "cue": quote(claim.cue),
        "stance": claim.stance.value,
        "form": claim.form.value,
        "target": quote(target),
        "negated": False,
        "hedged": place % 7 == 0,
        "attribution": None,
        "source": "human",
        "verdict": "accepted",
        "reviewers": ["ana@example.org", "bo@example.org"][: 1 + place % 2],
        "agreement": {"rule": "majority", "agree": 1 + place % 2, "asked": 2, "adjudicated": False},
        "decided_at": f"2026-01-{1 + place % 28:02}T10:00:{place:02}.123456Z",
        "decisions": [f"decision-{claim.id}"],
        "comments": ["Is that so?"] if place % 20 == 0 else [],
        "shown": claim.id,
        "machine": {
            "score": claim.score,
            "cue": "cue.reject.reject",
            "rules": ["rule.holder.subject", "rule.target.object"],
            "inferences": [],
            "provenance": {"package": "stance-claims==0", "text_sha256": sha256},
        },
        "anchored": "exact",
        "antecedent": None,
        "target_reads": target.text_in(article.text),
        "concepts": [mapped] if concept else [],
    }  # fmt: skip


@lru_cache
def _known(words: str) -> tuple[str | None, str | None, str]:
    entity, country, kind = next(one[1:] for one in HOLDERS if one[0] == words)
    return (words if entity else None), country, kind


@lru_cache
def _concept(words: str) -> tuple[str | None, str]:
    return next(one[1:] for one in TARGETS if one[0] == words)


if __name__ == "__main__":
    sys.exit(main())
