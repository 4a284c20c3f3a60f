"""The project on a server: found by its title, or made with our review screen."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from pipeline.errors import SettingError
from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.network.failures import ServerError
from pipeline.review.answers import shape_errors
from pipeline.review.client import Server
from pipeline.review.columns import BARE
from pipeline.review.regions import MODEL_VERSION
from pipeline.review.shapes import list_of, number_of, object_in, text_of

TITLE = "Claims"
ADJUDICATION = "adjudication"
LABELLING = "labelling.xml"


def settling(title: str) -> str:
    """The title of the project in which disagreements of the one of that title are settled."""
    return f"{title} · {ADJUDICATION}"


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
    current = server.get_object(f"/api/projects/{found}/")
    changed = {name: value for name, value in settings.items() if current.get(name) != value}
    if changed:
        server.patch(f"/api/projects/{found}/", changed)
    return found


def find_project(server: Server, title: str) -> int | None:
    """The number of the oldest project with that very title, None where there is none."""
    path, page = "/api/projects/", 1
    titles: dict[int, str] = {}
    while True:
        answer = server.get_object(path, title=title, page=page, page_size=100)
        with shape_errors(server.url, path):
            results = [object_in(x, "a project") for x in list_of(answer, "results", "the answer")]
            part = {
                number_of(x, "id", "a project"): text_of(x, "title", "a project") for x in results
            }
        if not answer.get("next"):
            titles |= part
            return min((one for one, name in titles.items() if name == title), default=None)
        if part.keys() <= titles.keys():  # or it would be asked for ever
            raise ServerError(
                f"{server.url}{path} gives the same projects as page {page} again; look into the "
                "server's log, then run the command again",
                cause="refused",
            )
        titles |= part
        page += 1


def find_reviewers(server: Server, title: str) -> int:
    """How many must see each passage of the project with that title; 1 where there is none."""
    found = find_project(server, title)
    if found is None:
        return 1
    path = f"/api/projects/{found}/"
    project = server.get_object(path)
    with shape_errors(server.url, path):
        return number_of(project, "maximum_annotations", "the project") or 1


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
    path = "/api/projects/"
    with shape_errors(server.url, path):
        made = object_in(server.post(path, {"title": title, **settings}), "the answer")
        project = number_of(made, "id", "the answer")
    # Without a saved view the first task that is opened by its address shows no prediction.
    server.post("/api/dm/views/", {"project": project, "data": {"title": BARE}})
    return project
