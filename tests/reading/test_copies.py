"""Which of several near-duplicates counts, in whatever order they are added."""

from __future__ import annotations

import time
from itertools import permutations
from pathlib import Path

import pytest

from pipeline.reading.choices import choose_copy, set_apart, show_copies
from pipeline.reading.corpus import Corpus
from pipeline.reading.duplicates import duplicate_of
from pipeline.reading.ingest import Added, Adding, add_files
from pipeline.reading.known import stated_metadata
from pipeline.reading.quality import find_harm, find_quality
from pipeline.reprocess.files_of import Workplace
from pipeline.reprocess.remove import remove_article

CLEAN = (
    "Kenya refused on Tuesday to sign the accord on fishing in the western part of the ocean, "
    "which eleven countries of the region had agreed on in the spring. The minister for the sea, "
    "who spoke to reporters in Mombasa, said the quotas for tuna would ruin the villages of the "
    "coast. Tanzania welcomed the accord and called it fair. Mozambique had asked for another "
    "week, but the chair of the commission closed the meeting late at night, when most of the "
    "delegates had left the hall already. A vote of the assembly is expected before the summer, "
    "and the secretariat hopes that all of the members will take part in it."
)
GARBLED = (
    CLEAN.replace("western", "west-\nern").replace("countries", "coun-\ntries")
    .replace("fishing", "(cid:12)shing").replace("sea, who", "sea,who")
    .replace("quotas", "quo-\ntas").replace("fair. Mozambique", "fair.Mozambique")
)  # fmt: skip
WORSE = GARBLED.replace("delegates", "dele\ufffdates").replace("assembly", "assem-\nbly")
CUT = CLEAN[: int(len(CLEAN) * 0.68)]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus")


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def add(corpus: Corpus, *files: tuple[str, str], **options: object) -> None:
    folder = corpus.folder.parent / "in"
    for name, text in files:  # each in a call of its own
        adding = Adding(metadata={"language": "en"}, **options)  # type: ignore[arg-type]
        (outcome,) = add_files([put(folder, name, text)], corpus, adding=adding)
        assert isinstance(outcome, Added), outcome


def counted(corpus: Corpus) -> dict[str, str | None]:
    return {one: duplicate_of(stated_metadata(corpus, one)) for one in corpus.ids()}


def test_each_kind_of_damage_is_seen() -> None:
    assert find_quality(CLEAN).faults == 0
    for text, kind in (
        ("The draft was re-\njected.", "broken"),
        ("The draft was re- jected.", "broken"),
        ("They met pre- and post-war.", None),
        ("A (cid:3)ne day \ufffd and \ue012 more.", "lost"),
        ("It was fair.Mozambique left,who knows.", "glued"),
        ("The treaty stands; the treaty fell with thetreaty.", "glued"),
        ("They signed the t r e a t y.", "pieces"),
        ("Write to a.b@example.org or see https://example.org/a.Html", None),
    ):
        quality = find_quality(text)
        kinds = {one for one in ("lost", "broken", "glued", "pieces") if getattr(quality, one)}
        assert kinds == ({kind} if kind else set()), text


def test_what_is_missing_costs_only_past_a_quarter() -> None:
    letters = find_quality(CLEAN).letters
    assert find_harm(find_quality(CUT), letters) > 250
    assert find_harm(find_quality(CLEAN.partition(" A vote")[0]), letters) == 0


@pytest.mark.parametrize("order", list(permutations((("a", WORSE), ("b", GARBLED), ("c", CLEAN)))))
def test_the_cleanest_copy_counts_in_every_order(
    corpus: Corpus, order: tuple[tuple[str, str], ...]
) -> None:
    add(corpus, *order)
    assert counted(corpus) == {"a": "c", "b": "c", "c": None}
    likenesses = [stated_metadata(corpus, one).get("likeness") for one in "abc"]
    assert all(isinstance(one, float) for one in likenesses[:2])
    assert likenesses[2] is None


@pytest.mark.parametrize("order", list(permutations((("a", CUT), ("b", CLEAN)))))
def test_the_whole_copy_counts_before_one_that_is_cut(
    corpus: Corpus, order: tuple[tuple[str, str], ...]
) -> None:
    add(corpus, *order)
    assert counted(corpus) == {"a": "b", "b": None}


@pytest.mark.parametrize(
    "order", list(permutations((("a", CLEAN), ("b", f"{CLEAN} More follows."))))
)
def test_of_equals_the_first_by_its_id_counts(
    corpus: Corpus, order: tuple[tuple[str, str], ...]
) -> None:
    add(corpus, *order)
    assert counted(corpus) == {"a": None, "b": "a"}


