"""spaCy's DocBin: one ``Doc`` an article, its claims as span groups and custom attributes.

Texts are cut by spaCy's English tokenizer; no model is loaded. A span that begins or ends inside a
token is widened to whole tokens; the exact offsets, like all else that is known of the claims, are
in ``doc._.stance_claims``.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import RecordError
from pipeline.export.docbin_packing import read_packed, write_packed
from pipeline.export.gather import Gathered
from pipeline.export.marking import PIECES, Json, Proof, Texts, not_standing, pieces_of
from pipeline.export.written import Format
from pipeline.guarded.files import read_bytes
from pipeline.guarded.source import Source

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_DOC = {"article_id": "", "article_metadata": {}, "stance_claims": ()}
_LONGEST_WORD = 500
_MAX_BYTES = 2 * 1024**3


def write_docbin(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the articles that have claims; the file is read back and every offset compared."""
    register_attributes()
    proof, gone = Proof(), list[str]()
    with _plain_msgpack():
        widened = _write_docs(gathered, path, proof, gone)
        proof.compare("spacy", read_docbin(path))
    return (*not_standing("spacy", gone), *_widened(widened))


def _write_docs(gathered: Gathered, path: Path, proof: Proof, gone: list[str]) -> int:
    """How many spans were widened; the documents are not held longer than they are written."""
    from spacy.tokens import DocBin

    nlp, widened = _tokenizer(), 0
    docs = DocBin(attrs=["ORTH"], store_user_data=True)
    found = Texts(gathered).standing(gathered, gone)
    for article, group in groupby(found, key=lambda pair: pair[0]["article"]):
        records = [record for record, _ in group]
        doc = nlp.make_doc(gathered.articles[article].text)
        widened += _mark(doc, records)
        docs.add(doc)
        for record in records:
            proof.wrote(record)
    write_packed(docs, path)
    return widened


def _widened(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (
        f"spacy has {count:,} span{'' if count == 1 else 's'} widened to whole tokens; the exact "
        "offsets are in doc._.stance_claims",
    )


@contextmanager
def _plain_msgpack() -> Iterator[None]:
    """A block in which spaCy does not look for plug-ins of its serializer at every single group.

    That takes more than half of the time: those that there are at its beginning are kept, without
    those of other packages, since what is written here is made of plain values.
    """
    from srsly import msgpack_decoders, msgpack_encoders

    registries = (msgpack_encoders, msgpack_decoders)
    before = [registry.entry_points for registry in registries]
    try:
        for registry in registries:
            registry.entry_points = False
            registry.get_all = partial(dict, registry.get_all())
        yield
    finally:
        for registry, found in zip(registries, before, strict=True):
            registry.entry_points = found
            vars(registry).pop("get_all", None)  # the instance's; that of the class is left


@cache
def _tokenizer() -> Language:
    import spacy

    from pipeline.language.long_words import bound_words

    nlp = spacy.blank("en")
    bound_words(nlp, _LONGEST_WORD)
    return nlp


def _mark(doc: Doc, records: list[Json]) -> int:
    """How many spans were widened, once the claims are marked in the document."""
    groups: dict[str, list[Any]] = {role: [] for role in PIECES}
    widened = 0
    for record in records:
        for role, piece in pieces_of(record):
            start, end = piece["start"], piece["end"]
            span = doc.char_span(
                start,
                end,
                label=_label(role, record),
                kb_id=str(piece.get("entity") or ""),
                span_id=record["id"],
                alignment_mode="expand",
            )
            assert span is not None  # it lies in the text
            widened += (span.start_char, span.end_char) != (start, end)
            groups[role].append(span)
    for role, spans in groups.items():
        if spans:
            doc.spans[role] = spans
    doc._.article_id = records[0]["article"]
    doc._.article_metadata = records[0]["metadata"]
    doc._.stance_claims = [
        {key: value for key, value in record.items() if key not in ("article", "metadata")}
        for record in records
    ]
    return widened


def _label(role: str, record: Mapping[str, Any]) -> str:
    """The holder's kind, the cue's stance; of other spans their role."""
    if role == "holder":
        return str(record["holder"].get("kind") or role)
    return str(record["stance"]) if role == "cue" else role


def register_attributes() -> None:
    """Declare the custom attributes, so that a DocBin's documents can be asked for them.

    ``doc._.article_id``, ``doc._.article_metadata`` and ``doc._.stance_claims``; of a span in a
    group ``span._.stance_claim`` is the claim that it is a part of, None for other spans.
    """
    from spacy.tokens import Doc, Span

    for name, default in _DOC.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    if not Span.has_extension("stance_claim"):
        Span.set_extension("stance_claim", getter=_claim_of)


def _claim_of(span: Any) -> Mapping[str, Any] | None:
    claims: Iterable[Mapping[str, Any]] = span.doc._.stance_claims
    return next((claim for claim in claims if claim["id"] == span.id_), None)


def read_docs(path: Path) -> Iterator[Doc]:
    """The documents of a DocBin, their custom attributes declared.

    Raises:
        RecordError: the file is no DocBin.
    """
    register_attributes()
    source = Source(str(path), RecordError)
    data = read_bytes(path, source, limit=_MAX_BYTES)
    try:
        yield from read_packed(data).get_docs(_tokenizer().vocab)
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        what = f"is no DocBin ({type(error).__name__}); name a file that claims export wrote"
        raise source.unreadable(what, "not-docbin") from error


def read_docbin(path: Path) -> Iterator[Json]:
    """The records of the claims, whole, article by article.

    Raises:
        RecordError: the file is no DocBin, or a span of a claim has other words in the text.
    """
    for doc in read_docs(path):
        article, text = doc._.article_id, doc.text
        metadata = _plain(doc._.article_metadata)
        for claim in doc._.stance_claims:
            record: Json = {**_plain(claim), "article": article, "metadata": metadata}
            for role, piece in pieces_of(record):
                if text[piece["start"] : piece["end"]] != piece["text"]:
                    raise RecordError(
                        f"{path}: article {article}, claim {record['id']}: the words of its "
                        f"{role} do not stand in the text; export it again"
                    )
            yield record


def _plain(value: Any) -> Any:
    """The value with lists for tuples, which spaCy makes of them."""
    if isinstance(value, Mapping):
        return {key: _plain(found) for key, found in value.items()}
    return [_plain(found) for found in value] if isinstance(value, list | tuple) else value


FORMAT = Format(
    "a spaCy DocBin: one document an article, claims as span groups",
    ".spacy",
    write_docbin,
    text=False,
)
