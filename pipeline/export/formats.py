"""The formats by name; a new one is a module here and a line in ``FORMATS``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import SettingError
from pipeline.export import (
    dna,
    docbin,
    edge_list,
    gexf,
    gold,
    graphml,
    json_lines,
    parquet,
    refi,
    tables,
    tidy,
    ucinet,
    web_annotation,
    workbook,
)
from pipeline.export.gather import Gathered
from pipeline.export.written import Format, Written, write_files

FORMATS: Mapping[str, Format] = {
    "jsonl": json_lines.FORMAT,
    "csv": tables.FORMAT,
    "tidy": tidy.FORMAT,
    "xlsx": workbook.FORMAT,
    "parquet": parquet.FORMAT,
    "dna": dna.STRICT,
    "dna-rich": dna.RICH,
    "refi-qda": refi.FORMAT,
    "graphml": graphml.FORMAT,
    "graphml-visone": graphml.VISONE,
    "gexf": gexf.FORMAT,
    "edgelist": edge_list.FORMAT,
    "ucinet": ucinet.FORMAT,
    "web-annotation": web_annotation.FORMAT,
    "spacy": docbin.FORMAT,
    "gold": gold.FORMAT,
}


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        SettingError: listing the known ones.
    """
    if name not in FORMATS:
        raise SettingError(f"no format {name!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[name]


def write_export(path: Path, name: str, gathered: Gathered) -> Written:
    """Write the claims to ``path`` in the format of that name; whole or not at all.

    Raises:
        SettingError: there is no such format.
    """
    return write_files(path, find_format(name), gathered)
