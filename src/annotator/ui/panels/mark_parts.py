"""A group of rows of the mark inspector, and the chain; claims, links and values stand beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.ids import LinkId, MarkId, SourceId
from annotator.domain.model import Attribution, Mark, Source
from annotator.domain.sentences import as_quote
from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.panels.base import Panel
from annotator.ui.panels.parts import Elided, ElidedButton, Heading, tool_button
from annotator.ui.panels.words import kind_name
from annotator.ui.tabbing import takes_tab
from annotator.ui.theme import Theme


class Owner(Protocol):
    """The panel that holds a group."""

    session: Session
    store: Store
    look: Theme

    def guarded(self, act: Callable[[], object]) -> object: ...
    def ask_source(self) -> None: ...
    def ask_relay(self) -> None: ...
    def ask_possible(self) -> None: ...
    def ask_claim(self) -> None: ...
    def ask_link(self, link: LinkId) -> None: ...
    def go_to(self, mark: MarkId) -> None: ...
    def hear(self, panel: Panel) -> None: ...


class Group(QWidget):
    """A heading and rows that are made anew when what they show has changed."""

    def __init__(self, owner: Owner, title: str) -> None:
        super().__init__()
        self.owner = owner
        self.store = owner.store
        self._shown: object = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(3)
        self.heading = Heading(title)
        self.column.addWidget(self.heading)
        self.rows: list[QWidget] = []

    def is_shown_already(self, content: object) -> bool:
        """Whether these rows stand already; notes them otherwise."""
        if content == self._shown:
            return True
        self._shown = content
        return False

    def forget(self) -> None:
        """Make the rows anew at the next occasion, such as another theme."""
        self._shown = None

    @contextmanager
    def rows_anew(self) -> Iterator[None]:
        """Takes the rows away; after the block, the one made in place of the focused one has the focus."""
        focused = QApplication.focusWidget()
        name = None
        if focused is not None and any(row.isAncestorOf(focused) for row in self.rows):
            name = focused.accessibleName()
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows.clear()
        yield
        if name is None:
            return
        made = [field for row in self.rows for field in row.findChildren(QWidget) if _can_take_keys(field)]
        heir = next((field for field in made if field.accessibleName() == name), None)
        if heir is not None or made:
            (heir or made[-1]).setFocus()

    def add(self, *widgets: QWidget) -> QWidget:
        """A row of widgets, the first one as wide as can be."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for place, widget in enumerate(widgets):
            line.addWidget(widget, 0 if place else 1)
        self.rows.append(row)
        self.column.addWidget(row)
        return row


def _can_take_keys(widget: QWidget) -> bool:
    return takes_tab(widget) and widget.isEnabled()


