"""The form of a label."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from annotator.domain import scheme_labels, scheme_signs
from annotator.domain.scheme import STANCES
from annotator.ui.dialogs.frame import plain_button
from annotator.ui.dialogs.scheme.form import NamedForm
from annotator.ui.dialogs.scheme.parts import Choice, MergeRow, Sign
from annotator.ui.dialogs.scheme.split import SplitDialog
from annotator.ui.dialogs.scheme.work import COLOURS, SchemeWork
from annotator.ui.panels.parts import letter_badge
from annotator.ui.panels.words import stance_name
from annotator.ui.text.palette import StyleColours
from annotator.ui.theme import Theme, for_scheme, theme

SWATCH = 18


class LabelForm(NamedForm):
    """Name, key, letter, colour, stance, definition; what was made before it; merge and split."""

    def __init__(self, work: SchemeWork) -> None:
        super().__init__(work, "labels")
        self.key, self.letter = Sign(), Sign()
        self.colour, self.stance = Choice(), Choice()
        self.merge = MergeRow(self.tr("Merge into"))
        self.split = plain_button(self.tr("Move some of its marks to a new label…"))
        self._connect()
        self.add_fields(
            (self.tr("Name"), self.name),
            (self.tr("Key"), self.key),
            beside=((self.tr("Letter"), self.letter), (self.tr("Colour"), self.colour)),
        )
        self.add_fields((self.tr("Does to a claim"), self.stance), (self.tr("Shown in"), self.presets))
        self.add_part(self.tr("Merge into another label, or split"), self.merge, self.split)
        self.add_definition()
        self.end()

    def _connect(self) -> None:
        self.key.edited.connect(
            lambda key: self.do(lambda s: scheme_signs.set_key(s, self.row_id, key, self.work.taken_keys))
        )
        self.letter.edited.connect(
            lambda letter: self.do(lambda s: scheme_signs.set_letter(s, self.row_id, letter))
        )
        self.colour.activated.connect(
            lambda: self.do(
                lambda s: scheme_signs.set_colour(s, self.row_id, self.colour.currentData(), COLOURS)
            )
        )
        self.stance.activated.connect(
            lambda: self.do(lambda s: scheme_labels.set_stance(s, self.row_id, self.stance.currentData()))
        )
        self.merge.foreseen.connect(
            lambda into: self.foresee_merge(
                self.merge, lambda s: scheme_labels.merge_labels(s, self.row_id, into)
            )
        )
        self.merge.asked.connect(
            lambda into: self.do(lambda s: scheme_labels.merge_labels(s, self.row_id, into))
        )
        self.split.clicked.connect(self.ask_split)

    def refresh(self) -> None:
        scheme = self.work.scheme
        label = scheme.labels[self.row_id]
        self.refresh_named(label.name, label.codebook)
        self.key.show_text(scheme.keys.get(label.id, ""))
        self.letter.show_text(label.letter)
        self._show_colours()
        self.stance.clear()
        self.stance.addItem(self.tr("nothing by itself"), None)
        for stance in STANCES:
            self.stance.addItem(stance_name(stance), stance)
        self.stance.setCurrentIndex(max(0, self.stance.findData(label.stance)))
        self.merge.show_rows([(one.id, one.name) for one in scheme.labels.values() if one.id != label.id])

    def _show_colours(self) -> None:
        scheme, look = self.work.scheme, self.work.dressed
        owners = {colour: label for label, colour in scheme.colours.items() if label in scheme.labels}
        letter = scheme.labels[self.row_id].letter
        swatches = for_scheme(
            theme(look.name), {name: name for name in COLOURS}, dict.fromkeys(COLOURS, letter)
        )
        self.colour.clear()
        for name in COLOURS:
            owner = owners.get(name)
            words = name if owner in (None, self.row_id) else f"{name} · {scheme.labels[owner].name}"
            self.colour.addItem(swatch(swatches.text.style(name), look), words, name)
        self.colour.setCurrentIndex(self.colour.findData(scheme.colours.get(self.row_id)))

    def ask_split(self) -> None:
        """Choose marks and a name for the label they get."""
        dialog = SplitDialog(self.work.store, self.work.look, self.window(), self.row_id)
        dialog.chosen.connect(
            lambda name, marks: self.work.do(
                lambda s: scheme_labels.split_label(s, self.row_id, name, marks, COLOURS)
            )
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def swatch(style: StyleColours, look: Theme, side: int = SWATCH) -> QIcon:
    """A colour with its letter, as it stands beside a mark."""
    ratio = 2
    pixmap = QPixmap(side * ratio, side * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    letter_badge(painter, QRectF(0, 0, side, side), style, look.colour("panel"))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # or else it is mixed with the colour of the chosen row
    return icon
