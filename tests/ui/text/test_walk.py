"""Whatever an analyst does, the screen and what the pointer meets are those of a view opened anew."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.domain.ids import MarkId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.layout.rows import LONGEST
from annotator.store import edits, lists, read
from annotator.ui import searching
from annotator.ui.marksource import StoreMarks
from annotator.ui.panes import TextPane
from annotator.ui.text.held import grips, port
from annotator.ui.text.view import TextView
from dev import virtual_display
from tests.ui.hands.desk import Desk
from tests.ui.text.sample import ARTICLE, hover, let_go, pull
from tests.ui.wandering import Wanderer

SEEDS, STEPS = 3, 50
SAID = '"Nobody opened them," Pavel Drum told reporters. Mira Ostrane denied that the log had been forged.\n'
LONG = (
    "The yard said that the boats had not been sold, and that the papers were forged. " * 56
).strip() + "\n"
ARABIC = (
    "قالت وزارة الدفاع إن الهجوم أسفر عن مقتل 27 مدنيا ونفى المتحدث (Norvik 1998) هذه الاتهامات. " * 6 + "\n"
)
TEXT = "\n\n".join([ARTICLE, SAID, LONG, ARABIC, ARTICLE, SAID * 3])
LABELS = ("claim", "denial", "evidence", "no_comment")
LENGTHS = (3, 8, 25, 80, 300, 1500, len(TEXT))


class Anew(TextView):
    """A view that has only just been opened where another one stands, and shows what that shows."""

    def __init__(self, like: TextPane, store_marks: StoreMarks) -> None:
        super().__init__(NewsSegmenter())
        view = like.view
        self._like = view
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.resize(view.size())
        self.set_palette(view.text_palette)
        self._metrics = view._metrics
        self._make_painters()
        self._arrange()
        self.show()
        self.show_article(view.page.text, store_marks)
        self.regions = view.regions
        self.shown = view.shown
        self.restore_place(view.place())
        self.page.put_rail()

    def hasFocus(self) -> bool:
        return self._like.hasFocus()


def drawn(view: QWidget) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


class Walk(Wanderer):
    """An analyst who marks, links, scrolls and undoes."""

    def __init__(self, desk: Desk, seed: int) -> None:
        super().__init__(desk, seed)
        self.article = self.paste(TEXT)
        desk.window.session.open_article(self.article)
        for _ in range(25):
            self.add()

    @property
    def view(self) -> TextView:
        return self.desk.window.view

    def step(self) -> None:
        """Do something, often before the last thing was painted."""
        for _ in range(self.chance.randrange(1, 4)):
            super().step()

    def some_span(self) -> Span:
        seen = self.view.visible_span()
        if self.chance.random() < 0.8:
            start = self.chance.randrange(max(0, seen.start - 200), max(1, min(seen.end, len(TEXT) - 1)))
        elif self.chance.random() < 0.5:
            start = TEXT.index(LONG) + LONGEST + self.chance.randrange(-60, 60)
        else:
            start = self.chance.randrange(len(TEXT) - 1)
        return Span(start, min(len(TEXT), start + self.chance.choice(LENGTHS)))

    def some_mark(self) -> MarkId | None:
        in_view = [MarkId(shape.id) for shape in self.view.shapes_in_view() if not shape.ghost]
        found = in_view if in_view and self.chance.random() < 0.8 else read.mark_ids(self.store, self.article)
        return self.chance.choice(sorted(found)) if found else None

    def some_point(self, view: TextView) -> QPoint:
        size = view.viewport().size()
        if self.chance.random() < 0.5:
            hits = [
                bar.rect.center() + QPoint(view.columns.left, seen.y)
                for seen in view.page.visible()
                for bar in seen.marks.hits
            ]
            hits = [hit for hit in hits if view.viewport().rect().contains(hit)]
            if hits:
                return self.chance.choice(hits)
        return QPoint(self.chance.randrange(size.width()), self.chance.randrange(size.height()))

    def add(self) -> None:
        spans = [self.some_span()]
        if self.chance.random() < 0.3:
            spans.append(self.some_span())
        edits.add_mark(self.store, self.article, self.chance.choice(LABELS), spans)

    def add_stack(self) -> None:
        span = self.some_span()
        for number in range(self.chance.randrange(4, 9)):
            place = Span(max(0, span.start - number), span.end)
            edits.add_mark(self.store, self.article, self.chance.choice(LABELS), [place])

    def delete(self) -> None:
        if mark := self.some_mark():
            edits.delete_marks(self.store, [mark])

    def delete_many(self) -> None:
        found = sorted(shape.id for shape in self.view.shapes_in_view() if not shape.ghost)
        if found:
            edits.delete_marks(self.store, map(MarkId, self.chance.sample(found, len(found) // 2)))

    def relabel(self) -> None:
        if mark := self.some_mark():
            edits.relabel(self.store, mark, self.chance.choice(LABELS))

    def move(self) -> None:
        if mark := self.some_mark():
            spans = list(read.mark(self.store, mark).spans)
            number = self.chance.randrange(len(spans))
            start, end = spans[number]
            start = max(0, start + self.chance.randrange(-60, 60))
            spans[number] = Span(start, min(len(TEXT), max(start + 1, end + self.chance.randrange(-60, 60))))
            edits.set_spans(self.store, mark, spans)

    def cut(self) -> None:
        if mark := self.some_mark():
            (start, end), *rest = read.mark(self.store, mark).spans
            third = (end - start) // 3
            if third:
                edits.set_spans(self.store, mark, [(start, start + third), (end - third, end), *rest])

    def link(self) -> None:
        near = self.desk.held()
        far = self.some_mark()
        if near is not None and far is not None and near.id != far:
            kind = self.chance.choice(sorted(read.scheme(self.store).link_kinds))
            edits.add_link(self.store, kind, Ref("mark", near.id), Ref("mark", far))

    def undo(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            self.desk.window.session.store.undo()

    def redo(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            self.desk.window.session.store.redo()

    def hold(self) -> None:
        self.desk.window.session.hold(self.some_mark())

    def let_go(self) -> None:
        self.desk.window.session.hold(None)

    def cycle(self) -> None:
        self.desk.window.hands.marking.hold_next_at(self.view.caret())

    def go_to_mark(self) -> None:
        self.desk.window.hands.marking.go_to_mark(backwards=self.chance.random() < 0.5)

    def click(self) -> None:
        view = self.chance.choice(self.panes).view
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.some_point(view)
        )

    def press(self) -> None:
        at = self.some_point(self.view)
        held = self.view.shown.held
        if held is not None:
            places = [grip.stem.center() for grip in grips(self.view.page, held)]
            if (middle := port(self.view.page, held)) is not None:
                places.append(middle)
            if places:
                at = self.chance.choice(places) + QPoint(self.view.columns.left, 0)
        if self.view.viewport().rect().contains(at):
            pull(self.view, at, at + QPoint(9, 3), self.some_point(self.view))

    def release(self) -> None:
        let_go(self.view, self.some_point(self.view))

    def letters_to_type(self) -> None:
        QTest.keyClick(self.view, self.chance.choice([Qt.Key.Key_F, Qt.Key.Key_L, Qt.Key.Key_A]))

    def hover(self) -> None:
        hover(self.view, self.some_point(self.view))

    def scroll(self) -> None:
        bar = self.chance.choice(self.panes).view.verticalScrollBar()
        step = self.chance.choice([7, 31, 120, self.view.viewport().height(), 3000])
        bar.setValue(bar.value() + step * self.chance.choice([-1, 1]))

    def jump(self) -> None:
        start = self.chance.choice([self.chance.randrange(len(TEXT)), TEXT.index(LONG) + LONGEST])
        self.view.reveal(Span(start, start), self.chance.random() < 0.3)

    def key(self) -> None:
        keys = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End)
        shift = self.chance.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
        QTest.keyClick(self.view, self.chance.choice(keys), shift)

    def escape(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Escape)

    def select(self) -> None:
        self.view.select(self.chance.choice([None, self.some_span()]))

    def pieces(self) -> None:
        some = tuple(self.some_span() for _ in range(self.chance.randrange(3)))
        self.view.select_pieces(some)

    def flash(self) -> None:
        self.view.flash([self.some_span() for _ in range(self.chance.randrange(3))])

    def hints(self) -> None:
        words = self.view.words_in_view()[:: self.chance.randrange(1, 9)]
        letters = {f"w{number}": word.start for number, word in enumerate(words)}
        self.view.show_hints(self.chance.choice([{}, letters]))

    def highlight(self) -> None:
        found = sorted(self.some_span() for _ in range(3))
        for pane in self.panes:
            pane.view.set_highlights(
                self.chance.choice(
                    [None, lambda start, end: [one for one in found if one.start < end and one.end > start]]
                )
            )

    def resize(self) -> None:
        width, height = self.chance.choice([900, 1366, 1700]), self.chance.choice([500, 768, 1000])
        self.desk.window.resize(width, height)

    def letters(self) -> None:
        font = QFont("Noto Sans")
        font.setPixelSize(self.chance.choice([12, 16, 21]))
        self.desk.window.panes.set_reading(font, self.chance.choice([50, 70]))

    def theme(self) -> None:
        self.desk.window.dressing.set_theme(self.chance.choice(["light", "dark", "contrast"]))

    def split(self) -> None:
        self.desk.window.session.split()

    def turn(self) -> None:
        self.desk.window.session.turn_to(self.chance.choice(self.panes).pane)

    def close(self) -> None:
        self.desk.window.session.close_pane(self.chance.choice(self.panes).pane)

    def drop_ghost(self) -> None:
        pane = self.desk.window.panes.active
        if found := pane.ghosts.next(self.view.visible_span().start):
            self.desk.window.hands.proposing.drop(found)

    def take_ghost(self) -> None:
        pane = self.desk.window.panes.active
        if found := pane.ghosts.next(self.view.visible_span().start):
            self.desk.window.hands.proposing.take(found, None)

    def rules(self) -> None:
        off = self.chance.sample(["quote-who-said", "silence", "who-said-that"], self.chance.randrange(3))
        self.desk.window.panes.switch_off(off)

    def require_truth(self) -> None:
        for _ in range(4):
            QCoreApplication.processEvents()
        for pane in self.panes:
            self.require_true_picture(pane)

    def require_true_picture(self, pane: TextPane) -> None:
        view = pane.view
        window = self.desk.window
        scale = round(window.devicePixelRatio())
        screen = QApplication.primaryScreen().grabWindow(window.winId()).toImage()
        at = view.viewport().mapTo(window, QPoint(0, 0))
        place = QRect(at * scale, view.viewport().size() * scale)
        shown = screen.convertToFormat(QImage.Format.Format_RGB32).copy(place)
        assert pane.article is not None
        anew = Anew(pane, StoreMarks(self.store, pane.article, pane.ghosts))
        try:
            assert anew.place() == view.place()
            self.require_same_answers(view, anew)
            wanted = drawn(anew.viewport())
            for image in (shown, wanted):
                self.cover(image, view)
            # Where a window cuts dashes of a preview, Qt counts them anew.
            assert view.shown.preview or shown == wanted, self.done[-12:]
            held = view.shown.held
            if held is not None:
                assert held.spans == read.mark(self.store, MarkId(held.mark)).spans
                assert list(view.shown.links.all) == list(
                    StoreMarks(self.store, pane.article).focus_links(held)
                )
        finally:
            anew.hide()
            anew.deleteLater()

    def cover(self, image: QImage, view: TextView) -> None:
        """Leave out what floats over the text."""
        painter = QPainter(image)
        window, viewport = self.desk.window, view.viewport()
        for one in window.findChildren(QWidget):
            is_behind = one is viewport or one.isAncestorOf(viewport)
            if one.isVisible() and not is_behind and one.window() is window:
                painter.fillRect(QRect(viewport.mapFromGlobal(one.mapToGlobal(QPoint(0, 0))), one.size()), 0)
        painter.end()

    def require_same_answers(self, view: TextView, anew: TextView) -> None:
        for _ in range(12):
            at = self.some_point(view)
            for ask in ASKED:
                assert ask(view, at) == ask(anew, at), (at, self.done[-12:])
            offset = view.character_at(at)
            if offset is not None:
                rows = lists.shapes(self.store, self.article, offset, offset + 1)
                marks = {row.id for row in rows if any(a <= offset < b for a, b in row.spans)}
                assert set(view.marks_at(offset)) == marks


ASKED: tuple[Callable[[TextView, QPoint], object], ...] = (
    lambda view, at: view.stack_at(at),
    lambda view, at: view.ghosts_at(at),
    lambda view, at: view.bar_at(at),
    lambda view, at: view.labels_at(at),
    lambda view, at: view.nearest(at),
    lambda view, at: view._mouse.under.words(at),
    lambda view, at: view._mouse.under.cursor(at),
    lambda view, at: (chip := view._mouse.under.chip(at)) and (chip.marks, chip.more),
)

Walk.acts = (
    *(Walk.add, Walk.add, Walk.add_stack, Walk.delete, Walk.delete_many, Walk.relabel, Walk.move, Walk.cut),
    *(Walk.link, Walk.link, Walk.undo, Walk.undo, Walk.redo, Walk.hold, Walk.hold, Walk.let_go, Walk.cycle),
    *(Walk.go_to_mark, Walk.click, Walk.click, Walk.hover, Walk.scroll, Walk.scroll, Walk.scroll, Walk.jump),
    *(Walk.key, Walk.escape, Walk.select, Walk.pieces, Walk.flash, Walk.hints, Walk.highlight, Walk.resize),
    *(Walk.letters, Walk.theme, Walk.split, Walk.turn, Walk.close, Walk.drop_ghost, Walk.take_ghost),
    *(Walk.rules, Walk.press, Walk.press, Walk.release, Walk.release, Walk.letters_to_type),
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_screen_is_that_of_a_view_opened_anew(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(searching, "_AFTER_MS", 0)
    Walk(desk, seed).wander(STEPS, qtbot)


@pytest.mark.xvfb
def test_so_it_is_on_a_display_with_four_pixels_to_a_point() -> None:
    # In a process of its own, since Qt reads the scale as it starts. Without a display it hands out
    # no more than a part of such a window.
    scene = f"{__file__}::{test_the_screen_is_that_of_a_view_opened_anew.__name__}[0]"
    with virtual_display("3200x2000") as display:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", scene],
            env={**os.environ, "DISPLAY": display, "QT_SCALE_FACTOR": "2"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stdout
