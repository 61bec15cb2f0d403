"""The bubble beside words selected with the mouse, and small dialogs of the hands."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QToolButton

from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.ui.dialogs.popups import SourcePicker
from tests.ui.hands.desk import Desk

Key = Qt.Key


def buttons(desk: Desk) -> list[str]:
    found = desk.window.hands.pointing.bubble.findChildren(QToolButton)
    return [button.accessibleName() for button in found if button.isVisible()]


def test_it_offers_the_labels_of_the_preset_each_with_its_key(desk):
    desk.mouse.select(desk.span("blamed fog"))
    assert buttons(desk)[:4] == ["Claim", "Denial", "Evidence", "No comment"]
    edits.set_preset(desk.store, "quick")
    desk.mouse.select(desk.span("too early"))
    assert buttons(desk)[:3] == ["Claim", "Denial", "Evidence"]
    assert "No comment" not in buttons(desk)


def test_with_a_mark_in_hand_it_offers_pieces_holes_and_the_source_too(desk):
    desk.hold(desk.put("We never gave a signal"))
    desk.mouse.select(desk.span("Mara Lind"))
    assert {"Add piece", "Cut out", "Names the source"} <= set(buttons(desk))


def test_a_label_of_the_bubble_makes_the_mark_and_asks_who_says_it(desk):
    desk.mouse.mark_words(desk.span("blamed fog"), "denial", "Mara Lind")
    assert desk.marks() == [("denial", "blamed fog")]
    assert desk.source_of(desk.held().id) == ["Mara Lind"]
    assert desk.mouse.gestures == 3
    assert desk.mouse.presses == 0


def test_it_leaves_the_keys_with_the_text(desk):
    desk.mouse.select(desk.span("blamed fog"))
    assert desk.window.focusWidget() is desk.window.view
    desk.keys.press(Key.Key_3)
    assert desk.marks() == [("evidence", "blamed fog")]
    assert not desk.window.hands.pointing.bubble.isVisible()
    assert isinstance(desk.keys.popup, SourcePicker)


def test_it_lies_within_the_window_wherever_the_words_are(desk):
    desk.window.resize(760, 420)
    for words in ("Ferry", "left too early", "said the mate"):
        desk.mouse.select(desk.span(words))
        bubble = desk.window.hands.pointing.bubble
        assert desk.window.stage.rect().contains(bubble.geometry())
        desk.keys.press(Key.Key_Escape)


def test_the_letters_of_labels_are_as_large_on_a_fine_screen_as_on_any(desk, monkeypatch):
    bubble = desk.window.hands.pointing.bubble

    def letter() -> QSize:
        desk.mouse.select(desk.span("blamed fog"))
        found = bubble.findChildren(QToolButton)
        return next(button.iconSize() for button in found if button.isVisible())

    usual = letter()
    desk.keys.press(Key.Key_Escape)
    monkeypatch.setattr(bubble, "devicePixelRatioF", lambda: 2.0)
    assert letter() == usual


def test_a_question_is_written_on_the_mark(desk):
    mark = desk.put("blamed fog")
    desk.hold(mark)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QInputDialog):
            QTimer.singleShot(10, answer)
            return
        dialog.setTextValue("whose fog?")
        QTest.keyClick(dialog, Key.Key_Return)

    QTimer.singleShot(10, answer)
    desk.keys.type("q")
    assert read.mark(desk.store, mark).question == "whose fog?"


def test_a_label_that_would_break_a_link_is_refused_in_words(desk):
    claim = desk.put("the ferry had left too early")
    denial = desk.put("The port denied on Monday", "denial")
    edits.add_link(desk.store, "denies", Ref("mark", denial), Ref("mark", claim))
    desk.hold(denial)
    before = desk.operations()
    desk.keys.press(Key.Key_3)
    assert desk.keys.notice
    assert desk.operations() == before
    assert desk.held().label == "denial"


def test_after_a_drag_that_was_snapped_the_characters_themselves_are_offered(desk):
    start, end = desk.span("port denied")
    words = Span(start + 1, end - 2)
    desk.mouse.pull(desk.mouse.start_of(words), lambda: desk.mouse.end_of(words))
    assert desk.selected() == "port denied"
    desk.mouse.click_button("Exact")
    assert desk.selected() == "ort deni"
    assert "Exact" not in buttons(desk)
    desk.mouse.click_button("Claim")
    assert desk.marks() == [("claim", "ort deni")]
