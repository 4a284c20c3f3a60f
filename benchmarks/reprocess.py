"""How long a run over an unchanged corpus takes, against the first run; and that it writes nothing.

    python -m benchmarks.reprocess --articles 5000

Each run is what ``claims run`` does, from loading the model on: files are added, articles
extracted, and the extractions merged with the decisions. Prints both times and their ratio; the
exit code is 1 where the second run took 3 % of the first or more, or wrote anything.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from pipeline.reading.corpus import Corpus
from pipeline.reading.ingest import add_files
from pipeline.reprocess.workspace import merge_workspace
from pipeline.runs.corpus import extract_corpus

LIMIT = 0.03
HOLDERS = ("Chile", "Peru", "Brazil", "The OAS", "Mexico’s government", "The foreign minister")
VERBS = ("rejected", "backed", "voted for", "warned against", "criticised", "refused to sign")
TARGETS = ("the draft treaty", "a ban on arms exports", "the new trade rules", "further sanctions")
ENDS = ("on Monday", "after long talks", "in a letter to the assembly", "despite much pressure")
FILLERS = (
    "Delegates had met in the capital for the whole of the week.",
    "The session, the ninth of its kind, was opened by the chair at noon.",
    "Trade between the two coasts has grown for more than a decade.",
    "Observers in the hall counted some four hundred people.",
)


def main() -> int:
    """Run the benchmark and print its figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--sentences", type=int, default=30, help="in each article")
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = list(make_articles(folder / "inbox", options.articles, options.sentences))
        first = time_run(paths, folder)
        before = snapshot(folder)
        second = time_run(paths, folder)
        unchanged = snapshot(folder) == before
    ratio = second / first
    figures = {
        "articles": options.articles,
        "sentences": options.sentences,
        "first_seconds": round(first, 2),
        "unchanged_seconds": round(second, 2),
        "ratio": round(ratio, 4),
        "wrote_nothing": unchanged,
    }
    print(json.dumps(figures))
    return 0 if ratio < LIMIT and unchanged else 1


def make_articles(folder: Path, count: int, sentences: int) -> list[Path]:
    """The files of that many made-up articles, no two alike."""
    folder.mkdir()
    random, paths = Random(7), []
    for number in range(count):
        lines = [f"Note {number} of the session"]
        for _ in range(sentences):
            if random.random() < 0.4:
                lines.append(random.choice(FILLERS))
            else:
                parts = (random.choice(pool) for pool in (HOLDERS, VERBS, TARGETS, ENDS))
                lines.append(" ".join(parts) + ".")
        paths.append(folder / f"note-{number:05}.txt")
        paths[-1].write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return paths


def time_run(paths: list[Path], folder: Path) -> float:
    """How many seconds a whole run took."""
    begun = time.perf_counter()
    corpus, annotations = Corpus(folder / "corpus"), folder / "annotations"
    for _ in add_files(paths, corpus):
        pass
    extracted = annotations / "extracted"
    for _ in extract_corpus(corpus, extracted):
        pass
    merge_workspace(annotations)
    return time.perf_counter() - begun


def snapshot(folder: Path) -> dict[str, tuple[int, int, int]]:
    """The size, time and inode of every file."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.stat()
        if path.is_file():
            found[str(path)] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return found


if __name__ == "__main__":
    sys.exit(main())
