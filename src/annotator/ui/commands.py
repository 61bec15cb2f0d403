"""What the actions of the window do; those of the text are in `hands`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog

from annotator.domain.errors import UserError
from annotator.domain.model import Article, Record
from annotator.store import edits, picking, read
from annotator.store.imports import Imported, import_records
from annotator.store.store import Change
from annotator.ui.dialogs.popups import Command, CommandPalette
from annotator.ui.messages import sentence
from annotator.ui.panels.history_words import operation_words
from annotator.ui.theme import THEME_NAMES

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow

_COLUMN_STEP = 5
_TOLD = 3
"""How many remarks of an import are said."""


def tr(words: str) -> str:
    """Words of the commands in the language of the window."""
    return QCoreApplication.translate("Commands", words)


class Commands:
    """Window-wide actions of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.functions: dict[str, Callable[[], object]] = {
            "new-project": self.new_project,
            "open-project": self.open_project,
            "open-sample": lambda: window.project_asked.emit(""),
            "import-files": self.import_files,
            "paste-article": self.paste_article,
            "export": self.export,
            "save-copy": self.save_copy,
            "your-name": self.change_name,
            "quit": window.close,
            "undo": self.undo,
            "redo": self.redo,
            "copy": self.copy,
            "find": lambda: window.find_bar.open(),
            "find-next": lambda: window.find_bar.next(),
            "find-previous": lambda: window.find_bar.next(backwards=True),
            "palette": self.palette,
            "edit-article": self.edit_article,
            "back": lambda: window.session.back(),
            "forward": lambda: window.session.forward(),
            "next-article": lambda: self.step_article(1),
            "previous-article": lambda: self.step_article(-1),
            "done-next": self.done_next,
            "focus-mode": window.toggle_text_only,
            "theme": self.next_theme,
            "larger": lambda: self.resize_text(1),
            "smaller": lambda: self.resize_text(-1),
            "wider": lambda: self.widen(_COLUMN_STEP),
            "narrower": lambda: self.widen(-_COLUMN_STEP),
            "preset-quick": lambda: self.set_preset("quick"),
            "preset-analyst": lambda: self.set_preset("analyst"),
            "preset-corpus": lambda: self.set_preset("corpus"),
            "reset-layout": lambda: window.arrangement.reset(),
            "text": window.view.setFocus,
            "keys": self.show_keys,
            "about": self.about,
        }

    def new_project(self) -> None:
        """Ask for a name and a preset, and open the new project."""
        from annotator.ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(self._window.look, self._window)
        if dialog.exec():
            self._window.new_project_asked.emit(str(dialog.path()), dialog.preset())

    def open_project(self) -> None:
        """Ask for a project file and open it in this window's place."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open project"), "", tr("annotator projects (*.annotator);;All files (*)")
        )
        if path:
            self._window.project_asked.emit(path)

    def import_files(self, paths: Iterable[Path] = ()) -> None:
        """Bring in texts, or files of another program."""
        from annotator.ui.dialogs.import_dialog import ImportDialog

        dialog = ImportDialog(self._window.look, self._window, list(paths))
        if dialog.exec():
            self.take_in(dialog.records())

    def paste_article(self) -> None:
        """Bring in a text from the clipboard."""
        from annotator.ui.dialogs.paste_dialog import PasteDialog

        dialog = PasteDialog(self._window.look, self._window)
        if dialog.exec():
            self.take_in(dialog.records())

    def take_in(self, records: Iterable[Record]) -> Imported | None:
        """Store records as one operation, with progress, and open the first new article."""
        from annotator.ui.dialogs.progress import Progress, run_with_progress

        window = self._window
        told: list[str] = []

        def job(progress: Progress) -> Imported:
            return import_records(
                window.session.store,
                records,
                report=lambda code, **details: told.append(sentence(UserError(code, **details))),
                progress=progress,
            )

        result = window.hands.desk.guarded(lambda: run_with_progress(window, tr("Importing"), job))
        if result is None:
            return None
        count, skipped = len(result.articles), result.skipped["article"]
        words = tr("One article brought in.") if count == 1 else tr("{count} articles brought in.")
        if skipped:
            words += " " + (
                tr("One was there already.") if skipped == 1 else tr("{skipped} were there already.")
            )
        words = words.format(count=count, skipped=skipped)
        if len(told) > _TOLD:
            told[_TOLD:] = [tr("And {count} more of this kind.").format(count=len(told) - _TOLD)]
        window.notices.say(" ".join([words, *told]))
        if result.articles:
            first = read.by_ids(window.session.store, Article, result.articles[:1])[0]
            window.session.open_article(first.id)
            window.view.setFocus()
        return result

    def export(self) -> None:
        """Write the project in another format, after saying what that leaves out."""
        from annotator.ui.dialogs.export_dialog import ExportDialog

        ExportDialog(self._window.session, self._window.look, self._window).exec()

    def save_copy(self) -> None:
        """Write all that is stored to another file, and go on there where this one takes no more edits."""
        window = self._window
        store = window.session.store
        name = str(store.path.with_suffix("")) + tr(" copy") if store.path else ""
        chosen, _ = QFileDialog.getSaveFileName(
            window, tr("Save a copy"), f"{name}.annotator", tr("annotator projects (*.annotator)")
        )
        if not chosen:
            return
        target = Path(chosen)

        def act() -> bool:
            store.save_copy(target)
            return True

        if window.hands.desk.guarded(act):
            window.notices.say(tr("Saved {path}.").format(path=target))
            if store.readonly or not store.is_in_place:
                window.project_asked.emit(str(target))

    def change_name(self) -> None:
        """Ask for the name that marks, links and judgements are signed with."""
        window = self._window
        store = window.session.store
        typed, is_given = QInputDialog.getText(
            window, tr("Your name"), tr("Name to sign with:"), text=store.identity.name
        )
        name = " ".join(typed.split())
        if not is_given or not name or name == store.identity.name:
            return

        def act() -> bool:
            if read.is_there(store, "annotator", store.identity.annotator):
                edits.rename_annotator(store, store.identity.annotator, name)
            return True

        if window.hands.desk.guarded(act):
            store.work_as(store.identity.annotator, name)
            window.name.setText(name)
            window.renamed.emit(name)

    def undo(self) -> None:
        """Take back the last operation; one of before this session only after a question."""
        from annotator.ui.dialogs.question import ask_before_undo

        window = self._window
        if window.session.store.readonly:
            window.refuse(UserError("project-readonly", path=str(window.session.store.path)))
            return
        operation = window.session.question_before_undo()
        if operation is not None:
            if not ask_before_undo(window, operation, operation.annotator_name, window.session.store):
                return
            window.session.allow(operation)
        stop = window.session.store.undo_stops_at()
        nothing = operation_words(stop, window.session.store) if stop else tr("Nothing left to undo.")
        self._step(window.session.undo, nothing)

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._step(self._window.session.redo, tr("Nothing to redo."))

    def _step(self, step: Callable[[], Change | None], nothing: str) -> None:
        """Undo or redo, go to what it changed and say what that was."""
        window = self._window
        try:
            change = step()
        except UserError as error:
            window.refuse(error)
            return
        if change is None:
            window.notices.say(nothing)
            return
        window.hands.show_change(change)
        window.notices.say(operation_words(change.operation, window.session.store))

    def copy(self) -> None:
        """The selected words, or those of the mark in hand, to the clipboard."""
        desk = self._window.hands.desk
        spans = desk.selected()
        mark = desk.held_mark()
        if not spans and mark:
            spans = mark.spans
        if spans:
            words = " … ".join(desk.text[span.start : span.end] for span in spans)
            QGuiApplication.clipboard().setText(words)

    def palette(self) -> None:
        """Every action by name."""
        window = self._window
        commands = [*window.menus.commands(), *self._of_the_scheme()]
        palette = CommandPalette(window.look, window.stage, commands)
        palette.open_at(QRect(max(0, window.stage.width() // 2 - 240), 24, 1, 1))

    def _of_the_scheme(self) -> list[Command]:
        """A command for every label and every kind of link that the preset shows."""
        window = self._window
        scheme, hands = read.scheme(window.session.store), window.hands
        label, link = tr("Label: {name}"), tr("Link: {name}")
        return [
            *(
                Command(
                    label.format(name=one.name),
                    scheme.keys.get(one.id, ""),
                    partial(hands.label_with, one.id),
                )
                for one in scheme.shown_labels()
            ),
            *(
                Command(
                    link.format(name=one.name), scheme.keys.get(one.id, ""), partial(hands.linking.start, one)
                )
                for one in scheme.shown_link_kinds()
            ),
        ]

    def edit_article(self) -> None:
        """Title, outlet, date and the like of the article in front."""
        if self._window.session.focus.article:
            self.edit_details(self._window.session.focus.article)

    def edit_details(self, article: str) -> None:
        """The same for any article of the list."""
        from annotator.ui.dialogs.article_form import ArticleForm

        ArticleForm(self._window.session, article, self._window.look, self._window).exec()

    def step_article(self, step: int) -> bool:
        """Open the next or previous article by number; False at the end."""
        session = self._window.session
        found = picking.next_article(session.store, session.focus.article, backwards=step < 0)
        if found is None:
            self._window.notices.say(tr("No further article."))
            return False
        session.open_article(found)
        self._window.view.setFocus()
        return True

    def done_next(self) -> None:
        """Call the first pass of this article done and open the next one."""
        desk = self._window.hands.desk
        article = desk.article
        if article is None:
            return

        def act() -> bool:
            edits.set_status(desk.store, article, "done")
            return True

        if desk.guarded(act):
            self.step_article(1)

    def next_theme(self) -> None:
        """Light, dark, high contrast, and round again."""
        names = list(THEME_NAMES)
        at = names.index(self._window.look.name)
        self._window.set_theme(names[(at + 1) % len(names)])

    def set_preset(self, name: str) -> None:
        """Choose how much of the scheme is shown; what is hidden keeps its values."""
        desk = self._window.hands.desk
        desk.guarded(lambda: edits.set_preset(desk.store, name))

    def resize_text(self, step: int) -> None:
        """Larger or smaller reading text, in points."""
        self._window.settings.font_size += step
        self._window.set_reading()

    def widen(self, step: int) -> None:
        """A wider or narrower column, in characters."""
        self._window.settings.column_chars += step
        self._window.set_reading()

    def ask_question(self) -> None:
        """A question about the mark in hand, for later or for a colleague."""
        desk = self._window.hands.desk
        mark = desk.held_mark()
        if mark is None:
            return
        words, is_given = QInputDialog.getText(
            self._window, tr("Question"), tr("What is open about this mark?"), text=mark.question or ""
        )
        if is_given:
            desk.guarded(lambda: edits.edit_mark(desk.store, mark.id, question=words.strip() or None))

    def show_keys(self) -> None:
        """All keys on one page."""
        from annotator.ui.dialogs.keys_page import KeysPage

        KeysPage(self._window.look, self._window, read.scheme(self._window.session.store)).exec()

    def about(self) -> None:
        """Version, licences, where things are kept."""
        from annotator.ui.dialogs.about import AboutDialog

        project = self._window.session.store.path
        named = ((tr("Project"), project), (tr("Backups"), self._window.backups))
        places = [(name, place) for name, place in named if place is not None]
        AboutDialog(self._window.look, self._window, places).exec()
