"""What a mark does to a claim, and how certainly: two choices side by side."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from annotator.domain.model import Mention
from annotator.domain.scheme import STANCES, Attribute, Scheme
from annotator.domain.sentences import filled
from annotator.ui.panels.value_box import ValueBox
from annotator.ui.panels.words import stance_name

_LEAST_CHARACTERS = 5


def tr(words: str) -> str:
    """Words of these fields in the language of the window."""
    return QCoreApplication.translate("MentionFields", words)


class MentionFields(QWidget):
    """Stance and certainty of a mention; the latter where the preset shows that of marks, or one is set."""

    edited = Signal(str, object)
    """Which field of the mention, and the value chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stance, self.certainty = _choice(), _choice()
        self.name_for("")
        self.stance.activated.connect(lambda: self.edited.emit("stance", self.stance.currentData()))
        self.certainty.activated.connect(lambda: self.edited.emit("certainty", self.certainty.currentData()))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.stance, 1)
        line.addWidget(self.certainty, 1)

    def name_for(self, claim: str) -> None:
        """Say of which claim the choices are, where several stand below one another."""
        does, certainly = tr("What the mark does to the claim"), tr("How certainly it does so")
        if claim:
            does = filled(tr("What the mark does to “{claim}”"), {"claim": claim})
            certainly = filled(tr("How certainly it does so: “{claim}”"), {"claim": claim})
        self.stance.setAccessibleName(does)
        self.certainty.setAccessibleName(certainly)
        self.certainty.setToolTip(tr("How certain the source is of this very claim"))

    def show_mention(self, mention: Mention, scheme: Scheme) -> None:
        """Show what is kept of a mention."""
        _fill(self.stance, [(stance_name(one), one) for one in STANCES], mention.stance)
        row = certainty_of(scheme)
        values = () if row is None else row.values or ()
        names = [(value if row is None else row.value_name(value), value) for value in values]
        _fill(self.certainty, [(tr("as the mark"), None), *names], mention.certainty)
        self.certainty.setVisible(row is not None or mention.certainty is not None)


def certainty_of(scheme: Scheme) -> Attribute | None:
    """The attribute of how certain a source is, where the scheme has it and its preset shows it."""
    shown = scheme.preset().attributes
    return scheme.attributes.get("certainty") if shown is None or "certainty" in shown else None


def _choice() -> ValueBox:
    """A choice that gives way in a narrow panel."""
    made = ValueBox(_LEAST_CHARACTERS)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _fill(box: QComboBox, choices: Iterable[tuple[str, str | None]], current: str | None) -> None:
    box.clear()
    for words, value in choices:
        box.addItem(words, value)
    if box.findData(current) < 0:
        box.addItem(current or "", current)
    box.setCurrentIndex(box.findData(current))
