"""Files and addresses, packed or plain: read to the end or refused, written whole or not at all."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import zstandard

from pipeline.errors import SettingError
from pipeline.runs.streams import (
    as_text,
    find_sources,
    list_names,
    open_result,
    open_source,
    remove,
    size_at,
)

TEXT = "Perú objetó.\n" * 20_000
DATA = TEXT.encode()


def read(name: str) -> bytes:
    with open_source(name) as stream:
        return stream.read()


def write(name: str, text: str = TEXT) -> None:
    with open_result(name) as raw, as_text(raw) as stream:
        stream.write(text)


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    return {
        "path": str(tmp_path),
        "file": f"file://{tmp_path}",
        "memory": f"memory://{tmp_path.name}",
    }


@pytest.mark.parametrize("place", ["path", "file", "memory"])
@pytest.mark.parametrize("packed", ["", ".gz", ".zst"])
def test_what_is_written_is_read_and_packed_alike_each_time(
    places: dict[str, str], place: str, packed: str
) -> None:
    name = f"{places[place]}/out/a.jsonl{packed}"
    write(name)
    assert read(name) == DATA
    assert list_names(f"{places[place]}/out") == [f"a.jsonl{packed}"]
    size = size_at(name)
    assert (size == len(DATA)) is not bool(packed)
    write(name, "short")
    assert read(name) == b"short"
    other = f"{places[place]}/out/b.jsonl{packed}"
    write(other, "short")
    assert size_at(name) == size_at(other)
    for pattern in ("", "*.jsonl*", "?.*"):
        found = find_sources(f"{places[place]}/out/{pattern}")
        assert [one.rpartition("/")[2] for one in found] == [f"a.jsonl{packed}", f"b.jsonl{packed}"]
    remove(name)
    remove(name)
    assert list_names(f"{places[place]}/out") == [f"b.jsonl{packed}"]


def test_other_programs_read_what_is_packed(tmp_path: Path) -> None:
    for ending, unpack in ((".gz", gzip.decompress), (".zst", unpack_zstandard)):
        path = tmp_path / f"a{ending}"
        write(str(path))
        assert unpack(path.read_bytes()) == DATA
        assert path.stat().st_size < len(DATA) // 50


def unpack_zstandard(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read()


@pytest.mark.parametrize("place", ["path", "file", "memory"])
@pytest.mark.parametrize("packed", ["", ".gz", ".zst"])
def test_what_is_not_finished_has_no_name(places: dict[str, str], place: str, packed: str) -> None:
    name = f"{places[place]}/out/a.jsonl{packed}"
    write(name, "old")
    with pytest.raises(KeyboardInterrupt):
        write_half(name)
    assert read(name) == b"old"
    assert list_names(f"{places[place]}/out") == [f"a.jsonl{packed}"]


def write_half(name: str) -> None:
    with open_result(name) as raw, as_text(raw) as stream:
        stream.write(TEXT)
        stream.flush()
        assert read(name) == b"old"
        raise KeyboardInterrupt


@pytest.mark.parametrize("packed", [".gz", ".zst"])
@pytest.mark.parametrize("cut", [5, 11, 25, -1])
def test_half_of_a_packed_file_is_refused_and_two_in_one_are_read(
    tmp_path: Path, packed: str, cut: int
) -> None:
    path = tmp_path / f"a{packed}"
    write(str(path))
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    with pytest.raises(SettingError, match=r"a\.\w+: cannot be decompressed .* fetch it again"):
        read(str(path))
    path.write_bytes(whole + whole)
    assert read(str(path)) == DATA + DATA
    path.write_bytes(whole + whole[:cut])
    with pytest.raises(SettingError, match="fetch it again"):
        read(str(path))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as found:
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()
        thread.join()


@pytest.mark.parametrize("packed", ["", ".gz", ".zst"])
def test_a_server_is_read_from_and_its_faults_name_the_address(
    server: str, tmp_path: Path, packed: str
) -> None:
    write(str(tmp_path / f"a{packed}"))
    assert read(f"{server}/a{packed}") == DATA
    with pytest.raises(SettingError, match=rf"{server}/none: cannot be read .*check the address"):
        read(f"{server}/none")
    with pytest.raises(SettingError, match=rf"{server}/b: cannot be written to"):
        write(f"{server}/b")
    with pytest.raises(SettingError, match="cannot be read"):
        read("http://127.0.0.1:9/a")


def test_an_address_of_a_kind_that_nobody_knows_is_refused() -> None:
    for address in ("nosuch://a/b", "s3://bucket/a.jsonl"):
        with pytest.raises(SettingError, match=f"what reads {address[:2]}"):
            read(address)
