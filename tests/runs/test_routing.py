from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingError
from pipeline.lexicon.settings import read_settings
from pipeline.records import Article
from pipeline.runs.guard import Failure
from pipeline.runs.routing import Routing


def test_articles_go_where_the_settings_send_them() -> None:
    plain, english = Article("a", "x"), Article("b", "x", {"language": "en-GB"})
    spanish, french = (
        Article("c", "x", {"language": "es-CL"}),
        Article("d", "x", {"language": "fr"}),
    )
    bad = Failure("e", "binary", "is not text")
    routing = Routing({"es": "es_core_news_sm"})
    kept = list(routing.keep_english([plain, spanish, english, french, bad]))
    assert kept[:2] == [plain, english]
    assert [(item.article, item.cause) for item in kept[2:] if isinstance(item, Failure)] == [
        ("d", "language"),
        ("e", "binary"),
    ]
    assert routing.others == {"es": [spanish]}


def test_the_settings_name_pipelines_by_language(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    head = 'model = "m"\nbatch_size = 1\n[languages]\n'
    path.write_text(head + 'es = "es_core_news_sm"\n')
    settings = read_settings((tmp_path,))
    assert settings.languages == {"es": "es_core_news_sm"}
    assert settings.read_languages == {"en", "es"}
    path.write_text(head + "Spanish = 3\n")
    with pytest.raises(SettingError, match="Spanish = 3"):
        read_settings((tmp_path,))
