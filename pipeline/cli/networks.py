"""The verb ``claims networks``: who stands with whom and for what, as matrices and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, on_one_line, say
from pipeline.cli.filters import NO_FILTER, narrow, with_filters
from pipeline.cli.gathering import gather_claims
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    RuleOption,
    chosen_rule,
    writable_place,
)
from pipeline.errors import SettingError
from pipeline.export.filters import Filter
from pipeline.networks.dates import OncePer
from pipeline.networks.discourse import Level
from pipeline.networks.kinds import NetworkType, Normalise

if TYPE_CHECKING:
    from pipeline.export.gather import Gathered
    from pipeline.export.network_files import Wanted
    from pipeline.networks.dates import Length
    from pipeline.networks.discourse import Discourse

EXAMPLE = "Example: claims networks -o networks/"
_STDOUT = Path("-")

_TYPE = typer.Option(
    "--type",
    "-t",
    metavar="TYPE",
    help="actor-concept, actor-congruence, actor-conflict, actor-subtract, concept-congruence, … "
    "(docs/networks.md); several may be named. By default the usual six.",
    show_default=False,
)
_OUT = typer.Option(
    "--output", "-o", metavar="PATH",
    help="A folder for all, or a file for one: .csv, .dl, .graphml, .svg or .png; - for stdout.",
)  # fmt: skip
_NORMALISE = typer.Option(
    "--normalise",
    help="What weights are divided by: activity, prominence for actors and concepts; average, "
    "jaccard, cosine for the others.",
)
_ONCE = typer.Option("--once-per", help="Within what the same statement counts once.")
_WINDOW = typer.Option(
    "--window", metavar="LENGTH", help="Also networks of times so long: 10d, 2w, 3m, 1y."
)
_STEP = typer.Option(
    "--step",
    metavar="LENGTH",
    help="How far apart windows begin; the length of the window for one after the other. "
    "By default one of its unit.",
)
_BY = typer.Option("--by", help="What stands for an actor.")
_UNRESOLVED = typer.Option("--unresolved", help="Also holders whom nobody has resolved.")
_MOST = typer.Option("--most", min=2, help="How many nodes stand in a matrix: the most active.")
_EXTRACTED = typer.Option("--extracted", help="The machine's claims, which nobody checked.")
_DUPLICATES = typer.Option("--duplicates", help="Also claims of near-duplicates of an article.")
_DRY_RUN = typer.Option("--dry-run", help="Count the statements, and write nothing.")


@with_filters
def networks(
    kinds: Annotated[list[NetworkType] | None, _TYPE] = None,
    output: Annotated[Path, _OUT] = _STDOUT,
    normalise: Annotated[Normalise, _NORMALISE] = Normalise.NONE,
    once_per: Annotated[OncePer, _ONCE] = OncePer.STATEMENT,
    window: Annotated[str | None, _WINDOW] = None,
    step: Annotated[str | None, _STEP] = None,
    by: Annotated[Level, _BY] = Level.HOLDER,
    unresolved: Annotated[bool, _UNRESOLVED] = False,
    most: Annotated[int, _MOST] = 500,
    extracted: Annotated[bool, _EXTRACTED] = False,
    rule: RuleOption = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    duplicates: Annotated[bool, _DUPLICATES] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    only: Filter = NO_FILTER,
) -> None:
    """Write discourse networks: actors by concepts, congruence and conflict of either.

    A folder gets each network as a matrix, a graph and a drawing; without a name the matrix of
    actors and concepts goes to stdout. Weights are those of Discourse Network Analyzer
    (docs/networks.md). Neutral statements, and statements without a concept, do not count and are
    counted beside. Exits with 1 where an article cannot be read.
    """
    from pipeline.concepts.statements import statements
    from pipeline.export.network_files import Wanted
    from pipeline.networks.discourse import read_discourse

    folder = _is_folder(output)
    wanted = Wanted(
        kinds=_wanted_kinds(kinds, folder=folder),
        normalise=normalise,
        per=once_per,
        windows=_windows(window, step),
        most=most,
    )
    _check(wanted, output, folder=folder)
    every = gather_claims(
        corpus,
        annotations,
        rule=chosen_rule(annotations, rule),
        models=models,
        extracted=extracted,
        duplicates=duplicates,
    )
    gathered = narrow(every, only, models=models)
    discourse = read_discourse(statements(gathered.claims()), by=by, unresolved=unresolved)
    faults = (f"left out: {fault}" for fault in gathered.faults)
    for line in (*gathered.notes, *faults, *_tell(discourse, wanted)):
        say(on_one_line(line))
    if len(discourse.said) == discourse.neutral:
        step = "" if only and not gathered.count else f" Next: {_next(gathered, extracted)}"
        say(f"no statement for or against a concept: nothing is written.{step}")
    else:
        _write(output, discourse, wanted, folder=folder, dry_run=dry_run)
    if gathered.faults:
        raise typer.Exit(1)


def _next(gathered: Gathered, extracted: bool) -> str:
    """What to do where there is nothing to count."""
    if gathered.count:
        return "claims concepts"
    return "claims extract" if extracted else "claims review start"


def _is_folder(output: Path) -> bool:
    return output != _STDOUT and (output.is_dir() or not output.suffix)


def _wanted_kinds(kinds: list[NetworkType] | None, *, folder: bool) -> tuple[NetworkType, ...]:
    from pipeline.networks.kinds import USUAL

    if kinds:
        return tuple(dict.fromkeys(kinds))
    return USUAL if folder else (NetworkType.ACTOR_CONCEPT,)


def _windows(window: str | None, step: str | None) -> tuple[Length, Length] | None:
    from pipeline.networks.dates import Length, parse_length

    if window is None:
        if step is not None:
            raise SettingError("--step is how far apart windows begin; name one with --window 3m")
        return None
    size = parse_length(window)
    return size, parse_length(step) if step else Length(1, size.unit)


def _check(wanted: Wanted, output: Path, *, folder: bool) -> None:
    """Refuse, before any work, what cannot be written.

    Raises:
        SettingError: with what to do instead.
    """
    from pipeline.export.network_files import SUFFIXES
    from pipeline.networks.kinds import check_normalise

    if len(wanted.kinds) == 1:
        check_normalise(wanted.kinds[0], wanted.normalise)
    elif not folder:
        raise SettingError("several networks need a folder; name one with: -o networks/")
    if output == _STDOUT:
        if wanted.windows:
            raise SettingError("windows are several networks; name a folder with: -o networks/")
        return
    if not folder and output.suffix not in SUFFIXES:
        raise SettingError(
            f"{output.name!r} is no folder and ends in none of: {', '.join(SUFFIXES)}"
        )
    if folder and output.exists() and not output.is_dir():
        raise SettingError(f"{str(output)!r} is a file; name a folder, or a file ending in .csv")
    writable_place(output)


def _tell(discourse: Discourse, wanted: Wanted) -> Iterator[str]:
    """What no network counts, no window holds and no matrix shows."""
    from pipeline.export.network_files import MOST_DRAWN_WINDOWS
    from pipeline.networks.dates import day_of, finest, windows_of
    from pipeline.networks.kinds import normalisations

    yield from discourse.left_out
    if number := discourse.neutral:
        yield f"not counted: {counted(number, 'neutral statement')}; networks have two sides"
    plain = [kind for kind in wanted.kinds if wanted.normalise not in normalisations(kind)]
    if plain:
        yield f"not normalised: {', '.join(plain)}, which {wanted.normalise} is not for"
    for mode in ("actor", "concept"):
        number = sum(node.mode == mode for node in discourse.nodes.values()) - wanted.most
        if number > 0:
            yield f"left out of matrices: {counted(number, mode)}, the least active; see --most"
    if wanted.windows is None:
        return
    unit = finest(*wanted.windows)
    if number := sum(day_of(one.date, unit) is None for one in discourse.said):
        yield f"in no window: {counted(number, 'statement')} without a date so exact"
    if len(windows_of(discourse.said, *wanted.windows)) > MOST_DRAWN_WINDOWS:
        yield f"windows are drawn where they are {MOST_DRAWN_WINDOWS} or fewer; these are more"


def _write(
    output: Path, discourse: Discourse, wanted: Wanted, *, folder: bool, dry_run: bool
) -> None:
    """Write the networks and say how many."""
    from pipeline.export.network_files import make_networks, to_bytes, write_folder, write_network

    sided = len(discourse.said) - discourse.neutral
    what = f"{counted(len(wanted.kinds), 'network')} of {counted(sided, 'statement')}"
    if dry_run:
        place = "" if output == _STDOUT else f" to {output}"
        say(f"{what} would be written{place}")
    elif folder:
        paths = write_folder(output, discourse, wanted)
        say(
            f"{what} written to {output}: {counted(len(paths), 'file')}. "
            f"Next: look at {output / f'{wanted.kinds[0]}.svg'}"
        )
    elif output == _STDOUT:
        (made,) = make_networks(discourse, wanted)
        emit(to_bytes(made.whole, ".csv").decode())
        say(f"{what} written. Next: claims networks -o networks/")
    else:
        (made,) = make_networks(discourse, wanted)
        paths = write_network(output, made)
        more = f" and {counted(len(paths) - 1, 'window')} beside it" if len(paths) > 1 else ""
        say(f"{what} written to {output}{more}. Next: claims networks -o networks/")
