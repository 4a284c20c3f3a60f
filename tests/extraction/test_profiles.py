"""The two profiles: the rules alone, and with the learned reader on its real weights."""

from __future__ import annotations

import pytest

from pipeline.errors import LexiconError
from pipeline.explaining.claims import Found, explain_claim
from pipeline.extraction.extract import extract_article
from pipeline.extraction.judge import Judge, LearnedJudge, read_odds, read_weights
from pipeline.jsonl import from_json, to_json
from pipeline.language.provenance import describe_language, made_by, reader_sha256
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.rules import read_rules
from pipeline.lexicon.settings import read_settings
from pipeline.records import Article, Stance

PACKAGED = (packaged_models(),)
TEXT = (
    "The European Union condemned the attack on the port on Monday. Chile's foreign minister said "
    "the country supports the new treaty. Kenya rejected the draft, and Norway called for talks."
)


@pytest.fixture(scope="module")
def extraction(in_full):
    return extract_article(in_full, Article("vote", TEXT))


def test_both_read_what_is_plain(extraction):
    made = {
        (TEXT[c.cue.start : c.cue.end].split()[0], c.stance, c.evidence.proposers)
        for c in extraction.claims
    }
    assert ("condemned", Stance.OPPOSE, ("rules", "reader")) in made
    assert ("rejected", Stance.OPPOSE, ("rules", "reader")) in made


def test_scores_are_chances_and_what_was_weighed_is_kept(extraction):
    judge = LearnedJudge(read_odds(PACKAGED))
    for claim in extraction.claims:
        assert 0 < claim.score < 1
        odds = judge.position_odds(claim.evidence.weighed)
        assert 1 / (1 + 2.718281828**-odds) > judge.odds.keep - 0.01


def test_a_file_keeps_all_of_it(extraction):
    assert from_json(to_json(extraction)) == extraction


def test_the_reader_is_named_in_the_provenance(in_full, nlp, extraction):
    assert extraction.provenance.reader_sha256 == reader_sha256("full")
    assert made_by(in_full) == describe_language(profile="full")
    assert made_by(nlp).reader_sha256 is None


def test_the_same_text_gives_the_same_claims_twice(in_full, extraction):
    assert extract_article(in_full, Article("vote", TEXT)) == extraction


def test_a_claim_of_the_reader_is_explained(extraction):
    cues = {cue.id: cue for cue in read_cues(PACKAGED)}
    told = explain_claim(
        Found(extraction, extraction.claims[0]),
        cues=cues,
        rules=read_rules(PACKAGED),
        judge=Judge(read_weights(PACKAGED)),
        learned=LearnedJudge(read_odds(PACKAGED)),
    )
    lines = {section.heading: section.lines for section in told}
    assert any(line.startswith("reader: The learned reader") for line in lines["proposed by"])
    assert any("for it: so sure is the reader" in line for line in lines["score"])


def test_an_unknown_profile_is_refused_with_its_line(tmp_path):
    (tmp_path / "settings.toml").write_text('profile = "slow"\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"settings.toml:1: profile is 'slow'; known are fast"):
        read_settings((*PACKAGED, tmp_path))


def stances(nlp, text):
    return {(text[c.holder.start : c.holder.end], c.stance) for c in nlp(text)._.claims}


@pytest.mark.parametrize(
    ("text", "holder", "stance"),
    [
        ("Not a single member of the club backed the merger.", "club", Stance.SUPPORT),
        ("All ministers except Kenya endorsed the pact.", "Kenya", Stance.SUPPORT),
        ("Every delegation but Bolivia rejected the wording.", "Bolivia", Stance.OPPOSE),
        ("Did Peru veto the loan?", "Peru", Stance.OPPOSE),
        ("Has Malta come out in favour of the tunnel?", "Malta", Stance.SUPPORT),
        ("Estonia welcomed none of the amendments.", "Estonia", Stance.SUPPORT),
        ("Fiji does not only reject the quota, it left the pact.", "Fiji", Stance.SUPPORT),
        ("Ghana came under fire from Togo.", "Ghana", Stance.OPPOSE),
    ],
)
def test_the_reader_never_turns_what_the_grammar_reads(in_full, text, holder, stance):
    assert (holder, stance) not in stances(in_full, text)


@pytest.mark.parametrize(
    ("text", "holder", "teller"),
    [
        ("Novapress wrote that Ghana rejects the levy.", "Ghana", "Novapress"),
        ("Merkel said Norway supports the fund.", "Norway", "Merkel"),
        ("According to the Times, Peru opposes the dam.", "Peru", "Times"),
        ("Obama told the BBC that Cuba rejects the fence.", "Cuba", "Obama"),
        ("Radio Kyiv reported that Latvia backs the loan.", "Latvia", "Radio Kyiv"),
    ],
)
def test_who_reports_is_known_where_the_judge_drops_the_report(in_full, text, holder, teller):
    doc = in_full(text)
    told = {
        text[c.holder.start : c.holder.end]: text[c.attribution.start : c.attribution.end]
        if c.attribution
        else ""
        for c in doc._.claims
    }
    assert told[holder].endswith(teller)


@pytest.mark.parametrize(
    "act",
    ["bomb the camp", "shell the town", "expel the envoy", "invade the island", "sue the firm"],
)
def test_what_a_speaker_will_do_is_the_stance_of_the_saying(in_full, act):
    text = f"Iran said it would {act}."
    assert ("Iran", Stance.SUPPORT) not in stances(in_full, text)
