"""``python -m training.short``: the lexicons' examples, turned, with what the rules read in them.

The cues' own examples and counterexamples are varied in ways that turn a stance or take a claim
away (negated, refused, asked, denied, another holder), and the rules mark the result: the reader
learns from it what few articles show. No annotated or evaluation text takes part.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_articles
from pipeline.jsonl import to_json
from pipeline.lexicon.cues import Cue, read_cues
from pipeline.lexicon.examples import Example, read_example
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.yaml_lines import read_yaml
from pipeline.records import Article, Span

SEED = 20
TOGETHER = 8
ALONE = 5
TURNS_FILE = Path(__file__).with_name("turns.yaml")


@dataclass(frozen=True, slots=True)
class Parsed:
    """An example with its parse."""

    example: Example
    doc: Doc

    def marked(self, label: str) -> Span | None:
        """The first span that is marked so, where ``cue`` stands for a cue of any stance."""
        found = (m.span for m in self.example.marks if m.label.split(":")[0] == label)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Dice:
    """What is chosen by chance from the lists of ``turns.yaml``."""

    chance: random.Random
    lists: Mapping[str, Sequence[str]]

    def of(self, name: str) -> str:
        """One entry of a list."""
        return self.chance.choice(self.lists[name])


Turn = Callable[[Parsed, Dice], str | None]


def varied(nlp: Language, cues: Sequence[Cue], dice: Dice, times: int) -> Iterator[str]:
    """Each example and counterexample as it is, and ``times`` ways of turning it where they fit."""
    for parsed in _parsed(nlp, cues):
        yield parsed.example.text
        for turn in dice.chance.choices(TURNS, weights=WEIGHTS, k=times):
            text = turn(parsed, dice)
            if text is not None and text != parsed.example.text:
                yield text[0].upper() + text[1:]


def _parsed(nlp: Language, cues: Sequence[Cue]) -> Iterator[Parsed]:
    examples = [
        read_example(sentence, place=cue.place, identifier=cue.id, matches=matches)
        for cue in cues
        for matches, sentences in ((True, cue.examples), (False, cue.counterexamples))
        for sentence in sentences
    ]
    for doc, example in nlp.pipe(((one.text, one) for one in examples), as_tuples=True):
        yield Parsed(example, doc)


def _before_verb(parsed: Parsed, dice: Dice) -> str | None:
    """The cue's finite verb negated, refused, wished or asked for."""
    cue = parsed.marked("cue")
    head = _finite(parsed.doc, cue) if cue is not None else None
    if head is None:
        return None
    words = dice.of("before_verb").format(
        lemma=head.lemma_, form=head.text, ing=_gerund(head.lemma_)
    )
    return parsed.doc.text[: head.idx] + words + parsed.doc.text[head.idx + len(head) :]


def _gerund(lemma: str) -> str:
    """The form in -ing, by the commonest rule of spelling."""
    ends_in_e = lemma.endswith("e") and not lemma.endswith("ee")
    return (lemma[:-1] if ends_in_e else lemma) + "ing"


def _finite(doc: Doc, cue: Span) -> Token | None:
    """The cue's first word where it is a finite verb without helpers."""
    for token in doc:
        if token.idx == cue.start and token.tag_ in ("VBD", "VBZ", "VBP") and token.lemma_ != "be":
            helped = any(child.dep_ in ("aux", "auxpass", "neg") for child in token.children)
            return None if helped else token
    return None


def _framed(parsed: Parsed, dice: Dice) -> str | None:
    """The sentence inside another: denied, doubted, reported, conditional."""
    text = parsed.doc.text
    if not text.endswith(".") or sum(1 for _ in parsed.doc.sents) != 1 or '"' in text:
        return None
    body = text[:-1]
    proper = parsed.doc[0].pos_ == "PROPN" or parsed.doc[0].text == "I"
    low = body if proper else body[0].lower() + body[1:]
    other = dice.of("names")
    return dice.of("frames").format(low=low, cap=body, name=_capped(dice), other=other)


def _held_by(parsed: Parsed, dice: Dice) -> str | None:
    """The sentence with another holder, or with nobody."""
    holder = parsed.marked("holder")
    if holder is None or holder.start != 0:
        return None
    name, other = dice.of("names"), dice.of("names")
    words = dice.of("holders").format(name=name, other=other)
    return words + parsed.doc.text[holder.end :]


def _about(parsed: Parsed, dice: Dice) -> str | None:
    """The sentence about nothing, or about the opposite: "no ban", "the repeal of the ban"."""
    target = parsed.marked("target")
    words = target.text_in(parsed.doc.text).split() if target is not None else []
    if target is None or len(words) != 2 or words[0] not in ("the", "a", "an"):
        return None
    told = dice.of("objects").format(noun=words[1], name=dice.of("names"))
    return parsed.doc.text[: target.start] + told + parsed.doc.text[target.end :]


def _asked(parsed: Parsed, dice: Dice) -> str | None:
    """The sentence asked, cleft, or wanted by somebody else."""
    cue, holder = parsed.marked("cue"), parsed.marked("holder")
    head = _finite(parsed.doc, cue) if cue is not None else None
    if head is None or holder is None or not parsed.doc.text.endswith("."):
        return None
    before = parsed.doc.text[: head.idx].strip()
    if holder.end < head.idx - 1 or len(before.split()) > 3:
        return None
    rest = parsed.doc.text[head.idx + len(head) : -1].strip()
    if parsed.doc[0].pos_ != "PROPN":
        before = before[0].lower() + before[1:]
    given = {"holder": before, "lemma": head.lemma_, "form": head.text, "rest": rest}
    return dice.of("questions").format(**given, name=_capped(dice))


TURNS: tuple[Turn, ...] = (_before_verb, _framed, _held_by, _about, _asked)
WEIGHTS = (3, 2, 2, 2, 2)


def _capped(dice: Dice) -> str:
    name = dice.of("names")
    return name[0].upper() + name[1:]


def grouped(texts: Sequence[str], chance: random.Random) -> Iterator[str]:
    """One in ``ALONE`` of the texts as it is, the others some together, in another order."""
    shuffled = list(texts)
    chance.shuffle(shuffled)
    alone = len(shuffled) // ALONE
    yield from shuffled[:alone]
    for at in range(alone, len(shuffled), TOGETHER):
        yield "\n\n".join(shuffled[at : at + TOGETHER])


def marked(nlp: Language, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Each text in the format of annotated articles, with the claims that the rules make of it."""
    articles = (Article(f"short-{number}", text) for number, text in enumerate(texts))
    for extraction in extract_articles(nlp, articles):
        record = to_json(extraction)
        yield {key: record[key] for key in ("article", "text", "claims")}


def main() -> None:
    """Reads the options and writes the marked texts."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--times", type=int, default=2, help="turns of each example")
    asked.add_argument("--most", type=int, default=6000, help="how many sentences")
    options = asked.parse_args()
    chance = random.Random(SEED)
    nlp = build_language(profile="fast")
    cues = read_cues(models_folders(None))
    dice = Dice(chance, read_yaml(TURNS_FILE))
    found = sorted(set(varied(nlp, cues, dice, options.times)))
    texts = list(grouped(chance.sample(found, min(options.most, len(found))), chance))
    print(f"{len(found)} sentences, {len(texts)} texts", flush=True)
    with options.out.open("w", encoding="utf-8") as out:
        for record in marked(nlp, texts):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
