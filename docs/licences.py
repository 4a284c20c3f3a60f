"""Print the licence of every library that the program and its extras need, and of what each needs.

Exit code 1 where one does not fit: permissive licences do, LGPL and MPL where ``NOTICE`` lists the
library, GPL and AGPL never.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from license_expression import LicenseExpression, get_spdx_licensing
from packaging.requirements import Requirement

PROJECT = "stance-claims"
NOTICE = Path(__file__).resolve().parents[1] / "NOTICE"
SPDX = get_spdx_licensing()
PERMISSIVE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CNRI-Python HPND ISC MIT MIT-0 MIT-CMU PSF-2.0 "
    "Python-2.0 TCL Unlicense Zlib".split()
)
WEAK = re.compile(r"(LGPL|MPL)-\d")
# What a package's classifier or free text means in SPDX's words. The classifier of BSD names no
# clause; each form of it is permissive.
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU Lesser General Public License v2 (LGPLv2)": "LGPL-2.1-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
FREE_TEXTS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",  # partd: the file of its licence has the three clauses
    "BSD-3-Clause": "BSD-3-Clause",
    "MIT": "MIT",
    "MPL-2.0 AND MIT": "MPL-2.0 AND MIT",
    "Apache-2.0": "Apache-2.0",
}


@dataclass(frozen=True, slots=True)
class Licensed:
    """A library, its SPDX expression (empty where it states none), and whether it fits."""

    name: str
    expression: str
    fits: bool
    weak: bool


def main() -> int:
    """Print the table; 1 where a licence does not fit."""
    found = list(find_licences())
    for item in found:
        remark = "" if item.fits else "   does not fit"
        print(f"{item.name:28} {item.expression or 'states none'}{remark}")
    return int(not all(item.fits for item in found))


def find_licences(project: str = PROJECT) -> Iterator[Licensed]:
    """Every installed library that the project or an extra of it needs, by name."""
    listed = NOTICE.read_text("utf-8")
    for name in sorted(_needed(project, extras=True)):
        expression = stated_licence(distribution(name))
        weak = bool(expression) and not fits(expression)
        known = re.search(rf"^ +{re.escape(name)} ", listed, re.MULTILINE) is not None
        allowed = bool(expression) and fits(expression, weak=known)
        yield Licensed(name, expression, allowed, weak)


def stated_licence(package: Distribution) -> str:
    """What a package says of its licence in SPDX's words; empty where it says nothing known."""
    metadata = package.metadata
    if expression := metadata.get("License-Expression"):
        return expression
    if (text := (metadata.get("License") or "").strip()) in FREE_TEXTS:
        return FREE_TEXTS[text]
    kinds = [
        CLASSIFIERS.get(line.rsplit(" :: ", 1)[-1], "LicenseRef-unknown")
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    return " AND ".join(sorted(set(kinds))) or _read_file(package)


def fits(expression: str, *, weak: bool = False) -> bool:
    """Whether an expression can be met by permissive licences, with ``weak`` by LGPL and MPL too.

    >>> fits("MIT OR GPL-2.0-only"), fits("MIT AND GPL-2.0-only"), fits("LGPL-2.1-only")
    (True, False, False)
    """
    return _meets(SPDX.parse(expression), weak)


def _meets(part: LicenseExpression, weak: bool) -> bool:
    if part.args:
        answers = [_meets(item, weak) for item in part.args]
        return any(answers) if isinstance(part, SPDX.OR) else all(answers)
    key = str(part)
    return key in PERMISSIVE or (weak and WEAK.match(key) is not None)


def _read_file(package: Distribution) -> str:
    """The licence that a package's own file begins with, where its metadata says nothing."""
    for file in package.files or ():
        if file.name.upper().startswith("LICENSE") and ".dist-info" in str(file):
            head = " ".join(file.read_text("utf-8").split()[:30])
            if "Apache License Version 2.0" in head:
                return "Apache-2.0"
            if "Permission is hereby granted, free of charge" in head or "MIT License" in head:
                return "MIT"
    return ""


def _needed(name: str, *, extras: bool, seen: set[str] | None = None) -> set[str]:
    """The installed libraries below a package; an optional one that is not there is none."""
    seen = set() if seen is None else seen
    for line in distribution(name).requires or ():
        wanted = Requirement(line)
        key = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if key in seen or key == PROJECT or not _applies(wanted, extras):
            continue
        try:
            distribution(key)
        except PackageNotFoundError:
            continue
        seen.add(key)
        _needed(key, extras=bool(wanted.extras), seen=seen)
    return seen


def _applies(wanted: Requirement, extras: bool) -> bool:
    if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
        return True
    return extras and "extra" in str(wanted.marker)


if __name__ == "__main__":
    sys.exit(main())
