from __future__ import annotations

import pytest

from pipeline.errors import ArticleError
from pipeline.reading.language import check_language, detect_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chile rejected the draft of the treaty after a week of talks in the capital.", "en"),
        ("O governo do Brasil rejeitou o projeto de tratado depois de uma semana.", "pt"),
        ("Le gouvernement français a rejeté le projet de traité après une semaine.", "fr"),
        ("Die Regierung lehnte den Entwurf des Vertrags nach einer Woche ab.", "de"),
        ("Правительство отвергло проект договора.", "ru"),
        ("智利拒绝了草案。", "zh"),
        ("Chile objected.", None),
        ("12 34 — …", None),
        ("", None),
    ],
)
def test_the_language_of_a_text(text: str, code: str | None) -> None:
    assert detect_language(text) == code


def test_quotations_in_another_language_do_not_make_the_article_so() -> None:
    text = (
        "The minister said “no pasarán” and left. Chile rejected the draft of the treaty after a "
        "week of talks, and the Diario Oficial de la Federación printed the vote in full."
    )
    assert check_language(text, {}, name="a.txt") == "en"


def test_an_unknown_code_is_named_as_it_is() -> None:
    with pytest.raises(ArticleError, match=r"a\.txt: is said to be in xx \(xx\)"):
        check_language("Chile objected.", {"language": "xx"}, name="a.txt")
