"""A process in which a library is not installed."""

from __future__ import annotations

import subprocess
import sys
import tempfile

from tests.cli.running import environment

_CODE = """
import sys
sys.modules[{library!r}] = None  # as if it were not installed
from pathlib import Path
from pipeline.errors import SettingError
from pipeline.export.formats import write_export
from tests.export.records import claim, gathered_of
gathered = gathered_of([claim()])
try:
    {call}
except SettingError as error:
    print(error)
print(*Path('.').iterdir(), end='')
"""


def without(library: str, call: str) -> str:
    """What the SettingError of a call says where the library is not there; no file may be left."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _CODE.format(library=library, call=call)],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        )
    return done.stdout.removesuffix("\n")
