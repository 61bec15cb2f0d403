"""Graph and time line of a claim: what they show, walked by keys or mouse, leading back to the words."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotator.domain.model import PropositionLink, Ref
from annotator.store import edits
from annotator.ui.map.claim_rows import told
from tests.store.samples import add_article
from tests.ui.map.lines import settled

Key = Qt.Key
AGENCY = (
    "The dam at Orlova was opened on the night of Monday, the agency was told by two people who had seen it."
)


def graph(panel, qtbot):
    qtbot.mouseClick(panel.head.switch.button(1), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.graph.isVisible)
    return panel.graph


def test_the_graph_shows_sources_marks_and_claim_and_is_walked_by_keys(project, panel, claims, qtbot):
    view = graph(panel, qtbot)
    shown = {box.key.table for box in view.figure.boxes}
    assert shown == {"proposition", "mark", "source"}
    assert view.current == Ref("proposition", claims[0])
    view.setFocus()
    qtbot.keyClick(view, Key.Key_Left)
    assert view.current is not None
    assert view.current.table == "mark"
    qtbot.keyClick(view, Key.Key_Return)
    assert project.session.focus.mark == view.current.id
    qtbot.keyClick(view, Key.Key_Left)
    qtbot.keyClick(view, Key.Key_Right)
    assert view.current is not None
    assert view.rect().intersects(view.rect_of(view.current).toRect())


def test_a_click_in_the_graph_goes_to_the_words_and_a_drag_only_moves_it(project, panel, qtbot):
    view = graph(panel, qtbot)
    view.fit()
    middle = view.rect_of(Ref("mark", project.denial)).center().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(view, middle + QPoint(30, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + QPoint(30, 0))
    assert project.session.focus.mark is None
    moved = view.rect_of(Ref("mark", project.denial)).center().toPoint()
    assert (moved - middle).x() == 30
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=moved)
    assert project.session.focus.mark == project.denial


def test_plus_minus_and_0_change_the_size_and_a_source_leads_to_its_page(panel, project, qtbot):
    view = graph(panel, qtbot)
    view.setFocus()
    key = Ref("source", project.ministry)
    view.fit()
    before = view.rect_of(key).width()
    qtbot.keyClick(view, Key.Key_Plus)
    assert view.rect_of(key).width() > before
    qtbot.keyClick(view, Key.Key_0)
    assert view.rect_of(key).width() == before
    with qtbot.waitSignal(panel.source_asked) as asked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect_of(key).center().toPoint())
    assert asked.args == [project.ministry]


def test_wider_also_shows_what_is_said_on_the_claims_beside_it(project, panel, claims, qtbot):
    link = PropositionLink(id="", origin=claims[0], kind="contradicts", target=claims[1])
    edits.add_record(project.store, link)
    settled(panel, qtbot)
    view = graph(panel, qtbot)
    marks = {box.key.id for box in view.figure.boxes if box.key.table == "mark"}
    assert Ref("proposition", claims[1]) in {box.key for box in view.figure.boxes}
    assert project.repeated not in marks
    panel.head.steps.setCurrentIndex(1)
    settled(panel, qtbot)
    assert project.repeated in {box.key.id for box in view.figure.boxes}
    qtbot.mouseClick(
        view, Qt.MouseButton.LeftButton, pos=view.rect_of(Ref("proposition", claims[1])).center().toPoint()
    )
    settled(panel, qtbot)
    assert panel.claim == claims[1]


def test_the_time_line_has_a_row_a_source_and_undated_statements_apart(project, panel, qtbot):
    edits.edit_article(project.store, project.first, date=None)
    edits.add_mention(project.store, project.repeated, panel.claim, "deny")
    settled(panel, qtbot)
    qtbot.mouseClick(panel.head.switch.button(2), Qt.MouseButton.LeftButton)
    headings = [one.text for one in panel.timeline.figure.captions if one.is_heading]
    assert headings == ["2024-03-05", "undated · A1"]
    rows = [one.text for one in panel.timeline.figure.captions if not one.is_heading]
    assert rows == ["Vodnik", "Ministry of Water", "Mara Lind", "Gazette"]
    panel.timeline.setFocus()
    qtbot.keyClick(panel.timeline, Key.Key_Return)
    assert project.session.focus.mark in {project.repeated, project.claim, project.denial}


def retold(project, claims):
    """The Gazette also says itself, twice, what it relays of the spokeswoman."""
    marks = [
        edits.add_mark(project.store, project.first, "denial", [(start, start + 6)], source=project.gazette)
        for start in (100, 110)
    ]
    for mark in marks:
        edits.add_mention(project.store, mark, claims[0], "deny")
    return marks


def test_who_only_passes_on_is_one_box_that_says_so_in_graph_and_time_line(project, panel, claims, qtbot):
    first, second = retold(project, claims)
    settled(panel, qtbot)
    view = graph(panel, qtbot)
    box = view.box(Ref("mark", first))
    assert (box.is_echo, box.more, box.foot) == (True, 1, "not counted: relays Vodnik")
    assert view.box(Ref("mark", second)) is None
    assert "not counted" in view.told(box.key)
    assert "1 more of the same" in view.told(box.key)
    in_line = panel.timeline.box(Ref("mark", first))
    assert (in_line.is_echo, in_line.more) == (True, 1)
    assert "not counted: relays Vodnik" in [one.text for one in panel.timeline.figure.captions]
    qtbot.mouseClick(panel.head.apart, Qt.MouseButton.LeftButton)
    settled(panel, qtbot)
    assert view.box(Ref("mark", second)) is not None
    assert panel.timeline.box(Ref("mark", second)) is not None


def test_the_time_line_also_shows_which_article_prints_what_and_leads_to_it(project, panel, claims, qtbot):
    qtbot.mouseClick(panel.head.switch.button(2), Qt.MouseButton.LeftButton)
    printed = panel.timeline.box(Ref("article", project.first))
    assert (printed.head, printed.text, printed.foot) == ("A1", "Who opened the dam?", "prints M1, M2")
    assert panel.timeline.box(Ref("mark", project.denial)).foot == "M2 · A1 · via Gazette"
    project.session.open_article(project.second)
    panel.timeline.stand_on(printed.key)
    qtbot.keyClick(panel.timeline, Key.Key_Return)
    assert project.session.focus.article == project.first


def test_a_claim_in_the_graph_says_how_many_voices_stand_on_each_side(panel, claims, qtbot):
    view = graph(panel, qtbot)
    told = view.told(Ref("proposition", claims[0]))
    assert told == "claim C1. the dam at Orlova had been opened on purpose. independent voices 1 : 1"


def test_list_board_and_graph_count_the_same_voices_where_papers_print_one_text(
    project, panel, claims, qtbot
):
    for paper in ("Courier", "Herald"):
        outlet = edits.add_source(project.store, paper, "outlet")
        article = add_article(project.store, f"{AGENCY} {paper}", outlet=outlet)
        mark = edits.add_mark(project.store, article, "claim", [(0, 60)], source=outlet)
        edits.add_mention(project.store, mark, claims[1], "support")
    edits.add_record(
        project.store, PropositionLink(id="", origin=claims[0], kind="contradicts", target=claims[1])
    )
    settled(panel, qtbot)
    view = graph(panel, qtbot)
    panel.head.steps.setCurrentIndex(1)
    settled(panel, qtbot)
    neighbour = view.told(Ref("proposition", claims[1]))
    (echo,) = [box for box in panel.view.graph.boxes if box.is_echo]
    assert echo.foot == "not counted: prints the same text as Courier"
    panel.show_claim(claims[1])
    settled(panel, qtbot)
    words = panel.head.verdict.accessibleName().rpartition(" · ")[2]
    index = panel.claims.list.currentIndex()
    assert neighbour.endswith(words)
    assert words in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words in index.data(Qt.ItemDataRole.ToolTipRole)
    assert told(index.data(Qt.ItemDataRole.UserRole)).startswith(f"C2 · {words.split(' ', 2)[2]}")
