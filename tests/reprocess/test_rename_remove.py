"""Articles are renamed and removed; the ledger only grows, and every step can be cut off."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset.carry import find_to_carry, renamed_claim
from pipeline.dataset.extracted import ids_by_words
from pipeline.dataset.fold import position_id
from pipeline.dataset.ledger import (
    LEDGER,
    append_decisions,
    line_for,
    read_decisions,
    standing_decisions,
)
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Verdict
from pipeline.dataset.verify import verify_workspace
from pipeline.errors import ArticleError, SettingError
from pipeline.jsonl import read_extractions
from pipeline.reading.amend import amend_toml, former_ids
from pipeline.reading.corpus import Corpus
from pipeline.reading.metadata import read_metadata
from pipeline.records import Claim
from pipeline.reprocess import rename as renaming
from pipeline.reprocess.files_of import Workplace
from pipeline.reprocess.remove import remove_article
from pipeline.reprocess.rename import rename_article
from tests.dataset.build import TEXT, article, as_extracted, decide, retract, workspace


def machine_claims(name: str = "note") -> tuple[Claim, ...]:
    """The claims of the test article with the ids that the machine gives them."""
    found = as_extracted(replace(article(), article=name))
    return tuple(sorted(found.claims, key=lambda claim: claim.cue))


def decided(number: int, verdict: str = "accepted", **more: object) -> Decision:
    return decide(machine_claims()[number], verdict, **more)  # type: ignore[arg-type]


FIRST, SECOND = decided(0), decided(1, "rejected", reviewer="bo@example.com")
LATE = decided(1, at="2026-03-01T10:00:00.000000Z")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """A workspace of one article with an original, an extraction before, and two decisions."""
    corpus, annotations = workspace(tmp_path, FIRST, SECOND)
    (corpus / "originals").mkdir()
    (corpus / "originals" / "note.md").write_bytes(b"# as it came\n")
    (corpus / "originals" / "note-0123abcd.md").write_bytes(b"# as it came before\n")
    (corpus / "originals" / "notebook.md").write_bytes(b"# another's\n")
    (annotations / "previous").mkdir()
    shutil.copy(annotations / "extracted" / "note.jsonl", annotations / "previous" / "note.jsonl")
    found = Workplace(Corpus(corpus), annotations)
    assert found.rebuild_verified() is None
    return found


def all_files(place: Workplace) -> dict[str, bytes]:
    root = place.annotations.parent
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def ledger_of(place: Workplace) -> bytes:
    return (place.annotations / LEDGER).read_bytes()


def assert_consistent(place: Workplace) -> list[str]:
    """The notes of a verification that finds no fault."""
    proof, result = verify_workspace(place.corpus.folder, place.annotations, dry_run=True)
    assert result is not None
    assert (proof.faults, result.faults, result.changed) == ([], (), False)
    return proof.notes


def test_a_rename_moves_every_file_and_carries_decisions_by_new_lines(place: Workplace) -> None:
    before, verified = ledger_of(place), all_files(place)["annotations/verified.jsonl"]
    done = rename_article(place, "note", "vote")
    assert (done.decisions, done.moved, done.fault) == (2, True, None)
    assert set(all_files(place)) == {
        "corpus/vote.txt",
        "corpus/vote.toml",
        "corpus/originals/vote.md",
        "corpus/originals/vote-0123abcd.md",
        "corpus/originals/notebook.md",
        "annotations/extracted/vote.jsonl",
        "annotations/previous/vote.jsonl",
        "annotations/decisions.jsonl",
        "annotations/verified.jsonl",
    }
    assert ledger_of(place).startswith(before)
    assert ledger_of(place).count(b"\n") == 4
    assert former_ids(place.corpus.read("vote").metadata) == ("note",)
    now = all_files(place)["annotations/verified.jsonl"]
    assert now.count(b"\n") == verified.count(b"\n") == 1
    assert assert_consistent(place) == []


def test_the_ids_of_claims_are_those_that_the_machine_gives_under_the_new_name(
    place: Workplace,
) -> None:
    rename_article(place, "note", "vote")
    wanted = [claim.id for claim in machine_claims("vote")]
    for path in place.extractions_of("vote"):
        (found,) = read_extractions(path)
        assert sorted(claim.id for claim in found.claims) == sorted(wanted)
        assert sorted(ids_by_words(found)) == sorted(wanted)
    standing = standing_decisions(read_decisions(place.annotations / LEDGER))
    assert {(item.article, item.claim) for item in standing} == {("vote", one) for one in wanted}
    assert {item.verdict for item in standing} == {Verdict.ACCEPTED, Verdict.REJECTED}


def test_a_second_rename_changes_no_byte(place: Workplace) -> None:
    rename_article(place, "note", "vote")
    before = all_files(place)
    done = rename_article(place, "note", "vote")
    assert (done.decisions, done.moved) == (0, False)
    assert all_files(place) == before


def test_a_dry_run_writes_nothing_and_says_what_would_be(place: Workplace) -> None:
    before = all_files(place)
    assert rename_article(place, "note", "vote", dry_run=True).decisions == 2
    assert remove_article(place, "note", dry_run=True).decisions == 2
    assert all_files(place) == before


def test_what_a_colleague_decided_under_the_old_id_is_named_and_carried(place: Workplace) -> None:
    rename_article(place, "note", "vote")
    append_decisions(place.annotations / LEDGER, [LATE])
    (note,) = assert_consistent(place)
    assert note.startswith("1 decisions are on note, which is vote now")
    assert "claims rename note vote" in note
    assert rename_article(place, "note", "vote").decisions == 1
    assert assert_consistent(place) == []
    standing = standing_decisions(read_decisions(place.annotations / LEDGER))
    assert {item.article for item in standing} == {"vote"}
    assert len(standing) == 3


def test_a_retraction_of_the_carried_decision_takes_the_carrying_one_back(place: Workplace) -> None:
    rename_article(place, "note", "vote")
    append_decisions(place.annotations / LEDGER, [retract(FIRST)])
    standing = standing_decisions(read_decisions(place.annotations / LEDGER))
    assert [item.verdict for item in standing] == [Verdict.REJECTED]
    assert rename_article(place, "note", "vote").decisions == 0


def test_two_who_rename_write_the_same_lines_and_a_union_of_both_is_one(place: Workplace) -> None:
    ledger = read_decisions(place.annotations / LEDGER)
    mine = find_to_carry(ledger, ["note"], "vote")
    theirs = find_to_carry(tuple(reversed((*ledger, LATE))), ["note"], "vote")
    assert {line_for(item) for item in mine} < {line_for(item) for item in theirs}
    append_decisions(place.annotations / LEDGER, [LATE, *theirs])
    rename_article(place, "note", "vote")
    assert ledger_of(place).count(b"\n") == 6
    assert assert_consistent(place) == []


def test_a_renamed_article_is_renamed_again_and_back(place: Workplace) -> None:
    claims = {
        name: {claim.id for claim in machine_claims(name)} for name in ("vote", "day", "note")
    }
    for old, new in (("note", "vote"), ("vote", "day"), ("day", "note"), ("note", "vote")):
        assert rename_article(place, old, new).decisions == 2
        standing = standing_decisions(read_decisions(place.annotations / LEDGER))
        assert {item.article for item in standing} == {new}
        assert {item.claim for item in standing} == claims[new]
        assert assert_consistent(place) == []
    append_decisions(place.annotations / LEDGER, [LATE])
    assert rename_article(place, "note", "vote").decisions == 1


def test_ids_are_found_for_added_claims_and_for_later_ones_of_a_kind() -> None:
    position = decided(0).decided
    assert position is not None
    added = with_id(
        replace(
            decided(0),
            verdict=Verdict.ADDED,
            shown=None,
            machine=None,
            claim=position_id("note", TEXT, position),
        )
    )
    assert renamed_claim(added, "vote") == position_id("vote", TEXT, position)
    second = replace(FIRST, claim=f"{FIRST.claim}-2")
    assert renamed_claim(second, "vote") == f"{machine_claims('vote')[0].id}-2"
    assert renamed_claim(replace(FIRST, claim="q-17"), "vote") is None
    unknown = with_id(replace(FIRST, claim="0123456789abcdef"))
    (line,) = find_to_carry([unknown], ["note"], "vote")
    assert (line.claim, line.carries) == (unknown.claim, unknown.id)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("other", "there is an article 'other' already"),
        ("Vote", "cannot be an article's id"),
        ("../vote", "cannot be an article's id"),
        ("note", "is its id already"),
        ("waiting", "is there already, without a text"),
        ("earlier", "decisions on an earlier article 'earlier'"),
    ],
)
def test_an_id_that_is_taken_is_refused_and_nothing_written(
    place: Workplace, new: str, message: str
) -> None:
    (place.corpus.folder / "other.txt").write_text("Cuba left.\n")
    (place.corpus.folder / "waiting.toml").write_text('title = "Soon"\n')
    earlier = with_id(replace(FIRST, article="earlier"))
    append_decisions(place.annotations / LEDGER, [earlier])
    before = all_files(place)
    with pytest.raises(SettingError, match=message):
        rename_article(place, "note", new)
    with pytest.raises(ArticleError, match="no article 'missing'"):
        rename_article(place, "missing", "vote")
    assert all_files(place) == before


class Cut(Exception):
    """The machine goes down."""


def _cut_after(
    monkeypatch: pytest.MonkeyPatch, module: object, names: list[str], step: int
) -> None:
    """The ``step``-th call among the named functions of a module is never made."""
    calls = iter(range(10_000))

    def cutting(real):  # type: ignore[no-untyped-def]
        def call(*args, **more):  # type: ignore[no-untyped-def]
            if next(calls) == step:
                raise Cut
            return real(*args, **more)

        return call

    for name in names:
        monkeypatch.setattr(module, name, cutting(getattr(module, name)))


WRITES = ["write_text_atomically", "write_bytes_atomically", "write_extractions"]
STEPS = [*WRITES, "append_decisions", "repoint_duplicates", "_delete_old"]


@pytest.mark.parametrize("step", range(9))
def test_a_rename_that_is_cut_off_anywhere_is_completed_by_the_same_call(
    place: Workplace, tmp_path_factory: pytest.TempPathFactory, step: int
) -> None:
    twin = tmp_path_factory.mktemp("twin")
    shutil.copytree(place.annotations.parent, twin, dirs_exist_ok=True)
    other = Workplace(Corpus(twin / "corpus"), twin / "annotations")
    rename_article(other, "note", "vote")
    with pytest.MonkeyPatch.context() as patch:
        _cut_after(patch, renaming, STEPS, step)
        with pytest.raises(Cut):
            rename_article(place, "note", "vote")
    proof, result = verify_workspace(place.corpus.folder, place.annotations, dry_run=True)
    assert result is not None
    assert (proof.faults, result.faults) == ([], ())
    assert len(result.fold.verified) == 1
    rename_article(place, "note", "vote")
    assert all_files(place) == all_files(other)


@pytest.mark.parametrize("step", range(6))
def test_deletions_that_are_cut_off_are_completed_too(place: Workplace, step: int) -> None:
    calls = (
        lambda: rename_article(place, "note", "vote"),
        lambda: remove_article(place, "vote"),
    )
    for call in calls:
        with pytest.MonkeyPatch.context() as patch:
            _cut_after(patch, Path, ["unlink"], step)
            with pytest.raises(Cut):
                call()
        call()
        assert_consistent(place)
    assert not any("note." in name or "vote." in name for name in all_files(place))
    assert place.corpus.ids() == ()


def test_a_removal_takes_every_file_and_keeps_the_ledger(place: Workplace) -> None:
    before = ledger_of(place)
    done = remove_article(place, "note")
    assert (done.decisions, done.fault) == (2, None)
    assert {path.name for path in done.files} == {
        "note.txt",
        "note.toml",
        "note.md",
        "note-0123abcd.md",
        "note.jsonl",
    }
    assert set(all_files(place)) == {
        "corpus/originals/notebook.md",
        "annotations/decisions.jsonl",
        "annotations/verified.jsonl",
    }
    assert ledger_of(place) == before
    assert all_files(place)["annotations/verified.jsonl"] == b""
    assert assert_consistent(place) == []
    with pytest.raises(ArticleError, match="no article 'note'"):
        remove_article(place, "note")


def test_an_article_that_comes_back_has_its_decisions_again(place: Workplace) -> None:
    verified = all_files(place)["annotations/verified.jsonl"]
    kept = {path: path.read_bytes() for path in place.corpus.folder.glob("note.*")}
    remove_article(place, "note")
    for path, data in kept.items():
        path.write_bytes(data)
    assert place.rebuild_verified() is None
    ids = [line.split('"')[5] for line in verified.decode().splitlines()]
    assert len(ids) == 1
    assert ids[0] in all_files(place)["annotations/verified.jsonl"].decode()


def test_near_duplicates_follow_a_rename_and_stand_alone_after_a_removal(place: Workplace) -> None:
    for name in ("copy-a", "copy-b"):
        (place.corpus.folder / f"{name}.txt").write_text(TEXT + "\n")
        (place.corpus.folder / f"{name}.toml").write_text(
            '# ours\ntitle = "Copy"\nduplicate_of = "note"\nlikeness = 0.9\n'
        )
    assert rename_article(place, "note", "vote").duplicates == ("copy-a", "copy-b")
    paths = [place.corpus.metadata_path(name) for name in ("copy-a", "copy-b")]
    assert [read_metadata(path)["duplicate_of"] for path in paths] == ["vote", "vote"]
    assert remove_article(place, "vote").duplicates == ("copy-a", "copy-b")
    first, second = (read_metadata(path) for path in paths)
    assert first == {"title": "Copy"}
    assert second["duplicate_of"] == "copy-a"
    assert all(path.read_text().startswith("# ours\n") for path in paths)


def test_the_table_of_a_row_goes_with_its_last_row(place: Workplace) -> None:
    folder, sha256 = place.corpus.folder, "ab" * 32
    for row in (1, 2):
        (folder / f"t-{row}.txt").write_text(f"Cuba left {row} times.\n")
        (folder / f"t-{row}.toml").write_text(f'[source]\nsha256 = "{sha256}"\nrow = {row}\n')
    table = folder / "originals" / f"t-{sha256[:8]}.csv"
    table.write_text("text\n")
    remove_article(place, "t-1")
    assert table.exists()
    assert rename_article(place, "t-2", "u").moved
    assert table.exists()
    remove_article(place, "u")
    assert not table.exists()


def test_an_extraction_that_cannot_be_read_is_left_behind(place: Workplace) -> None:
    place.extractions_of("note")[0].write_bytes(b'{"article": "note", "te')
    assert rename_article(place, "note", "vote").fault is None
    assert not any(path.name == "note.jsonl" for path in place.annotations.rglob("*"))
    assert not place.extractions_of("vote")[0].exists()


def test_only_the_amended_lines_of_a_file_change() -> None:
    text = '# ours\ntitle = "A" # old\nnote = """\ntitle = no\n"""\n\n[source]\ntitle = "S"\n'
    assert amend_toml(text, {"title": "B"}) == text.replace('"A" # old', '"B"')
    assert amend_toml(text, {"title": "A"}) == text
    assert amend_toml(text, {"date": "2024", "title": None}) == text.replace(
        'title = "A" # old\n', ""
    ).replace('"""\n\n', '"""\ndate = "2024"\n\n')
    assert "[source]" in amend_toml(text, {"note": "short"})
