"""What the data manager shows of a project's passages: the columns that a reviewer reads."""

from __future__ import annotations

from typing import Any

from pipeline.review.answers import shape_errors
from pipeline.review.client import Server
from pipeline.review.shapes import list_of, number_of, object_in, object_of, text_of

Json = dict[str, Any]

BARE, TITLE = "Default", "Passages"
"""The titles of the view that a project begins with, and of the one for its passages."""
READ = ("data.article", "data.text", "data.number_of_claims", "data.lowest_score",
        "total_annotations")  # fmt: skip
"""The columns of the list of passages; each can be filtered by."""
BESIDE = ("data.article", "data.number_of_claims")
"""Those of the narrow list beside an open passage."""
_WIDTHS = {"tasks:data.article": 220, "tasks:data.text": 560}


def ensure_columns(server: Server, project: int) -> None:
    """See to it that the project's view shows the columns above; one that was changed is left.

    The columns of a project are known once it has tasks.

    Raises:
        ServerError: where the server refuses.
    """
    path = "/api/dm/views/"
    views = server.get_list(path, project=project)
    with shape_errors(server.url, path):
        found = [object_in(view, "a view") for view in views]
        ours = [number_of(view, "id", "a view") for view in found if _is_bare(view)]
    if not ours:
        return
    names = _columns(server, project)
    if "tasks:data.article" in names:
        server.patch(f"{path}{ours[0]}/", {"project": project, "data": _view(names)})


def _is_bare(view: Json) -> bool:
    data = object_of(view, "data", "a view")
    return data.get("title") == BARE and "hiddenColumns" not in data


def _columns(server: Server, project: int) -> list[str]:
    """The names of all columns, as a view has them."""
    path = "/api/dm/columns"
    answer = server.get_object(path, project=project)
    with shape_errors(server.url, path):
        columns = [object_in(one, "a column") for one in list_of(answer, "columns", "the answer")]
        names = []
        for column in columns:
            name = text_of(column, "id", "a column")
            inside = f"{column['parent']}." if column.get("parent") else ""
            names.append(f"{column.get('target', 'tasks')}:{inside}{name}")
    return names


def _view(names: list[str]) -> Json:
    def all_but(shown: tuple[str, ...]) -> list[str]:
        kept = {f"tasks:{name}" for name in shown}
        return [name for name in names if name not in kept]

    return {
        "title": TITLE,
        "type": "list",
        "target": "tasks",
        "hiddenColumns": {"explore": all_but(READ), "labeling": all_but(BESIDE)},
        "columnsWidth": _WIDTHS,
        "filters": {"conjunction": "and", "items": []},
    }
