"""What a language is made of is told the same before and after it is loaded."""

from __future__ import annotations

from pipeline.language.build import describe_language


def test_a_language_is_described_without_being_loaded(nlp):
    described = describe_language()
    made = nlp.meta["stance_claims"]
    assert described == {key: made[key] for key in described}
    assert set(described) == {"model", "model_sha256", "lexicon_sha256"}


def test_a_folder_is_not_described(tmp_path):
    assert describe_language(str(tmp_path)) is None
