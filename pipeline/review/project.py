"""The project on a server: found by its title, or made with our review screen."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from pipeline.errors import SettingError
from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.review.client import Server
from pipeline.review.tasks import MODEL_VERSION

TITLE = "Claims"
ADJUDICATION = "adjudication"
LABELLING = "labelling.xml"


def ensure_project(server: Server, *, title: str, screen: str, reviewers: int = 1) -> int:
    """The number of the project with that title, made or brought up to date where need be.

    ``screen`` is the labelling configuration; ``reviewers`` how many must see each passage.
    """
    settings = {
        "label_config": screen.strip(),  # as the server keeps it
        "maximum_annotations": reviewers,
        "model_version": MODEL_VERSION,
        "show_collab_predictions": True,
        "sampling": "Uncertainty sampling",  # the lowest prediction score first
        "show_skip_button": True,
        "skip_queue": "REQUEUE_FOR_OTHERS",
    }
    found = find_project(server, title)
    if found is None:
        return _create(server, title, settings)
    current = server.get(f"/api/projects/{found}/")
    changed = {name: value for name, value in settings.items() if current.get(name) != value}
    if changed:
        server.patch(f"/api/projects/{found}/", changed)
    return found


def find_project(server: Server, title: str) -> int | None:
    """The number of the oldest project with that very title, None where there is none."""
    page, found = 1, []
    while True:
        answer = server.get("/api/projects/", title=title, page=page, page_size=100)
        found += [int(item["id"]) for item in answer["results"] if item["title"] == title]
        if not answer.get("next"):
            return min(found) if found else None
        page += 1


def find_reviewers(server: Server, title: str) -> int:
    """How many must see each passage of the project with that title; 1 where there is none."""
    found = find_project(server, title)
    if found is None:
        return 1
    return int(server.get(f"/api/projects/{found}/").get("maximum_annotations") or 1)


def read_screen(annotations: Path) -> str:
    """The labelling configuration: the workspace's own, or else the packaged one."""
    packaged = resources.files("pipeline.review").joinpath(LABELLING)
    own = annotations / LABELLING
    beside = Path(__file__).parents[2] / "annotations" / LABELLING
    if os.path.lexists(own):
        return read_text(own, Source(str(own), SettingError))
    for place in (packaged, beside):
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise SettingError(f"{own} is missing and so is the packaged one; install the package again")


def _create(server: Server, title: str, settings: dict[str, object]) -> int:
    project = int(server.post("/api/projects/", {"title": title, **settings})["id"])
    # Without a saved view the first task that is opened by its address shows no prediction.
    server.post("/api/dm/views/", {"project": project, "data": {"title": "Default"}})
    return project
