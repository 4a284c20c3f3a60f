"""The simulated reviewer: passages are decided whole, and points are drawn as they were kept."""

from __future__ import annotations

import json
from dataclasses import asdict

from benchmarks.learning import POINTS, QUEUE, Passage, Point, first_of, main
from pipeline.records import Span


def test_passages_are_taken_until_so_many_decisions_are_made():
    queue = [Passage("a", Span(0, 9), 3), Passage("b", Span(0, 9), 2), Passage("c", Span(0, 9), 4)]
    assert first_of(queue, 4) == (queue[:2], 5)
    assert first_of(queue, 100) == (queue, 9)


def test_kept_points_are_printed_and_drawn(tmp_path, capsys):
    places = [(QUEUE, 0), *((QUEUE, most) for most in POINTS), *(("random 1", n) for n in POINTS)]
    points = [
        Point("fast", order, most, 3, 0.5, 0.01, -0.01, 0.03, 0.04, "scores")
        for order, most in places
    ]
    kept, plot = tmp_path / "points.json", tmp_path / "plot.svg"
    kept.write_text(json.dumps([asdict(one) for one in points]), encoding="utf-8")
    assert main(["--points", str(kept), "--plot", str(plot)]) == 0
    assert "fast  queue        500 decisions" in capsys.readouterr().out
    first = plot.read_bytes()
    assert first.startswith(b"<?xml")
    main(["--points", str(kept), "--plot", str(plot)])
    assert plot.read_bytes() == first
