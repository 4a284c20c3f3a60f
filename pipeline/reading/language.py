"""What language an article is in, so that none is read as if it were English."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from pipeline.errors import ArticleError

ENGLISH = "en"
_FEWEST_LETTERS = 40
_PLENTY_OF_LETTERS = 500
_SURE = 0.7
_THE = re.compile(r"\bthe\b", re.IGNORECASE)
_PLENTY_OF_THE = 0.004


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; None where there is too little to tell.

    A text of fewer than 40 letters is not judged, one of up to 500 only where the detector is
    sure; a text in another alphabet always is. Source: py3langid, a naive Bayes classifier over
    byte sequences of 97 languages (Lui and Baldwin 2012).

    >>> detect_language("El gobierno de Chile rechazó el borrador tras una semana de debate.")
    'es'
    >>> detect_language("Santiago, Lima")
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return None
    foreign = _is_foreign(letters)
    if len(letters) < _FEWEST_LETTERS and not foreign:
        return None
    code, share = _identifier().classify(text)
    sure = foreign or len(letters) >= _PLENTY_OF_LETTERS or float(share) >= _SURE
    return str(code) if sure else None


def language_of_article(text: str) -> str:
    """The code of the language that a whole article is written in; English where that is not sure.

    Only a text of 500 letters or more, or in another alphabet, is judged: a line with many foreign
    names is not taken for another language.

    >>> language_of_article("The vote on the draft was put off. " * 20)
    'en'
    >>> language_of_article("El gobierno de Chile rechazó el borrador tras el debate. " * 20)
    'es'
    """
    if len(_THE.findall(text)) > _PLENTY_OF_THE * len(text):  # quick to see, and no other's word
        return ENGLISH
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < _PLENTY_OF_LETTERS and not _is_foreign(letters):
        return ENGLISH
    return detect_language(text) or ENGLISH


def check_language(
    text: str,
    metadata: Mapping[str, object],
    *,
    name: str,
    languages: Collection[str] = (ENGLISH,),
) -> str | None:
    """The article's language as its metadata or else its words have it, None where unknown.

    The text counts before what a file says of itself; ``metadata`` is what the person said.
    ``languages`` are the codes that something is set up for.

    Raises:
        ArticleError: ``language``, where it is another.
    """
    given = str(metadata.get("language", "")).partition("-")[0].lower()
    found = given or detect_language(text)
    if found is None or found in languages:
        return found
    raise ArticleError(
        f"{name}: is {'said to be' if given else 'written'} in {language_name(found)} ({found}), "
        f"and the pipeline reads {', '.join(sorted(languages))}. Name a pipeline for it under "
        "[languages] in models/settings.toml, or, where this is wrong, say --language en",
        cause="language",
    )


def _is_foreign(letters: Sequence[str]) -> bool:
    """Whether most letters are of another alphabet than the Latin."""
    return sum(ord(letter) > 0x24F for letter in letters) > len(letters) / 2


def language_name(code: str) -> str:
    """The language's English name; the code itself where it has none.

    >>> language_name("es")
    'Spanish'
    """
    import pycountry

    found = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return code if found is None else str(found.name).partition(" (")[0]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
