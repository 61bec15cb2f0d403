"""The main window: it places the text, the panels and the bars, and nothing else."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.errors import UserError
from annotator.domain.segment import Segmenter
from annotator.store.session import Session
from annotator.ui.afterwards import Afterwards
from annotator.ui.commands.project import ProjectCommands
from annotator.ui.commands.versions import VersionCommands
from annotator.ui.commands.view import ViewCommands
from annotator.ui.docks import Docks
from annotator.ui.dressing import Dressing
from annotator.ui.hands.hands import Hands
from annotator.ui.hearing import Hearing
from annotator.ui.last_place import LastPlace
from annotator.ui.menus import Menus
from annotator.ui.notice import NoticeBar
from annotator.ui.panes import Panes
from annotator.ui.settings import Settings
from annotator.ui.sides import Panels, places
from annotator.ui.status import NameButton, StatusLine
from annotator.ui.tabbing import TabbedWindow
from annotator.ui.ways import Ways

if TYPE_CHECKING:  # loaded when it is first asked for
    from annotator.ui.commands.undoing import UndoCommands
    from annotator.ui.files import Files
    from annotator.ui.findbar import FindBar
    from annotator.ui.panels.tray import Tray
    from annotator.ui.text.view import TextView
    from annotator.ui.theme import Theme
    from annotator.ui.welcome import Welcome

_SIZE = QSize(1440, 900)
_COPY_HELPS = ("project-moved", "project-readonly-after-errors")
"""Refusals after which the project can only go on as a copy."""


class MainWindow(TabbedWindow):
    """One project at work."""

    project_asked = Signal(str)
    """The path of a project to open instead; empty for the sample."""
    new_project_asked = Signal(str, str)
    """The path and the preset of a project to make and open instead."""
    packing_asked = Signal(int)
    """How many days of history stay whole when the project is closed, packed and opened again."""
    renamed = Signal(str)
    """The name the analyst wants to sign with from now on."""

    def __init__(
        self, session: Session, segmenter: Segmenter, settings: Settings, backups: Path | None = None
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.backups = backups
        self.dressing = Dressing(self)
        self.panes = Panes(session, segmenter, self.look)
        self.centre = QWidget()
        self.stage = QWidget()
        self.notices = NoticeBar(self.look, self.stage)
        self.hands = Hands(session, self.panes, segmenter, self.stage, self.look)
        self.commands = ProjectCommands(self)
        self.versions = VersionCommands(self)
        self.panels = Panels(self)
        self.ways = Ways(self)
        self.viewing = ViewCommands(self)
        self._place_text()
        self.arrangement = Docks(self, places(), self.panels.__getitem__)
        self.docks = self.arrangement.by_name
        whose = (self.commands, self.versions, self.viewing, self.hands)
        functions = {name: act for one in whose for name, act in one.functions.items()}
        kinds = self.viewing.kinds_of_links
        self.menus = Menus(self, functions, self.look, before=self.notices.hide, kinds=kinds)
        self._place_tools()
        self.statusBar().addWidget(StatusLine(self.hands.desk), 1)
        self._place_name()
        self.statusBar().setSizeGripEnabled(False)
        self._connect()
        self.setAcceptDrops(True)
        self._take_up(settings)
        self.hearing = Hearing(self)
        self._afterwards = Afterwards(self)
        self._afterwards.damaged.connect(self.hearing.tell_damage)
        self._afterwards.moved.connect(self.hearing.tell_moved)

    def _take_up(self, settings: Settings) -> None:
        """Go on as the window was left: panels, look, and the place in the text."""
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size()))
        self.arrangement.share_room()
        kept = settings.layout()
        if kept:
            self.arrangement.restore(*kept)
        self.dressing.begin()
        self.panes.switch_off(settings.rules_off)
        self.last_place = LastPlace(self.session, self.panes, settings)
        self.last_place.open()
        self.last_place.open_beside()

    def _place_text(self) -> None:
        _column(self.stage).addWidget(self.panes, 1)
        self._foot = _column(self.centre)
        self._foot.addWidget(self.stage, 1)
        self.setCentralWidget(self.centre)

    def _place_tools(self) -> None:
        self.addToolBar(self.menus.tool_bar(self.tr("Tools")))
        panels = self.menus.menus["panels"]
        panels.addSeparator()
        for dock in self.docks.values():
            panels.addAction(dock.toggleViewAction())

    def _place_name(self) -> None:
        """Who signs, at the foot of the window, with the way to change it."""
        self.name = NameButton(self.session.store.identity.name)
        self.name.clicked.connect(self.commands.change_name)
        self.statusBar().addPermanentWidget(self.name)

    def _connect(self) -> None:
        hands, panels = self.hands, self.panels
        hands.desk.offered.connect(panels.offer)
        hands.acted.connect(self.notices.hide)
        hands.desk.refused.connect(self.refuse)
        hands.desk.notice.connect(self.say)
        hands.question_asked.connect(self.commands.ask_question)
        hands.values_asked.connect(self.ways.to_values)
        hands.menu_asked.connect(self._show_menu)
        hands.tray_asked.connect(self.ways.to_tray)
        hands.claim_asked.connect(self.ways.to_claim)
        hands.source_asked.connect(self.ways.to_source)
        hands.loose_end_asked.connect(lambda direction: panels.walk.step(direction))

    @property
    def look(self) -> Theme:
        """The theme it wears."""
        return self.dressing.look

    @property
    def view(self) -> TextView:
        """The text of the pane at work."""
        return self.panes.active.view

    @cached_property
    def undoing(self) -> UndoCommands:
        from annotator.ui.commands.undoing import UndoCommands

        return UndoCommands(self)

    @cached_property
    def files(self) -> Files:
        """What asks for files and folders."""
        from annotator.ui.files import Files

        return Files(self.settings, self.session.store.path)

    @cached_property
    def tray(self) -> Tray:
        """The pinned marks, under the text."""
        from annotator.ui.panels.tray import Tray

        made = Tray(self.session, self.look, self.centre)
        made.serve(self.hands)
        self._foot.addWidget(made)
        return made

    @property
    def find_bar(self) -> FindBar:
        """What finds words in the pane at work."""
        return self.panes.active.find_bar

    @cached_property
    def welcome(self) -> Welcome:
        from annotator.ui.welcome import Welcome

        return Welcome(self.session, self.stage, self.commands.functions)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._afterwards.begin()

    def _show_menu(self, point: QPoint, has_held: bool) -> None:
        menu = self.menus.context(self, has_held, bool(self.hands.desk.selected()))
        menu.popup(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.ways.to_text()
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        turns = {
            Qt.MouseButton.BackButton: self.session.back,
            Qt.MouseButton.ForwardButton: self.session.forward,
        }
        if event.button() in turns:
            turns[event.button()]()
            event.accept()
        else:
            super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrangement.follow_window()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.viewing.resize_text(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def say(self, words: str) -> None:
        """Say what was done, or what to do first."""
        self.notices.say(words)

    def refuse(self, error: UserError) -> None:
        """Say what could not be done and what to do about it."""
        from annotator.ui.messages import sentence

        offer = None
        if error.code in _COPY_HELPS:
            offer = (self.tr("Save a copy…"), self.commands.save_copy)
        self.notices.say(sentence(error), "warning", offer)
        self.hands.desk.state_changed.emit()  # the file may only be read from now on

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        projects = [path for path in paths if path.suffix == ".annotator"]
        event.acceptProposedAction()
        # Not before the drop is over: the program that files were dragged from waits for it.
        if projects:
            QTimer.singleShot(0, self, lambda: self.project_asked.emit(str(projects[0])))
        elif paths:
            QTimer.singleShot(0, self, lambda: self.commands.import_files(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._close_dialogs()
        self.arrangement.foot.make_small()
        self.arrangement.bring_back()
        self.settings.keep_layout(self.saveGeometry(), self.saveState())
        self.last_place.keep()
        self.hearing.close()
        self._afterwards.close()
        self.hands.close()
        self.panels.finish()
        for timer in self.findChildren(QTimer):  # nothing that waits reads a closed project
            timer.stop()
        super().closeEvent(event)

    def _close_dialogs(self) -> None:
        """They store what is being written and end their work, also where the program is told to end."""
        from PySide6.QtWidgets import QDialog  # a window is painted before it is loaded

        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():
                dialog.close()


def _column(over: QWidget) -> QVBoxLayout:
    """Widgets one below the other, with nothing between them."""
    made = QVBoxLayout(over)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(0)
    return made
