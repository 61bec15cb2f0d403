"""A report of more than one file can be read in: an overview, and parts that say all of it."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.model import Report
from annotator.domain.report import DRAWINGS, MOST_CLAIMS, MOST_TOLD, FullReport, Size
from annotator.formats.reports import parted, writers
from annotator.layout.drawings import claim_drawings
from tests.domain.graphs import article, claim, facts, mark, mention, source

TITLE = "Dam & <River>"
TOLD_IN = {"C1": 1, "C2": 2}


def report() -> FullReport:
    """Two claims, one of them disputed, and a mark that names nobody."""
    lines = [source("s1"), source("s2"), article(text="Water rose. Water fell.", title="News")]
    lines += [claim("p1", "Water <b>rose</b>"), claim("p2", "*Water* fell")]
    lines += [mark("m1", "claim", "s1"), mark("m2", "denial", "s2"), mark("m3", "claim", "s1"), mark("m4")]
    lines += [mention("m1"), mention("m2", "deny"), mention("m3", proposition="p2")]
    lines += [{"type": "proposition_link", "id": "a", "from": "p1", "kind": "alternative_to", "to": "p2"}]
    found = facts(lines)
    words = Report(id="r", title=TITLE, lead="Read this.\nThen that.")
    return compose(found, dispute_map(found), words, draw=claim_drawings)


def in_parts(whole: FullReport) -> list[FullReport]:
    """Each claim a part, and the marks that name nobody."""
    claims = [replace(whole, claims=(one,), unnamed=()) for one in whole.claims]
    return [*claims, replace(whole, claims=())]


def written(tmp_path: Path, name: str) -> tuple[Path, str, list[Path]]:
    """The report in parts, its overview, and the files of the parts."""
    whole, out = report(), tmp_path / f"C# & 100% dam.{name}"
    assert parted.put_parts(writers.by_name(name), whole, in_parts(whole), TOLD_IN, out) == 3
    parts = sorted((tmp_path / f"{out.name}-parts").glob(f"*.{name}"))
    return out, out.read_text(encoding="utf-8"), parts


@pytest.mark.parametrize("name", ["html", "md"])
def test_an_overview_leads_to_each_claim_in_its_part(tmp_path, name):
    out, overview, parts = written(tmp_path, name)
    found = re.findall(r'href="([^"]+)"' if name == "html" else r"\]\(<([^>]+)>\)", overview)
    places = [unescape(one).partition("#") for one in found]
    assert {out.parent / unquote(file) for file, _, _ in places} == set(parts)
    anchors = [(file, anchor) for file, _, anchor in places if anchor]
    assert [anchor for _, anchor in anchors] == ["C1", "C2"]
    for file, anchor in anchors:
        assert f'id="{anchor}"' in (out.parent / unquote(file)).read_text(encoding="utf-8")


def test_an_overview_says_how_many_claims_are_disputed_and_which(tmp_path):
    _, overview, _ = written(tmp_path, "html")
    assert "2 claims, 1 disputed." in overview
    assert "in 3 parts in the folder “C# &amp; 100% dam.html-parts”" in overview
    assert re.findall('data-disputed="(.*?)"', overview) == ["yes", "no"]
    assert "Read this." in overview


def test_no_word_of_a_claim_acts_in_an_overview(tmp_path):
    _, page, _ = written(tmp_path, "html")
    assert "Water &lt;b&gt;rose&lt;/b&gt;" in page
    assert "Dam &amp; &lt;River&gt;" in page
    _, text, _ = written(tmp_path, "md")
    assert r"\*Water\* fell" in text


@pytest.mark.parametrize(
    ("name", "link", "heading"),
    [
        ("html", 'href="../C%23%20%26%20100%25%20dam.html"', "<h1>Dam &amp; &lt;River&gt;, C1</h1>"),
        ("md", "[Overview](<../C%23%20%26%20100%25%20dam.md>) · [", r"# Dam \& \<River\>, C1"),
    ],
)
def test_a_part_leads_back_to_the_overview_and_a_report_of_its_own_to_none(tmp_path, name, link, heading):
    _, _, parts = written(tmp_path, name)
    told = parts[0].read_text(encoding="utf-8")
    assert link in told
    assert heading in told
    whole = writers.by_name(name).write(report()).data.decode()
    assert "Overview" not in whole


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("html", ('<a href="0002.html#C2">C2</a>', '<a href="0001.html#C1">C1</a>')),
        ("md", ("[C2](0002.md#C2)", "[C1](0001.md#C1)")),
    ],
)
def test_the_handle_of_a_claim_leads_to_the_part_that_tells_it(tmp_path, name, links):
    _, _, parts = written(tmp_path, name)
    told = [part.read_text(encoding="utf-8") for part in parts]
    assert links[0] in told[0]
    assert links[1] in told[1]
    assert 'id="C1"' in told[0]
    assert 'id="C2"' in told[1]


@pytest.mark.parametrize("name", ["html", "md"])
def test_a_claim_that_no_part_tells_is_no_link(tmp_path, name):
    out, whole = tmp_path / f"brief.{name}", report()
    parted.put_parts(writers.by_name(name), whole, in_parts(whole)[:1], {"C1": 1}, out)
    told = (tmp_path / f"brief.{name}-parts" / f"0001.{name}").read_text(encoding="utf-8")
    assert "alternative to: C2" in told


@pytest.mark.parametrize(("name", "shape"), [("html", r'href="(\d{4}\.html)"'), ("md", r"<(\d{4}\.md)>")])
def test_each_part_leads_to_the_one_before_and_to_the_next_at_its_beginning_and_its_end(
    tmp_path, name, shape
):
    _, _, parts = written(tmp_path, name)
    names = [part.name for part in parts]
    ways = [re.findall(shape, part.read_text(encoding="utf-8")) for part in parts]
    assert ways == [[names[1]] * 2, [names[0], names[2]] * 2, [names[1]] * 2]


def test_reports_of_one_title_in_two_formats_do_not_take_each_others_parts(tmp_path):
    before = [written(tmp_path, "html"), written(tmp_path, "md")]
    assert all(one.is_file() for _, _, parts in before for one in parts)


def test_an_overview_that_does_not_fit_on_the_disk_leaves_the_parts_of_the_one_before(tmp_path):
    out, overview, parts = written(tmp_path, "html")
    before = [one.read_bytes() for one in parts]

    def full(_told):
        raise OSError(28, "No space left on device")

    writer = writers.by_name("html")._replace(overview=full)
    with pytest.raises(UserError, match="export-failed"):
        parted.put_parts(writer, report(), in_parts(report())[:1], TOLD_IN, out)
    assert out.read_text(encoding="utf-8") == overview
    assert [one.read_bytes() for one in parts] == before


def test_a_part_of_marks_without_a_source_does_not_say_that_there_are_no_claims(tmp_path):
    _, _, parts = written(tmp_path, "html")
    page = parts[-1].read_text(encoding="utf-8")
    assert "1 mark without a source." in page
    assert "no claims yet" not in page
    assert "<title>Dam &amp; &lt;River&gt;, marks without a source, 1 to 1</title>" in page


def test_a_part_of_marks_without_a_source_is_filtered_by_what_differs_there(tmp_path):
    found = facts([source("paper", name="Gazette"), article("a1", outlet="paper"), mark("m1")])
    told = compose(found, dispute_map(found))
    page = writers.by_name("html").write(replace(told, home="../dam.html")).data.decode()
    assert re.findall(r'name="(\w+)"(?! content)', page.partition("<form")[2].partition("</form>")[0]) == [
        "outlet", "from", "until",
    ]  # fmt: skip
    assert '<option value="Gazette">' in page


def test_the_drawings_of_a_part_in_markdown_stand_beside_it(tmp_path):
    _, _, parts = written(tmp_path, "md")
    (shown,) = re.findall(r"!\[[^]]*\]\(<([^>]+graph[^>]*)>\)", parts[0].read_text(encoding="utf-8"))
    assert (parts[0].parent / unquote(shown)).is_file()


def test_a_report_in_parts_that_fails_leaves_nothing_and_what_was_there(tmp_path):
    out, overview, _ = written(tmp_path, "html")
    whole = report().without(DRAWINGS)

    def refuse() -> None:
        raise UserError("text-damaged", article="a1", title="News")

    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError):
        parted.put_parts(writers.by_name("html"), whole, in_parts(whole), TOLD_IN, out, refuse)
    assert sorted(tmp_path.rglob("*")) == before
    assert out.read_text(encoding="utf-8") == overview


@pytest.mark.parametrize("name", ["docx", "pdf", "svg", "claimreview", "aif"])
def test_what_is_one_file_refuses_a_report_that_is_too_large_for_one(name):
    writers.require_fitting(name, Size(MOST_CLAIMS, MOST_TOLD))
    for size in (Size(MOST_CLAIMS + 1, 0), Size(1, MOST_TOLD + 1)):
        with pytest.raises(UserError, match="report-too-large"):
            writers.require_fitting(name, size)
        writers.require_fitting("html", size)
        writers.require_fitting("md", size)
