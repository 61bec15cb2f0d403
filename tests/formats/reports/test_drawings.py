"""Graph and time line inside reports: in every format, leading back to the words, naming no one hidden."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from unittest.mock import patch
from urllib.parse import unquote

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.figure import Figure
from annotator.domain.model import Report
from annotator.domain.report import DRAWINGS, GRAPH, TIMELINE, WITHOUT, Drawing
from annotator.formats.reports import paper, writers
from annotator.formats.reports.paper import PAPERS, READABLE, sheets
from annotator.formats.reports.webpage import page
from annotator.layout.drawings import COLUMNS, claim_drawings
from tests.domain.graphs import article, claim, facts, mark, mention, projects, source
from tests.formats.disputes import DISPUTE
from tests.formats.reports.test_webpage import BROWSER, EVIL, TAGS, seen

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63600000000200014821bc330000000049454e44ae426082"
)
"""A picture of one pixel."""
DRAWN_TAGS = TAGS | {"figure", "svg", "g", "a", "rect", "path", "text"}


def composed(given=DISPUTE, report=None):
    found = facts(given)
    return compose(found, dispute_map(found), report, draw=claim_drawings)


def painted(report):
    claims = (
        replace(one, drawn=tuple(drawn._replace(picture=DOT) for drawn in one.drawn)) for one in report.claims
    )
    return replace(report, claims=tuple(claims))


def kinds(report):
    return {drawn.kind for one in report.claims for drawn in one.drawn}


def test_a_box_of_a_drawing_leads_to_the_statement_it_stands_for():
    html = page(composed())
    found = seen(html)
    assert found.tags <= DRAWN_TAGS
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    leading = re.findall(r'<a href="#(C1_[A-Z]\d+)"><g><title>([^<]*)', html)
    assert {place for place, _ in leading} >= {"C1_M1", "C1_M2", "C1_M3", "C1_M4", "C1_E1"}
    assert {place for place, _ in leading} <= set(ids)
    for place, words in leading:
        said = html[html.index(f'id="{place}"') :].partition("</li>")[0]
        assert words.removeprefix(place[3:]).strip(". ")[:12] in said.replace("\n", " ")


def test_nothing_in_a_text_becomes_part_of_a_drawing():
    given = [source("s1", name=EVIL), article("a1", outlet="s1", date=EVIL), claim("p1", EVIL)]
    given += [mark("m1", "claim", "s1", quotes=[EVIL]), mention("m1")]
    html = page(composed(given))
    assert "<svg" in html
    found = seen(html)
    assert found.tags <= DRAWN_TAGS
    assert all(address.startswith("#") for address in found.addresses)


@pytest.mark.skipif(BROWSER is None, reason="needs a browser")
@pytest.mark.parametrize(("wish", "hidden"), [("", 0), ("words=varna", 0), ("stance=denies", 1)])
def test_a_browser_shows_drawings_while_all_that_is_said_on_a_claim_is_shown(wish, hidden, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(page(composed()), encoding="utf-8")
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [BROWSER, *options, "--dump-dom", f"{path.as_uri()}#{wish}"],
        capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip
    drawn = re.findall(r'<details class="drawn[^>]*>', done.stdout)
    assert drawn
    assert all(("hidden" in tag) is bool(hidden) for tag in drawn)
    assert done.stdout.count("<svg") == len(drawn)


@pytest.mark.parametrize("without", [(), (GRAPH,), (TIMELINE,), DRAWINGS])
def test_a_report_has_the_drawings_its_analyst_wants(without):
    report = Report(id="r", extra={WITHOUT: list(without)} if without else {})
    assert kinds(composed(report=report)) == set(DRAWINGS) - set(without)


@pytest.mark.parametrize("strange", ["graph", 7, None, {"graph": 1}, ["other", 3]])
def test_what_a_foreign_file_says_of_drawings_is_passed_over(strange):
    assert kinds(composed(report=Report(id="r", extra={WITHOUT: strange}))) == set(DRAWINGS)


DAYS = st.sampled_from([None, "2024-03-01", "2024-03-02"])


@pytest.mark.parametrize("columns", [1, COLUMNS])
@given(projects(), st.tuples(DAYS, DAYS))
def test_the_parts_of_a_time_line_hold_each_statement_once_and_few_columns(columns, lines, days):
    printed = iter(days)
    found = facts(line | {"date": next(printed)} if line["type"] == "article" else line for line in lines)
    whole = dispute_map(found)
    for board in whole.claims:
        with patch("annotator.layout.drawings.COLUMNS", columns):
            parts = [one.figure for one in claim_drawings(found, whole, board.id) if one.kind == TIMELINE]
        said = [box.key for part in parts for box in part.boxes if box.kind == "mark"]
        assert len(said) == len(set(said))
        entries = {entry.mark for side in (board.asserts, board.denies, board.queries) for entry in side}
        assert {key.id for key in said} <= set(found.marks)
        shown = sum(1 + box.more for part in parts for box in part.boxes if box.kind == "mark")
        assert shown >= len(entries)
        assert all(len({box.x for box in part.boxes}) <= columns for part in parts)
        heads = [{one.text for one in part.captions if one.is_heading} for part in parts]
        dated = [{head for head in one if head[:1].isdigit()} for one in heads]  # the others are articles
        assert all(not one & other for one, other in pairwise(dated))


HIDDEN = [
    source("boss", name="Ministry of Pumps", kind="state"),
    source("leak", name="Secret Name", role="night guard", affiliation="boss", confidential=True),
    source("paper", name="Gazette"),
    article("a1", outlet="paper", date="2024-05-01"),
    claim("p1", "The gate was open"),
    mark("m1", "claim", "leak"),
    mention("m1"),
]


@pytest.mark.parametrize("name", writers.WRITERS)
def test_no_format_tells_who_a_confidential_source_is_or_whom_it_works_for(name):
    if name == "claimreview":
        return
    written = writers.by_name(name).write(painted(composed(HIDDEN)), "drawings")
    texts = [written.data, *(data for _, data in written.beside)]
    if name == "docx":
        texts = [docx.Document(BytesIO(written.data)).element.xml.encode()]
    for words in (b"Secret Name", b"night guard", b"Ministry of Pumps"):
        assert not any(words in text for text in texts)
    assert any(b"a confidential source" in text for text in texts)


def test_markdown_shows_the_drawings_that_lie_beside_it(tmp_path):
    out = tmp_path / "Dam brief (2).md"
    report = composed()
    written = writers.by_name("md").write(report, writers.folder_of(out))
    writers.put(written, out)
    tokens = MarkdownIt().parse(out.read_text(encoding="utf-8"))
    images = [child for token in tokens for child in token.children or [] if child.type == "image"]
    assert len(images) == sum(len(one.drawn) for one in report.claims) > 0
    for image in images:
        file = tmp_path / unquote(image.attrs["src"])
        assert file.read_text(encoding="utf-8").startswith("<svg ")
    fewer = writers.by_name("md").write(report.without([GRAPH]), writers.folder_of(out))
    writers.put(fewer, out)
    left = sorted(file.name for file in (tmp_path / writers.folder_of(out)).glob("*.svg"))
    assert left == sorted(name for name, _ in fewer.beside)


def test_a_folder_of_somebody_else_is_left_alone_and_no_report_is_written(tmp_path):
    out = tmp_path / "brief.md"
    mine = tmp_path / writers.folder_of(out) / "notes.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    with pytest.raises(UserError, match="export-folder-not-ours"):
        writers.put(writers.by_name("md").write(composed(), writers.folder_of(out)), out)
    assert [path.name for path in tmp_path.iterdir()] == [mine.parent.name]
    assert mine.read_text() == "mine"


def test_markdown_without_a_place_for_drawings_has_none():
    written = writers.by_name("md").write(composed())
    assert written.beside == ()
    assert b"![" not in written.data
    assert b"Drawn at the end" not in written.data


def test_a_text_for_word_has_each_drawing_with_words_for_those_who_do_not_see_it():
    report = painted(composed())
    document = docx.Document(BytesIO(writers.by_name("docx").write(report).data))
    drawn = [one for claim in report.claims for one in claim.drawn]
    assert len(document.inline_shapes) == len(drawn) > 0
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert all("All its statements stand in the text" in words for words in told)
    for shape in document.inline_shapes:
        section = max(one.page_width for one in document.sections)
        assert 0 < shape.width <= section
    assert 'w:anchor="C1_drawn"' in document.element.xml
    assert 'w:name="C1_drawn"' in document.element.xml


def test_a_text_for_word_that_nobody_painted_for_says_so():
    written = writers.by_name("docx").write(composed())
    assert [code for code, _ in written.notices] == ["report-drawings-left-out"]
    assert not docx.Document(BytesIO(written.data)).inline_shapes
    assert b"Drawn at the end" not in docx.Document(BytesIO(written.data)).element.xml.encode()


def test_a_graph_too_wide_for_any_paper_shares_its_sheet_with_a_time_line_that_is_read_there():
    drawn = (Drawing(GRAPH, Figure(2400, 200, ())), Drawing(TIMELINE, Figure(900, 400, ())))
    report = composed()
    (sheet,) = sheets(replace(report, claims=(replace(report.claims[0], drawn=drawn),)))
    graph, timeline = sheet.placed
    assert graph.scale < READABLE <= timeline.scale


sizes = st.floats(1, 400) | st.floats(1, 6000)


@given(st.lists(st.tuples(st.sampled_from(DRAWINGS), sizes, sizes), max_size=6))
def test_every_drawing_has_its_place_on_paper_and_can_be_read_where_any_paper_lets_it(given):
    drawn = tuple(Drawing(kind, Figure(width, height, ())) for kind, width, height in given)
    report = composed()
    first = replace(report.claims[0], drawn=drawn)
    found = list(sheets(replace(report, claims=(first,))))
    assert [one.drawing for sheet in found for one in sheet.placed] == list(drawn)
    for sheet in found:
        assert max(one.width_mm for one in sheet.placed) <= sheet.paper.width_mm - 2 * paper.MARGIN_MM + 0.01
        above = paper.TITLE_MM + paper.CAPTION_MM * len(sheet.placed)
        above += paper.HEADING_MM if sheet is found[0] else 0
        used = sum(one.height_mm for one in sheet.placed) + above + paper.FOOT_MM
        assert used <= sheet.paper.height_mm - 2 * paper.MARGIN_MM + 0.01
        if len(sheet.placed) > 1:
            alone = [
                next(sheets(replace(report, claims=(replace(first, drawn=(one.drawing,)),))))
                for one in sheet.placed
            ]
            goals = [min(READABLE, one.placed[0].scale) for one in alone]
            assert all(one.scale >= goal - 0.01 for one, goal in zip(sheet.placed, goals, strict=True))
        assert sheet.paper in PAPERS
    assert [sheet.heading for sheet in found] == ["Drawings", *[""] * (len(found) - 1)][: len(found)]
    assert [sheet.anchor for sheet in found] == ["C1_drawn", *[""] * (len(found) - 1)][: len(found)]
