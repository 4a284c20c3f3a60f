"""Processes that do the same work side by side: results in order, a process that dies replaced.

Each process has a pipe of its own, so that one that is killed while it writes tears nothing that
another reads. A group of items goes to one process; where that dies, the items go one by one, and
an item whose process dies twice while it is alone there is given up: ``Died`` stands in its place.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.errors import PipelineError
from pipeline.runs.served import Said, say_logged, serve, signals_held

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess, SpawnProcess

Item = TypeVar("Item")
Result = TypeVar("Result")
Tag = TypeVar("Tag")
Work = Callable[[Sequence[Item]], Sequence[Result]]

_MOST_DEATHS_AT_START = 5
_GROUPS_A_WORKER = 4
_SECONDS_TO_END = 2.0


class WorkerError(PipelineError):
    """The processes cannot begin their work; the message says what happened to the last one."""

    cause = "workers"


@dataclass(frozen=True, slots=True)
class Died:
    """What stands in the place of an item's result where its process died twice; ``how`` it did."""

    how: str


@dataclass(slots=True)
class _Group(Generic[Tag]):
    """Items in hand: their results by place, and how many are still to come."""

    tag: Tag
    results: list[Any]
    left: int


@dataclass(slots=True)
class _Job:
    """Items for one process: all of a group, or one of them alone after a death."""

    group: _Group[Any]
    places: range
    items: Sequence[Any]
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    process: ForkProcess | SpawnProcess
    connection: Connection
    ready: bool = False
    job: _Job | None = None


def start_methods() -> tuple[str, ...]:
    """How processes can be started here, the one that is taken by default first.

    ``fork`` shares what is loaded already, memory too; ``spawn`` loads it anew in each process.
    macOS has both and its own libraries are not safe to fork.
    """
    known = multiprocessing.get_all_start_methods()
    first = known[0] if known[0] in ("fork", "spawn") else "fork"
    return (first, *(name for name in ("fork", "spawn") if name in known and name != first))


def work_in_processes(
    prepare: Callable[[], Work[Item, Result]],
    groups: Iterable[tuple[Tag, Sequence[Item]]],
    *,
    workers: int,
    method: str | None = None,
) -> Iterator[tuple[Tag, list[Result | Died]]]:
    """Each group's tag and results, in the order of the groups, which are read as needed.

    ``prepare`` is called in each process and returns what gives a result for each item; with the
    method ``spawn`` it and its arguments must be importable by name. No more than some groups a
    worker are in memory. However this ends, by Ctrl-C too, no process is left.

    Raises:
        WorkerError: the processes die before they can begin.
        PipelineError: what ``prepare`` raised.
    """
    pool: _Pool[Item, Result, Tag] = _Pool(prepare, workers, method or start_methods()[0])
    try:
        yield from pool.work(iter(groups))
    finally:
        pool.stop()


@dataclass(slots=True)
class _Pool(Generic[Item, Result, Tag]):
    prepare: Callable[[], Work[Item, Result]]
    size: int
    method: str
    workers: list[_Worker] = field(default_factory=list)
    waiting: deque[_Job] = field(default_factory=deque)
    order: deque[_Group[Tag]] = field(default_factory=deque)
    died_at_start: int = 0

    def work(
        self, groups: Iterator[tuple[Tag, Sequence[Item]]]
    ) -> Iterator[tuple[Tag, list[Result | Died]]]:
        """Each group's tag and results in order."""
        while True:
            self._take(groups)
            self._hand_out()
            while self.order and not self.order[0].left:
                done = self.order.popleft()
                yield done.tag, done.results
                self._take(groups)
                self._hand_out()
            if not self.order:
                return
            self._wait()

    def stop(self) -> None:
        """End all processes at once, whatever they are at."""
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(_SECONDS_TO_END)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.connection.close()
            worker.process.close()
        self.workers.clear()

    def _take(self, groups: Iterator[tuple[Tag, Sequence[Item]]]) -> None:
        while len(self.order) < self.size * _GROUPS_A_WORKER:
            found = next(groups, None)
            if found is None:
                return
            tag, items = found
            group = _Group(tag, [None] * len(items), len(items))
            self.order.append(group)
            if items:
                self.waiting.append(_Job(group, range(len(items)), items))

    def _hand_out(self) -> None:
        idle = [worker for worker in self.workers if worker.ready and worker.job is None]
        while self.waiting and idle:
            worker, job = idle.pop(), self.waiting.popleft()
            try:
                worker.connection.send(job.items)
                worker.job = job
            except OSError:  # it has died, and not of this: noticed as its pipe is read
                self.waiting.appendleft(job)
        starting = sum(not worker.ready for worker in self.workers)
        wanted = min(len(self.waiting) - starting, self.size - len(self.workers))
        for _ in range(wanted):
            self.workers.append(self._start())

    def _start(self) -> _Worker:
        context: Any = multiprocessing.get_context(self.method)
        ours, theirs = context.Pipe()
        shared = self.method == "fork"
        others = [ours, *(worker.connection for worker in self.workers)] if shared else []
        process = context.Process(target=serve, args=(theirs, others, self.prepare), daemon=True)
        with signals_held():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _wait(self) -> None:
        """Wait until a process says something or dies, and note it."""
        by_handle: dict[Any, _Worker] = {}
        for worker in self.workers:
            by_handle[worker.connection] = by_handle[worker.process.sentinel] = worker
        for worker in dict.fromkeys(by_handle[handle] for handle in wait(list(by_handle))):
            try:
                said = worker.connection.recv() if worker.connection.poll() else None
            except (EOFError, OSError):
                said = None
            if said is None:
                self._bury(worker)
            else:
                self._hear(worker, *said)

    def _hear(self, worker: _Worker, what: Said, value: Any) -> None:
        if what is Said.RAISED:
            raise value
        if what is Said.LOGGED:
            say_logged(value)
        elif what is Said.READY:
            worker.ready, self.died_at_start = True, 0
        elif worker.job is not None:
            self._settle(worker.job, value)
            worker.job = None

    def _settle(self, job: _Job, results: Sequence[Result | Died]) -> None:
        for place, result in zip(job.places, results, strict=True):
            job.group.results[place] = result
        job.group.left -= len(job.places)

    def _bury(self, worker: _Worker) -> None:
        """Take a process that died from the list; what it had in hand is done again, or given up.

        Where it lives and has only closed its pipe, it is ended.
        """
        worker.process.join(_SECONDS_TO_END)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        how = how_it_ended(worker.process.exitcode or 0)
        worker.connection.close()
        worker.process.close()
        self.workers.remove(worker)
        if not worker.ready:
            self._count_start(how)
        if (job := worker.job) is None:
            return
        if len(job.items) > 1:
            alone = (
                _Job(job.group, range(place, place + 1), (item,))
                for place, item in zip(job.places, job.items, strict=True)
            )
            self.waiting.extendleft(reversed(list(alone)))
        elif not job.deaths:
            self.waiting.appendleft(_Job(job.group, job.places, job.items, deaths=1))
        else:
            self._settle(job, [Died(how)])

    def _count_start(self, how: str) -> None:
        self.died_at_start += 1
        if self.died_at_start >= _MOST_DEATHS_AT_START:
            raise WorkerError(
                f"{self.died_at_start} worker processes died before they could begin; the last "
                f"one {how}. If memory ran out, use fewer: --workers 1"
            )


def how_it_ended(code: int) -> str:
    """What an exit code means, in words.

    >>> how_it_ended(-9), how_it_ended(3)
    ('was killed (SIGKILL)', 'ended with exit code 3')
    """
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"was killed ({name})"
