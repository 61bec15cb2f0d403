"""The rules that propose reported speech: what each finds, how often it was right, on or off."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.domain.proposing import Rule, rule_book
from annotator.domain.sentences import shortened
from annotator.store import lists, read
from annotator.store.lists import Decided
from annotator.store.store import Store
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.ghosts import tr
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.pages import NUMBER
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_SIZE = (860, 620)
_RULE, _LABEL, _TAKEN, _DROPPED, _RIGHT = range(5)
_LONGEST_LABEL = 24
"""Characters of the name of a label beyond which it is cut, so that the rule keeps its room."""


class RulesDialog(Dialog):
    """A tick for each rule; `rules_off` are those without one when it is accepted.

    The counts come from the project itself: from marks that say who proposed them,
    and from proposals that were dropped. They are read in a worker.
    """

    def __init__(self, look: Theme, parent: QWidget | None, store: Store, rules_off: frozenset[str]) -> None:
        super().__init__(look, parent, tr("Rules for proposals"), tr("Use these rules"), _SIZE)
        self._items: dict[str, QTreeWidgetItem] = {}
        self.column.addWidget(
            Words(
                tr(
                    "Rules look for reported speech in English articles, on this computer only."
                    " What they find is shown hatched: G goes there, Enter takes it, Delete drops it."
                ),
                is_quiet=True,
            )
        )
        self.list = self._make_list()
        self.column.addWidget(self.list, 1)
        labels = read.scheme(store).labels
        for rule in rule_book().rules:
            name = labels[rule.label].name if rule.label in labels else rule.label
            self._add(rule, name, rule.name not in rules_off)
        self.list.setCurrentItem(next(iter(self._items.values())))
        self.list.setFocus()
        self._reader = Reader(store, self)
        self._reader.answered.connect(self._show_counts)
        self._reader.look_up(lists.decided)

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setAccessibleName(tr("Rules"))
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setAlternatingRowColors(True)
        made.setHeaderLabels([tr("Rule"), tr("Label"), tr("Taken"), tr("Dropped"), tr("Right")])
        header = made.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_RULE, QHeaderView.ResizeMode.Stretch)
        return made

    def _add(self, rule: Rule, label: str, is_on: bool) -> None:
        words = tr("{name} — {example}").format(name=rule.name, example=rule.example)
        item = QTreeWidgetItem([words, shortened(label, _LONGEST_LABEL), "", "", ""])
        item.setCheckState(_RULE, Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        guess = tr("The speaker is a guess: the person named last.") if rule.is_lower else ""
        version = tr("Version {number}").format(number=rule.version)
        item.setToolTip(_LABEL, label)
        item.setToolTip(_RULE, "\n".join(part for part in (words, guess, version) if part))
        for column in (_TAKEN, _DROPPED, _RIGHT):
            item.setTextAlignment(column, NUMBER)
        self.list.addTopLevelItem(item)
        self._items[rule.name] = item

    def _show_counts(self, counts: Mapping[str, Decided]) -> None:
        for name, found in counts.items():
            item = self._items.get(name)
            if item is None or found.precision is None:
                continue
            item.setText(_TAKEN, f"{found.taken:,}")
            item.setText(_DROPPED, f"{found.dropped:,}")
            item.setText(_RIGHT, f"{found.precision:.0%}")

    def rules_off(self) -> frozenset[str]:
        """The names of the rules without a tick."""
        return frozenset(
            name for name, item in self._items.items() if item.checkState(_RULE) == Qt.CheckState.Unchecked
        )

    def done(self, result: int) -> None:
        self._reader.cancel()
        super().done(result)
