"""What a language is made of is told the same before and after it is loaded."""

from __future__ import annotations

from pipeline.language.provenance import describe_language, made_by


def test_a_language_is_described_without_being_loaded(nlp):
    described = describe_language(profile="fast")
    assert described == made_by(nlp)
    assert described.model.startswith("en_core_web_sm")


def test_a_folder_is_not_described(tmp_path):
    assert describe_language(str(tmp_path)) is None
