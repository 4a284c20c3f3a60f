"""Classes of words are joined over the folders; unknown and missing ones are refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon.evaluative import read_evaluative
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.grammar import read_grammar
from pipeline.lexicon.word_classes import read_word_classes


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "read", "near"),
    [
        ("grammar.yaml", read_grammar, "poised_words"),
        ("evaluative.yaml", read_evaluative, "happening"),
    ],
)
def test_an_unknown_class_is_refused_with_its_line(
    tmp_path: Path, file: str, read: object, near: str
) -> None:
    own = write(tmp_path, file, f"# mine\n{near}s: [keen]\n")
    assert callable(read)
    with pytest.raises(
        LexiconError, match=rf"{file}:\d: unknown key '{near}s'; did you mean {near}"
    ):
        read((packaged_models(), own))


def test_words_of_all_folders_are_joined_in_small_letters(tmp_path: Path) -> None:
    own = write(tmp_path, "grammar.yaml", "shielding_verbs: [Insulate]\n")
    verbs = read_grammar((packaged_models(), own)).shielding_verbs
    assert {"insulate", "protect"} <= verbs


def test_a_class_without_a_list_is_refused_by_name(tmp_path: Path) -> None:
    own = write(tmp_path, "grammar.yaml", "one: [word]\n")
    with pytest.raises(LexiconError, match=r"grammar\.yaml:1: no list of two"):
        read_word_classes((own,), "grammar.yaml", ("one", "two"))


def test_no_word_in_un_blames_where_no_ending_is_listed(tmp_path: Path) -> None:
    packaged = (packaged_models() / "evaluative.yaml").read_text(encoding="utf-8")
    head, _, rest = packaged.partition("un_endings:\n")
    write(tmp_path, "evaluative.yaml", f"{head}un_endings: []\n{rest.partition(chr(10))[2]}")
    assert read_evaluative((tmp_path,)).sign_of("unpluggable", "unpluggable") == 0
    assert read_evaluative((packaged_models(),)).sign_of("unpluggable", "unpluggable") == -1
    assert read_evaluative((packaged_models(),)).sign_of("uniformed", "uniformed") == 0
