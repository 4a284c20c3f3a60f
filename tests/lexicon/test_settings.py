"""The settings of proposers of one's own, and of where a language model answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon.endpoint import Endpoint
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.settings import Settings, place_of, read_settings

PACKAGED = (packaged_models(),)
HERE = 'address = "http://127.0.0.1:11434/v1"\nmodel = "small"\n'


def own(folder: Path, text: str) -> Settings:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return read_settings((*PACKAGED, folder))


def test_nobody_is_asked_unless_an_address_is_named():
    packaged = read_settings(PACKAGED)
    assert (packaged.proposers, packaged.proposer_score, packaged.llm) == ((), 0.5, None)


def test_an_address_is_read_with_what_is_said_of_it(tmp_path):
    found = own(tmp_path, f"[llm]\n{HERE}tries = 5\n").llm
    assert found == Endpoint("http://127.0.0.1:11434/v1", "small", tries=5)
    slash = own(tmp_path, '[llm]\naddress = "https://llm.example/v1/"\nmodel = "m"\n').llm
    assert slash == Endpoint("https://llm.example/v1", "m")


def test_proposers_and_their_score_are_read(tmp_path):
    found = own(tmp_path, 'proposers = ["moods:make", "a.b_c:d"]\nproposer_score = 1\n')
    assert (found.proposers, found.proposer_score) == (("moods:make", "a.b_c:d"), 1.0)
    folders = (*PACKAGED, tmp_path)
    assert place_of("proposer_score", folders) == f"{tmp_path / 'settings.toml'}:2"
    assert place_of("batch_size", folders).startswith(str(PACKAGED[0]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[llm]\n", "[llm] no address; give it a value"),
        ('[llm]\naddress = "http://here"\n', "[llm] no model; give it a value"),
        ('[llm]\naddress = "here:80"\nmodel = "m"\n', "'here:80'; it must begin with http://"),
        ('[llm]\naddress = "ftp://here"\nmodel = "m"\n', "it must begin with http://"),
        ('[llm]\naddress = "http://"\nmodel = "m"\n', "'http://', which is no address"),
        ('[llm]\naddress = "http://[::1/v1"\nmodel = "m"\n', "which is no address"),
        ('[llm]\naddress = "http://here:99999/v1"\nmodel = "m"\n', "which is no address"),
        ('[llm]\naddress = "http://he re/v1"\nmodel = "m"\n', "which is no address"),
        ('[llm]\naddress = "http://here/v1?key=1"\nmodel = "m"\n', "has a part after ? or #"),
        ('[llm]\naddress = 3\nmodel = "m"\n', "[llm] address must be str, not 3"),
        (f"[llm]\n{HERE}timeout = 0\n", "timeout must lie between 1 and 3600, not 0"),
        (f"[llm]\n{HERE}tries = 11\n", "tries must lie between 1 and 10, not 11"),
        (f"[llm]\n{HERE}passage = true\n", "passage must be int, not True"),
        (f"[llm]\n{HERE}adress = 'x'\n", "unknown key 'adress'; known are address"),
        ("llm = 3\n", "llm must be dict, not 3"),
        ('proposers = "moods:make"\n', "proposers must be list, not 'moods:make'"),
        ('proposers = ["moods"]\n', "proposers has 'moods'; name each as \"module:function\""),
        ("proposers = [3]\n", "proposers has 3; name each as"),
        ('proposers = ["a b:c"]\n', "proposers has 'a b:c'; name each as"),
        ("proposer_score = 1.1\n", "proposer_score must lie between 0 and 1, not 1.1"),
        ("proposer_score = true\n", "proposer_score must be float, not True"),
        ("proposer_score = nan\n", "not finite"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, message):
    with pytest.raises(LexiconError, match=rf"settings\.toml:1: .*{re.escape(message)}"):
        own(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        f'[llm]\n{HERE}key_variable = "sk-proj-secret"\n',
        '[llm]\naddress = "https://ana:sk-proj-secret@llm.example/v1"\nmodel = "m"\n',
        '[llm]\naddress = "ana:sk-proj-secret@llm.example/v1"\nmodel = "m"\n',
    ],
)
def test_what_may_be_a_key_is_refused_and_not_shown(tmp_path, text):
    with pytest.raises(LexiconError) as caught:
        own(tmp_path, text)
    assert "secret" not in str(caught.value)
