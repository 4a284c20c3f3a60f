"""The licences of everything that is installed with the program, and what is bundled."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from email.message import Message
from pathlib import Path
from subprocess import run

import pytest

from docs.licences import NOTICE, find_licences, fits, stated_licence

ROOT = Path(__file__).resolve().parents[1]


def test_every_library_that_the_program_and_its_extras_need_has_a_licence_that_fits() -> None:
    found = list(find_licences())
    assert {"spacy", "pandas", "nltk", "trafilatura", "label-studio-sdk"} <= {i.name for i in found}
    assert [(item.name, item.expression) for item in found if not item.fits] == []


def test_the_notice_lists_every_library_under_a_weak_copyleft_licence() -> None:
    weak = [item.name for item in find_licences() if item.weak]
    assert "pycountry" in weak
    assert [name for name in weak if f" {name} " not in NOTICE.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("expression", "alone", "listed"),
    [
        ("MIT", True, True),
        ("Apache-2.0 AND MIT", True, True),
        ("LGPL-2.1-only", False, True),
        ("MPL-2.0 AND MIT", False, True),
        ("MPL-1.1 OR GPL-2.0-only", False, True),
        ("GPL-3.0-or-later", False, False),
        ("AGPL-3.0-only", False, False),
        ("MIT AND GPL-3.0-only", False, False),
        ("LicenseRef-unknown", False, False),
    ],
)
def test_what_fits(expression: str, alone: bool, listed: bool) -> None:
    assert (fits(expression), fits(expression, weak=True)) == (alone, listed)


class Package:
    """What ``stated_licence`` reads of an installed package."""

    files = None

    def __init__(self, **lines: str) -> None:
        self.metadata = Message()
        for key, value in lines.items():
            self.metadata[key.replace("_", "-")] = value


@pytest.mark.parametrize(
    ("package", "stated"),
    [
        (Package(License_Expression="GPL-3.0-or-later", License="MIT"), "GPL-3.0-or-later"),
        (Package(Classifier="License :: OSI Approved :: MIT License"), "MIT"),
        (Package(Classifier="License :: Other/Proprietary License"), "LicenseRef-unknown"),
        (Package(License="all yours"), ""),
    ],
)
def test_what_a_package_states(package: Package, stated: str) -> None:
    assert stated_licence(package) == stated  # type: ignore[arg-type]


def test_the_distributions_hold_the_licence_and_leave_the_first_article_out(tmp_path: Path) -> None:
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True, capture_output=True)  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    (sdist,) = tmp_path.glob("*.tar.gz")
    names = zipfile.ZipFile(wheel).namelist()
    with tarfile.open(sdist) as archive:
        sources = archive.getnames()
    for held in (names, sources):
        assert any(name.endswith("/LICENSE") for name in held)
        assert any(name.endswith("/NOTICE") for name in held)
        assert any(name.endswith("models/grammar.yaml") for name in held)
        assert [name for name in held if "latin-america-cyber-diplomacy" in name] == []
