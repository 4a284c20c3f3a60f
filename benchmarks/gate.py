"""What a change of the extraction changes: each claim against a frozen run, gained, lost, changed.

    python -m benchmarks.gate            compares, and exits with 1 where anything differs
    python -m benchmarks.gate --freeze   makes today's claims the frozen run

Read are all examples under ``models/``, the minimal pairs, and the development texts: gold, the
annotated articles, 200 articles of PolNeAR and 200 UN speeches. A claim is compared by holder,
cue, stance, target, form, negated, hedged, attribution, score and id; its provenance may change.

The repository holds a digest an article, of examples and pairs one a file (``frozen.tsv``), so
that no text of others lies in it. The claims themselves lie in ``.gate/``, which git ignores:
where that is missing, it is counted how many articles differ, and not which claims.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sets import FILES, PlainText, find_texts, read_rows
from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_articles
from pipeline.files import write_text_atomically
from pipeline.records import Article, Claim, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

HERE = Path(__file__).resolve().parent
DIGESTS = HERE / "frozen.tsv"
KEPT = HERE.parent / ".gate"
PAIRS = HERE.parent / "tests" / "extraction" / "claims" / "pairs"
SAMPLE = 200
_SHOWN = 40
Claims = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One claim that is not as it was: ``+`` gained, ``-`` lost, ``~`` changed."""

    sign: str
    article: str
    was: dict[str, object] | None
    now: dict[str, object] | None


def read_examples() -> Iterator[PlainText]:
    """Every example and counterexample under ``models/``, each a text of its own."""
    from pipeline.lexicon.cues import Cue, read_cues
    from pipeline.lexicon.entity_files import Entry, read_entries
    from pipeline.lexicon.examples import read_example
    from pipeline.lexicon.folder import packaged_models
    from pipeline.lexicon.rules import read_rules

    folders = (packaged_models(),)
    entries: list[Cue | Entry] = [*read_cues(folders), *read_entries(folders)]
    for entry in entries:
        for number, marked in enumerate((*entry.examples, *entry.counterexamples)):
            example = read_example(marked, place="", identifier=entry.id, matches=True)
            yield PlainText(f"{_file(entry.place)}#{entry.id}#{number}", example.text)
    for rule in read_rules(folders).entries.values():
        for number, sentence in enumerate(rule.examples):
            yield PlainText(f"{_file(rule.place)}#{rule.id}#{number}", sentence)


def read_pairs() -> Iterator[PlainText]:
    """The sentences of the minimal pairs without their marks, each a text of its own."""
    from tests.extraction.claims.notation import read_pairs as read_marked

    for pair in read_marked(PAIRS):
        for member in pair.members:
            yield PlainText(f"{_file(member.place)}#{member.place}", member.text)


def read_development(texts: Path) -> Iterator[PlainText]:
    """Gold, the annotated articles, and samples of PolNeAR and of the UN speeches."""
    for file, limit in (
        (FILES["gold"], None),
        (FILES["claims"], None),
        ("polnear/train.jsonl", SAMPLE),
        (FILES["ungdc"], SAMPLE),
    ):
        for row in read_rows(texts / file, limit):
            name = str(row.get("article") or row.get("id"))
            yield PlainText(f"{file.split('/')[0]}:{name}", str(row["text"]))


def _file(place: str) -> str:
    """The file's name of a place written as ``path:line``."""
    return Path(place.rpartition(":")[0]).name


def grouped(found: dict[str, Claims]) -> dict[str, dict[str, Claims]]:
    """The texts by what has one digest: the file of an example or a pair, else the article."""
    groups: dict[str, dict[str, Claims]] = {}
    for name, claims in found.items():
        groups.setdefault(name.partition("#")[0], {})[name] = claims
    return groups


