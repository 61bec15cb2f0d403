"""A screen reader finds the text, its caret and its marks."""

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTextInterface
from shiboken6 import isValid

from annotator.app.segment import NewsSegmenter
from annotator.domain.spans import Span
from annotator.layout.regions import ShownRegions
from annotator.ui.text.accessible import ArticleAccess
from annotator.ui.text.view import TextView
from tests.ui.text.conftest import Open
from tests.ui.text.sample import ARTICLE, Marks, mark, quoted

CLAIM = mark("m1", "the rebels may have bought patrol boats")
SPLIT = mark("m2", "The harbour ministry", "on Tuesday", label="denial")
Text = QAccessible.Text


def access(view: TextView) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(view)
    assert isinstance(found, ArticleAccess)
    return found


def text_of(view: TextView) -> QAccessibleTextInterface:
    found = access(view).textInterface()
    assert found is not None
    return found


def test_the_text_and_its_length_are_told_in_code_points(open_view: Open) -> None:
    view = open_view()
    text = text_of(view)
    assert text.characterCount() == len(ARTICLE)
    family = quoted("👨\u200d👩\u200d👧")
    assert text.text(*family) == "👨\u200d👩\u200d👧"


def test_the_caret_is_told_and_can_be_put(open_view: Open) -> None:
    view = open_view()
    text = text_of(view)
    text.setCursorPosition(12)
    assert view.caret() == 12
    view.set_caret(30)
    assert text.cursorPosition() == 30


def test_a_selection_can_be_made_and_dropped(open_view: Open) -> None:
    view = open_view()
    text = text_of(view)
    text.addSelection(3, 9)
    assert view.selection() == (3, 9)
    text.setSelection(0, 4, 8)
    assert view.selection() == (4, 8)
    text.removeSelection(0)
    assert view.selection() is None
    assert text.selectionCount() == 0


def test_characters_and_points_agree(open_view: Open) -> None:
    view = open_view()
    text = text_of(view)
    for quote in ("Harbour", "ministry denied", "الهجوم", "外交"):
        offset = quoted(quote).start
        assert text.offsetAtPoint(text.characterRect(offset).center()) == offset
    assert text.offsetAtPoint(QPoint(-500, -500)) == -1


def test_a_place_out_of_view_can_be_brought_in(open_view: Open) -> None:
    view = open_view(text="\n".join([ARTICLE] * 30))
    text_of(view).scrollToSubstring(9000, 9010)
    assert view.rects_of(Span(9000, 9010))


def test_marks_in_view_are_children_named_by_label_and_quote(open_view: Open) -> None:
    view = open_view(marks=Marks([CLAIM, SPLIT]))
    parent = access(view)
    names = [parent.child(index).text(Text.Name) for index in range(parent.childCount())]
    assert names == [
        "Denial: The harbour ministry … on Tuesday",
        "Claim: the rebels may have bought patrol boats",
    ]
    child = parent.child(1)
    assert parent.indexOfChild(child) == 1
    assert child.parent() == parent
    at = view.viewport().mapToGlobal(view.rects_of(CLAIM.spans[0])[0].center())
    assert child.rect().contains(at)
    under = parent.childAt(at.x(), at.y())
    assert under is not None
    assert under.text(Text.Name) == names[1]


def test_regions_in_view_are_told_with_their_words(open_view: Open) -> None:
    view = open_view()
    assert access(view).text(Text.Description) == ""
    regions = [("title", quoted("Harbour Ministry Denies Selling Boats")), ("dateline", quoted("LISBORN"))]
    view.show_regions(ShownRegions(regions))
    said = "title: Harbour Ministry Denies Selling Boats; dateline: LISBORN"
    assert access(view).text(Text.Description) == said


def test_marks_that_come_and_go_are_told(open_view: Open) -> None:
    marks = Marks([CLAIM])
    view = open_view(marks=marks)
    assert access(view).childCount() == 1
    view.marks_changed(marks.add(SPLIT))
    assert access(view).childCount() == 2


def test_other_interfaces_are_refused_without_a_crash(open_view: Open) -> None:
    view = open_view(marks=Marks([CLAIM]))
    parent = access(view)
    for asked in (parent.valueInterface, parent.actionInterface, parent.tableCellInterface):
        assert asked() is None
    assert parent.child(0).textInterface() is None
    assert parent.role() == QAccessible.Role.Document
    assert parent.text(Text.Name)


def test_views_can_be_made_and_thrown_away(qapp: object) -> None:
    for _ in range(20):
        view = TextView(NewsSegmenter())
        view.show_article(ARTICLE, Marks([CLAIM]))
        assert access(view).childCount() == 1
        access(view).child(0)
        view.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not isValid(view)
        del view
        gc.collect()


def test_a_mark_answers_everything_a_bridge_asks_of_it(open_view: Open) -> None:
    """A method left out makes the child invalid, which only a real client would notice."""
    view = open_view(marks=Marks([CLAIM]))
    child = access(view).child(0)
    assert child.isValid()
    assert child.object() is None
    assert child.window() is None
    assert child.role() == QAccessible.Role.StaticText
    assert child.state().readOnly
    assert child.text(Text.Description) == ""
    assert (child.childCount(), child.child(0), child.childAt(0, 0)) == (0, None, None)
    assert child.indexOfChild(child) == -1
