"""A report that is too large for one file, from the command line."""

import pytest

from annotator.app.project import Project
from annotator.domain import report
from annotator.layout import drawings
from annotator.store.bulk import BulkCancelledError


@pytest.fixture
def one_is_many(monkeypatch) -> None:
    """As if nobody read more than no claim in one file."""
    monkeypatch.setattr(report, "MOST_CLAIMS", 0)


@pytest.mark.usefixtures("one_is_many")
def test_a_large_report_is_an_overview_with_parts_beside_it(full, tmp_path, run):
    out = tmp_path / "brief.html"
    done = run("report", full, out)
    assert done.code == 0
    assert "an overview of 1 part in" in done.err
    assert "brief.html-parts/0001.html#C1" in out.read_text(encoding="utf-8")
    told = run("report", full, out, "--json").json
    assert told == {"report": str(out), "folder": str(tmp_path / "brief.html-parts"), "claims": 1, "parts": 1}


@pytest.mark.usefixtures("one_is_many")
def test_a_large_report_in_word_is_refused_before_anything_is_read_and_says_what_to_do(full, tmp_path, run):
    done = run("report", full, tmp_path / "brief.docx")
    assert done.code == 3
    assert "Write a web page or Markdown" in done.err
    assert not (tmp_path / "brief.docx").exists()


@pytest.mark.usefixtures("one_is_many")
def test_a_large_map_is_written_as_an_overview_with_parts_or_is_refused(full, tmp_path, run):
    for name in ("html", "md"):
        out = tmp_path / f"map.{name}"
        assert "an overview of 1 part in" in run("map", full, "--format", name, "-o", out).err
        assert f"map.{name}-parts/0001.{name}#C1" in out.read_text(encoding="utf-8")
    assert [one.name for one in (tmp_path / "map.md-parts").iterdir() if one.is_dir()] == []
    done = run("map", full, "--format", "svg", "-o", tmp_path / "map.svg")
    assert done.code == 3
    assert not (tmp_path / "map.svg").exists()
    assert run("map", full, "--format", "json", "-o", tmp_path / "map.json").code == 0
    assert run("map", full).out.startswith("# Dispute map")
    for name in ("html", "svg"):
        done = run("map", full, "--format", name)
        assert (done.code, done.out) == (3, "")
    assert "-o" in run("map", full, "--format", "html").err


@pytest.mark.usefixtures("one_is_many")
def test_nothing_is_drawn_for_a_report_that_shows_no_drawings(full, tmp_path, run, monkeypatch):
    drawn = []
    monkeypatch.setattr(drawings, "claim_drawings", lambda *given: drawn.append(given) or ())
    run("map", full, "-o", tmp_path / "map.md")
    assert drawn == []
    run("map", full, "--format", "html", "-o", tmp_path / "map.html")
    assert len(drawn) == 1


def test_a_small_report_says_in_json_that_it_has_no_parts(full, tmp_path, run):
    out = tmp_path / "brief.html"
    assert run("report", full, out, "--json").json == {
        "report": str(out),
        "folder": None,
        "claims": 1,
        "parts": 0,
    }


def test_a_claim_that_is_named_twice_is_told_once_and_counted_once(full, tmp_path, run):
    out = tmp_path / "brief.html"
    assert run("report", full, out, "--claim", "C1", "--claim", "c1", "--json").json["claims"] == 1
    assert out.read_text(encoding="utf-8").count('id="C1"') == 1


def test_parts_of_a_report_that_became_small_go_where_nothing_else_is_among_them(
    full, tmp_path, run, monkeypatch
):
    out, other = tmp_path / "brief.html", tmp_path / "brief.md"
    with monkeypatch.context() as few:
        few.setattr(report, "MOST_CLAIMS", 0)
        for one in (out, other):
            assert run("report", full, one).code == 0
    kept = tmp_path / "brief.md-parts" / "my own.txt"
    kept.write_text("mine")
    for one in (out, other):
        assert run("report", full, one).code == 0
    assert not (tmp_path / "brief.html-parts").exists()
    assert kept.read_text() == "mine"
    assert (tmp_path / "brief.md-parts" / "0001.md").exists()


def test_a_folder_of_somebody_else_that_is_called_as_parts_are_stays(full, tmp_path, run):
    for name in ("empty", "full"):
        (tmp_path / f"{name}.html-parts").mkdir()
    (tmp_path / "full.html-parts" / "0001.html").write_text("mine")
    (tmp_path / "away").mkdir()
    (tmp_path / "linked.html-parts").symlink_to(tmp_path / "away")
    for name in ("empty", "full", "linked"):
        assert run("report", full, tmp_path / f"{name}.html").code == 0
        assert (tmp_path / f"{name}.html-parts").exists()
    assert (tmp_path / "full.html-parts" / "0001.html").read_text() == "mine"


def test_a_report_that_is_stopped_leaves_nothing(full, tmp_path):
    before = sorted(tmp_path.iterdir())
    with Project.open(full, readonly=True) as project, pytest.raises(BulkCancelledError):
        project.write_report(tmp_path / "brief.html", "html", progress=lambda count: False)
    assert sorted(tmp_path.iterdir()) == before


def test_a_report_is_read_from_the_project_itself_and_not_from_a_copy(full, tmp_path, run, monkeypatch):
    monkeypatch.setattr("annotator.store.store.Store.snapshot", lambda store: pytest.fail("it was copied"))
    assert run("report", full, tmp_path / "brief.html").code == 0
