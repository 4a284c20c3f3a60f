"""Faults in the files under models/, each with file and line."""

from __future__ import annotations

import pytest

from pipeline.lexicon.check import find_clashes, read_faults
from pipeline.lexicon.examples import check_entity_examples

ENTRY = "- id: org:{id}\n  name: {name}\n  kind: organisation\n"


def write(tmp_path, text):
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "own.yaml").write_text(text, encoding="utf-8")
    return read_faults((tmp_path,))


def test_unknown_key_is_a_fault_with_its_line_and_the_rest_is_read(tmp_path):
    text = ENTRY.format(id="a", name="Aa") + "  aka: [x]\n" + ENTRY.format(id="b", name="Bb")
    faults, entries, _ = write(tmp_path, text)
    assert [fault.place.rpartition("/")[2] for fault in faults] == ["own.yaml:1"]
    assert [entry.id for entry in entries] == ["org:b"]
    assert "unknown key 'aka'" in faults[0].message


def test_form_of_two_entities_is_a_clash_unless_ambiguous_in_both(tmp_path):
    clash = ENTRY.format(id="a", name="River League") + ENTRY.format(id="b", name="River League")
    _, entries, _ = write(tmp_path, clash)
    (fault, *_rest) = find_clashes(entries)
    assert "is a form of org:a too" in fault.message
    assert fault.place.endswith("own.yaml:4")


def test_same_id_twice_is_a_fault(tmp_path):
    _, entries, _ = write(tmp_path, ENTRY.format(id="a", name="Aa") * 2)
    assert [fault.message.split(" stands")[0] for fault in find_clashes(entries)] == [
        "the id org:a"
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('  examples: ["The [Border Council] met."]\n', "example: 'Border Council' is not org:UN"),
        ('  counterexamples: ["The UN met."]\n', "counterexample: 'UN' is org:UN"),
    ],
)
def test_examples_are_tried(tmp_path, nlp, line, message):
    _, entries, _ = write(tmp_path, ENTRY.format(id="UN", name="United Nations") + line)
    (fault,) = check_entity_examples(nlp, entries)
    assert fault.message.startswith(message)


def test_example_that_holds_is_no_fault(tmp_path, nlp):
    line = '  examples: ["The [UN] met."]\n  counterexamples: ["The unit met."]\n'
    _, entries, _ = write(tmp_path, ENTRY.format(id="UN", name="United Nations") + line)
    assert list(check_entity_examples(nlp, entries)) == []
