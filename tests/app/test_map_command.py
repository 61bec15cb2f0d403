"""What `annotator map` and `annotator report` write, refuse and say."""

import os
import subprocess
import sys

from annotator.app.project import Project
from annotator.domain.model import Report
from annotator.store.edits import add_record


def test_the_map_has_the_keys_and_order_of_the_contract(full, run):
    data = run("map", full, "--format", "json").json
    assert list(data) == ["claims", "without_source"]
    (claim,) = data["claims"]
    assert list(claim) == [
        "id", "text", "disputed", "asserts", "denies", "queries", "comments", "silent", "independent",
        "grounds", "attacks_on_sources",
    ]  # fmt: skip
    assert claim["disputed"]
    assert claim["asserts"] == [{"source": "office", "owner": "office", "mark": "m1"}]
    assert claim["denies"] == [{"source": "driver", "owner": "driver", "mark": "m2"}]
    assert claim["independent"] == {"asserts": 1, "denies": 1}


def test_a_claim_is_named_by_id_or_handle(full, tmp_path, run):
    (claim,) = run("map", full, "--format", "json").json["claims"]
    for name in (claim["id"], "C1", "c1", claim["id"].upper()):
        assert [
            one["id"] for one in run("map", full, "--format", "json", "--claim", name).json["claims"]
        ] == [claim["id"]]
    unknown = run("map", full, "--claim", "C9")
    assert unknown.code == 2
    assert "C9" in unknown.err
    out = tmp_path / "map.md"
    assert run("map", full, "-o", out).code == 0
    assert "Denied by" in out.read_text()


def test_the_map_is_also_a_page_of_its_own(full, tmp_path, run):
    out = tmp_path / "map.html"
    assert run("map", full, "--format", "html", "-o", out).code == 0
    assert "Harbour office" in out.read_text()
    assert out.read_text().startswith("<!DOCTYPE html>")


def test_a_report_has_the_words_and_the_choice_of_the_analyst(full, tmp_path, run):
    with Project.open(full) as project:
        (claim,) = (one.id for one in project.facts().propositions.values())
        add_record(project.store, Report(id="", title="Harbour brief", lead="Who says it.", claims=(claim,)))
    out = tmp_path / "brief.md"
    assert run("report", full, out, "--name", "harbour BRIEF").code == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Harbour brief\n\nWho says it.\n")
    assert run("report", full, out, "--claim", "C1", "--claim", "c1", "--format", "html").code == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_report_that_is_not_there_is_refused_and_nothing_is_written(full, tmp_path, run):
    out = tmp_path / "brief.md"
    unknown = run("report", full, out, "--name", "Nothing")
    assert unknown.code == 2
    assert "Nothing" in unknown.err
    assert run("report", full, tmp_path / "brief.papyrus").code == 2
    reviewed = run("report", full, tmp_path / "brief.jsonld")
    assert reviewed.code == 3
    assert "verdict" in reviewed.err
    lossy = run("report", full, tmp_path / "brief.aif.json", "--strict")
    assert lossy.code == 3
    assert "argument graph" in lossy.err.lower()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".annotator", ".jsonl"]


def test_a_report_is_a_pdf_where_there_is_no_display(full, tmp_path):
    out = tmp_path / "brief.pdf"
    environment = {**os.environ, "DISPLAY": ":97", "WAYLAND_DISPLAY": ""}
    environment.pop("QT_QPA_PLATFORM", None)
    command = [sys.executable, "-m", "annotator", "report", full, out]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=100, check=False)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert out.read_bytes().startswith(b"%PDF")


def test_where_qt_cannot_be_loaded_a_pdf_is_refused_and_a_text_goes_without_drawings(
    full, tmp_path, run, monkeypatch
):
    monkeypatch.setitem(sys.modules, "annotator.ui.application", None)
    refused = run("report", full, tmp_path / "brief.pdf")
    assert refused.code == 3
    assert "print it from a browser" in refused.err
    assert not (tmp_path / "brief.pdf").exists()
    done = run("report", full, tmp_path / "brief.docx")
    assert done.code == 0
    assert "drawings are not in it" in done.err
    assert run("report", full, tmp_path / "2.docx", "--strict").code == 3
    assert not (tmp_path / "2.docx").exists()


def test_drawings_are_left_out_where_they_are_not_wanted(full, tmp_path, run):
    out = tmp_path / "brief.html"
    assert run("report", full, out).code == 0
    assert out.read_text(encoding="utf-8").count("<svg") > 1
    assert run("report", full, out, "--without", "timeline").code == 0
    assert "Time line of C1" not in out.read_text(encoding="utf-8")
    assert run("report", full, out, "--without", "timeline", "--without", "graph").code == 0
    assert "<svg" not in out.read_text(encoding="utf-8")


def test_the_map_is_also_a_drawing_of_its_graph_and_time_line(full, tmp_path, run):
    out = tmp_path / "map.svg"
    assert run("map", full, "--format", "svg", "-o", out).code == 0
    assert "Harbour office" in out.read_text(encoding="utf-8")
    assert out.read_text(encoding="utf-8").startswith("<svg ")
    assert run("map", full, "--format", "svg", "--claim", "C99").code != 0
