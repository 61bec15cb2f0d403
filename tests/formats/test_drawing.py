"""The map as SVG: words stay words, nothing is loaded, nothing runs, names of the hidden stay hidden."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.figure import Box, Caption, Figure, Point, Stroke
from annotator.domain.ids import PropositionId
from annotator.domain.model import Ref, Report
from annotator.formats.drawing import Drawn, svg
from annotator.formats.reports.drawn import drawn
from annotator.layout.drawings import claim_drawings
from tests.domain.graphs import article, claim, facts, link, mark, mention, projects, source

A, B = Ref("mark", "a"), Ref("proposition", "b")
SVG = "{http://www.w3.org/2000/svg}"


def drawing(words: str) -> ElementTree.Element:
    boxes = (
        Box(A, "mark", "deny", 0, 0, 200, 70, words, words, words, more=3),
        Box(B, "proposition", "proposition", 300, 0, 200, 70, "C1", words),
    )
    line = Stroke((Point(200, 35), Point(300, 35)), words, A, B)
    figure = Figure(500, 70, boxes, (line,), (Caption(Point(0, 80), 100, words),))
    return ElementTree.fromstring(svg([Drawn(words, words, (figure,))], words, {}))


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_the_words_are_the_file_is_sound_and_holds_nothing_but_words(words: str) -> None:
    root = drawing(words)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "style", "rect", "g", "path", "text"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in names)


def test_words_are_shown_as_they_are_and_cut_where_they_do_not_fit() -> None:
    text = [one.text for one in drawing("<script>alert(1)</script> & “words”").iter(f"{SVG}text")]
    assert "<script>alert(1)</script> & “words”" in text
    long = [one.text or "" for one in drawing("words and more " * 40).iter(f"{SVG}text")]
    assert any(one.endswith("…") for one in long)
    assert all(len(one) < 120 for one in long)


def test_words_from_right_to_left_begin_at_the_right() -> None:
    found = [one for one in drawing("كان الجسر مغلقا").iter(f"{SVG}text") if one.get("direction")]
    assert found
    assert all(one.get("direction") == "rtl" for one in found)


def map_svg(known, *claims: str) -> str:
    report = Report(id="r", claims=tuple(map(PropositionId, claims)))
    return drawn(compose(known, dispute_map(known), report, draw=claim_drawings))


@given(projects())
def test_every_map_can_be_drawn(lines) -> None:
    known = facts(lines)
    ElementTree.fromstring(map_svg(known))


def test_a_drawing_names_nobody_confidential_and_can_be_of_one_claim() -> None:
    known = facts(
        [
            source("leak", name="Secret Name", confidential=True, role="night guard"),
            source("paper", name="Gazette"),
            article(outlet="paper", date="2024-05-01"),
            claim("p1", "The gate was open"),
            claim("p2", "The gate was shut"),
            mark("m1", "claim", "leak", attributes={}),
            mark("m2", "denial", "paper", attributes={}),
            mention("m1"),
            mention("m2", "deny"),
            link("denies", "m2", "m1"),
        ]
    )
    whole = map_svg(known)
    assert "Secret Name" not in whole
    assert "night guard" not in whole
    assert "a confidential source" in whole
    assert "Disputed · independent voices 1 : 1" in whole
    assert "The gate was shut" in whole
    assert "The gate was shut" not in map_svg(known, "p1")
    assert "There are no claims yet." in map_svg(facts([]))
