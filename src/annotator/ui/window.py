"""The main window: it places the text, the panels and the bars, and nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QToolButton, QVBoxLayout, QWidget

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, SourceId
from annotator.domain.segment import Segmenter
from annotator.store import picking, read
from annotator.store.open_ends import OpenEnd, open_ends_in_steps
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.store.verify import Damage
from annotator.ui.checking import Checker
from annotator.ui.commands import Commands
from annotator.ui.docks import BOTTOM, LEFT, RIGHT, Docks, Place
from annotator.ui.findbar import FindBar
from annotator.ui.hands.hands import Hands
from annotator.ui.menus import Menus
from annotator.ui.messages import sentence
from annotator.ui.notice import NoticeBar
from annotator.ui.open_ends import LooseEndWalk
from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.history import HistoryPanel
from annotator.ui.panels.inspector import MarkInspector
from annotator.ui.panels.loose_ends import LooseEndsPanel
from annotator.ui.panels.marks import MarksPanel
from annotator.ui.panels.sources import SourcesPanel
from annotator.ui.settings import Settings
from annotator.ui.status import StatusLine
from annotator.ui.text.view import TextView
from annotator.ui.theme import Theme, ThemeName, apply, for_scheme, reading_font, system_theme, theme
from annotator.ui.welcome import Welcome

_TOOLS = ("import-files", "paste-article", "", "undo", "redo", "", "find", "palette", "focus-mode", "theme")
_SIZE = QSize(1440, 900)
_COPY_HELPS = ("project-moved", "project-readonly-after-errors")
"""Refusals after which the project can only go on as a copy."""


class MainWindow(QMainWindow):
    """One project at work."""

    project_asked = Signal(str)
    """The path of a project to open instead; empty for the sample."""
    new_project_asked = Signal(str, str)
    """The path and the preset of a project to make and open instead."""
    renamed = Signal(str)
    """The name the analyst wants to sign with from now on."""
    _changed = Signal(object)
    """A Change, brought to the thread of the window."""

    def __init__(
        self, session: Session, segmenter: Segmenter, settings: Settings, backups: Path | None = None
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.backups = backups
        self.look = self._dressed(settings.theme or system_theme())
        self.view = TextView(segmenter)
        self.stage = QWidget()
        self.notices = NoticeBar(self.look, self.stage)
        self.hands = Hands(session, self.view, segmenter, self.stage, self.look)
        self.find_bar = FindBar(self.hands.desk)
        self.commands = Commands(self)
        self.loose_ends = LooseEndWalk(session, self._found_loose_ends, self)
        self._place_text()
        places = self._panels()
        self.panels = {place.name: place.panel for place in places}
        self.arrangement = Docks(self, places)
        self.docks = self.arrangement.by_name
        functions = self.commands.functions | self.hands.functions
        self.menus = Menus(self, functions, self.look, before=self.notices.hide)
        self.welcome = Welcome(session, self.view.viewport(), self.commands.functions)
        self._place_tools()
        self.statusBar().addWidget(StatusLine(self.hands.desk), 1)
        self._place_name()
        self.statusBar().setSizeGripEnabled(False)
        self._connect()
        self.setWindowTitle(self._title())
        self.setAcceptDrops(True)
        self.resize(_SIZE.boundedTo(self.screen().availableGeometry().size()))
        self.arrangement.share_room()
        kept = settings.layout()
        if kept:
            self.arrangement.restore(*kept)
        self.wear(self.look)
        self.set_reading()
        self._open_last_place()
        self._changed.connect(self._on_changed)
        self._checker = Checker(session, self)
        self._checker.found.connect(self._on_damage)
        self._checker.moved.connect(
            lambda: self.refuse(UserError("project-moved", path=str(session.store.path)))
        )
        self._checker.moved.connect(self.hands.desk.state_changed)
        self._is_closed = False
        self._stop_keeping = session.on_focus(lambda _: self._keep_place())
        self._stop_listening = session.store.subscribe(self._changed.emit)

    def _dressed(self, name: ThemeName) -> Theme:
        """A theme with the labels of the project's scheme."""
        scheme = read.scheme(self.session.store)
        letters = {label.id: label.letter for label in scheme.labels.values()}
        return for_scheme(theme(name), scheme.colours, letters)

    def _title(self) -> str:
        name = read.project_name(self.session.store) or self.tr("Untitled")
        return self.tr("{project} — annotator").format(project=name)

    def _place_text(self) -> None:
        column = QVBoxLayout(self.stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.find_bar)
        self.view.setAccessibleName(self.tr("Article text"))
        self.setCentralWidget(self.stage)

    def _panels(self) -> list[Place]:
        session, look = self.session, self.look
        inspector = MarkInspector(session, look, self._hint_lines)
        inspector.is_patient = True
        loose_ends = LooseEndsPanel(session, look, lambda: open_ends_in_steps(session.store))
        return [
            Place("articles", self.tr("Articles"), ArticlesPanel(session, look), LEFT),
            Place("mark", self.tr("Mark"), inspector, RIGHT),
            Place("loose-ends", self.tr("Loose ends"), loose_ends, BOTTOM),
            Place("marks", self.tr("Marks"), MarksPanel(session, look), BOTTOM),
            Place("sources", self.tr("Sources"), SourcesPanel(session, look), BOTTOM),
            Place("claims", self.tr("Claims"), ClaimsPanel(session, look), BOTTOM),
            Place("history", self.tr("History"), HistoryPanel(session, look), BOTTOM),
        ]

    def _place_tools(self) -> None:
        bar = QToolBar(self.tr("Tools"), self)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        for name in _TOOLS:
            if name:
                bar.addAction(self.menus.actions[name])
            else:
                bar.addSeparator()
        self.addToolBar(bar)
        view = self.menus.menus["view"]
        view.addSeparator()
        for dock in self.docks.values():
            view.addAction(dock.toggleViewAction())

    def _place_name(self) -> None:
        """Who signs, at the foot of the window, with the way to change it."""
        self.name = QToolButton()
        self.name.setAutoRaise(True)
        self.name.setStyleSheet("padding: 1px 6px")
        self.name.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name.setText(self.session.store.identity.name)
        self.name.setToolTip(self.tr("What you do is signed with this name. Click to change it."))
        self.name.setAccessibleName(self.tr("Your name: {name}").format(name=self.name.text()))
        self.name.clicked.connect(self.commands.change_name)
        self.statusBar().addPermanentWidget(self.name)

    def _connect(self) -> None:
        hands = self.hands
        for panel in self.panels.values():
            panel.refused.connect(self.refuse)
            panel.notice.connect(lambda words: self.notices.say(words))
        self.loose_ends.said.connect(lambda words: self.notices.say(words))
        hands.acted.connect(self.notices.hide)
        hands.desk.refused.connect(self.refuse)
        hands.desk.notice.connect(lambda words: self.notices.say(words))
        hands.question_asked.connect(self.commands.ask_question)
        hands.values_asked.connect(self._to_values)
        hands.menu_asked.connect(self._show_menu)
        hands.claim_asked.connect(self.show_claim)
        hands.source_asked.connect(self.show_source)
        hands.loose_end_asked.connect(self.loose_ends.step)
        articles, inspector = self.panels["articles"], self.panels["mark"]
        loose = self.panels["loose-ends"]
        if isinstance(articles, ArticlesPanel):
            articles.import_asked.connect(lambda: self.commands.import_files())
            articles.paste_asked.connect(self.commands.paste_article)
            articles.details_asked.connect(self.commands.edit_details)
            articles.opened.connect(self.view.setFocus)
        if isinstance(inspector, MarkInspector):
            inspector.source_asked.connect(lambda *_: hands.sourcing.pick())
            inspector.relay_asked.connect(lambda *_: hands.sourcing.pick(relay=True))
        if isinstance(loose, LooseEndsPanel):
            loose.counted.connect(self._on_counted)
            loose.jump_asked.connect(self._to_loose_end)

    def _show_menu(self, point: QPoint, has_held: bool) -> None:
        menu = self.menus.context(self, has_held, bool(self.hands.desk.selected()))
        menu.popup(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.view.setFocus()
            event.accept()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.commands.resize_text(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _on_counted(self, count: int) -> None:
        title = self.tr("Loose ends")
        self.docks["loose-ends"].setWindowTitle(f"{title} ({count})" if count else title)

    def _found_loose_ends(self) -> list[OpenEnd]:
        panel = self.panels["loose-ends"]
        return panel.found() if isinstance(panel, LooseEndsPanel) else []

    def _to_loose_end(self, row: OpenEnd) -> None:
        """Go to a loose end that was chosen in the list, and offer what mends it."""
        self.loose_ends.show(row)
        self.view.setFocus()
        if row.end.mark:
            self.hands.offer(row.end.fix)
        elif row.end.source:
            self.show_source(row.end.source)
        elif row.end.claim:
            self.show_claim(row.end.claim)

    def show_source(self, source: str) -> None:
        """Bring a source to the front, with its marks."""
        panel = self.panels["sources"]
        self.docks["sources"].show()
        self.docks["sources"].raise_()
        if isinstance(panel, SourcesPanel):
            panel.stand_on(SourceId(source))

    def show_claim(self, claim: str) -> None:
        """Bring a claim to the front among the others, with its marks."""
        panel = self.panels["claims"]
        self.docks["claims"].show()
        self.docks["claims"].raise_()
        if isinstance(panel, ClaimsPanel):
            panel.refresh()
            panel.stand_on(claim)

    def _hint_lines(self) -> list[str]:
        """What to do next, for a window without a mark in hand."""
        scheme = read.scheme(self.session.store)
        keys = [(scheme.keys.get(label.id, ""), label.name) for label in scheme.shown_labels()]
        digits = ", ".join(f"{key}\u00a0{name}" for key, name in keys)
        return [
            self.tr("Select words: drag with the mouse, or press F and type the letters."),
            self.tr("Label them: {digits}").format(digits=digits),
            self.tr("Say who: type a name, or press the digit beside it."),
            self.tr("Link: D denies, S supports — then the letters at the other mark."),
            self.tr("All actions: Ctrl+K"),
        ]

    def _to_values(self) -> None:
        self.docks["mark"].raise_()
        self.panels["mark"].setFocus()

    def refuse(self, error: UserError) -> None:
        """Say what could not be done and what to do about it."""
        offer = None
        if error.code in _COPY_HELPS:
            offer = (self.tr("Save a copy…"), self.commands.save_copy)
        self.notices.say(sentence(error), "warning", offer)

    def _on_damage(self, damage: Damage) -> None:
        words = sentence(UserError(damage.code, **damage.details))
        advice = self.tr("Nothing was changed. Export what you can and restore a backup.")
        self.notices.say(f"{words} {advice}", "warning")

    def set_theme(self, name: ThemeName) -> None:
        """Wear a theme and remember it."""
        self.settings.theme = name
        self.wear(self._dressed(name))

    def wear(self, look: Theme) -> None:
        """Put a theme on everything."""
        self.look = look
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply(application, look)
        self.view.set_palette(look.text)
        self.hands.set_theme(look)
        self.menus.set_theme(look)
        self.notices.set_theme(look)
        for panel in self.panels.values():
            panel.set_theme(look)

    def set_reading(self) -> None:
        """Take over font size and column width from the settings."""
        font = reading_font(self.settings.font_family, self.settings.font_size)
        self.view.set_reading(font, self.settings.column_chars)

    def toggle_text_only(self) -> None:
        """Hide all but text and rail, or bring the panels back."""
        self.arrangement.toggle_all()
        self.view.setFocus()

    def _open_last_place(self) -> None:
        path = str(self.session.store.path or "")
        kept = self.settings.place(path)
        store = self.session.store
        first = picking.first_article(store)
        if kept and read.is_there(store, "article", kept[0]):
            self.session.open_article(ArticleId(kept[0]), kept[1])
        elif first:
            self.session.open_article(first)
        self.view.setFocus()

    def _open_another(self) -> None:
        """Where the article in front is gone, or the first has come, show one that is there."""
        if not self._is_closed and self.session.focus.article is None:
            self._open_last_place()

    def _on_changed(self, change: Change) -> None:
        if self._is_closed:
            return
        self.notices.hide()
        self._keep_place()
        touched = {row.table for row in change.rows}
        if not change.is_whole or touched & {"scheme", "project"}:
            self.setWindowTitle(self._title())
            dressed = self._dressed(self.look.name)
            if dressed.text.styles != self.look.text.styles:
                self.wear(dressed)
        if not change.is_whole or "article" in touched:
            QTimer.singleShot(0, self._open_another)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        projects = [path for path in paths if path.suffix == ".annotator"]
        event.acceptProposedAction()
        # Not before the drop is over: the program that files were dragged from waits for it.
        if projects:
            QTimer.singleShot(0, lambda: self.project_asked.emit(str(projects[0])))
        elif paths:
            QTimer.singleShot(0, lambda: self.commands.import_files(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.keep_layout(self.saveGeometry(), self.saveState())
        self._keep_place()
        self._stop_keeping()
        self._checker.close()
        self.hands.close()
        self._stop_listening()
        self._is_closed = True
        self._finish_panels()
        super().closeEvent(event)

    def _keep_place(self) -> None:
        """Note where the analyst is, for the next start, whatever ends this one."""
        article, path = self.session.focus.article, self.session.store.path
        if article and path:
            self.settings.keep_place(str(path), article, self.view.place()[0])

    def _finish_panels(self) -> None:
        """Store a note that is being written, and let nothing that waits read a closed project."""
        inspector = self.panels["mark"]
        if isinstance(inspector, MarkInspector):
            inspector.commit()
        for timer in self.findChildren(QTimer):
            timer.stop()
