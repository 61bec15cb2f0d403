"""The drawings of a report painted: into a PDF, as pictures for other files, and for the preview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter

from annotator.domain.figure import Figure
from annotator.domain.report import FullReport
from annotator.formats.drawing import words_on
from annotator.store.bulk import Progress
from annotator.ui.dialogs.progress import StoppedError
from annotator.ui.map.painting import FigurePainter
from annotator.ui.theme import Theme, theme

SHARPNESS = 2.0
"""Pixels of a picture for each of its figure: about 190 dots an inch on paper."""
MOST_PIXELS = 12_000
"""The longest side of a picture."""
_SAMPLE = 2
"""Of so many rows and columns of pixels one is looked at for the colours."""


def painter_of(report: FullReport, look: Theme | None = None) -> Callable[[QPainter, Figure], None]:
    """Paints figures of a report in its words; light as on paper, or in another theme."""
    figures = FigurePainter(look or theme("light"), lambda kind: words_on(kind, report.kinds))

    def paint(painter: QPainter, figure: Figure) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figures.paint(painter, figure, QRectF(0, 0, figure.width, figure.height), None, False)

    return paint


def image(
    report: FullReport, figure: Figure, sharpness: float = SHARPNESS, look: Theme | None = None
) -> QImage:
    """A figure of a report as a picture, so many pixels for each of its own; on white, or as in a theme."""
    scale = min(sharpness, MOST_PIXELS / max(figure.width, figure.height, 1.0))
    made = QImage(
        max(1, round(figure.width * scale)), max(1, round(figure.height * scale)), QImage.Format.Format_RGB32
    )
    made.fill(look.colour("panel") if look else Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.scale(scale, scale)
    painter_of(report, look)(painter, figure)
    painter.end()
    return made


def with_pictures(report: FullReport, tell: Progress) -> FullReport:
    """The report with each drawing painted; tells the claims done. Raises StoppedError."""
    claims = []
    for number, claim in enumerate(report.claims):
        if not tell(number):
            raise StoppedError
        drawn = (one._replace(picture=_png(image(report, one.figure))) for one in claim.drawn)
        claims.append(replace(claim, drawn=tuple(drawn)))
    return replace(report, claims=tuple(claims))


def _png(made: QImage) -> bytes:
    """A picture in its 256 most frequent colours, which is a quarter of the size."""
    few = made.scaled(
        (made.size() / _SAMPLE).expandedTo(QSize(1, 1)), mode=Qt.TransformationMode.FastTransformation
    )
    seen = Counter(memoryview(few.constBits()).cast("I")).most_common(256)
    flat = made.convertToFormat(
        QImage.Format.Format_Indexed8, [colour for colour, _ in seen], Qt.ImageConversionFlag.AvoidDither
    )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(flat)
    return bytes(buffer.data().data())
