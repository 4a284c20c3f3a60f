"""One bad file never stops the others, whatever the verb, and nobody is shown a traceback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from pipeline.jsonl import read_extractions
from tests.cli.running import COMMAND, environment, run_claims

GOOD = "Chile rejected the draft. Mexico supports the treaty.\n"
OTHER = "Peru condemned the raid on the port. Kenya welcomed the ruling.\n"
VERBS = (
    ("extract",),
    ("run", "--no-push"),
    ("verify",),
    ("show",),
    ("show", "--table"),
    ("diff",),
    ("export",),
    ("export", "--extracted"),
    ("entities",),
    ("rules",),
    ("review", "status"),
    ("review", "push", "--dry-run"),
)


def claims(*arguments: str, folder: Path) -> tuple[int, str, str]:
    """Exit code, data and talk of a call in which a fault of the program's own is traced."""
    ended = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**environment(), "CLAIMS_DEBUG": "1"},
        timeout=90,
        check=False,
    )
    said = ended.stderr.decode()
    assert "Traceback" not in said, said
    assert ended.returncode in (0, 1, 2), said
    return ended.returncode, ended.stdout.decode(), said


def put_in_its_place(path: Path, kind: str) -> None:
    """Put something else than a file where a file is looked for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link to nothing":
        path.symlink_to(path.parent / "nowhere")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            here = Path.cwd()
            os.chdir(path.parent)  # a socket's whole path has a limit
            made.bind(path.name)
            os.chdir(here)
    else:
        path.write_bytes(b"\xff\xfe\x00" + b"9" * 5000 + b"\n")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two good articles, extracted."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "vote.txt").write_text(GOOD)
    (folder / "corpus" / "ruling.txt").write_text(OTHER)
    assert claims("extract", folder=folder)[0] == 0
    return folder


KINDS = ("folder", "pipe", "link to nothing", "socket", "bytes")


@pytest.fixture
def workspace(extracted: Path, tmp_path: Path) -> Path:
    subprocess.run(["cp", "-a", f"{extracted}/.", str(tmp_path)], check=True)
    return tmp_path


def test_no_verb_is_stopped_by_what_stands_in_a_texts_place(workspace: Path) -> None:
    names = [f"bad-{kind.replace(' ', '-')}" for kind in KINDS]
    for name, kind in zip(names, KINDS, strict=True):
        put_in_its_place(workspace / "corpus" / f"{name}.txt", kind)
    for verb in VERBS:
        code, out, said = claims(*verb, folder=workspace)
        for name in names:
            if verb[0] in ("extract", "run", "verify"):
                assert name in said, (verb, name, said)
        if verb[0] in ("extract", "run", "verify", "export") and "--extracted" not in verb:
            assert code == 1, (verb, said)
        if verb == ("show", "--table") or "--extracted" in verb:
            assert "Chile" in out, (verb, said)
    (workspace / "new.txt").write_text("Ghana criticised the tariff on cocoa beans.\n")
    code, _, said = claims("add", "new.txt", folder=workspace)
    assert (code, "added as new" in said) == (0, True), said
    assert all(f"{name}.txt" in said for name in names[:4])  # the bytes of the last can be read
    code, _, said = claims("extract", folder=workspace)
    assert "1 extracted" in said or "new" in {p.stem for p in workspace.glob("annotations/*/*")}


def test_no_verb_is_stopped_by_what_stands_in_an_extractions_place(workspace: Path) -> None:
    folder = workspace / "annotations" / "extracted"
    for kind in KINDS:
        name = f"bad-{kind.replace(' ', '-')}"
        (workspace / "corpus" / f"{name}.txt").write_text(f"{GOOD}It was the {kind}.\n" * 3)
        put_in_its_place(folder / f"{name}.jsonl", kind)
    for verb in [*VERBS[2:], *VERBS[:2]]:  # the first two mend what can be mended
        code, out, said = claims(*verb, folder=workspace)
        if verb in (("show", "--table"), ("export", "--extracted"), ("entities",), ("rules",)):
            assert code == 1, (verb, said)
            assert said.count("left out: ") >= len(KINDS), (verb, said)
            assert out, verb
        if verb[0] in ("extract", "verify", "run"):
            assert "bad-folder" in said, (verb, said)
    assert len(list(read_extractions(folder / "bad-bytes.jsonl"))) == 1
    assert not (folder / "nowhere").exists() or (folder / "bad-link-to-nothing.jsonl").is_symlink()


def test_no_verb_is_stopped_by_bad_metadata(workspace: Path) -> None:
    deep = "x = " + "[" * 400 + "]" * 400 + "\n"
    faults = {
        "half": b"title = ",
        "huge": b"n = 0x" + b"f" * 4000 + b"\n",
        "long": b"n = " + b"9" * 5000 + b"\n",
        "deep": deep.encode(),
        "dotted": b"a." * 2000 + b"b = 1\n",
        "latin": b'title = "Per\xfa"\n',
        "nul": b'title = "a\x00"\n',
        "infinite": b"n = inf\n",
    }
    for name, data in faults.items():
        (workspace / "corpus" / f"{name}.txt").write_text(f"{GOOD}Note {name}.\n")
        (workspace / "corpus" / f"{name}.toml").write_bytes(data)
    put_in_its_place(workspace / "corpus" / "vote.toml", "folder")
    put_in_its_place(workspace / "corpus" / "ruling.toml", "pipe")
    for verb in (("extract",), ("verify",), ("run", "--no-push"), ("export",), ("show",)):
        code, _, said = claims(*verb, folder=workspace)
        if verb[0] != "show":
            assert code == 1, (verb, said)
            for name in (*faults, "vote", "ruling"):
                assert f"corpus/{name}.toml:" in said, (verb, name, said)
        if verb[0] in ("extract", "run"):
            for name in faults:
                assert f"corpus/{name}.toml:1: " in said, (verb, name, said)


def test_the_inbox_names_each_bad_file_and_takes_the_others(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    heads = {
        "hex": f"---\nn: 0x{'f' * 6000}\n---\n",
        "clock": f"---\nn: 1{':59' * 3000}.5\n---\n",
        "digits": f"+++\nn = {'8' * 5000}\n+++\n",
        "nested": f"+++\nn = {'[' * 300}{']' * 300}\n+++\n",
        "braces": f"---\nn: {'{a: ' * 90}1{'}' * 90}\n---\n",
        "half": '---\nn: "\\udc80"\n---\n',
        "alias": "---\na: &a [x]\nb: [*a, *a]\n---\n",
        "tag": "---\na: !!python/name:os.system\n---\n",
        "twice": "---\ntitle: a\ntitle: b\n---\n",
        "day": "---\ndate: 2023-02-31\n---\n",
    }
    for name, head in heads.items():
        (inbox / f"{name}.md").write_text(f"{head}Chile rejected the {name} draft of the accord.\n")
    for kind in KINDS[:4]:
        put_in_its_place(inbox / f"{kind.replace(' ', '-')}.txt", kind)
    rows = [
        {"id": "row-a", "text": "Ghana criticised the tariff on cocoa beans in the spring."},
        '{"id": "row-b", "text": "Togo praised it.", "note": "\\ud812"}',
        '{"id": "row-c", "text": "Togo praised it.", "n": ' + "[" * 300 + "]" * 300 + "}",
        '{"id": "row-d", "text": "Togo praised it.", "n": ' + "7" * 5000 + "}",
        '{"id": "row-e", "text": "Togo praised it.", "n": 1e999}',
        {"id": "row-f", "text": "Japan endorsed the pact on fisheries after a long debate."},
    ]
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (inbox / "rows.jsonl").write_text("\n".join(lines) + "\n")
    (inbox / "fine.txt").write_text(GOOD)
    code, _, said = claims("run", "--no-push", folder=tmp_path)
    assert code == 1
    for name in heads:
        assert f"refused: inbox/{name}.md:" in said, (name, said)
    for kind in KINDS[:4]:
        assert f"refused: inbox/{kind.replace(' ', '-')}.txt: " in said, said
    added = {path.stem for path in (tmp_path / "corpus").glob("*.txt")}
    assert added == {"fine", "row-a", "row-f"}
    assert said.count("refused: inbox/rows.jsonl: row ") == 4


def test_a_torn_extraction_is_not_kept_as_the_earlier_one(workspace: Path) -> None:
    path = workspace / "annotations" / "extracted" / "vote.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert claims("extract", folder=workspace)[0] == 0
    assert path.read_bytes() == whole
    assert not (workspace / "annotations" / "previous").exists()
    kept = workspace / "annotations" / "previous" / "vote.jsonl"
    kept.parent.mkdir()
    kept.write_bytes(whole[:40])  # as an earlier version left it
    code, _, said = claims("diff", folder=workspace)
    assert (code, "left out: annotations/previous/vote.jsonl:1: " in said) == (1, True)
    code, _, said = claims("run", "--no-push", folder=workspace)
    assert "rm annotations/previous/vote.jsonl" in said
    assert "Claims to review: 4;" in said


def test_nothing_is_written_through_a_link_that_leaves_the_workspace(
    extracted: Path, tmp_path: Path
) -> None:
    outside, work = tmp_path / "outside", tmp_path / "work"
    outside.mkdir()
    subprocess.run(["cp", "-a", str(extracted), str(work)], check=True)
    secret = outside / "secret.txt"
    secret.write_text("Ghana criticised the tariff.\n")
    (work / "corpus" / "linked.txt").symlink_to(secret)
    (work / "corpus" / "vote.toml").symlink_to(outside / "vote.toml")
    (work / "corpus" / "originals").symlink_to(outside)
    subprocess.run(["rm", "-r", str(work / "annotations" / "extracted")], check=True)
    (work / "annotations" / "extracted").symlink_to(outside)
    (work / "annotations" / "verified.jsonl").symlink_to(outside / "verified.jsonl")
    (work / "given.txt").symlink_to(secret)
    (work / "real.txt").write_text("Japan endorsed the pact on fisheries.\n")
    before = {path: path.read_bytes() for path in outside.iterdir()}
    for verb in (("add", "given.txt", "real.txt"), ("extract", "--force"), ("run", "--no-push")):
        code, _, said = claims(*verb, folder=work)
        assert code == 1, said
        assert "link" in said, said
    code, _, said = claims("add", "given.txt", folder=work)
    assert f"refused: given.txt: is a link to {secret}" in said
    assert {path: path.read_bytes() for path in outside.iterdir()} == before


def test_a_corpus_that_is_a_link_itself_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk" / "texts").mkdir(parents=True)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "corpus").symlink_to(tmp_path / "disk" / "texts")
    (tmp_path / "work" / "vote.txt").write_text(GOOD)
    assert claims("add", "vote.txt", folder=tmp_path / "work")[0] == 0
    assert (tmp_path / "disk" / "texts" / "vote.txt").read_text() == GOOD


def test_bulk_input_and_gold_say_what_is_wrong_by_line(tmp_path: Path) -> None:
    good = '{"article": "a", "text": "Chile rejected the ban.", "mentions": [], "claims": []}'
    bad = (
        '{"article": "b", "text": "x", "metadata": {"x": ' + "[" * 200 + "]" * 200 + "}}",
        '{"article": "b", "text": "x", "metadata": {"x": ' + "3" * 6000 + "}}",
        '{"article": "b", "text": "x", "metadata": {"x": -1e9999}}',
        '{"article": "b", "text": "x", "text": "y"}',
    )
    (tmp_path / "annotations" / "extracted").mkdir(parents=True)
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join([good, *bad, good.replace('"a"', '"c"')]) + "\n")
    code, out, said = claims("extract", "in.jsonl", folder=tmp_path)
    assert code == 1
    assert [json.loads(line)["article"] for line in out.splitlines()] == ["a", "c"]
    assert [f"in.jsonl:{number}: " in said for number in range(1, 8)] == [
        False, True, True, True, True, False, False,
    ]  # fmt: skip
    for line in bad:
        path.write_text(f"{good}\n{line}\n")
        code, _, said = claims("evaluate", "in.jsonl", "in.jsonl", folder=tmp_path)
        assert (code, "Error: in.jsonl:2: " in said) == (2, True), said
    code, _, said = claims("rules", "--gold", "in.jsonl", folder=tmp_path)
    assert (code, "Error: in.jsonl:2: " in said) == (2, True), said
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert claims("extract", "pipe.jsonl", folder=tmp_path)[0] == 2
    assert claims("extract", "/dev/zero", folder=tmp_path)[0] == 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name", ["models/settings.toml", "models/cues/own.yaml", "models/nouns.yaml"]
)
def test_a_setting_that_cannot_be_read_stops_before_any_work(
    tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "vote.txt").write_text(GOOD)
    put_in_its_place(tmp_path / name, kind)
    code, out, said = claims("check", "--files-only", folder=tmp_path)
    assert (code, f"{name}:1: " in out) == (2, True), (out, said)
    code, _, said = claims("extract", folder=tmp_path)
    assert (code, f"Error: {name}" in said) == (2, True), said
    assert not (tmp_path / "annotations").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_ledger_or_review_settings_that_cannot_be_read_are_named(
    workspace: Path, kind: str
) -> None:
    for name in ("review.toml", "decisions.jsonl"):
        path = workspace / "annotations" / name
        put_in_its_place(path, kind)
        for verb in (("verify",), ("export",)):
            code, _, said = claims(*verb, folder=workspace)
            assert code in (1, 2), (verb, said)
            assert f"annotations/{name}" in said, (verb, said)
        subprocess.run(["rm", "-rf", str(path)], check=True)


def test_a_fault_of_the_programs_own_is_said_in_a_line(tmp_path: Path) -> None:
    broken = "import pipeline.cli.show as s; s.existing_corpus = lambda _: 1 / 0; "
    call = [COMMAND[0], "-c", f"{broken}{COMMAND[2]}", "show"]
    plain = subprocess.run(call, cwd=tmp_path, capture_output=True, env=environment(), check=False)
    assert plain.returncode == 1
    assert b"this should not have happened (ZeroDivisionError" in plain.stderr
    assert b"Traceback" not in plain.stderr
    traced = {**environment(), "CLAIMS_DEBUG": "1"}
    asked = subprocess.run(call, cwd=tmp_path, capture_output=True, env=traced, check=False)
    assert b"Traceback" in asked.stderr


def test_an_export_to_a_terminal_shows_signs_for_what_it_would_obey(workspace: Path) -> None:
    import pty

    (workspace / "corpus" / "vote.toml").write_text('title = "\\u001b[2J \\u009b2J \\u202eevil"\n')
    assert claims("extract", folder=workspace)[0] == 0
    for form in ("jsonl", "csv"):
        call = ("export", "--extracted", "-f", form)
        leader, follower = pty.openpty()
        ended = subprocess.Popen(
            [*COMMAND, *call], cwd=workspace, stdout=follower, stderr=subprocess.DEVNULL,
            env=environment(),
        )  # fmt: skip
        os.close(follower)
        shown = b""
        try:
            while piece := os.read(leader, 65536):
                shown += piece
        except OSError:  # the other end was closed
            pass
        os.close(leader)
        assert ended.wait(60) == 0
        text = shown.decode()
        assert "Mexico" in text
        assert not set(text) & {"\x1b", "\x9b", "\u202e", "\ufeff"}, form
        piped = run_claims(*call, folder=workspace).stdout.decode()
        assert "\x9b" in piped, "what goes to a file is what the article says"
