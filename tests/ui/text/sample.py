"""An article, its marks and a view of it, for the tests of the text view."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.lanes import order
from annotator.layout.marks import RailEntry
from annotator.ui.text.rail import RailBox, rail_boxes
from annotator.ui.text.view import TextView

ARTICLE = """Harbour Ministry Denies Selling Boats
LISBORN -- The harbour ministry denied on Tuesday a report in the Daily Ledger that quoted an analyst \
as saying the rebels may have bought patrol boats from a state yard known as Norvik, and blamed \
smugglers instead.

Citing a study by the Coastal Centre and leaked customs files, the paper said on 3 May that the fleet \
may have grown thanks to boats from Norvik or from a yard across the border. "They [the rebels] pay in \
cash," it said.
قالت وزارة الدفاع إن الهجوم أسفر عن مقتل 27 مدنيا ونفى المتحدث (Norvik) هذه الاتهامات.
The minister wrote 👨\u200d👩\u200d👧 cafe\u0301 🇺🇦 “نفى المتحدث” and 外交部发言人否认了有关指控.
The yard has not commented."""
LONG = "\n".join([ARTICLE] * 200)


class Marks:
    """Marks in memory, and what the view has asked for: ranges, links of marks, and links in words."""

    def __init__(self, shapes: Iterable[Shape] = (), rail: Iterable[RailEntry] = ()) -> None:
        self.all = {shape.id: shape for shape in shapes}
        self.entries = list(rail)
        self.has_time = True
        self.asked: list[Span] = []
        self.ahead: list[Span] = []
        self.begun: list[int] = []
        self.railed_ids: list[str] = []
        self.worded_ids: list[str] = []

    def shapes(self, start: int, end: int) -> Sequence[Shape]:
        self.asked.append(Span(start, end))
        return self._meeting(start, end)

    def _meeting(self, start: int, end: int) -> Sequence[Shape]:
        found = [shape for shape in self.all.values() if shape.hull.start < end and shape.hull.end > start]
        return sorted(found, key=order)

    def shapes_ahead(self, start: int, end: int) -> Sequence[Shape] | None:
        if not self.has_time:
            return None
        self.ahead.append(Span(start, end))
        return self._meeting(start, end)

    def beginning(self, starts: Sequence[int], start: int, end: int) -> Sequence[Shape]:
        self.begun += starts
        found = self.all.values()
        return [shape for shape in found if shape.hull.start in starts and start < shape.hull.end]

    def rail(self, shapes: Sequence[Shape]) -> Sequence[RailEntry]:
        marks = {shape.id for shape in shapes}
        self.railed_ids += marks
        return [entry._replace(text="") for entry in self.entries if entry.mark in marks]

    def worded(self, entries: Sequence[RailEntry]) -> Sequence[RailEntry]:
        self.worded_ids += [entry.id for entry in entries]
        words = {entry.id: entry for entry in self.entries}
        return [words[entry.id] for entry in entries]

    def density(self, buckets: int) -> Sequence[Sequence[tuple[str, int]]]:
        return [[("claim", len(self.all))]] + [[]] * (buckets - 1)

    def add(self, shape: Shape) -> list[Span]:
        """Returns the spans to tell the view of."""
        self.all[shape.id] = shape
        return list(shape.spans)


def links_beside(view: TextView) -> list[RailBox]:
    """The links beside the text in view, which are read after it was painted."""
    view.page.put_rail()
    return [box for seen in view.page.visible() for box in rail_boxes(view.page, seen, view.columns)]


def quoted(quote: str, text: str = ARTICLE) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def mark(name: str, *quotes: str, label: str = "claim", text: str = ARTICLE, ghost: bool = False) -> Shape:
    return Shape(name, label.title(), tuple(quoted(quote, text) for quote in quotes), label, ghost)


DENIAL = mark("m1", "The harbour ministry denied on Tuesday a report in the Daily Ledger", label="denial")
CLAIM = mark("m2", "the rebels may have bought patrol boats")


def picture(view: TextView) -> QImage:
    """What the view shows, in colours alone."""
    return view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def point(view: TextView, offset: int, *, bar: bool = False) -> QPoint:
    """A point on the character at an offset, or on the first bar under it."""
    rect = view.rects_of(Span(offset, offset + 1))[0]
    return QPoint(rect.center().x(), rect.bottom() + 3) if bar else rect.center()


def edge(view: TextView, offset: int) -> QPoint:
    """A point between two characters."""
    rect = view.rect_of(offset)
    return QPoint(rect.left(), rect.center().y())


def click(view: TextView, at: QPoint, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def pull(
    view: TextView,
    start: QPoint,
    *stops: QPoint,
    pressed: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    moved: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press at `start` and move over `stops`, without letting go; `moved` are held from the first move."""
    _send(view, QEvent.Type.MouseButtonPress, start, pressed)
    for stop in stops:
        _send(view, QEvent.Type.MouseMove, stop, pressed | moved)


def let_go(
    view: TextView, at: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    _send(view, QEvent.Type.MouseButtonRelease, at, modifiers)


def drag(
    view: TextView,
    start: QPoint,
    *stops: QPoint,
    pressed: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    moved: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press at `start`, move over `stops` and let go at the last one."""
    pull(view, start, *stops, pressed=pressed, moved=moved)
    let_go(view, stops[-1], pressed | moved)


def hover(view: TextView, at: QPoint) -> None:
    """Move the pointer with no button held."""
    _send(view, QEvent.Type.MouseMove, at, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton)


def _send(
    view: TextView,
    kind: QEvent.Type,
    at: QPoint,
    modifiers: Qt.KeyboardModifier,
    held: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    if kind == QEvent.Type.MouseButtonRelease:
        held = Qt.MouseButton.NoButton
    place = QPointF(view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), QMouseEvent(kind, QPointF(at), place, button, held, modifiers))