class RelayLine(ElidedButton):
    """A relay that keys work on: Alt+↑ and Alt+↓ move it, Delete takes it out."""

    moved = Signal(int)
    """By how many steps, -1 towards the speaker."""
    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ChainGroup(Group):
    """Who says it and through whom it came, nearest first; each relay can be moved and taken out.

    Below each stand the words of the text that attribute and name.
    """

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner, "")
        self.heading.setText(self.tr("Source"))
        self.source = ElidedButton(self.tr("Source"))
        self.source.clicked.connect(owner.ask_source)
        self.source.installEventFilter(self)
        self.role = Elided(is_quiet=True)
        self.relay = tool_button("add", owner.look, self.tr("Add who passed it on"), owner.ask_relay)
        line = QHBoxLayout()
        line.setSpacing(4)
        self.possible = tool_button("question", owner.look, self.tr("Who else it may be"), owner.ask_possible)
        line.addWidget(self.source, 1)
        line.addWidget(self.relay)
        line.addWidget(self.possible)
        self.column.addLayout(line)
        self.column.addWidget(self.role)
        self._mark: Mark | None = None

    def show_mark(self, mark: Mark) -> None:
        """Show the chain of a mark."""
        steps = mark.attribution
        ids = [step.source for step in steps if step.source]
        ids += [mark.possible_source] if mark.possible_source else []
        sources = {row.id: row for row in read.by_ids(self.store, Source, ids)}
        about = self._about(sources.get(mark.source)) if mark.source else ""
        shown = (mark.id, steps, mark.possible_source, mark.hedges, tuple(sources.values()), about)
        if self.is_shown_already(shown):
            return
        self._mark = mark
        speaker = sources.get(mark.source) if mark.source else None
        self.source.set_whole(speaker.name if speaker else self.tr("Who says it?"))
        self.role.set_whole(about)
        self.role.setVisible(bool(about))
        text = read.text(self.store, mark.article)
        with self.rows_anew():
            if mark.possible_source:
                self._add_possible(sources[mark.possible_source].name)
            for level, step in enumerate(steps):
                if level:
                    self._add_relay(level, len(steps), sources.get(step.source or SourceId("")))
                self._add_words(text, self.tr("cue {words}"), step.cue)
                self._add_words(text, self.tr("named as {words}"), step.mention)
            self._add_words(text, self.tr("hedge {words}"), mark.hedges)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.source and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.owner.ask_source()
                return True
            if event.key() == Qt.Key.Key_Delete and self._mark and self._mark.source:
                mark = self._mark.id
                self.owner.guarded(lambda: edits.set_source(self.store, mark, None))
                return True
        return super().eventFilter(watched, event)

    def _about(self, source: Source | None) -> str:
        if source is None:
            return ""
        parts = [source.role or ""]
        if source.same_as:
            parts.insert(0, f"= {read.source(self.store, source.same_as).name}")
        if source.affiliation:
            parts.append(read.source(self.store, source.affiliation).name)
        if not any(parts) and source.kind != "person":
            parts = [kind_name(read.scheme(self.store), source.kind)]
        return ", ".join(part for part in parts if part)

    def _add_words(self, text: str, form: str, spans: Sequence[Span]) -> None:
        if spans:
            quoted = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
            self.add(Elided(form.format(words=as_quote(quoted)), is_quiet=True))

    def _add_possible(self, name: str) -> None:
        """Who else it may be; Delete takes it away."""
        line = RelayLine(self.tr("Or {name}").format(name=name))
        line.set_whole(self.tr("or perhaps {name}").format(name=name))
        line.clicked.connect(self.owner.ask_possible)
        line.removed.connect(self._remove_possible)
        words = self.tr("It is not {name}").format(name=name)
        self.add(line, tool_button("close", self.owner.look, words, self._remove_possible))

    def _remove_possible(self) -> None:
        if self._mark is not None:
            mark = self._mark.id
            self.owner.guarded(lambda: edits.edit_mark(self.store, mark, possible_source=None))

    def _add_relay(self, level: int, count: int, source: Source | None) -> None:
        name = source.name if source else self.tr("nobody named")
        look = self.owner.look
        line = RelayLine(self.tr("Relay {name}").format(name=name))
        line.set_whole(self.tr("‹ via {name}").format(name=name))
        line.moved.connect(partial(self._move, level))
        line.removed.connect(partial(self._remove, level))
        widgets: list[QWidget] = [line]
        if count > 2:
            up = tool_button(
                "previous", look, self.tr("{name}: nearer to the speaker").format(name=name),
                partial(self._move, level, -1),
            )  # fmt: skip
            down = tool_button(
                "next", look, self.tr("{name}: farther from the speaker").format(name=name),
                partial(self._move, level, 1),
            )  # fmt: skip
            up.setEnabled(level > 1)
            down.setEnabled(level < count - 1)
            widgets += [up, down]
        words = self.tr("Take {name} out of the chain").format(name=name)
        widgets.append(tool_button("close", look, words, partial(self._remove, level)))
        self.add(*widgets)

    def _move(self, level: int, by: int) -> None:
        steps = self._steps()
        if 1 <= level + by < len(steps):
            steps[level], steps[level + by] = steps[level + by], steps[level]
            self._write(steps)

    def _remove(self, level: int) -> None:
        steps = self._steps()
        del steps[level]
        self._write(steps)

    def _steps(self) -> list[Attribution]:
        return list(self._mark.attribution) if self._mark else []

    def _write(self, steps: Sequence[Attribution]) -> None:
        if self._mark is not None:
            mark = self._mark.id
            kept = () if tuple(steps) == (Attribution(None),) else steps
            self.owner.guarded(lambda: edits.set_attribution(self.store, mark, kept))
