from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SettingError
from pipeline.files import (
    open_text_atomically,
    sha256_of_bytes,
    sha256_of_file,
    sha256_of_text,
    write_bytes_atomically,
    write_text_atomically,
)

WRITE_FOR_EVER = """
import sys
from pathlib import Path
from pipeline.files import open_text_atomically
with open_text_atomically(Path(sys.argv[1])) as stream:
    stream.write("new " * 100_000)
    stream.flush()
    print("writing", flush=True)
    import time
    time.sleep(60)
"""


def test_a_file_is_written_exactly_and_its_folders_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.txt"
    write_text_atomically(path, "one\r\ntwo\u2028\rthree\n\n")
    assert path.read_bytes() == "one\r\ntwo\u2028\rthree\n\n".encode()
    assert list(path.parent.iterdir()) == [path]


@given(st.text())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    write_text_atomically(path, text)
    with path.open(encoding="utf-8", newline="") as stream:
        assert stream.read() == text
    assert sha256_of_file(path) == sha256_of_text(text) == sha256_of_bytes(text.encode())


def test_ctrl_c_while_replacing_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    write_text_atomically(path, "old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_text_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_sigint_while_writing_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text_atomically(path, "old")
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    assert len(list(tmp_path.iterdir())) == 2, "the new text is in a file beside the old one"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode != 0
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_in_the_block_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def write_half() -> None:
        with open_text_atomically(path) as stream:
            stream.write("half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_text_that_is_not_unicode_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_text_atomically(tmp_path / "a.txt", "half \ud800")
    assert list(tmp_path.iterdir()) == []


def test_permissions_are_kept_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    previous = os.umask(0o027)
    try:
        write_text_atomically(path, "one")
    finally:
        os.umask(previous)
    assert path.stat().st_mode & 0o777 == 0o640
    path.chmod(0o604)
    write_bytes_atomically(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o604


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    write_text_atomically(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_folder_is_not_written_to(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="is not a file"):
        write_text_atomically(tmp_path, "text")


def test_readers_never_see_half(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text_atomically(path, "old")
    with open_text_atomically(path) as stream:
        stream.write("new" * 50_000)
        stream.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new" * 50_000
