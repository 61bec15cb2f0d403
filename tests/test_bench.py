"""The benchmark runs on tiny articles; no figure of it is judged here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import texts

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.timeout(300)
def test_a_quick_run_measures_every_step_and_names_no_machine(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    command = [sys.executable, "-m", "bench", "--quick", "--out", str(out), "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text(encoding="utf-8"))
    assert set(found) == {"machine", "rows"}
    assert set(found["machine"]) == {"cpu", "cores", "python", "qt", "sqlite"}
    steps = " / ".join(row["step"] for row in found["rows"])
    for step in ("open", "add a mark", "undo", "remove", "page down", "jump", "start", "import"):
        assert step in steps
    for row in found["rows"]:
        assert set(row) == {"step", "case", "seconds", "floor_seconds", "ratio", "goal"}
        assert row["seconds"] >= 0
        assert (row["ratio"] is None) == (row["floor_seconds"] is None)


def test_the_article_of_a_benchmark_is_the_same_every_time_and_its_quotes_are_true() -> None:
    first, again = list(texts.lines(3_000, 200)), list(texts.lines(3_000, 200))
    assert first == again
    text = next(row["text"] for row in first if row.get("id") == "a1")
    marks = [row for row in first if row["type"] == "mark"]
    assert len(text) == 3_000
    assert len(marks) == 200
    assert all(
        quote == text[start:end]
        for mark in marks
        for quote, (start, end) in zip(mark["quotes"], mark["spans"], strict=True)
    )
    assert any(len(mark["spans"]) > 1 for mark in marks)
