"""What the mouse does over the text: selecting, clicking marks, pulling grips and links."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from annotator.layout.marks import FocusLink, RailEntry
from annotator.ui.text.focus import picture
from annotator.ui.text.held import grips, port
from annotator.ui.text.view import TextView
from tests.ui.text.conftest import Open
from tests.ui.text.sample import (
    ARTICLE,
    Marks,
    click,
    drag,
    edge,
    hover,
    let_go,
    links_beside,
    mark,
    point,
    pull,
    quoted,
)

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
OUTER = mark("outer", "The harbour ministry denied on Tuesday a report", label="denial")
INNER = mark("inner", "denied on Tuesday")
OTHER = mark("other", "customs files", label="evidence")


def heard(signal: SignalInstance) -> list[Sequence[object]]:
    """What a signal will have said."""
    said: list[Sequence[object]] = []
    signal.connect(lambda *values: said.append(values))
    return said


def on_page(view: TextView, at: QPoint) -> QPoint:
    return at + QPoint(view.columns.left, 0)


def grip_at(view: TextView, piece: int, which: str) -> QPoint:
    assert view.shown.held is not None
    found = next(
        grip for grip in grips(view.page, view.shown.held) if (grip.piece, grip.which) == (piece, which)
    )
    return on_page(view, found.stem.center())


def port_at(view: TextView) -> QPoint:
    assert view.shown.held is not None
    middle = port(view.page, view.shown.held)
    assert middle is not None
    return on_page(view, middle)


def test_a_drag_selects_whole_words(open_view: Open) -> None:
    view = open_view()
    finished = heard(view.selection_finished)
    drag(view, edge(view, quoted("inistry denied").start), edge(view, quoted("ministry denie").end))
    assert view.selection() == quoted("ministry denied")
    assert finished == [(quoted("ministry denied"),)]


def test_a_drag_with_shift_selects_exactly(open_view: Open) -> None:
    view = open_view()
    wanted = quoted("inistry denie")
    drag(view, edge(view, wanted.start), edge(view, wanted.end), moved=SHIFT)
    assert view.selection() == wanted


def test_a_drag_backwards_leaves_the_caret_at_its_start(open_view: Open) -> None:
    view = open_view()
    drag(view, edge(view, quoted("denied on").end), edge(view, quoted("inistry denied").start))
    assert view.selection() == quoted("ministry denied on")
    assert view.caret() == quoted("ministry denied on").start


def test_a_double_click_takes_the_word_and_a_third_the_sentence(open_view: Open) -> None:
    view = open_view()
    finished = heard(view.selection_finished)
    at = point(view, quoted("Coastal").start + 2)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert view.selection() == quoted("Coastal")
    click(view, at)
    selection = view.selection()
    assert selection is not None
    assert ARTICLE[slice(*selection)].startswith("Citing a study")
    assert ARTICLE[slice(*selection)].endswith("across the border.")
    assert finished[-1] == (selection,)


def test_ctrl_and_drag_reports_a_piece_and_keeps_the_selection(open_view: Open) -> None:
    view = open_view()
    view.select(quoted("LISBORN"))
    pieces = heard(view.piece_dragged)
    drag(view, edge(view, quoted("oastal").start), edge(view, quoted("Centr").end), pressed=CTRL)
    assert pieces == [(quoted("Coastal Centre"),)]
    assert view.selection() == quoted("LISBORN")
    assert view.shown.preview == ()


def test_a_click_puts_the_caret_and_drops_the_selection(open_view: Open) -> None:
    view = open_view()
    view.select(quoted("LISBORN"))
    clicked = heard(view.mark_clicked)
    click(view, edge(view, quoted("leaked").start))
    assert view.caret() == quoted("leaked").start
    assert view.selection() is None
    assert clicked == []


def test_a_click_with_shift_selects_from_the_caret(open_view: Open) -> None:
    view = open_view()
    view.set_caret(quoted("Citing").start)
    finished = heard(view.selection_finished)
    click(view, edge(view, quoted("study").end), SHIFT)
    assert finished == [(quoted("Citing a study"),)]


def test_a_click_on_marks_names_the_whole_stack_innermost_first(open_view: Open) -> None:
    view = open_view(marks=Marks([OUTER, INNER]))
    clicked = heard(view.mark_clicked)
    at = point(view, quoted("denied on").start + 1)
    click(view, at)
    assert clicked == [(["inner", "outer"], view.viewport().mapToGlobal(at))]


def test_a_click_on_a_bar_puts_its_mark_first(open_view: Open) -> None:
    view = open_view(marks=Marks([OUTER, INNER]))
    clicked = heard(view.mark_clicked)
    click(view, point(view, quoted("denied on").start + 3, bar=True))
    assert clicked[0][0] == ["outer", "inner"]


@pytest.mark.parametrize(
    ("which", "to", "expected"), [("end", "Daily Led", "Ledger"), ("start", "ISBORN", "LISBORN")]
)
def test_a_grip_moves_the_end_of_a_piece_to_a_word(
    open_view: Open, which: str, to: str, expected: str
) -> None:
    view = open_view(marks=Marks([OUTER]))
    view.hold("outer", OUTER.spans)
    moved = heard(view.grip_moved)
    target = quoted(to)
    end = which == "end"
    drag(view, grip_at(view, 0, which), edge(view, target.end if end else target.start))
    offset = quoted(expected).end if end else quoted(expected).start
    assert moved == [("outer", 0, which, offset)]
    assert view.selection() is None


def test_a_grip_with_shift_moves_by_characters_and_never_past_the_other_end(open_view: Open) -> None:
    view = open_view(marks=Marks([OUTER]))
    view.hold("outer", OUTER.spans)
    moved = heard(view.grip_moved)
    drag(view, grip_at(view, 0, "end"), edge(view, quoted("Daily Led").end), moved=SHIFT)
    drag(view, grip_at(view, 0, "end"), edge(view, quoted("LISBORN").start), moved=SHIFT)
    assert moved == [
        ("outer", 0, "end", quoted("Daily Led").end),
        ("outer", 0, "end", OUTER.spans[0].start + 1),
    ]


def test_the_new_end_is_shown_while_it_is_pulled_and_escape_gives_it_up(
    open_view: Open, qtbot: QtBot
) -> None:
    view = open_view(marks=Marks([OUTER]))
    view.hold("outer", OUTER.spans)
    moved = heard(view.grip_moved)
    to = edge(view, quoted("Daily Ledger").end)
    pull(view, grip_at(view, 0, "end"), to)
    assert view.shown.preview == (Span(OUTER.spans[0].start, quoted("Daily Ledger").end),)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    let_go(view, to)
    assert view.shown.preview == ()
    assert moved == []


def test_each_piece_of_a_held_mark_has_its_own_grips(open_view: Open) -> None:
    split = mark("split", "The harbour", "on Tuesday")
    view = open_view(marks=Marks([split]))
    view.hold("split", split.spans)
    moved = heard(view.grip_moved)
    drag(view, grip_at(view, 1, "start"), edge(view, quoted("denied on").start))
    assert moved == [("split", 1, "start", quoted("denied on").start)]


def test_a_mark_that_is_not_held_has_no_grips(open_view: Open) -> None:
    view = open_view(marks=Marks([OUTER]))
    moved = heard(view.grip_moved)
    drag(view, edge(view, OUTER.spans[0].end), edge(view, quoted("Daily Ledger").end))
    assert moved == []
    assert view.selection() is not None


def test_a_link_pulled_from_the_port_lands_on_the_stack_under_the_pointer(open_view: Open) -> None:
    view = open_view(marks=Marks([OUTER, INNER, OTHER]))
    view.hold("other", OTHER.spans)
    dropped = heard(view.link_dropped)
    at = point(view, quoted("denied on").start + 1)
    drag(view, port_at(view), QPoint(200, 200), at)
    assert dropped == [("other", ["inner", "outer"], view.viewport().mapToGlobal(at), False)]
    assert view.shown.rubber is None
    assert view.shown.target == ()


def test_a_link_dropped_on_nothing_is_forgotten(open_view: Open) -> None:
    view = open_view(marks=Marks([OTHER]))
    view.hold("other", OTHER.spans)
    dropped = heard(view.link_dropped)
    drag(view, port_at(view), point(view, quoted("LISBORN").start))
    drag(view, port_at(view), point(view, quoted("customs").start))
    assert dropped == []


def test_a_click_in_the_rail_names_its_entry(open_view: Open) -> None:
    entries = [
        RailEntry(f"r{n}", "outer", OUTER.spans[0].start, f"link {n}", "out", "denies") for n in range(2)
    ]
    view = open_view(marks=Marks([OUTER], entries))
    clicked = heard(view.rail_clicked)
    for box in links_beside(view):
        click(view, box.rect.center())
    assert clicked == [("r0",), ("r1",)]


def test_what_the_rail_has_no_room_for_opens_as_a_list(open_view: Open) -> None:
    marks = [mark(f"m{n}", "Harbour Ministry Denies") for n in range(9)]
    entries = [
        RailEntry(f"r{n}", f"m{n}", title.spans[0].start, f"link {n}", "in", "denies")
        for n, title in enumerate(marks)
    ]
    view = open_view(marks=Marks(marks, entries))
    opened = heard(view.overflow_clicked)
    boxes = links_beside(view)
    click(view, boxes[-1].rect.center())
    assert len(boxes[-1].hidden) == 9 - len(boxes) + 1
    assert opened[0][0] == [f"m{n}" for n in range(len(boxes) - 1, 9)]


def test_the_count_of_hidden_marks_opens_all_marks_of_the_line(open_view: Open) -> None:
    crowd = [mark(f"c{n}", "The harbour ministry") for n in range(8)]
    view = open_view(marks=Marks(crowd))
    opened = heard(view.overflow_clicked)
    seen = next(seen for seen in view.page.visible() if seen.marks.chips)
    click(view, on_page(view, seen.marks.chips[0].rect.center() + QPoint(0, seen.y)))
    assert opened[0][0] == [f"c{n}" for n in range(8)]


def test_the_chip_of_an_end_out_of_view_is_clicked_like_the_rail(open_view: Open) -> None:
    text = "\n".join([ARTICLE] * 10)
    view = open_view(text=text)
    view.set_focus_links(
        [
            FocusLink("below", "denies", quoted("Citing"), Span(len(text) - 9, len(text) - 1), "denies"),
            FocusLink("elsewhere", "supports", quoted("Citing"), None, "supports · B ¶2"),
        ]
    )
    clicked = heard(view.rail_clicked)
    for chip in picture(view.page, view.shown.links).chips:
        click(view, on_page(view, chip.rect.center()))
    assert sorted(clicked) == [("below",), ("elsewhere",)]


def test_the_context_menu_is_asked_for_where_the_pointer_is(open_view: Open) -> None:
    view = open_view()
    asked = heard(view.context_asked)
    at = point(view, quoted("leaked").start)
    place = view.viewport().mapToGlobal(at)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place))
    assert asked == [(quoted("leaked").start, place)]


def test_the_pointer_shows_what_can_be_done(open_view: Open) -> None:
    view = open_view(marks=Marks([OUTER]))
    view.hold("outer", OUTER.spans)
    shapes = []
    for at in (grip_at(view, 0, "end"), port_at(view), point(view, quoted("leaked").start), QPoint(3, 300)):
        hover(view, at)
        shapes.append(view.viewport().cursor().shape())
    shape = Qt.CursorShape
    assert shapes == [shape.SizeHorCursor, shape.CrossCursor, shape.IBeamCursor, shape.ArrowCursor]


def test_a_drag_below_the_window_scrolls_on(open_view: Open, qtbot: QtBot) -> None:
    view = open_view(text="\n".join([ARTICLE] * 20))
    below = QPoint(300, view.viewport().height() + 120)
    pull(view, edge(view, quoted("Citing").start), below)
    qtbot.waitUntil(lambda: view.visible_span().start > 1500)
    let_go(view, below)
    selection = view.selection()
    assert selection is not None
    assert selection.start == quoted("Citing").start
    assert selection.end > 1500


def test_a_click_on_a_grip_or_the_port_moves_no_end_and_makes_no_link(open_view: Open) -> None:
    inexact = mark("inexact", "inistry denie")
    view = open_view(marks=Marks([inexact]))
    view.hold("inexact", inexact.spans)
    said = [heard(signal) for signal in (view.grip_moved, view.link_dropped)]
    click(view, grip_at(view, 0, "end"))
    click(view, port_at(view))
    assert said == [[], []]


def test_a_click_on_a_grip_is_a_click_on_the_marks_under_it(open_view: Open) -> None:
    twin = mark("twin", "denied on Tuesday", label="denial")
    view = open_view(marks=Marks([INNER, twin]))
    view.hold("inner", INNER.spans)
    clicked = heard(view.mark_clicked)
    click(view, grip_at(view, 0, "start") + QPoint(4, 0))
    assert [sorted(marks) for marks, _ in clicked] == [["inner", "twin"]]


def test_a_click_on_a_grip_that_reaches_beside_the_text_keeps_the_mark_in_hand(open_view: Open) -> None:
    last = mark("last", ARTICLE.split()[-1])
    view = open_view(marks=Marks([last]))
    view.hold("last", last.spans)
    clicked = heard(view.mark_clicked)
    click(view, grip_at(view, 0, "end") + QPoint(4, 0))
    assert clicked == []


def test_a_double_click_between_words_selects_no_blanks(open_view: Open) -> None:
    view = open_view(text="one      two")
    at = point(view, 6)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert view.selection() is None


def test_the_wheel_scrolls_and_with_ctrl_is_left_to_the_window(open_view: Open) -> None:
    view = open_view(text="\n".join([ARTICLE] * 20))
    bar = view.verticalScrollBar()
    turned = wheel(view, Qt.KeyboardModifier.NoModifier)
    assert turned
    assert bar.value() > 0
    before = bar.value()
    assert not wheel(view, CTRL)
    assert bar.value() == before


def wheel(view: TextView, modifiers: Qt.KeyboardModifier) -> bool:
    """Turn the wheel down a notch; whether the view took it."""
    at = QPointF(200, 200)
    turn = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), turn)
    return turn.isAccepted()


def test_the_pointer_that_rests_on_a_mark_is_told_its_label(open_view: Open) -> None:
    shape = mark("claim", "the rebels may have bought patrol boats")
    view = open_view(marks=Marks([shape]))
    place = view.rects_of(shape.spans[0])[0].center()
    asked = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), asked)
    assert QToolTip.text() == "Claim"
    QToolTip.hideText()


@pytest.mark.parametrize("spans", [(), (quoted("smugglers"),)])
def test_a_grip_is_let_go_when_its_mark_is_gone_or_moved_meanwhile(
    open_view: Open, spans: tuple[Span, ...]
) -> None:
    view = open_view()
    held = quoted("patrol boats")
    view.hold("mark", [held])
    moved: list[object] = []
    view.grip_moved.connect(lambda *what: moved.append(what))
    start, stop = edge(view, held.start), point(view, held.start - 20)
    pull(view, start, stop)
    assert view.shown.preview
    view.hold("mark" if spans else None, spans)
    assert not view.shown.preview
    let_go(view, stop)
    assert not moved
