"""A DocBin that is packed piece by piece is the one that spaCy packs, and the other way round."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
import spacy
import srsly
from spacy.tokens import DocBin

from pipeline.export.docbin_packing import read_packed, write_packed

TEXTS = ("Perú 🇵🇪 rechazó\u00a0el veto.", "", "Fiji\tand Tonga agreed.", "العربية و English.")


def packed() -> tuple[DocBin, spacy.language.Language]:
    nlp = spacy.blank("en")
    docs = DocBin(attrs=["ORTH", "ENT_TYPE"], store_user_data=True)
    for number, doc in enumerate(map(nlp.make_doc, TEXTS)):
        if len(doc) > 1:
            doc.spans["cue"] = [doc[1:2]]
        doc.user_data["claims"] = [{"id": f"c{number}", "score": 0.5, "none": None}]
        doc.cats["policy"] = number / 4
        docs.add(doc)
    return docs, nlp


def said(docs: DocBin, nlp: spacy.language.Language) -> list[object]:
    return [
        (
            doc.to_json(),
            [(str(span), span.start) for span in doc.spans.get("cue", ())],
            srsly.json_dumps(doc.user_data["claims"]),
        )
        for doc in docs.get_docs(nlp.vocab)
    ]


def test_spacy_reads_what_is_packed_here_and_its_own_is_read_here(tmp_path: Path) -> None:
    docs, nlp = packed()
    write_packed(docs, tmp_path / "ours.spacy")
    docs.to_disk(tmp_path / "theirs.spacy")
    ours, theirs = ((tmp_path / f"{who}.spacy").read_bytes() for who in ("ours", "theirs"))

    assert zlib.decompress(ours) == zlib.decompress(theirs)
    wanted = said(DocBin().from_bytes(theirs), nlp)
    assert said(read_packed(ours), nlp) == said(read_packed(theirs), nlp) == wanted
    assert [one[0]["text"] for one in wanted] == list(TEXTS)


def test_one_without_documents_and_one_without_user_data_are_read() -> None:
    nlp = spacy.blank("en")
    assert list(read_packed(DocBin().to_bytes()).get_docs(nlp.vocab)) == []
    plain = DocBin(docs=[nlp("Fiji agreed.")])
    assert [doc.text for doc in read_packed(plain.to_bytes()).get_docs(nlp.vocab)] == [
        "Fiji agreed."
    ]


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_one_that_ends_too_early_is_none(share: float) -> None:
    data = packed()[0].to_bytes()
    cut = zlib.compress(zlib.decompress(data)[: int(share * len(zlib.decompress(data)))])
    for broken in (cut, data[: int(share * len(data))]):
        with pytest.raises((ValueError, KeyError, TypeError, zlib.error)):
            read_packed(broken)
