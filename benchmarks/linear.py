"""What a character costs in a short and in a long text of many kinds: linear where the ratio is 1.

    python -m benchmarks.linear [NAME…] [--short 10000] [--long 1000000] [--whole]

Each stage by itself, in microseconds of processor time a character, for the texts of
``benchmarks.texts``: *segmentation* (words, blocks, sentences), *extraction* (everything of ours
after the model; the long text is the short one's parse over and over, so that the model's own cost
does not hide ours), *Markdown* and *front matter*; *decisions* (on claims every 750 characters,
kept with their context and found again in two edited versions) and *tasks* (what is sent to review
of them). ``--whole`` runs everything, the model too, and prints the peak of memory; it takes about
a minute a text.

The exit code is 1 where a ratio is above 2. For *decisions* it may be 10: each passage is looked up
among the runs of three characters that are rare in the text, and those stand there the more often
the longer it is; what is read is some hundredths of it.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from benchmarks.decisions import decide, reviewed
from benchmarks.texts import FRONT_MATTER, MARKDOWN, REVIEWED, TEXTS
from pipeline.errors import ArticleError
from pipeline.extraction.build import COMPONENTS, SEGMENTER, build_language
from pipeline.extraction.extract import extract_article
from pipeline.reading.frontmatter import MAX_CHARACTERS, split_front_matter
from pipeline.reading.markdown import markdown_to_text
from pipeline.records import Article
from pipeline.review.tasks import build_tasks

if TYPE_CHECKING:
    from spacy.language import Language

WANTED = 2.0
WANTED_OF_DECISIONS = 10.0
_LEAST_SECONDS = 0.02
"""What takes less is not measured but the clock; it counts as this."""


def segment(nlp: Language, text: str) -> Doc:
    """The text's words, blocks and sentences."""
    doc = nlp.make_doc(text)
    doc._.article, doc._.metadata = "a", {}
    return nlp.get_pipe(SEGMENTER)(doc)


def parse(nlp: Language, text: str) -> Doc:
    """The text as our components find it after the model."""
    doc = segment(nlp, text)
    for name, pipe in nlp.pipeline:
        if name != SEGMENTER and name not in COMPONENTS:
            doc = pipe(doc)
    return doc


def extract(nlp: Language, doc: Doc) -> Doc:
    """The parsed document with mentions and claims."""
    for name in COMPONENTS:
        doc = nlp.get_pipe(name)(doc)
    return doc


def repeat(doc: Doc, times: int) -> Doc:
    """A parsed document so many times over, as one; it and the given one share nothing."""
    left_out = ["user_data", "spans"]
    copies = Doc.from_docs(  # spaCy's stub does not know of ``exclude``
        [doc] * times,
        ensure_whitespace=False,
        exclude=left_out,  # type: ignore[call-arg]
    )
    assert copies is not None
    copies._.article, copies._.metadata = "a", {}
    copies.spans["blocks"] = [
        Span(copies, n * len(doc) + b.start, n * len(doc) + b.end, label=b.label_, span_id=b.id_)
        for n in range(times)
        for b in doc.spans["blocks"]
    ]
    for key, value in doc.user_data.items():
        if isinstance(value, bytes):  # a byte a token
            copies.user_data[key] = value * times
    return copies


def seconds_of(work: Callable[[], object], *, rounds: int = 1) -> float:
    """Processor seconds, the least of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def read_front_matter(block: str) -> None:
    """Read the file that is all front matter, or see it refused; its last line is whole."""
    whole = block.rpartition("\n")[0]
    try:
        split_front_matter(f"{whole}\n{block[:3]}\nChile left.", name="a.md")
    except ArticleError:
        return


def _report(name: str, stage: str, costs: tuple[float, int, float, int]) -> bool:
    """Whether the ratio of the two costs a character is as wanted; it is printed."""
    short, few, long, many = costs
    ratio = max(long, _LEAST_SECONDS) / many / (max(short, _LEAST_SECONDS * few / many) / few)
    ratio = ratio if long > _LEAST_SECONDS else 1.0
    wanted = WANTED_OF_DECISIONS if stage == "decisions" else WANTED
    mark = "" if ratio <= wanted else "  ← not linear"
    cost = f"{short / few * 1e6:9.2f} {long / many * 1e6:9.2f}"
    print(f"{name:32} {stage:13} {cost} {ratio:7.2f}{mark}", flush=True)
    return ratio <= wanted


def _measure(nlp: Language, name: str, short: int, long: int) -> list[bool]:
    """Whether each stage is linear for the text of that name."""
    if name in MARKDOWN:
        texts = [MARKDOWN[name](size) for size in (short, long)]
        costs = [seconds_of(partial(markdown_to_text, text), rounds=2) for text in texts]
        return [_report(name, "markdown", (costs[0], short, costs[1], long))]
    if name in FRONT_MATTER:
        many = min(long, MAX_CHARACTERS - 10)
        texts = [FRONT_MATTER[name](size) for size in (min(short, many), many)]
        costs = [seconds_of(partial(read_front_matter, text), rounds=2) for text in texts]
        return [_report(name, "front matter", (costs[0], len(texts[0]), costs[1], many))]
    if name in REVIEWED:
        return _measure_review(name, short, long)
    make = TEXTS[name]
    one = seconds_of(lambda: segment(nlp, make(short)))  # once: words seen before cost less
    two = seconds_of(lambda: segment(nlp, make(long)))
    found = [_report(name, "segmentation", (one, short, two, long))]
    doc, times = parse(nlp, make(short)), long // short
    one = min(seconds_of(partial(extract, nlp, repeat(doc, 1))) for _ in range(3))
    two = seconds_of(partial(extract, nlp, repeat(doc, times)))
    return [*found, _report(name, "extraction", (one, short, two, short * times))]


def _measure_review(name: str, short: int, long: int) -> list[bool]:
    """Whether what comes after the extraction is linear for the text of that name."""
    texts = [REVIEWED[name](size) for size in (short, long)]
    articles = [reviewed(text) for text in texts]
    decide(texts[0])  # once: what is loaded is no cost of a character
    one, two = (seconds_of(partial(decide, text), rounds=2) for text in texts)
    found = [_report(name, "decisions", (one, short, two, long))]
    one, two = (seconds_of(partial(build_tasks, [one]), rounds=2) for one in articles)
    return [*found, _report(name, "tasks", (one, short, two, long))]


def _measure_whole(nlp: Language, name: str, short: int, long: int) -> list[bool]:
    few, many = Article("a", TEXTS[name](short)), Article("a", TEXTS[name](long))
    one = seconds_of(lambda: extract_article(nlp, few), rounds=2)
    two = seconds_of(lambda: extract_article(nlp, many))
    found = _report(name, "whole", (one, short, two, long))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'':32} peak of memory so far {peak // 1024:,} MB", flush=True)
    return [found]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="which texts; all by default")
    parser.add_argument("--short", type=int, default=10_000)
    parser.add_argument("--long", type=int, default=1_000_000)
    parser.add_argument("--whole", action="store_true", help="with the model, and memory")
    options = parser.parse_args()
    everything = TEXTS if options.whole else {**TEXTS, **MARKDOWN, **FRONT_MATTER, **REVIEWED}
    nlp = build_language(profile="fast")
    gc.freeze()  # the model is no garbage of what is measured
    measure = _measure_whole if options.whole else _measure
    print(f"{'text':32} {'stage':13} {options.short:9,} {options.long:9,}   ratio")
    good = [
        one
        for name in options.names or everything
        for one in measure(nlp, name, options.short, options.long)
    ]
    print(f"{len(good)} measured, {good.count(False)} not linear")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
