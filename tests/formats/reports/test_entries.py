"""A handle in a report leads to what it names, wherever the report tells that."""

import re
from html import unescape

import pytest

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.model import Report
from annotator.domain.report import FullReport
from annotator.formats.reports import writers
from annotator.formats.reports.lines import lines
from annotator.layout.drawings import claim_drawings
from tests.domain.graphs import article, claim, facts, link, mark, mention, source


def report(*chosen: str) -> FullReport:
    """A claim that is asserted, denied by a link and supported; an alternative to it; a nameless mark."""
    rows = [
        *map(source, ("s1", "s2", "s3")),
        article(),
        claim("p1"),
        claim("p2"),
        {"type": "exhibit", "id": "e1"},
    ]
    rows += [mark("m1", "claim", "s1"), mark("m2", "denial", "s2"), mark("m3", "evidence", "s3")]
    rows += [mark("m4", "claim", "s1"), mark("m5"), mention("m1"), mention("m4", proposition="p2")]
    rows += [link("denies", "m2", "m1"), link("supports", "m3", "m1"), link("supports", "e1", "m4")]
    rows += [{"type": "proposition_link", "id": "a", "from": "p1", "kind": "alternative_to", "to": "p2"}]
    found = facts(rows)
    return compose(found, dispute_map(found), Report(id="r", claims=chosen), draw=claim_drawings)


def text(full: FullReport) -> str:
    return writers.by_name("md").write(full, "drawings").data.decode()


def page(full: FullReport) -> str:
    return writers.by_name("html").write(full).data.decode().partition("<script>")[0]


def test_a_mark_that_is_denied_or_supported_is_a_link_to_where_it_is_told():
    told = page(report())
    assert re.search(r'denies claim <a href="#C1_M1">M1</a>', told)
    assert re.search(r'supports claim <a href="#C1_M1">M1</a>', told)
    assert re.search(r'supports claim <a href="#C2_M4">M4</a>', told)


def test_a_claim_that_another_one_is_beside_is_a_link_to_it():
    told = page(report())
    assert re.search(r'Is an alternative to: <a href="#C2">C2</a> · ', told)
    assert re.search(r'Is an alternative to: <a href="#C1">C1</a> · ', told)


def test_what_the_report_does_not_tell_is_no_link():
    told = page(report("p1"))
    assert "Is an alternative to: C2 · " in told


@pytest.mark.parametrize("chosen", [(), ("p1",), ("p2",), ("p2", "p1")])
def test_no_link_of_a_page_leads_nowhere_and_no_place_is_there_twice(chosen):
    told = page(report(*chosen))
    places = re.findall(r' id="([^"]+)"', told)
    assert len(set(places)) == len(places)
    assert {unescape(one) for one in re.findall(r'href="#([^"]+)"', told)} <= set(places)


@pytest.mark.parametrize("chosen", [(), ("p1",), ("p2",)])
def test_no_link_of_the_text_leads_nowhere_and_no_place_is_there_twice(chosen):
    given = list(lines(report(*chosen)))
    places = [line.anchor for line in given if line.anchor]
    assert len(set(places)) == len(places)
    leading = [run.address for line in given for run in line.runs if run.address.startswith("#")]
    assert {one[1:] for one in leading} <= set(places)
    assert chosen == ("p2",) or "#C1_M1" in leading


@pytest.mark.parametrize("chosen", [(), ("p1",), ("p2",), ("p2", "p1")])
def test_every_link_of_a_markdown_file_leads_to_one_place_and_no_place_is_there_for_nothing(chosen):
    told = text(report(*chosen))
    places = re.findall(r'<a id="([^"]+)"></a>', told)
    assert len(set(places)) == len(places)
    assert set(re.findall(r"\]\(#([^)]+)\)", told)) == set(places)


def test_handles_of_a_markdown_file_lead_to_marks_claims_and_articles():
    told = text(report())
    assert "denies claim [M1](#C1_M1)" in told
    assert "Is an alternative to: [C2](#C2)" in told
    assert '- <a id="A1"></a>A1 ' in told


def test_handles_of_a_markdown_file_without_drawings_lead_to_what_they_name():
    assert "denies claim [M1](#C1_M1)" in writers.by_name("md").write(report()).data.decode()
