"""Lists of words under models/: an analyst's own add to the packaged; unknown keys are refused."""

from __future__ import annotations

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.nouns import read_nouns
from pipeline.lexicon.reference import read_reference


def test_words_of_names_are_added_to(tmp_path):
    (tmp_path / "name_nouns.yaml").write_text("name_particles: [Ap]\n", encoding="utf-8")
    assert read_nouns(tmp_path).name_particles == {*read_nouns().name_particles, "ap"}


def test_words_of_references_are_added_to(tmp_path):
    (tmp_path / "reference.yaml").write_text("region_nouns: [Basin]\n", encoding="utf-8")
    packaged, own = (read_reference(models_folders(path)) for path in (None, tmp_path))
    assert own.region_nouns == {*packaged.region_nouns, "basin"}
    assert own.country_nouns == packaged.country_nouns


@pytest.mark.parametrize(
    ("name", "known", "read"),
    [
        ("name_nouns.yaml", "city_nouns", read_nouns),
        ("reference.yaml", "author_nouns", lambda path: read_reference(models_folders(path))),
    ],
)
def test_an_unknown_list_is_refused_with_the_known_one_that_is_near(tmp_path, name, known, read):
    (tmp_path / name).write_text(f"# own\n{known[:-1]}: [fen]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"{name}:\d: unknown key .* did you mean {known}\?"):
        read(tmp_path)


def test_a_word_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "reference.yaml").write_text("author_nouns: [poet, yes]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"reference\.yaml:1: author_nouns must be a list"):
        read_reference(models_folders(tmp_path))