def compared(claim: Claim) -> dict[str, object]:
    """What of a claim is compared, as JSON-ready values; offsets in code points of the text."""
    spans = {
        role: None if span is None else [span.start, span.end]
        for role, span in (("cue", claim.cue), ("target", claim.target))
    }
    said = claim.attribution
    return {
        "id": claim.id,
        "holder": [claim.holder.start, claim.holder.end, claim.holder.entity],
        **spans,
        "stance": claim.stance.value,
        "form": claim.form.value,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "attribution": None if said is None else [said.start, said.end, said.entity],
        "score": claim.score,
    }


def claims_of(extraction: Extraction) -> Claims:
    """An article's claims by their id, which tells two of one holder and cue apart."""
    return {claim.id: compared(claim) for claim in extraction.claims}


def digest(group: dict[str, Claims]) -> str:
    """The SHA-256 of a group's compared claims, in their order."""
    return sha256(json.dumps(group, ensure_ascii=False).encode()).hexdigest()


def find_differences(article: str, was: Claims, now: Claims) -> Iterator[Difference]:
    """What one article gained, lost and changed, by the ids of the claims."""
    for key in sorted({*was, *now}):
        before, after = was.get(key), now.get(key)
        if before != after:
            sign = "+" if before is None else "-" if after is None else "~"
            yield Difference(sign, article, before, after)


def run_all(nlp: Language, items: Iterable[PlainText]) -> Iterator[tuple[PlainText, Claims]]:
    """Each text with the claims of today."""
    kept = list(items)
    articles = (Article(item.id, item.text) for item in kept)
    for item, extraction in zip(kept, extract_articles(nlp, articles), strict=True):
        yield item, claims_of(extraction)


def read_digests() -> dict[str, str]:
    """The frozen digests by article; empty where nothing was frozen yet."""
    if not DIGESTS.exists():
        return {}
    rows = DIGESTS.read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


def main(arguments: list[str] | None = None) -> int:
    """Compare or freeze; the exit code is 1 where something differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, help="the folder of the development texts")
    parser.add_argument("--freeze", action="store_true", help="make today's claims the frozen run")
    parser.add_argument("--show", type=int, default=_SHOWN, help="how many differences are printed")
    options = parser.parse_args(arguments)
    texts = [*read_examples(), *read_pairs(), *read_development(find_texts(options.texts))]
    found = {item.id: claims for item, claims in run_all(build_language(profile="fast"), texts)}
    if options.freeze:
        return freeze(found)
    return compare(found, show=options.show)


def freeze(found: dict[str, Claims]) -> int:
    """Write today's digests and claims; 0."""
    lines = [f"{name}\t{digest(group)}\n" for name, group in sorted(grouped(found).items())]
    write_text_atomically(DIGESTS, "".join(lines))
    write_text_atomically(KEPT / "claims.json", json.dumps(found, ensure_ascii=False))
    total = sum(map(len, found.values()))
    print(f"{len(found):,} texts frozen, {total:,} claims", file=sys.stderr)
    return 0


def compare(found: dict[str, Claims], *, show: int) -> int:
    """Print what differs from the frozen run, and the counts; 1 where anything does."""
    frozen, kept = read_digests(), _read_kept()
    today = {name: digest(group) for name, group in grouped(found).items()}
    differing = {name for name in {*frozen, *today} if frozen.get(name) != today.get(name)}
    counts: Counter[str] = Counter()
    for article in sorted({*kept, *found}):
        for item in find_differences(article, kept.get(article, {}), found.get(article, {})):
            counts[item.sign] += 1
            if counts.total() <= show:
                print(item.sign, item.article, item.was or "", "→", item.now or "")
    print(
        f"gained {counts['+']} · lost {counts['-']} · changed {counts['~']} in {len(differing)} of "
        f"{len(frozen):,} frozen articles and files"
    )
    return int(bool(differing))


def _read_kept() -> dict[str, Claims]:
    path = KEPT / "claims.json"
    if not path.exists():
        print(f"{path} is missing: differing texts are counted, not their claims", file=sys.stderr)
        return {}
    return dict(json.loads(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main())
