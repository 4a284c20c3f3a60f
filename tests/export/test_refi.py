"""A REFI-QDA project is one that QDA programs import, and has every claim at its words."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.records import Rule
from pipeline.dataset.verified import to_json
from pipeline.errors import RecordError
from pipeline.export.formats import write_export
from pipeline.export.gather import Gathered
from pipeline.export.refi_read import read_qdpx
from tests.dataset.build import article, chile, decide, peru
from tests.export.claims import (
    article_of,
    disputed,
    ends,
    enriched,
    gathered_of,
    gathered_records,
    sentences,
)

LEVY = ("concept.x.levy", 'Levy & "dues" <all>', False)
NAMESPACE = "{urn:QDA-XML:project:1.0}"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
WHO = {"creatingUser": GUID, "creationDateTime": TIME}
ANY, NUMBER = re.compile(r".*", re.DOTALL), re.compile(r"\d+")
CODED = {"guid": GUID, "name": ANY}
# What the standard says of the elements that are used: attributes that must be there, those that
# may be, and the elements within in their order, "*" for any number, "+" for at least one.
Element = tuple[Mapping[str, re.Pattern[str]], Mapping[str, re.Pattern[str]], str]
ELEMENTS: Mapping[str, Element] = {
    "Project": (
        {"name": ANY},
        {"origin": ANY, "creatingUserGUID": GUID, "creationDateTime": TIME},
        "Users? CodeBook? Variables? Cases? Sources? Notes?",
    ),
    "Users": ({}, {}, "User+"),
    "User": ({"guid": GUID}, {"name": ANY, "id": ANY}, ""),
    "CodeBook": ({}, {}, "Codes"),
    "Codes": ({}, {}, "Code+"),
    "Code": (
        {**CODED, "isCodable": re.compile("true|false")},
        {"color": re.compile("#[0-9A-F]{6}")},
        "Description? NoteRef* Code*",
    ),
    "Variables": ({}, {}, "Variable+"),
    "Variable": (
        {**CODED, "typeOfVariable": re.compile("Text|Boolean|Integer|Float|Date|DateTime")},
        {},
        "Description?",
    ),
    "Sources": ({}, {}, "TextSource+"),
    "TextSource": (
        {"guid": GUID},
        {"name": ANY, "plainTextPath": re.compile(rf"internal://{GUID.pattern}\.txt"), **WHO},
        "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
    ),
    "PlainTextSelection": (
        {"guid": GUID, "startPosition": NUMBER, "endPosition": NUMBER},
        {"name": ANY, **WHO},
        "Description? Coding* NoteRef*",
    ),
    "Coding": ({"guid": GUID}, WHO, "CodeRef NoteRef*"),
    "CodeRef": ({"targetGUID": GUID}, {}, ""),
    "NoteRef": ({"targetGUID": GUID}, {}, ""),
    "VariableRef": ({"targetGUID": GUID}, {}, ""),
    "VariableValue": ({}, {}, "VariableRef TextValue"),
    "TextValue": ({}, {}, ""),
    "Description": ({}, {}, ""),
    "PlainTextContent": ({}, {}, ""),
    "Notes": ({}, {}, "Note+"),
    "Note": ({"guid": GUID}, {"name": ANY, **WHO}, "Description? PlainTextContent? Coding*"),
}


def faults_of(element: ElementTree.Element) -> list[str]:
    """What is not as the standard has it, in an element and in all within it."""
    name = element.tag.removeprefix(NAMESPACE)
    must, may, content = ELEMENTS[name]
    faults = [f"{name} lacks {key}" for key in must if key not in element.attrib]
    for key, value in element.attrib.items():
        wanted = {**must, **may}.get(key)
        if wanted is None or not wanted.fullmatch(value):
            faults.append(f"{name} has {key}={value!r}")
    inner = " ".join(child.tag.removeprefix(NAMESPACE) for child in element) + " "
    pattern = "".join(
        f"(?:{part.rstrip('?*+')} ){part[len(part.rstrip('?*+')) :]}" for part in content.split()
    )
    if not re.fullmatch(pattern or " ?", inner) and inner.strip() != "":
        faults.append(f"{name} has within it: {inner}")
    if inner.strip() == "" and pattern and not re.fullmatch(pattern, ""):
        faults.append(f"{name} is empty")
    return faults + [fault for child in element for fault in faults_of(child)]


def project_in(path: Path) -> ElementTree.Element:
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read("project.qde"))


def verified() -> Gathered:
    fold = fold_decisions(
        [decide(chile(), comment="so\x0bit ]]> is"), decide(peru(), reviewer="bo <b@x>")],
        {"note": article()},
        rule=Rule.FIRST,
    )
    return gathered_records([enriched(to_json(one), LEVY) for one in fold.verified], article())


def emoji() -> Gathered:
    return gathered_of([article_of("a", [("Ana 😀", "praised", "the tax", "support")], "!\r\n")])


NOBODY: Callable[[], Gathered] = lambda: gathered_of([])  # noqa: E731
CASES = [verified, disputed, emoji, NOBODY]


@pytest.mark.parametrize("make", CASES)
def test_the_project_is_as_the_standard_has_it(
    tmp_path: Path, make: Callable[[], Gathered]
) -> None:
    path = write_export(tmp_path / "c.qdpx", "refi-qda", make()).paths[0]
    root = project_in(path)
    assert root.tag == f"{NAMESPACE}Project"
    assert faults_of(root) == []
    guids = [one.attrib["guid"] for one in root.iter() if "guid" in one.attrib]
    assert len(guids) == len(set(guids))
    referred = {one.attrib["targetGUID"] for one in root.iter() if "targetGUID" in one.attrib}
    referred |= {one.attrib["creatingUser"] for one in root.iter() if "creatingUser" in one.attrib}
    assert referred <= set(guids)


def test_the_checker_finds_what_is_wrong() -> None:
    guid = "00000000-0000-0000-0000-000000000000"
    good = f'<Users xmlns="{NAMESPACE[1:-1]}"><User guid="{guid}"/></Users>'
    assert faults_of(ElementTree.fromstring(good)) == []
    for wrong in (
        good.replace("guid=", "id="),
        good.replace("guid=", 'age="3" guid='),
        good.replace("0000-0000", "0000"),
        re.sub("<User .*?/>", "", good),
        good.replace("</Users>", "<Codes/></Users>"),
    ):
        assert faults_of(ElementTree.fromstring(wrong))


@pytest.mark.parametrize("make", CASES)
def test_texts_are_plain_and_stand_where_the_project_says(
    tmp_path: Path, make: Callable[[], Gathered]
) -> None:
    path = write_export(tmp_path / "c.qdpx", "refi-qda", make()).paths[0]
    root = project_in(path)
    paths = [
        one.attrib["plainTextPath"].replace("internal://", "Sources/")
        for one in root.iter(f"{NAMESPACE}TextSource")
    ]
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["project.qde", *paths]
        for name in paths:
            data = archive.read(name)
            text = data.decode("utf-8")
            assert not data.startswith(b"\xef\xbb\xbf")
            assert "\r" not in text
            # Code points and UTF-16 units are the same, whichever a program counts.
            assert len(text) == len(text.encode("utf-16-le")) // 2


def test_codes_stand_below_stance_actor_and_concept(tmp_path: Path) -> None:
    path = write_export(tmp_path / "c.qdpx", "refi-qda", disputed()).paths[0]
    book = project_in(path).find(f"{NAMESPACE}CodeBook/{NAMESPACE}Codes")
    assert book is not None
    tree = {one.attrib["name"]: [below.attrib["name"] for below in one] for one in book}
    assert tree == {
        "Stance": ["support", "oppose", "neutral"],
        "Actor": ["state"],
        "Concept": ["The Treaty", "The Fund"],
    }
    first = next(iter(read_qdpx(path)))
    assert (first["holder"]["name"], first["stance"], first["concepts"]) == (
        "Brazil",
        "support",
        ["The Treaty"],
    )


def test_who_reviewed_is_a_user(tmp_path: Path) -> None:
    path = write_export(tmp_path / "c.qdpx", "refi-qda", verified()).paths[0]
    users = {
        one.attrib["guid"]: one.attrib["name"] for one in project_in(path).iter(f"{NAMESPACE}User")
    }
    assert sorted(users.values()) == ["ana@example.com", "bo <b@x>", "stance-claims"]
    selections = project_in(path).iter(f"{NAMESPACE}PlainTextSelection")
    assert [users[one.attrib["creatingUser"]] for one in selections] == [
        "ana@example.com",
        "bo <b@x>",
    ]


@given(sentences, ends)
@settings(max_examples=20, deadline=None)
def test_claims_come_back_at_their_words(parts: list[tuple[str, str, str, str]], end: str) -> None:
    claims = gathered_of([article_of("a", parts, end), article_of("b", parts, end)], LEVY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.qdpx"
        write_export(path, "refi-qda", claims)
        back = list(read_qdpx(path))
    for one, record in zip(back, claims.claims(), strict=True):
        for key in ("id", "article", "text_sha256", "stance", "form", "negated", "hedged"):
            assert one[key] == record[key], key
        for key in ("holder", "cue", "target"):
            assert (one[key]["start"], one[key]["end"]) == (
                record[key]["start"],
                record[key]["end"],
            )
        assert one["holder"]["entity"] == record["holder"]["entity"]
        assert one["concepts"] == ['Levy & "dues" <all>']


def test_equal_claims_give_equal_bytes(tmp_path: Path) -> None:
    one, other = (
        write_export(tmp_path / name, "refi-qda", verified()).paths[0].read_bytes()
        for name in ("a.qdpx", "b.qdpx")
    )
    assert one == other


def test_what_the_project_cannot_hold_is_said(tmp_path: Path) -> None:
    claims = emoji()
    gone = Gathered(lambda: iter([*claims.claims(), *disputed().claims()]), 6, claims.articles)
    lines = write_export(tmp_path / "c.qdpx", "refi-qda", gone).not_held
    assert lines[0].startswith("refi-qda cannot hold 5 claims with words that are not in")
    assert lines[1].startswith("refi-qda cannot hold 3 characters of more than 16 bits")
    assert lines[2] == "refi-qda cannot hold which rules and versions a claim came from; jsonl can"


@pytest.mark.parametrize("data", [b"", b"PK", b"<Project/>"])
def test_what_is_no_project_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.qdpx"
    path.write_bytes(data)
    with pytest.raises(RecordError, match=r"x\.qdpx: not a REFI-QDA project"):
        list(read_qdpx(path))
