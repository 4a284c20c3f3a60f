"""Files gone wrong: a good file with pieces of what no reader should fall over put into it."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    b"9" * 5000, b"-" + b"7" * 4400, b"0x" + b"f" * 5000, b"0b" + b"1" * 20000, b"1" + b":59" * 400,
    b"1" + b":59" * 400 + b".5", b"1e999", b"1e99999", b"-.inf", b".nan", b"nan", b"NaN",
    b"Infinity", b"[" * 3000, b"[" * 70 + b"]" * 70, b"{" * 3000, b'{"a":' * 70 + b"1" + b"}" * 70,
    b"- " * 300, b"? " * 300, b"a." * 3000 + b"a = 1\n", b'"a".' * 80 + b"a = 1\n", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xc3", b"\x00", b"\x1b[31m", b'"\\ud800"', b'"\\uDFFF x"', b"&a [*a]", b"*a",
    b"<<: {a: 1}\n", b"? [a]\n: b\n", b"? {a: 1}\n: b\n", b"!!python/object/apply:os.system [id]",
    b"!!set {a, b}", b"!!binary x", b"!!omap [a: 1]", b"!!int ''", b"!!float ''", b"!!bool x",
    b"!!timestamp x", b"!x y", b"2024-13-45", b"0000-00-00", b"0001-01-01T00:00:00+23:59",
    b"9999-12-31 23:59:59 -23:59", b"25:61:61", b"null", b"true", b"no", b"[]", b"{}", b'""', b"0",
    b"-1", b"1.5", b"3", b"- a\n", b"__line__: 9\n", b"id: [1]\n", b"|\n x\n", b"\t", b"\r", b"\n",
    b"---\n", b"...\n", b"%YAML 9.9\n", b"=", b": ", b",", b'"', b"'", b"#", b"\xe2\x80\xa8",
)  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn, good: bytes) -> bytes:
    """The bytes of ``good`` with pieces cut out, doubled, put in and put in the place of others."""
    data = good
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4)))
        kind = draw(st.sampled_from(("in", "for", "cut", "twice", "words")))
        if kind == "in":
            data = data[:start] + piece + data[start:]
        elif kind == "for":
            data = data[:start] + piece + data[end:]
        elif kind == "cut":
            data = data[:start] + data[end:]
        elif kind == "twice":
            data = data[:end] + data[start:end] + data[end:]
        else:  # a whole value, so that what is around it still parses
            places = [n for n in range(len(data)) if data[n : n + 1] in (b" ", b":", b"=", b"[")]
            start = draw(st.sampled_from(places or [0])) + 1
            stops = [data.find(mark, start) for mark in (b",", b"\n", b"]", b"}")]
            end = min((stop for stop in stops if stop >= 0), default=len(data))
            data = data[:start] + piece + data[end:]
    return data
