"""A made-up workspace with many decided claims, and how long the commands that read it take.

    python -m benchmarks.exports --workspace [--claims 100000] [--format NAME]…

``claims export`` in each format, ``verify``, ``networks``, ``report``, ``rules`` and ``entities
--suggest`` run on it, one after the other, each in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.exports import make_article
from pipeline.dataset.extracted import ids_by_words
from pipeline.dataset.ledger import LEDGER, line_for
from pipeline.dataset.lines import with_id
from pipeline.dataset.machine import machine_of
from pipeline.dataset.records import CODEBOOK, Decision, Origin, Position, Verdict, quote
from pipeline.export.formats import FORMATS
from pipeline.export.rows import position_of
from pipeline.files import sha256_of_text
from pipeline.jsonl import line_for as extraction_line_for
from pipeline.reading.metadata import to_toml
from pipeline.records import Claim, Evidence, Extraction, Form, Provenance

CLAIMS_OF_AN_ARTICLE = 20
_EDITED = 10
"""Of every so many claims one was edited."""

CONCEPTS = """\
- id: concept.trade.treaty
  label: Treaty
  patterns: [draft treaty]
- id: concept.arms.exports
  label: Arms exports
  patterns: [arms export]
- id: concept.trade.rules
  label: Trade rules
  patterns: [trade rule]
"""


def measure_commands(claims: int, formats: list[str] | None) -> Iterator[dict[str, Any]]:
    """The figures of each command on a workspace of so many claims, in a temporary folder."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_workspace(folder, claims)
        for command, words in commands(formats):
            yield measure_command(folder, command, words)


def make_workspace(folder: Path, claims: int) -> None:
    """Make a corpus, its extractions and a ledger with a decision on each of so many claims."""
    corpus, annotations = folder / "corpus", folder / "annotations"
    corpus.mkdir(parents=True)
    (annotations / "extracted").mkdir(parents=True)
    concepts = folder / "models" / "concepts"
    concepts.mkdir(parents=True)
    (concepts / "made-up.yaml").write_text(CONCEPTS, encoding="utf-8")
    left = claims
    with (annotations / LEDGER).open("w", encoding="utf-8", newline="") as ledger:
        for number in range(-(-claims // CLAIMS_OF_AN_ARTICLE)):
            article = extracted_article(number)
            name = article.article
            (corpus / f"{name}.txt").write_text(article.text, encoding="utf-8", newline="")
            (corpus / f"{name}.toml").write_text(to_toml(article.metadata), encoding="utf-8")
            line = f"{extraction_line_for(article)}\n"
            (annotations / "extracted" / f"{name}.jsonl").write_text(line, encoding="utf-8")
            for decision in decisions_on(article, article.claims[:left]):
                ledger.write(f"{line_for(decision)}\n")
            left -= CLAIMS_OF_AN_ARTICLE


def extracted_article(number: int, length: int = CLAIMS_OF_AN_ARTICLE) -> Extraction:
    """A made-up article as the extractor would leave it."""
    made = make_article(number, length)
    evidence = Evidence("cue.reject.reject", ("rule.holder.subject", "rule.target.object"))
    provenance = Provenance(
        sha256_of_text(made.text), "stance-claims==0", "3.8", "en_core_web_md==3.8.0",
        sha256_of_text("model"), sha256_of_text("lexicon"),
    )  # fmt: skip
    claims = tuple(replace(claim, evidence=evidence) for claim in made.claims)
    found = replace(made, claims=claims, provenance=provenance)
    ids = ids_by_words(found)
    named = tuple(replace(claim, id=name) for claim, name in zip(claims, ids, strict=True))
    return replace(found, claims=named)


def decisions_on(article: Extraction, claims: tuple[Claim, ...]) -> Iterator[Decision]:
    sha256 = sha256_of_text(article.text)
    for place, claim in enumerate(claims):
        shown = position_of(claim, article.text)
        edited = place % _EDITED == 0
        decided = replace(shown, form=Form.ACTION) if edited else shown
        yield with_id(_decision(article, sha256, place, (claim, shown, decided)))


def _decision(
    article: Extraction, sha256: str, place: int, read: tuple[Claim, Position, Position]
) -> Decision:
    claim, shown, decided = read
    sentence = article.sentences[place].span
    return Decision(
        verdict=Verdict.EDITED if decided != shown else Verdict.ACCEPTED,
        article=article.article,
        text_sha256=sha256,
        claim=claim.id,
        shown=shown,
        decided=decided,
        context=quote(article.text, sentence),
        reviewer=("ana@example.org", "bo@example.org")[place % 2],
        decided_at=f"2026-01-{1 + place % 28:02}T10:00:{place:02}.123456Z",
        lead_time=12.5,
        unit_claims=1,
        comment="Is that so?" if place % CLAIMS_OF_AN_ARTICLE == 0 else "",
        origin=Origin(
            server="http://localhost:8080", project=1, task=place + 1, annotation=f"a-{claim.id}",
            unit=f"{article.article}:{place}", prediction=place, model="stance-claims==0",
        ),
        machine=machine_of(claim, article.provenance),
        codebook=CODEBOOK,
    )  # fmt: skip


def commands(formats: list[str] | None) -> Iterator[tuple[str, list[str]]]:
    """Each command's name, and its words."""
    for name in formats or FORMATS:
        yield f"export -f {name}", ["export", "-f", name, "-o", f"out/claims{FORMATS[name].suffix}"]
    if not formats:
        yield "verify", ["verify"]
        yield "networks", ["networks", "-o", "out/networks"]
        yield "report", ["report", "-o", "out/report.html"]
        yield "rules", ["rules"]
        yield "entities --suggest", ["entities", "--suggest"]


def measure_command(folder: Path, name: str, words: list[str]) -> dict[str, Any]:
    """What a command took in the workspace: seconds, those of the processor, MB at most."""
    rmtree(folder / "out", ignore_errors=True)
    (folder / "out").mkdir()
    used = measured(folder, words)
    return {
        "command": f"claims {name}",
        **used,
        "written_megabytes": round(_size_of(folder / "out"), 3),
    }


def measured(folder: Path, words: list[str]) -> dict[str, Any]:
    """What the command took in the folder: seconds, those of the processor, MB at most, exit code.

    The MB are those of its own process.
    """
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, sys.executable, "-c", _IN_FOLDER, str(folder), *words],
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    used = json.loads(done.stdout.splitlines()[-1])
    peak = used["maxrss"] / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return {
        "seconds": round(used["seconds"], 1),
        "cpu_seconds": round(used["cpu"], 1),
        "megabytes": round(peak, 1),
        "exit": used["exit"],
    }


_MEASURED = """
import json, os, sys, time
begun = time.perf_counter()
quiet = [(os.POSIX_SPAWN_DUP2, os.open(os.devnull, os.O_WRONLY), 1)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(child, 0)
print(json.dumps({
    "seconds": time.perf_counter() - begun, "cpu": used.ru_utime + used.ru_stime,
    "maxrss": used.ru_maxrss, "exit": os.waitstatus_to_exitcode(status),
}))
"""
# A process counts the memory of the one that started it as its own, so that one is a small one.
_IN_FOLDER = (
    "import os, sys; os.chdir(sys.argv.pop(1)); "
    "from pipeline.cli.main import main; sys.exit(main())"
)


def _size_of(folder: Path) -> float:
    """The MB of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
