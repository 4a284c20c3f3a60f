"""Who says "I" and "we". Each mark is a holder, its label the entity."""

from __future__ import annotations

import pytest

from tests.extraction.coreference.holders import check, refers

NOBODY_TOLD = [
    "Japan built a dam there in May. [We]{unknown:speaker} condemn the raid.",
    "Egypt closed the strait. Egypt opened it again. [We]{unknown:speaker} reject the levy.",
    "Sudan and Chad signed the pact. [I]{unknown:speaker} support the ban.",
    "Turkey occupies the island. Turkey builds walls. [Our]{unknown:speaker} opposition to the "
    "wall is firm.",
    "Norway drills for oil. Nobody in Oslo listens. [We]{unknown:speaker} oppose the drilling.",
    "As for Angola, [we]{unknown:speaker} welcome the accord.",
    "Cyprus, Turkey and Greece: who listens? [I]{unknown:speaker} welcome the accord.",
    "The council met. Cuba spoke last. [I]{unknown:speaker} welcome the accord.",
]


@pytest.mark.parametrize("marked", NOBODY_TOLD)
def test_nobody_is_made_the_speaker_for_being_named_last_or_often(nlp, marked):
    check(nlp, marked)


SELF_TOLD = [
    "My country, Togo, is small. Russia is large. [We]{country:TG} reject the levy.",
    "Malta, my country, is an island. Italy is near. [We]{country:MT} support the ban.",
    "I speak on behalf of the Government of Chad. France left. [We]{country:TD} oppose the plan.",
    "I bring you greetings from the people of Tonga. China fishes there. "
    "[We]{country:TO} condemn the raid.",
    "As Prime Minister of Nepal, [I]{country:NP} welcome the accord. India closed the border.",
    "We in Bhutan are few. India is near. [We]{country:BT} support the treaty.",
    "Belize welcomes the accord. Mexico voted. Belize supports the ban. "
    "[I]{country:BZ} reject the levy.",
]


@pytest.mark.parametrize("marked", SELF_TOLD)
def test_the_speaker_says_for_which_state(nlp, marked):
    check(nlp, marked)


TEXT = "Iran fired at a ship. [{}]{{{}}} condemn the raid."
METADATA = [
    ("We", "country:PE", {"country": "PE"}),
    ("We", "country:PE", {"country": "PER"}),
    ("I", "country:PE", {"speaker": {"country": "PER", "year": 2001}}),
    ("We", "country:PE", {"other": {"country": "Peru"}}),
    ("I", "person:mary-okafor", {"speaker": "Dr Mary Okafor"}),
    ("I", "person:mary-okafor", {"speaker": "Mary Okafor (Peru)"}),
    ("We", "country:PE", {"speaker": "Mary Okafor (Peru)"}),
    ("We", "org:NATO", {"issuer": "NATO"}),
    ("We", "country:GB", {"publisher": "UK Government"}),
    ("We", "org:ministry-of-mines-of-peru", {"publisher": "Ministry of Mines of Peru"}),
    ("We", "unknown:speaker", {"publisher": "Reuters"}),
    ("We", "unknown:speaker", {"publisher": "Lima Herald"}),
]


@pytest.mark.parametrize(("word", "entity", "metadata"), METADATA)
def test_the_metadata_tell_who_speaks(nlp, word, entity, metadata):
    check(nlp, TEXT.format(word, entity), **metadata)


RECORDS = [
    "Mr. Berg (Norway): [We]{country:NO} reject the text.\n\n"
    "Ms. Diaz (Cuba): [We]{country:CU} support the text.",
    "Mr. Berg (Norway): [I]{person:berg} reject the text.\n\n"
    "The President: [I]{unknown:speaker} welcome the text.",
    "Mrs. Toure (Mali) (spoke in French): Iran voted. [We]{country:ML} oppose the ban.",
    "Mr. Omondi (Kenya), on behalf of the African Group: [We]{group:african-group} support the "
    "ban.",
    "Mary Okafor: [I]{person:mary-okafor} oppose the tax.\n\n"
    "Tom Berg: [I]{person:tom-berg} support the tax.",
    "Ms. Diaz (Cuba): [My delegation]{country:CU} rejects the text. Spain left.",
]


@pytest.mark.parametrize("marked", RECORDS)
def test_a_record_gives_each_turn_its_speaker(nlp, marked):
    check(nlp, marked)


QUOTED = [
    '"The levy is unfair," said [Hugh Berg]{person:hugh-berg}, a carpenter.',
    "The levy, said [Mary Okafor]{person:mary-okafor}, is unfair.",
    '"The law is cruel," the head of the union, [Tom Berg]{person:tom-berg}, told reporters.',
    '"The ban is a mistake," says [Lena Roth]{person:lena-roth}, who runs a bakery.',
    "The cuts are a disgrace, argued [Peter Novak]{person:peter-novak}.",
]


@pytest.mark.parametrize("marked", QUOTED)
def test_a_speaker_after_the_verb_is_found(nlp, marked):
    check(nlp, marked)


def test_somebody_unnamed_who_speaks_is_nobody_named_before(nlp):
    marked = 'Tom Berg left early. A nurse said: "[We]{} oppose the cuts."'
    assert refers(nlp, marked) == "unknown:speaker"
