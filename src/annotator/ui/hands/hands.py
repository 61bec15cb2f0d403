"""The hands: every key and gesture over the text, by the state the analyst is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.session import Focus, Pane, Session
from annotator.store.store import Change
from annotator.ui.actions import HELD_ONLY, action_for
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.keys import stroke
from annotator.ui.marksource import link_target
from annotator.ui.panes import Panes, TextPane
from annotator.ui.theme import Theme

if TYPE_CHECKING:  # each is loaded when it is first used
    from annotator.ui.hands.bubble import Bubble
    from annotator.ui.hands.claiming import Claiming
    from annotator.ui.hands.linking import Linking
    from annotator.ui.hands.marking import Marking
    from annotator.ui.hands.offering import Offering
    from annotator.ui.hands.proposing import Proposing
    from annotator.ui.hands.sourcing import Sourcing
    from annotator.ui.hands.wording import Wording

_WITH_POPUPS = ("linking", "sourcing", "claiming", "offering")


class Hands(QObject):
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
        super().__init__(panes)
        self.desk = Desk(session, panes, segmenter)
        self.look = look
        self._over = over
        self._before: tuple[Pane, ArticleId | None] = (session.pane, None)
        self.functions: dict[str, Callable[[], object]] = _functions(self)
        for pane in panes.all:
            self._connect(pane)
        panes.made.connect(self._connect)
        panes.refused.connect(self.desk.refused)
        self._changed.connect(self._on_changed)
        self._is_closed = False
        self._stop = (session.on_focus(self._on_focus), session.store.subscribe(self._changed.emit))
        self._on_focus(session.focus)

    @cached_property
    def marking(self) -> Marking:
        from annotator.ui.hands.marking import Marking

        return Marking(self.desk)

    @cached_property
    def sourcing(self) -> Sourcing:
        from annotator.ui.hands.sourcing import Sourcing

        return Sourcing(self.desk, self._over, self.look)

    @cached_property
    def linking(self) -> Linking:
        from annotator.ui.hands.linking import Linking

        return Linking(self.desk, self._over, self.look)

    @cached_property
    def claiming(self) -> Claiming:
        from annotator.ui.hands.claiming import Claiming

        return Claiming(self.desk, self._over, self.look)

    @cached_property
    def proposing(self) -> Proposing:
        from annotator.ui.hands.proposing import Proposing

        return Proposing(self.desk)

    @cached_property
    def wording(self) -> Wording:
        from annotator.ui.hands.wording import Wording

        return Wording(self.desk, self.sourcing)

    @cached_property
    def offering(self) -> Offering:
        from annotator.ui.hands.offering import Offering

        return Offering(self.desk, self._over, self.look, self.close_popups)

    @cached_property
    def bubble(self) -> Bubble:
        from annotator.ui.hands.bubble import Bubble

        return Bubble(self, self._over)

    def _with_popups(self) -> Sequence[Sourcing | Linking | Claiming | Offering]:
        """Those that may have a popup open, as far as there are any."""
        return [vars(self)[name] for name in _WITH_POPUPS if name in vars(self)]

    def close(self) -> None:
        """Stop listening to the session."""
        self._is_closed = True
        if "claiming" in vars(self):
            self.claiming.finish()
        self.desk.panes.finish()
        for stop in self._stop:
            stop()

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self.look = look
        for hand in self._with_popups():
            hand.look = look
        self._hide_bubble()

    def _connect(self, pane: TextPane) -> None:
        view = pane.view
        view.installEventFilter(self)
        view.link_refusal = lambda mark, end, is_reversed: self.linking.refusal(mark, end, is_reversed)
        view.caret_moved.connect(self._on_caret)
        view.selection_changed.connect(self._on_selection)
        view.selection_finished.connect(self._on_selection_finished)
        view.piece_dragged.connect(lambda span: self.marking.gather(span))
        view.mark_clicked.connect(self._on_clicked)
        view.grip_moved.connect(lambda *moved: self.marking.grip_moved(*moved))
        view.link_dropped.connect(lambda *dropped: self.linking.drop(*dropped))
        view.rail_clicked.connect(self.follow)
        view.overflow_clicked.connect(lambda marks, point: self.offering.marks(marks, point))
        view.context_asked.connect(self._on_context)
        view.place_changed.connect(self._on_place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and watched is self.desk.view:
            is_coming = event.type() == QEvent.Type.ShortcutOverride
            if is_coming:
                self.desk.store.notice_others()
            if is_coming and (self._settles() or self._wants(event)):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self.press(stroke(event)):
                return True
        return super().eventFilter(watched, event)

    def _settles(self) -> bool:
        """Whether a popup that is about to open takes the key."""
        return "offering" in vars(self) and self.offering.settle()

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
        if action is None and not desk.held:
            action = action_for(key, has_held=True)
        if action is None:
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
        if any(hand.popup for hand in self._with_popups()):
            self.close_popups()
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

    def close_popups(self) -> None:
        """Take away whatever floats over the text."""
        for hand in self._with_popups():
            hand.close()

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
        self._hide_bubble()
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

    def _on_place(self) -> None:
        if "bubble" in vars(self):
            self.bubble.follow()
        self.desk.moved()

    def _hide_bubble(self) -> None:
        if "bubble" in vars(self):
            self.bubble.hide()

    def _on_caret(self, offset: int) -> None:
        self.desk.session.moved_to(offset)
        self.desk.state_changed.emit()

    def _on_selection(self, selection: Span | None) -> None:
        if selection is None:
            self._hide_bubble()
        self.desk.state_changed.emit()

    def _on_selection_finished(self, selection: Span | None) -> None:
        if selection is not None:
            self.bubble.show_for(selection)
        self.desk.view.setFocus()

    def _on_clicked(self, marks: list[str], point: QPoint) -> None:
        """One mark is taken in hand; of a stack the innermost, and the others are offered.

        A click beside the text lets go, so that the words under a grip can be dragged over.
        """
        self.acted.emit()
        if self.desk.mode is not None and self.desk.mode.click(marks):
            return
        if not marks:
            self.desk.session.hold(None)
            return
        proposal = self.desk.panes.active.ghosts.at(marks[0])
        if proposal is not None:
            self.proposing.stand_on(proposal)
            self.offering.proposal(proposal, self.proposing, point)
            return
        if len(marks) == 1 or self.desk.held in marks:
            at = marks.index(self.desk.held) + 1 if self.desk.held in marks else 0
            if at < len(marks) or len(marks) == 1:
                self.desk.hold(marks[min(at, len(marks) - 1)])
            else:
                self.offering.marks(marks, point)
            return
        self.desk.hold(marks[0])
        self.offering.marks_soon(marks, point)

    def _on_context(self, offset: int, point: QPoint) -> None:
        """A menu for the selection under the pointer, otherwise for the mark there."""
        self.acted.emit()
        self._hide_bubble()
        desk = self.desk
        if not any(span.start <= offset <= span.end for span in desk.selected()):
            desk.drop_selection()
            stack = desk.view.marks_at(offset)
            if stack and desk.held not in stack:
                desk.hold(stack[0])
            desk.view.set_caret(offset)
        self.menu_asked.emit(point, bool(desk.held) and not desk.selected())

    def follow(self, key: str) -> None:
        """Go to the far end of a link that was clicked in the rail."""
        table, row_id = link_target(key)
        if table == "mark":
            self.desk.session.leave_here()
            self.desk.session.hold(MarkId(row_id))
        elif table == "proposition":
            self.claim_asked.emit(row_id)
        elif table == "source":
            self.source_asked.emit(row_id)

    def _on_focus(self, focus: Focus) -> None:
        desk, now = self.desk, (self.desk.session.pane, focus.article)
        before, self._before = self._before, now
        if now != before:
            self.close_popups()
            self._hide_bubble()
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
        "select-by-hints": lambda: hands.marking.select_by_hints(),
        "grow": lambda: hands.marking.grow(),
        "shrink": lambda: hands.marking.shrink(),
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
