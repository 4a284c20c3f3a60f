"""A claim in words, as it stands in the list under a passage."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from pipeline.records import Claim, Span
from pipeline.review.regions import LABEL_OF

Naming = Callable[[str | None], str | None]
"""What gives the name of an entity by its id, None where nobody knows who it is."""

LONGEST = 74
"""Code points of a line: what is longer loses the end of its target, which stands above."""
_LONGEST_NAME, _SHORTEST_TARGET, _SHORTEST_MEANT = 34, 36, 30
_ARTICLE = "the "


def claim_in_words(claim: Claim, text: str, name_of: Naming) -> str:
    """One line: who, which stance, on what, and all else that a claim says.

    ``text`` is the article's. What a pronoun means, and who somebody is, stands in brackets.

    >>> from pipeline.records import Form, Holder, Stance
    >>> holder, cue, target = Holder(0, 4, "country:MX"), Span(5, 12), Span(13, 15)
    >>> claim = Claim("c", holder, cue, Stance.OPPOSE, Form.ACTION, target, hedged=True)
    >>> claim_in_words(claim, "They opposed it.", {"country:MX": "Mexico"}.get)
    'They (Mexico) — opposes — it · action · hedged'
    """
    who = _called(claim.holder.span, claim.holder.entity, text, name_of)
    stance = LABEL_OF[claim.stance].lower()
    rest = "".join(f" · {word}" for word in _rest(claim, text, name_of))
    room = LONGEST - len(f"{who} — {stance} — {rest}")
    return f"{who} — {stance} — {_target(claim, text, max(room, _SHORTEST_TARGET))}{rest}"


def _rest(claim: Claim, text: str, name_of: Naming) -> Iterator[str]:
    yield claim.form.value
    if claim.negated:
        yield "negated"
    if claim.hedged:
        yield "hedged"
    if claim.attribution is not None:
        source = claim.attribution
        yield f"as told by {_called(source.span, source.entity, text, name_of)}"


def _called(span: Span, entity: str | None, text: str, name_of: Naming) -> str:
    """The words of a mention, with the name of whom they mean where that is another."""
    words = plain(span.text_in(text))
    name = plain(name_of(entity) or "")
    if not name or _bare(name) == _bare(words):
        return clipped(words, _LONGEST_NAME)
    return f"{clipped(words, _LONGEST_NAME)} ({clipped(name, _LONGEST_NAME)})"


def _target(claim: Claim, text: str, room: int) -> str:
    if claim.target is None:
        return "(no target)"
    words = plain(claim.target.text_in(text))
    if claim.antecedent is None:
        return clipped(words, room)
    meant = plain(claim.antecedent.text_in(text))
    if meant.startswith(_ARTICLE.capitalize()):  # as at the head of its sentence
        meant = _ARTICLE + meant.removeprefix(_ARTICLE.capitalize())
    words = clipped(words, max(room - _SHORTEST_MEANT, _SHORTEST_MEANT))
    return f"{words} ({clipped(meant, max(room - len(words) - 3, _SHORTEST_MEANT))})"


def _bare(name: str) -> str:
    return name.casefold().removeprefix(_ARTICLE)


def plain(words: str) -> str:
    r"""The words on one line, without what cannot be seen and marks that turn text around.

    >>> plain("the\n draft \u202eof\u00a0law")
    'the draft of law'
    """
    seen = (" " if sign.isspace() else sign for sign in words)
    kept = "".join(sign for sign in seen if unicodedata.category(sign)[0] != "C")
    return " ".join(kept.split())


def clipped(words: str, longest: int) -> str:
    """The words, cut between two of them where they are longer, with a sign that says so.

    >>> clipped("the treaty on the high seas", 12)
    'the treaty …'
    """
    if len(words) <= longest:
        return words
    head = words[: longest - 1]
    whole = head if words[longest - 1] == " " else head.rpartition(" ")[0]
    return f"{(whole or head).rstrip()} …"
