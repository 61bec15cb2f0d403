"""The benchmark runs on tiny articles; no figure of it is judged here."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import corpora, growth, texts
from bench.cases import Corpus, Crowd, OneArticle, parse
from bench.measure import Row

ROOT = Path(__file__).resolve().parents[1]
COUNT = 12
STEPS = (
    "open an article", "page down", "wheel", "jump to the end", "jump to a mark", "add a mark", "undo",
    "redo", "relabel", "move an end", "remove", "move the pointer", "click a mark", "cycle a stack", "find",
    "resize", "size of the letters", "links in hand", "open a project", "switch", "list of articles",
    "filter", "sort", "search the texts", "table of marks", "sources", "claims", "loose ends", "history",
    "export", "import", "start", "memory of the window", "memory of an article", "file with history",
    "longest block", "growth",
)  # fmt: skip


def test_a_quick_run_measures_every_step_and_names_no_machine(tmp_path: Path) -> None:
    out, pictures, page = tmp_path / "results.json", tmp_path / "growth", tmp_path / "figures.md"
    command = [
        *(sys.executable, "-m", "bench", "--quick", "--out", out, "--pictures", pictures),
        *("--page", page),
        *("--folder", tmp_path, "--cache", tmp_path / "cases"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text(encoding="utf-8"))
    assert set(found) == {"machine", "rows"}
    assert set(found["machine"]) == {"cpu", "cores", "python", "qt", "sqlite"}
    named = " / ".join(row["step"] for row in found["rows"])
    assert [step for step in STEPS if step not in named] == []
    for row in found["rows"]:
        assert set(row) == {"step", "case", "seconds", "floor_seconds", "ratio", "goal"}
        assert (row["ratio"] is None) == (row["floor_seconds"] is None)
    assert all(path.read_text(encoding="utf-8").startswith("<svg") for path in pictures.iterdir())
    judged = [row for row in found["rows"] if row["goal"] is not None and row["ratio"] is not None]
    others = [row for row in found["rows"] if ", against " in row["step"]]
    table = [line for line in page.read_text(encoding="utf-8").split("\n") if line.startswith("| ")]
    heads = len({row["step"] for row in judged + others})
    assert len(table) == len(judged) + len(others) + heads
    assert {row["step"].partition(",")[0] for row in others} >= {"import brat", "resize the window"}


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


def test_the_article_in_one_line_has_the_marks_of_the_other_and_no_line_break() -> None:
    lines = list(texts.lines(3_000, 50, joint=" "))
    text = next(row["text"] for row in lines if row.get("id") == "a1")
    assert "\n" not in text
    assert len(text) == 3_000


def test_all_links_of_the_crowd_can_be_seen_from_the_mark_in_the_middle() -> None:
    links = [row for row in texts.crowd(6_000, 400, 100) if row["type"] == "link"]
    assert sum(row["to"] == {"mark": "m200"} for row in links if row["id"].startswith("h")) == 100
    assert not [row for row in texts.crowd(6_000, 400, 0) if row["type"] == "link"]


def test_a_corpus_is_the_same_every_time_and_each_article_has_ten_marks_and_three_links(
    tmp_path: Path,
) -> None:
    first = corpora.write(tmp_path / "first.jsonl", 30).read_bytes()
    assert corpora.write(tmp_path / "again.jsonl", 30).read_bytes() == first
    rows = [json.loads(line) for line in first.splitlines()]
    texts_by_id = {row["id"]: row["text"] for row in rows if row["type"] == "article"}
    marks = [row for row in rows if row["type"] == "mark"]
    assert (len(texts_by_id), len(marks), sum(row["type"] == "link" for row in rows)) == (30, 300, 90)
    assert all(
        quote == texts_by_id[mark["article"]][start:end]
        for mark in marks
        for quote, (start, end) in zip(mark["quotes"], mark["spans"], strict=True)
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.jsonl", "first.jsonl"]


@pytest.mark.parametrize(
    "case",
    [
        OneArticle(5_000, 50),
        OneArticle(1_000_000, 1_000, one_line=True),
        Crowd(1_000),
        Crowd(9, False),
        Corpus(10_000),
    ],
    ids=str,
)
def test_a_case_goes_by_its_name(case: OneArticle | Crowd | Corpus) -> None:
    assert parse(str(case)) == case


def test_what_grows_like_a_power_of_its_size_has_that_power_as_exponent() -> None:
    rows = [Row("step", "", 0.001 * size**0.7, axis="marks", size=size) for size in (1e3, 1e4, 1e5)]
    [found] = growth.growth(rows)
    assert found.ratio == pytest.approx(0.7)
    assert (found.floor_seconds, found.seconds) == (rows[0].seconds, rows[2].seconds)


def test_names_in_a_picture_of_growth_do_not_lie_on_one_another() -> None:
    found = [growth.Curve(f"step {number}", [(1.0, 1.0), (10.0, 2.0)]) for number in range(COUNT)]
    heights = sorted(
        float(part.partition('y="')[2].partition('"')[0])
        for part in growth.picture("", "marks", found).split("\n")
        if "step" in part
    )
    assert len(heights) == COUNT
    assert all(b - a >= growth.LABEL_STEP - 0.2 for a, b in itertools.pairwise(heights))
