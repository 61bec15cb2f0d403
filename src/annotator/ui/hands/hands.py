"""The hands: every key and gesture over the text, by the state the analyst is in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.segment import Segmenter
from annotator.store import read
from annotator.store.session import Focus, Pane, Session
from annotator.store.store import Change
from annotator.ui.actions import HELD_ONLY, action_for
from annotator.ui.hands.abilities import Abilities
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.hands.pointing import Pointing
from annotator.ui.keys import stroke
from annotator.ui.marksource import link_target
from annotator.ui.panes import Panes, TextPane
from annotator.ui.theme import Theme


class Hands(Abilities):
    """Binds the panes to the session: does in the pane at work what keys and gestures ask.

    Keys reach it only while a text has the focus. Esc leaves exactly one
    state: a popup, a mode, the selection, the mark in hand, in this order.
    """

    acted = Signal()
    """The analyst did something over the text: what was said before is out of date."""
    values_asked = Signal()
    question_asked = Signal()
    menu_asked = Signal(QPoint, bool)
    """A context menu at a global point; whether a mark is in hand there."""
    loose_end_asked = Signal(int)
    """1 for the next loose end, -1 for the one before."""
    tray_asked = Signal()
    source_asked = Signal(str)
    """A source that a link in the rail ends at."""
    claim_asked = Signal(str)
    """The id of a claim whose line in the rail was clicked."""
    _changed = Signal(object)
    """A Change, brought to the thread of the window: an import commits in a worker."""

    def __init__(
        self, session: Session, panes: Panes, segmenter: Segmenter, over: QWidget, look: Theme
    ) -> None:
        super().__init__(Desk(session, panes, segmenter), over, look)
        self.pointing = Pointing(self, over)
        self._before: tuple[Pane, ArticleId | None] = (session.pane, None)
        self.functions: dict[str, Callable[[], object]] = _functions(self)
        for pane in panes.all:
            self._take_on(pane)
        panes.made.connect(self._take_on)
        panes.refused.connect(self.desk.refused)
        self._changed.connect(self._on_changed)
        self._is_closed = False
        self._stop = (session.on_focus(self._on_focus), session.store.subscribe(self._changed.emit))
        self._on_focus(session.focus)

    def close(self) -> None:
        """Stop listening to the session."""
        self._is_closed = True
        super().close()
        self.desk.panes.finish()
        for stop in self._stop:
            stop()

    def set_theme(self, look: Theme) -> None:
        super().set_theme(look)
        self.pointing.hide_bubble()

    def _take_on(self, pane: TextPane) -> None:
        pane.view.installEventFilter(self)
        self.pointing.connect_to(pane.view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and watched is self.desk.view:
            is_coming = event.type() == QEvent.Type.ShortcutOverride
            if is_coming:
                self.desk.store.notice_others()
            if is_coming and (self.settles() or self._wants(event)):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self.press(stroke(event)):
                return True
        return super().eventFilter(watched, event)

    def _wants(self, event: QKeyEvent) -> bool:
        """Whether a key that may be a shortcut of the window has a meaning in the present mode."""
        return self.desk.mode is not None and stroke(event) in ("Ctrl+Left", "Ctrl+Right", "Return", "Esc")

    def press(self, key: str) -> bool:
        """Do what a key stands for here; False where it means nothing."""
        desk = self.desk
        if not key:
            return False
        self.acted.emit()
        if key == "Esc":
            return self.escape()
        if desk.mode is not None and desk.mode.press(key):
            desk.state_changed.emit()
            return True
        if desk.mode is not None and len(key) == 1 and not (desk.mode.lets_digits_pass and key.isdigit()):
            return True
        if self._label_by_key(key) or self.linking.press(key):
            return True
        action = action_for(key, has_held=bool(desk.held) and not desk.selected())
        if action is None:  # words selected stand in the way of nothing but a deletion
            action = action_for(key, has_held=True)
        if action is None or (action.id == "delete" and desk.held and desk.selected()):
            return False
        self.functions[action.id]()
        desk.state_changed.emit()
        return True

    def _label_by_key(self, key: str) -> bool:
        """Label with what a key stands for in the scheme; False where it stands for no label."""
        scheme = read.scheme(self.desk.store)
        for label in scheme.labels.values():
            if scheme.keys.get(label.id) == key:
                if label in scheme.shown_labels():
                    self.label_with(label.id)
                else:
                    from annotator.domain.sentences import filled

                    words = tr("“{label}” is not in this preset. Choose another one under View.")
                    self.desk.notice.emit(filled(words, {"label": label.name}))
                return True
        return False

    def escape(self) -> bool:
        """Leave one state; False where there was none to leave."""
        desk = self.desk
        if self.has_popup:
            self.close_popup()
        elif desk.leave_mode():
            pass
        elif desk.selected():
            desk.drop_selection()
        elif desk.held:
            desk.session.hold(None)
        else:
            return False
        desk.state_changed.emit()
        return True

    def with_mark(self, act: Callable[[], object]) -> None:
        """Do what needs a mark in hand, or say so."""
        if self.desk.held:
            act()
        else:
            self.desk.ask_for_mark()

    def label_with(self, label: str) -> None:
        """Label the selection and ask who says it, or relabel the mark in hand."""
        found = read.scheme(self.desk.store).labels.get(label)
        if found is None:
            return
        self.pointing.hide_bubble()
        self.desk.leave_mode()
        if self.marking.label_with(found) and not found.layer:
            self.sourcing.pick()

    def offer(self, fix: str) -> None:
        """What mends a loose end of the mark in hand, by the code of its fix."""
        kinds = {"link-denies": "denies", "link-ground": "supports", "link-responds-to": "responds_to"}
        if fix == "choose-source":
            self.sourcing.pick()
        elif fix == "choose-target":
            self.linking.start(None)
        elif fix in kinds:
            self.linking.start(read.scheme(self.desk.store).link_kinds.get(kinds[fix]))
        elif fix == "choose-claim":
            self.claiming.pick()
        elif fix == "move-ends":
            self.marking.move_ends()
        elif fix == "answer-question":
            self.question_asked.emit()
        elif fix == "confirm-mark":
            words = tr("Still right? Y says so, of the mark and its links; otherwise change them.")
            self.desk.notice.emit(words)

    def follow(self, key: str) -> None:
        """Go to the far end of a link that was clicked in the rail."""
        table, row_id = link_target(key)
        if table == "mark":
            self.desk.session.go_to(MarkId(row_id))
        elif table == "proposition":
            self.claim_asked.emit(row_id)
        elif table == "source":
            self.source_asked.emit(row_id)

    def _on_focus(self, focus: Focus) -> None:
        desk, now = self.desk, (self.desk.session.pane, focus.article)
        before, self._before = self._before, now
        if now != before:
            self.close_popup()
            self.pointing.hide_bubble()
            if desk.mode is not None and not (desk.mode.spans_panes and now[0] is not before[0]):
                desk.leave_mode()
        desk.moved()
        if now[0] is before[0] and now[1] != before[1]:
            desk.drop_selection()
        desk.state_changed.emit()

    def _on_changed(self, change: Change) -> None:
        if self._is_closed:
            return
        self.desk.panes.renew(change)
        self.desk.moved()
        self.desk.state_changed.emit()


def _functions(hands: Hands) -> dict[str, Callable[[], object]]:
    """What each action over the text does; whoever does it is made then."""
    functions: dict[str, Callable[[], object]] = {
        "select-by-hints": lambda: hands.selecting.select_by_hints(),
        "grow": lambda: hands.selecting.grow(),
        "shrink": lambda: hands.selecting.shrink(),
        "label-menu": lambda: hands.offering.labels(hands.label_with),
        "source": lambda: hands.sourcing.pick(),
        "relay": lambda: hands.sourcing.pick("relay"),
        "repeat": lambda: hands.marking.repeat(),
        "same-source": lambda: hands.marking.same_source(),
        "move-ends": lambda: hands.marking.move_ends(),
        "add-piece": lambda: hands.marking.add_piece(),
        "cut-hole": lambda: hands.marking.cut_hole(),
        "duplicate": lambda: hands.marking.duplicate(),
        "values": hands.values_asked.emit,
        "question": hands.question_asked.emit,
        "pin": lambda: hands.marking.pin(),
        "tray": hands.tray_asked.emit,
        "confirm": lambda: hands.marking.confirm(),
        "delete": lambda: hands.marking.delete(),
        "hold": lambda: hands.marking.hold_next_at(hands.desk.view.caret()),
        "link": lambda: hands.linking.start(None),
        "link-pinned": lambda: hands.linking.start_pinned(),
        "claims": lambda: hands.claiming.pick(),
        "next-mark": lambda: hands.marking.go_to_mark(backwards=False),
        "previous-mark": lambda: hands.marking.go_to_mark(backwards=True),
        "next-loose-end": lambda: hands.loose_end_asked.emit(1),
        "previous-loose-end": lambda: hands.loose_end_asked.emit(-1),
        "cue-words": lambda: hands.wording.cue(),
        "relay-cue-words": lambda: hands.wording.cue(relay=True),
        "name-words": lambda: hands.wording.mention(),
        "relay-name-words": lambda: hands.wording.mention(relay=True),
        "hedge-words": lambda: hands.wording.hedge(),
        "date-words": lambda: hands.wording.date(),
        "next-proposal": lambda: hands.proposing.step(1),
        "previous-proposal": lambda: hands.proposing.step(-1),
    }
    return functions | {name: partial(hands.with_mark, functions[name]) for name in HELD_ONLY}
