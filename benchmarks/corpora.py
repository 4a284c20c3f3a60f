"""Large corpora made of speeches, with changed names and ids: no two articles are alike.

A corpus is a file of JSON lines. Its articles are short runs of sentences of real speeches in
which names are made up anew each time, so that words that no text had before keep coming.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

from benchmarks.sets import find_texts, read_speeches
from pipeline.records import Article

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ONSETS = "b br ch d dr f g gr h j k kl l m n p pr r s st t tr v vr w z".split()
_RHYMES = "a an ar e ek el en i im in o ol on or u ul un ai ei ou".split()
_RENAMED = 0.7


def make_articles(
    articles: int, *, words: int, texts: Path | None = None, seed: int = 1
) -> Iterator[Article]:
    """So many articles of about so many words each, the same for the same numbers."""
    random = Random(seed)
    speeches = read_speeches(find_texts(texts) / "ungdc" / "speeches.jsonl", None)
    sentences = [
        " ".join(sentence.split())
        for speech in speeches
        for sentence in _SENTENCE.split(speech.text)
        if len(sentence) < 600
    ]
    for number in range(articles):
        place, said, length = random.randrange(len(sentences)), [], 0
        for step in count():
            sentence = sentences[(place + step) % len(sentences)]
            said.append(_NAME.sub(lambda found: _renamed(found[0], random), sentence))
            length += sentence.count(" ") + 1
            if length >= words:
                break
        yield Article(f"made-{seed}-{number:07}", " ".join(said), {"title": f"Note {number}"})


def write_lines(path: Path, articles: Iterator[Article]) -> int:
    """How many words the file of JSON lines has that was written."""
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for article in articles:
            record = {
                "article": article.id,
                "text": article.text,
                "metadata": dict(article.metadata),
            }
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            words += len(article.text.split())
    return words


def _renamed(name: str, random: Random) -> str:
    if random.random() > _RENAMED:
        return name
    syllables = (
        random.choice(_ONSETS) + random.choice(_RHYMES) for _ in range(random.randint(2, 3))
    )
    return "".join(syllables).capitalize()
