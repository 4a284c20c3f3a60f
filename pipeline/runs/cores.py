"""How many cores this process may use, and how many threads a library takes for itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from math import ceil
from pathlib import Path

_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores() -> int:
    """The cores that this process may use, at least 1: fewer than the machine's in a container.

    Source: the process's affinity, and the quota of its control group (``cpu.max``).
    """
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return max(1, min((cores, *_quota())))


def use_one_thread() -> None:
    """Have libraries that are loaded from now on, here and in children, use one thread each.

    What the environment says already stays. Many workers with many threads each would wait for
    one another.
    """
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _quota() -> Iterator[int]:
    try:
        most, period = _QUOTA.read_text(encoding="ascii").split()
        yield ceil(int(most) / int(period))
    except (OSError, ValueError, ZeroDivisionError):  # no control groups, or "max": no quota
        return