def test_a_copy_like_two_groups_joins_them_in_every_order(tmp_path: Path) -> None:
    words = [f"word{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(200)]
    first, middle, last = words[:120], words[25:145], words[50:170]
    texts = [
        (name, " ".join(text)) for name, text in zip("abc", (first, middle, last), strict=True)
    ]
    results = []
    for number, order in enumerate(permutations(texts)):
        corpus = Corpus(tmp_path / str(number) / "corpus")
        add(corpus, *order)
        results.append(counted(corpus))
    assert results == [{"a": None, "b": "a", "c": "a"}] * 6


def test_a_dry_run_says_the_same_and_changes_nothing(corpus: Corpus) -> None:
    add(corpus, ("a", GARBLED))
    paths = [
        put(corpus.folder.parent / "in", "c", CLEAN),
        put(corpus.folder.parent / "in", "d", WORSE),
    ]
    before = {path: path.read_bytes() for path in corpus.folder.rglob("*") if path.is_file()}
    adding = {"metadata": {"language": "en"}}
    dry = list(add_files(paths, corpus, adding=Adding(dry_run=True, **adding)))  # type: ignore[arg-type]
    assert {
        path: path.read_bytes() for path in corpus.folder.rglob("*") if path.is_file()
    } == before
    assert dry == list(add_files(paths, corpus, adding=Adding(**adding)))  # type: ignore[arg-type]
    assert isinstance(dry[0], Added)
    assert "counts from now on in place of a" in dry[0].notes[-1]


def test_a_copy_with_decisions_counts_before_a_cleaner_one(corpus: Corpus) -> None:
    add(corpus, ("a", GARBLED))
    add(corpus, ("c", CLEAN), decided=lambda: {"a"})
    assert counted(corpus) == {"a": None, "c": "a"}
    shown = show_copies(corpus, "c", {"a"})
    assert shown is not None
    assert (shown.counts, shown.whys["c"]) == ("a", "it has decisions")


def test_a_choice_outlives_what_is_added_later(corpus: Corpus) -> None:
    add(corpus, ("a", GARBLED), ("c", CLEAN))
    assert choose_copy(corpus, "a") == ("c",)
    assert counted(corpus) == {"a": None, "c": "a"}
    add(corpus, ("b", f"{CLEAN} More follows."), decided=lambda: {"c"})
    assert counted(corpus) == {"a": None, "b": "a", "c": "a"}
    choose_copy(corpus, "b")
    assert counted(corpus) == {"a": "b", "b": None, "c": "b"}


def test_what_was_set_apart_stays_so_and_can_be_a_copy_again(corpus: Corpus) -> None:
    add(corpus, ("a", GARBLED), ("c", CLEAN))
    assert set_apart(corpus, "c", ()) == "a"
    assert counted(corpus) == {"a": None, "c": None}
    add(corpus, ("b", WORSE))
    assert counted(corpus) == {"a": None, "b": "a", "c": None}
    choose_copy(corpus, "c")
    assert counted(corpus) == {"a": "c", "b": "c", "c": None}


def test_a_link_that_was_deleted_by_hand_is_not_made_again(corpus: Corpus) -> None:
    add(corpus, ("a", GARBLED), ("c", CLEAN))
    path = corpus.metadata_path("a")
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "duplicate_of" not in line))
    add(corpus, ("b", WORSE))
    assert counted(corpus)["a"] is None
    assert counted(corpus)["c"] is None


def test_the_best_copy_inherits_when_the_one_that_counts_goes(corpus: Corpus) -> None:
    add(corpus, ("a", WORSE), ("b", GARBLED), ("c", CLEAN))
    place = Workplace(corpus, corpus.folder.parent / "annotations")
    remove_article(place, "c")
    assert counted(corpus) == {"a": "b", "b": None}
    add(
        corpus,
        ("b", "Quite another text, which is like none of those that were there before it."),
        replace=True,
    )
    assert counted(corpus) == {"a": None, "b": None}


def test_copies_cost_the_same_each_however_many_there_are(corpus: Corpus) -> None:
    def seconds(begin: int, end: int) -> float:
        names = [f"r{1000 - number}" for number in range(begin, end)]  # each new one is the first
        folder = corpus.folder.parent / "in"
        paths = [put(folder, name, f"{CLEAN} {name} {index}") for index, name in enumerate(names)]
        begun = time.process_time()
        assert all(
            isinstance(outcome, Added)
            for outcome in add_files(paths, corpus, metadata={"language": "en"})
        )
        return time.process_time() - begun

    small = seconds(0, 40)
    seconds(40, 160)
    assert seconds(160, 200) < 4 * small
    groups = {one for one in counted(corpus).values() if one is None}
    assert len([one for one in counted(corpus).values() if one is None]) == 1, groups
