"""A report as it will be read: its beginning at once, the rest as it is scrolled to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextEdit

from annotator.domain.figure import Figure
from annotator.domain.report import FullReport
from annotator.formats.reports.lines import Line, lines
from annotator.ui.drawn import image
from annotator.ui.printing import add_lines, blank
from annotator.ui.theme import Theme

PREVIEWED = 12
"""Claims that are shown at once."""
_DRAWING_WEIGHT = 3
"""Claims that one drawing counts for there."""


class Part(NamedTuple):
    """Some lines of a report, how many of its claims they and those before tell, and whether more follow."""

    lines: list[Line]
    claims: int
    of: int
    is_followed: bool


def parts(report: FullReport) -> Iterator[Part]:
    """The lines of a report in parts that are shown at once."""
    given = list(lines(report))
    weights = {"claim": 1, "drawing": _DRAWING_WEIGHT}
    start = weight = claims = 0
    for end, line in enumerate(given):
        weight += weights.get(line.kind, 0)
        if weight > PREVIEWED:
            yield Part(given[start:end], claims, len(report.claims), is_followed=True)
            start, weight = end, weights[line.kind]
        claims = min(claims + (line.kind == "claim"), len(report.claims))
    yield Part(given[start:], claims, len(report.claims), is_followed=False)


class ReportPreview(QTextEdit):
    """Shows a report and takes no words."""

    told = Signal(str)
    """How much of it is there; nothing where all is."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Preview"))
        self._parts: Iterator[Part] = iter(())
        self._picture: Callable[[Figure], QImage] | None = None
        self.verticalScrollBar().valueChanged.connect(lambda: self._show_more_where_it_ends())

    def show_report(self, full: FullReport) -> None:
        """Show how a report begins; the rest comes as it is scrolled to."""
        self._picture = self._painted(full)
        self._parts = parts(full)
        document = blank()
        document.setParent(self)
        document.setDocumentMargin(16)
        self._show_more(document)
        self.setDocument(document)

    def _painted(self, full: FullReport) -> Callable[[Figure], QImage]:
        """Paints drawings so that they fit into the preview."""

        def paint(figure: Figure) -> QImage:
            room = max(200, self.viewport().width() - 60)
            scale = min(1.0, room / max(figure.width, 1.0))
            made = image(full, figure, scale * self.devicePixelRatioF(), self._look)
            made.setDevicePixelRatio(self.devicePixelRatioF())
            return made

        return paint

    def _show_more_where_it_ends(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and bar.value() >= bar.maximum() - bar.pageStep() // 2:
            self._show_more(self.document())

    def _show_more(self, document: QTextDocument) -> None:
        part = next(self._parts, None)
        if part is None:
            return
        add_lines(document, part.lines, self._picture)
        begun = self.tr("Shown so far: {count} of {all} claims. The rest comes as you scroll.")
        words = begun.format(count=part.claims, all=part.of)
        if part.claims == part.of:
            words = self.tr("The drawings come as you scroll.")
        self.told.emit(words if part.is_followed else "")
