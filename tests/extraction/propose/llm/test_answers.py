"""The language model's proposer against a server that answers well, badly and slowly."""

from __future__ import annotations

import json
import logging
import re
import socket
import time
from pathlib import Path

import pytest

from pipeline.extraction.assemble import ClaimMatcher
from pipeline.extraction.build import CLAIMS, build_language
from pipeline.extraction.extract import extract_articles, extract_docs
from pipeline.extraction.propose.guests import Guest
from pipeline.extraction.propose.llm import make
from pipeline.extraction.propose.llm.anchoring import Anchors
from pipeline.extraction.propose.llm.passages import Passage
from pipeline.lexicon.folder import packaged_models
from pipeline.records import Article, Span, Stance

from .answering import Model, Reply, claim, completion, models_of, says, serving

TEXT = (
    "Norway rejected the levy. Delegates from Togo were over the moon about the harbour fund, and "
    "the Togo Times said that Peru was bummed out by “the   long wait”."
)
FUND = claim("Togo", "over the moon about", "support", "the harbour fund", sentence=2)
NORWAY = ("Norway", "rejected", Stance.OPPOSE, "the levy")
RULES = {
    NORWAY,
    ("Togo Times", "said", Stance.NEUTRAL, "that Peru was bummed out by “the   long wait”"),
}


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, where the answers are kept."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, address: str, **values: object) -> Path:
    """A folder of lexicons whose settings name the address."""
    table = {"timeout": 2, "tries": 2, "model": "small", "address": address, **values}
    lines = [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    models = folder / "own"
    models.mkdir(exist_ok=True)
    text = (
        'profile = "fast"\nproposers = ["pipeline.extraction.propose.llm:make"]\n[llm]\n'
        + "\n".join(lines)
    )
    (models / "settings.toml").write_text(text, encoding="utf-8")
    return models


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The pipeline with a proposer at an address where nobody is."""
    folder = tmp_path_factory.mktemp("built")
    return build_language(models=settings(folder, "http://127.0.0.1:9/v1"))


@pytest.fixture
def language(built):
    """The pipeline with the proposer that the settings of a folder name, made anew."""
    matcher = built.get_pipe(CLAIMS)
    rules, guest = matcher._proposers

    def made(models: Path):
        proposer = make((packaged_models(), models))
        proposer._chat._pause = 0.01
        matcher._proposers = (rules, Guest(proposer, guest._cues))
        return built

    yield made
    matcher._proposers = (rules, guest)


def read(nlp, text: str = TEXT, article: str = "vote"):
    ((doc, extraction),) = extract_docs(nlp, [Article(article, text)])
    return doc, extraction


def claims_of(extraction):
    text = extraction.text
    return {
        (
            one.holder.span.text_in(text),
            one.cue.text_in(text),
            one.stance,
            one.target.text_in(text) if one.target else None,
        )
        for one in extraction.claims
    }


def test_what_the_model_quotes_is_claimed_beside_the_rules(tmp_path, language):
    wait = claim(
        "Peru", "bummed out by", "oppose", '"the long wait"', sentence=2, attribution="Togo Times"
    )
    with serving(models_of(says(FUND, wait))) as address:
        _, found = read(language(settings(tmp_path, address)))
    made = {one.cue.text_in(TEXT): one for one in found.claims}
    assert NORWAY in claims_of(found)
    fund, wait_claim = made["over the moon about"], made["bummed out by"]
    assert fund.evidence.proposers == ("llm",)
    assert fund.evidence.rules == ("rule.guest",)
    assert fund.holder.entity == "country:TG"
    assert (fund.score, fund.evidence.weighed) == (0.5, {"guest": 1.0})
    assert wait_claim.target.text_in(TEXT) == "“the   long wait”"
    assert wait_claim.attribution.span.text_in(TEXT) == "Togo Times"
    assert found.provenance.missing is None


def test_where_the_model_agrees_it_is_named_and_changes_nothing(tmp_path, nlp, language):
    agrees = claim("Norway", "rejected", "support", "levy")
    with serving(models_of(says(agrees))) as address:
        _, found = read(language(settings(tmp_path, address)))
    _, alone = read(nlp)
    (one,) = [each for each in found.claims if each.cue.text_in(TEXT) == "rejected"]
    (other,) = [each for each in alone.claims if each.cue.text_in(TEXT) == "rejected"]
    assert one.evidence.proposers == ("rules", "llm")
    assert (one.id, one.stance, one.target, one.score) == (
        other.id, other.stance, other.target, other.score,
    )  # fmt: skip


BAD = {
    "not JSON": (completion("Norway is against it."), "the answer is not a JSON object"),
    "empty": (completion(""), "the model gives no answer"),
    "cut off": (completion('{"claims": [', finish_reason="length"), "the answer was cut off"),
    "a list": (completion("[]"), "not a JSON object but list"),
    "another schema": (completion('{"positions": []}'), "the answer is not as asked"),
    "claims that are none": (completion('{"claims": "none"}'), "the answer is not as asked"),
    "doubled keys": (completion('{"claims": [], "claims": []}'), "stands twice"),
    "too deep": (completion("[" * 500 + "]" * 500), "is nested deeper"),
    "too many": (says(*[FUND] * 201), "201 claims, and 200 is the limit"),
    "HTML": (
        Reply(b"<html>Welcome</html>", headers=(("content-type", "text/html"),)),
        "does not answer in JSON",
    ),
    "no choices": (Reply(b'{"error": "loading"}'), "answers without choices"),
    "half a body": (Reply(b'{"choices": [', length=4000), "cannot be reached"),
    "not UTF-8": (Reply(b'{"choices": "\xff"}'), "does not answer in JSON"),
    "always 500": (Reply(b"{}", status=500), "says 500: the server failed"),
    "always 429": (Reply(b"", status=429, headers=(("retry-after", "0"),)), "says 429: "),
    "no such model": (Reply(b'{"error": "no model small"}', status=404), "correct address or mod"),
    "no key": (Reply(b"", status=401), "the key is missing or not valid; see key_variable"),
    "too long for it": (Reply(b"context too long", status=400), "says 400: the server did not"),
    "slow": (Reply(b"{}", delay=20), "did not answer in time"),
    "a head without an end": (
        Reply(b"x" * 2000, drip=0.05, headless=True),
        "did not answer in time",
    ),
    "dripping": (Reply(b" " * 2000, drip=0.05), "did not answer in time"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_of_no_use_is_named_and_the_rules_claims_stand(tmp_path, case, language):
    reply, named = BAD[case]
    with serving(model := models_of(reply)) as address:
        nlp = language(settings(tmp_path, address, timeout=1))
        began = time.monotonic()
        _, found = read(nlp)
    assert time.monotonic() - began < 15
    assert claims_of(found) == RULES
    assert found.provenance.missing.startswith("llm: ")
    assert named in found.provenance.missing
    assert 1 <= len(model.asked) <= 5
    assert not list(tmp_path.rglob("*.json"))


def test_an_answer_without_an_end_is_cut(tmp_path, language):
    endless = Reply(b" " * 5_000_000)
    with serving(models_of(endless)) as address:
        _, found = read(language(settings(tmp_path, address)))
    assert "it has more than 4,000,000 bytes" in found.provenance.missing
    assert claims_of(found) == RULES


REFUSED = {
    "not in the text": (
        claim("Togo", "thrilled by", "support", "the harbour fund"), "refusal.not-in-text",
        "cue: thrilled by",
    ),
    "no such holder": (
        claim("Chile", "over the moon about", "support", None), "refusal.not-in-text",
        "holder: Chile",
    ),
    "half a word": (claim("Togo", "over the moo", "support", None), "refusal.not-in-text", "moo"),
    "no such target": (
        claim("Togo", "over the moon about", "support", "the airport"), "refusal.not-in-text",
        "target: the airport",
    ),
    "unknown stance": (
        claim("Togo", "over the moon about", "favour", None), "refusal.wrong-shape",
        "claims.0.stance: 'favour' is not one of",
    ),
    "a key too few": (
        {"holder": "Togo", "cue": "bummed out by"}, "refusal.wrong-shape", "required property",
    ),
    "a key too many": ({**FUND, "why": "x"}, "refusal.wrong-shape", "'why' was unexpected"),
    "no words": (claim("Togo", " ", "support", None), "refusal.wrong-shape", "quotation is empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_claim_that_cannot_be_placed_is_refused_by_name(tmp_path, case, language):
    bad, rule, said = REFUSED[case]
    good = claim("Peru", "bummed out by", "oppose", None, sentence=2)
    with serving(models_of(says(bad, good))) as address:
        doc, found = read(language(settings(tmp_path, address)))
    (one,) = [one for one in doc._.refused if one.proposer == "llm"]
    assert (one.rule, found.provenance.missing) == (rule, None)
    assert said in one.said
    assert claims_of(found) == {NORWAY, ("Peru", "bummed out by", Stance.OPPOSE, None)}


def test_who_reports_it_is_left_out_alone_where_the_text_has_nobody_of_the_name(tmp_path, language):
    told = {**FUND, "attribution": "Reuters"}
    with serving(models_of(says(told))) as address:
        doc, found = read(language(settings(tmp_path, address)))
    (one,) = [one for one in found.claims if one.evidence.proposers == ("llm",)]
    assert one.attribution is None
    assert [refused.said for refused in doc._.refused if refused.proposer == "llm"] == [
        "attribution: Reuters"
    ]


TWICE = (
    "Kenya was bummed out by the delay. Ghana was bummed out by the fees. Kenya was bummed out by "
    "the mud and Ghana, they wrote, was bummed out by the dust."
)


@pytest.mark.parametrize(
    ("holder", "target", "sentence", "number"),
    [
        ("Kenya", "the delay", 1, 0),
        ("Ghana", "the fees", 2, 1),
        ("Kenya", "the mud", 3, 2),
        ("Ghana", "the dust", 3, 3),
        ("Ghana", "dust", 3, 3),
    ],
)
def test_words_that_stand_twice_are_those_of_the_sentence(
    tmp_path, holder, target, sentence, number, language
):
    one = claim(holder, "bummed out by", "oppose", target, sentence=sentence)
    with serving(models_of(says(one))) as address:
        _, found = read(language(settings(tmp_path, address)), TWICE)
    (made,) = [each for each in found.claims if each.evidence.proposers == ("llm",)]
    places = [found.start() for found in re.finditer("bummed out by", TWICE)]
    assert made.cue.start == places[number]
    assert made.holder.span.text_in(TWICE) == holder
    between = TWICE[min(made.holder.start, made.cue.start) : made.target.end]
    assert "." not in between


def test_words_that_stand_in_no_sentence_of_the_number_are_refused(tmp_path, language):
    one = claim("Kenya", "bummed out by", "oppose", "the delay", sentence=9)
    with serving(models_of(says(one))) as address:
        doc, _ = read(language(settings(tmp_path, address)), TWICE)
    assert "refusal.twice-in-text" in {refused.rule for refused in doc._.refused}


def test_a_busy_server_is_asked_again(tmp_path, language):
    busy = Reply(b"", status=429, headers=(("retry-after", "0"),))
    with serving(model := models_of(busy, Reply(b"", status=503), says(FUND))) as address:
        _, found = read(language(settings(tmp_path, address, tries=3)))
    assert ("Togo", "over the moon about", Stance.SUPPORT, "the harbour fund") in claims_of(found)
    assert len(model.asked) == 3
    assert model.paths == ["/v1/chat/completions"] * 3


def test_a_redirect_is_followed_nowhere(tmp_path, language):
    with serving(other := models_of(says(FUND))) as elsewhere:
        moved = Reply(b"", status=307, headers=(("location", f"{elsewhere}/chat/completions"),))
        with serving(model := models_of(moved)) as address:
            _, found = read(language(settings(tmp_path, address)))
    assert "it lies elsewhere; write its final address under [llm]" in found.provenance.missing
    assert (len(model.asked), other.asked) == (1, [])
    assert claims_of(found) == RULES


@pytest.mark.parametrize(
    ("unknown", "left"),
    [
        ((), {"temperature", "max_tokens", "response_format"}),
        (("json_schema",), {"temperature", "max_tokens", "response_format"}),
        (("json_schema", "json_object"), {"temperature", "max_tokens"}),
        (("temperature",), {"max_tokens", "response_format"}),
        (("max_tokens", "json_schema", "json_object", "temperature"), set()),
    ],
)
def test_a_server_that_knows_less_is_asked_for_less_and_that_is_remembered(
    tmp_path, unknown, left, language
):
    def choose(body):
        for word in unknown:
            if word in json.dumps({**body, "messages": []}):
                return Reply(f"{word} is not supported".encode(), status=400)
        return says(FUND)

    with serving(model := Model(choose=choose)) as address:
        nlp = language(settings(tmp_path, address))
        _, found = read(nlp)
        first = len(model.asked)
        read(nlp, f"{TEXT} Kenya agreed.")
    assert ("Togo", "over the moon about", Stance.SUPPORT, "the harbour fund") in claims_of(found)
    assert model.asked[-1].keys() - {"model", "messages"} == left
    assert (first, len(model.asked)) == (1 + len(unknown), 2 + len(unknown))


def test_answers_in_a_fence_or_after_a_thought_are_read(tmp_path, language):
    whole = json.dumps({"claims": [FUND | {"sentence": 2.0}]})
    for number, content in enumerate(
        (f"```json\n{whole}\n```", f"<think>It is {{}}.</think>\n{whole}", f"```\n{whole}\n```\n")
    ):
        with serving(models_of(completion(content))) as address:
            models = settings(tmp_path, address, model=f"m{number}")
            _, found = read(language(models))
        assert ("Togo", "over the moon about") in {one[:2] for one in claims_of(found)}


def test_an_answer_is_asked_for_once(tmp_path, language):
    with serving(model := models_of(says(FUND))) as address:
        first = read(language(settings(tmp_path, address)))[1]
        again = read(language(settings(tmp_path, address)))[1]
        assert len(model.asked) == 1
        read(language(settings(tmp_path, address, model="other")))
        assert len(model.asked) == 2
        read(language(settings(tmp_path, address)), f"{TEXT} Kenya agreed.")
        assert len(model.asked) == 3
    gone = read(language(settings(tmp_path, address)))[1]
    assert claims_of(first) == claims_of(again) == claims_of(gone)
    assert gone.provenance.missing is None
    assert (tmp_path / ".stance-claims" / ".gitignore").read_text() == "*\n"


def test_another_prompt_is_asked_anew(tmp_path, language):
    with serving(model := models_of(says(FUND))) as address:
        models = settings(tmp_path, address)
        read(language(models))
        (models / "llm.yaml").write_text("instructions: Mark claims.\n", encoding="utf-8")
        read(language(models))
    first, second = (one["messages"][0]["content"] for one in model.asked)
    assert first.startswith("You read news")
    assert second.startswith("Mark claims.\n\nAnswer with one JSON object of this JSON Schema")


@pytest.mark.parametrize("damage", [b"", b"{", b'{"asked": "x", "answer": "y"}', b"\xff", b"[]"])
def test_a_damaged_answer_is_asked_for_again(tmp_path, damage, language):
    with serving(model := models_of(says(FUND))) as address:
        models = settings(tmp_path, address)
        whole = read(language(models))[1]
        (path,) = (tmp_path / ".stance-claims" / "llm").rglob("*.json")
        path.write_bytes(damage)
        assert claims_of(read(language(models))[1]) == claims_of(whole)
    assert len(model.asked) == 2
    assert path.read_bytes() != damage


def test_where_answers_cannot_be_kept_they_are_read_all_the_same(tmp_path, language):
    (tmp_path / ".stance-claims").mkdir()
    (tmp_path / ".stance-claims" / "llm").write_text("in the way", encoding="utf-8")
    with serving(models_of(says(FUND))) as address:
        _, found = read(language(settings(tmp_path, address)))
    assert ("Togo", "over the moon about") in {one[:2] for one in claims_of(found)}
    assert "answers cannot be kept in .stance-claims/llm" in found.provenance.missing


def test_a_server_that_is_down_is_left_alone_after_three_failures(tmp_path, language):
    with socket.socket() as held:  # a port that nobody listens on
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}/v1"
        nlp = language(settings(tmp_path, address, tries=1, passage=5))
        articles = [Article(f"a{n}", f"{TEXT} Kenya agreed {n} times.") for n in range(20)]
        began = time.monotonic()
        found = list(extract_articles(nlp, articles))
    assert time.monotonic() - began < 30
    assert {one.provenance.missing for one in found} == {
        f"llm: {address} cannot be reached ([Errno 111] Connection refused); start the server, or "
        "correct address under [llm] in models/settings.toml"
    }
    assert all(claims_of(one) >= RULES for one in found)


def test_failures_in_a_row_end_the_asking_and_one_success_begins_anew(tmp_path, language):
    fails, good = Reply(b"", status=500), says()
    replies = (fails, fails, good, fails, fails, fails, good)
    with serving(model := models_of(*replies)) as address:
        nlp = language(settings(tmp_path, address, tries=1, passage=1))
        things = ("road", "dam", "port", "mine", "toll", "rule", "draft", "levy", "ban", "fee")
        _, found = read(nlp, " ".join(f"Kenya rejected the {thing}." for thing in things))
    assert len(model.asked) == 6
    assert len(found.claims) == 10


def test_passages_have_their_context_and_who_speaks(tmp_path, language):
    text = "Chile agreed. Peru left. Togo came. Kenya stayed."
    with serving(model := models_of(says())) as address:
        nlp = language(settings(tmp_path, address, passage=4))
        metadata = {"title": "The\nvote", "speaker": "Ana Diaz"}
        list(extract_articles(nlp, [Article("vote", text, metadata)]))
    first, second = (one["messages"][1]["content"] for one in model.asked)
    assert first == (
        "Title: The vote\nSpeaker: Ana Diaz\n\nPassage:\n[1] Chile agreed.\n[2] Peru left."
    )
    assert second == (
        "Title: The vote\nSpeaker: Ana Diaz\n\nContext, of which no claims are made:\n"
        "Chile agreed.\nPeru left.\n\nPassage:\n[1] Togo came.\n[2] Kenya stayed."
    )


def test_what_the_model_quotes_of_the_context_is_no_claim_of_the_passage(tmp_path, language):
    text = "Chile was bummed out by it. Peru left. Togo came."
    old = claim("Chile", "bummed out by", "oppose", "it")
    with serving(models_of(says(), says(old))) as address:
        doc, _ = read(language(settings(tmp_path, address, passage=8)), text)
    assert [one.rule for one in doc._.refused if one.proposer == "llm"] == ["refusal.not-in-text"]


def test_the_key_comes_from_the_environment_and_is_never_shown(tmp_path, monkeypatch, language):
    monkeypatch.setenv("LLM_API_KEY", "sk-secret")
    shown = Reply(b"bad key: sk-secret", status=401, headers=(("content-type", "text/plain"),))
    with serving(model := models_of(shown)) as address:
        _, found = read(language(settings(tmp_path, address, key_variable="LLM_API_KEY")))
    assert model.keys == ["Bearer sk-secret"]
    assert "(bad key: [key])" in found.provenance.missing


def test_nothing_goes_through_a_proxy_to_this_machine(tmp_path, monkeypatch, language):
    with serving(proxy := models_of(says())) as elsewhere, serving(models_of(says(FUND))) as here:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, elsewhere.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        models = settings(tmp_path, here.replace("127.0.0.1", "localhost"))
        _, found = read(language(models))
    assert ("Togo", "over the moon about") in {one[:2] for one in claims_of(found)}
    assert proxy.asked == []


def test_it_is_said_once_where_the_text_goes_if_that_is_elsewhere(
    tmp_path, monkeypatch, caplog, language
):
    with serving(proxy := models_of(says(FUND))) as way:
        monkeypatch.setenv("HTTP_PROXY", way.removesuffix("/v1"))
        monkeypatch.setenv("http_proxy", way.removesuffix("/v1"))
        nlp = language(settings(tmp_path, "http://llm.example/v1"))
        with caplog.at_level(logging.WARNING, "pipeline"):
            read(nlp)
            read(nlp, f"{TEXT} Kenya agreed.")
    assert [one.getMessage() for one in caplog.records] == [
        "llm: passages of the articles are sent to http://llm.example/v1"
    ]
    assert proxy.paths == ["http://llm.example/v1/chat/completions"] * 2


def test_without_an_address_nothing_is_made():
    from pipeline.errors import SettingError

    with pytest.raises(SettingError, match=r"settings.toml:\d+: the proposer llm has no address"):
        make((packaged_models(),))


@pytest.mark.parametrize(
    ("text", "quoted", "found"),
    [
        ("He was wowed by the “big plan”.", 'the "big plan"', "the “big plan”"),
        ("He was wowed by the big\n  plan.", "the big plan", "the big\n  plan"),
        ("He was wowed by the big\u00a0plan.", "the big plan", "the big\u00a0plan"),
        ("He was wowed by the har\u00adbour plan.", "the harbour plan", "the har\u00adbour plan"),
        ("He was wowed by Peru’s plan.", "Peru's plan", "Peru’s plan"),
        ("He was wowed by the 2020–24 plan.", "the 2020-24 plan", "the 2020–24 plan"),
        ("He was wowed by the plan … of Peru.", "the plan ... of Peru", "the plan … of Peru"),
        ("He was wowed by the plan.", "“the plan.”", "the plan"),
        ("He was wowed by the plan.", "The plan", None),
        ("He was wowed by the plan.", "the pla", None),
        ("He was wowed by the plan.", "e plan", None),
        ("He was wowed by the plan.", "...", None),
    ],
)
def test_quotations_are_found_as_they_stand_or_in_plain_marks(text, quoted, found):
    passage = Passage((Span(0, len(text)),), ())
    places = Anchors(text, passage).places(quoted)
    assert [place.text_in(text) for place in places] == ([found] if found else [])


def test_examples_of_the_lexicons_ask_nobody(tmp_path):
    models = str(settings(tmp_path, "http://127.0.0.1:9/v1"))
    names = [one.name for one in ClaimMatcher(models, guests=False)._proposers]
    assert names == ["rules"]
    assert [one.name for one in ClaimMatcher(models)._proposers] == ["rules", "llm"]
