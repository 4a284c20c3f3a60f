"""Shards extracted by a Dask cluster: each part is written once, whatever workers die.

A shard is a task of its own. Dask does it again where its worker dies; since a part has its name
only when it is whole, nothing is doubled. A shard whose worker died goes article by article the
next time, and leaves a trail: an article at which two workers died is passed over, and named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache, partial
from typing import Any

from pipeline.errors import PipelineError, SettingError
from pipeline.extras import needed
from pipeline.records import Article
from pipeline.runs.extractor import DIED, Extractor, Found, Making, extract_lines
from pipeline.runs.guard import Failure
from pipeline.runs.parts import Plan, Report, made_with, write_json, write_part
from pipeline.runs.shards import read_shard
from pipeline.runs.streams import open_source, remove

Load = Callable[[Making], Extractor]

_IN_HAND = 2_000
_MOST_TRIES = 20
_DEATHS = 2
_PATIENT = {"distributed.deploy.lost-worker-timeout": "1 day"}


@contextmanager
def connected(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the cluster at the address, or of one of so many processes on this machine.

    Raises:
        SettingError: Dask is not installed, or nobody answers at the address.
    """
    dask = needed("distributed", who="this needs", extra="dask")
    with ExitStack() as stack:
        if scheduler is None:
            # A worker that dies is begun anew; by default it is given up where that takes a while.
            stack.enter_context(needed("dask.config", who="this needs", extra="dask").set(_PATIENT))
            cluster = dask.LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
            )
            stack.enter_context(cluster)
            client = dask.Client(cluster)
        else:
            try:
                client = dask.Client(scheduler, timeout="5s")
            except (OSError, ValueError) as error:
                raise SettingError(
                    f"--scheduler {scheduler}: no Dask scheduler answers there ({error}); begin "
                    "one with: dask scheduler"
                ) from error
        yield stack.enter_context(client)


def extract_on(
    client: Any, plan: Plan, numbers: Sequence[int], *, load: Load | None = None
) -> Iterator[Report]:
    """The report of each shard, as they are done; a shard that cannot be done has failed itself.

    ``load`` gives the extractor of a worker, by default the one that the plan says.

    Raises:
        SettingError: a worker has another version, model or lexicon than this process.
        PipelineError: an input cannot be read, or a part not be written.
    """
    dask = needed("distributed", who="this needs", extra="dask")
    remaining, tries = iter(numbers), dict.fromkeys(numbers, 0)
    made = made_with(plan.making)
    numbers_of: dict[str, int] = {}

    def submit(number: int) -> Any:
        tries[number] += 1
        key = f"extract-{plan.part(number)}-{tries[number]}-{id(tries)}"
        numbers_of[key] = number
        work = extract_here if load is None else partial(extract_here, load=load)
        return client.submit(work, plan, number, made, key=key, retries=2, pure=False)

    first = [submit(number) for number, _ in zip(remaining, range(_IN_HAND), strict=False)]
    done = dask.as_completed(first)
    del first
    for future in done:
        number = numbers_of.pop(future.key)
        report = _result(future, dask.KilledWorker)
        if report is None and tries[number] < _MOST_TRIES:
            done.add(submit(number))
            continue
        yield report or _given_up(plan, number)
        if (following := next(remaining, None)) is not None:
            done.add(submit(following))


def _result(future: Any, killed: type[Exception]) -> Report | None:
    """The report; None where too many workers died of it for Dask."""
    try:
        result: Report | PipelineError = future.result()
    except killed:
        return None
    if isinstance(result, PipelineError):
        raise result
    return result


def _given_up(plan: Plan, number: int) -> Report:
    name = plan.shards[number].name
    fault = f"its worker died {_MOST_TRIES} times and more; give its workers more memory"
    return Report(number, failures=[Failure(name, DIED, fault)])


def extract_here(
    plan: Plan, number: int, made: dict[str, object], *, load: Load | None = None
) -> Report | PipelineError:
    """The report of a shard that is extracted in this process, or what is wrong.

    ``made`` is what the extraction is to be made with, as ``made_with`` gives it.
    """
    try:
        if (here := made_with(plan.making)) != made:
            unlike = ", ".join(
                f"{key} {here.get(key)}" for key in made if here.get(key) != made[key]
            )
            raise SettingError(f"a worker has {unlike}; install there what is installed here")
        extractor = (load or _loaded)(plan.making)
        report = write_part(plan, number, _results(plan, number, extractor))
        remove(plan.trail(number))
    except PipelineError as error:
        return error
    return report


def _check_alike(here: dict[str, object], made: dict[str, object]) -> None:
    if unlike := [f"{key} {here.get(key)}" for key in made if here.get(key) != made[key]]:
        raise SettingError(
            f"a worker has {', '.join(unlike)}; install there what is installed here, and have the "
            "same lexicons there"
        )


def _results(plan: Plan, number: int, extractor: Extractor) -> Iterator[Found | Failure]:
    """What becomes of a shard's articles: in batches at first, one by one after a death."""
    articles = read_shard(plan.shards[number])
    deaths = read_trail(plan, number)
    if deaths is None:
        write_json(plan.trail(number), {"at": None, "deaths": {}})
        return extract_lines(extractor, articles)
    marked = _leaving_a_trail(plan, number, articles, deaths)
    return extract_lines(extractor, marked, size=1)


def read_trail(plan: Plan, number: int) -> dict[str, int] | None:
    """How many workers died at each article of a shard, by its place; None before the first did."""
    try:
        with open_source(plan.trail(number)) as stream:
            found = json.load(stream)
    except SettingError:
        return None
    deaths: dict[str, int] = found["deaths"]
    if found["at"] is not None:
        deaths[found["at"]] = deaths.get(found["at"], 0) + 1
    return deaths


def _leaving_a_trail(
    plan: Plan, number: int, articles: Iterable[Article | Failure], deaths: dict[str, int]
) -> Iterator[Article | Failure]:
    """The articles, each written down before it is in hand; those that workers died of, failed."""
    for place, article in enumerate(articles):
        if deaths.get(str(place), 0) >= _DEATHS and isinstance(article, Article):
            fault = f"{_DEATHS} workers died at it; if memory ran out, split the article"
            yield Failure(article.id, DIED, fault)
            continue
        write_json(plan.trail(number), {"at": str(place), "deaths": deaths})
        yield article
    write_json(plan.trail(number), {"at": None, "deaths": deaths})


@lru_cache(maxsize=2)
def _loaded(making: Making) -> Extractor:
    """The loaded pipeline of this process, for all shards that it is given."""
    extractor = Extractor(making)
    extractor.load()
    return extractor


@lru_cache(maxsize=2)
def _made_here(making: Making) -> dict[str, object]:
    return made_with(making)
