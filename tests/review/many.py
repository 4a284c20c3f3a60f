"""Many small tasks, quickly made."""

from __future__ import annotations

from dataclasses import replace

from pipeline.review.tasks import Task, build_tasks
from tests.dataset.build import article


def many_tasks(count: int) -> tuple[Task, ...]:
    """``count`` different tasks of one claim each or more, always the same."""
    return build_tasks(replace(article(), article=f"note-{number}") for number in range(count))
