from __future__ import annotations

from pathlib import Path

from tests.cli.running import run_claims


def test_a_table_is_added_by_its_columns(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("nr,headline,body\n1,The vote,Chile objected.\n2,Talks,\n")
    mapping = ("--text-column", "body", "--id-column", "nr", "--column", "title=headline")
    result = run_claims("add", "in.csv", *mapping, folder=tmp_path)
    assert result.returncode == 1
    told = result.stderr.decode()
    assert "in.csv: row 2: is empty" in told
    assert "2 read: 1 added, 0 unchanged, 1 refused (empty 1)." in told
    assert 'title = "The vote"' in (tmp_path / "corpus" / "1.toml").read_text()


def test_a_wrong_mapping_stops_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,text\n1,Chile objected.\n")
    for value, hint in (("headline", "FIELD=NAME"), ("headlin=text", "there are: title")):
        result = run_claims("add", "in.csv", "--column", value, folder=tmp_path)
        assert result.returncode == 2
        assert hint in result.stderr.decode()
    assert not (tmp_path / "corpus").exists()
