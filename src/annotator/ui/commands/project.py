"""What the actions on the project do: bring in, write out, details, the next article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from annotator.domain.errors import UserError
from annotator.store import edits, picking, read

if TYPE_CHECKING:  # what an action needs is loaded when it is asked for
    from annotator.domain.model import Record
    from annotator.store.bulk import Progress
    from annotator.store.imports import Imported
    from annotator.store.newer import Newer
    from annotator.ui.window import MainWindow

_TOLD = 3
"""How many remarks of an import are said."""


def tr(words: str) -> str:
    """Words of the commands in the language of the window."""
    return QCoreApplication.translate("Commands", words)


class ProjectCommands:
    """Actions of one window on what is in its project, or on which project that is."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.functions: dict[str, Callable[[], object]] = {
            "new-project": self.new_project,
            "open-project": self.open_project,
            "open-sample": lambda: window.project_asked.emit(""),
            "import-files": self.import_files,
            "paste-article": self.paste_article,
            "export": self.export,
            "report": self.write_report,
            "save-copy": self.save_copy,
            "pack": lambda: window.undoing.pack(),
            "your-name": self.change_name,
            "undo": lambda: window.undoing.undo(),
            "redo": lambda: window.undoing.redo(),
            "scheme": self.edit_scheme,
            "edit-article": self.edit_article,
            "next-article": lambda: self.step_article(1),
            "previous-article": lambda: self.step_article(-1),
            "done-next": self.done_next,
            "preset-quick": lambda: self.set_preset("quick"),
            "preset-analyst": lambda: self.set_preset("analyst"),
            "preset-corpus": lambda: self.set_preset("corpus"),
        }

    def new_project(self) -> None:
        """Ask for a name and a preset, and open the new project."""
        from annotator.ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(self._window.look, self._window)
        if dialog.exec():
            self._window.new_project_asked.emit(str(dialog.path()), dialog.preset())

    def open_project(self) -> None:
        """Ask for a project file and open it in this window's place."""
        window = self._window
        projects = tr("annotator projects (*.annotator);;All files (*)")
        path = window.files.one(window, "project", tr("Open project"), projects)
        if path:
            window.project_asked.emit(str(path))

    def import_files(self, paths: Iterable[Path] = ()) -> None:
        """Bring in texts, or files of another program."""
        from annotator.ui.dialogs.import_dialog import ImportDialog

        dialog = ImportDialog(self._window.look, self._window, list(paths), self._window.files)
        if dialog.exec():
            self.take_in(dialog.records(), dialog.are_of_others())

    def paste_article(self) -> None:
        """Bring in a text from the clipboard."""
        from annotator.ui.dialogs.paste_dialog import PasteDialog

        dialog = PasteDialog(self._window.look, self._window)
        if dialog.exec():
            self.take_in(dialog.records())

    def take_in(self, records: Sequence[Record], are_of_others: bool = False) -> Imported | None:
        """Store records as one operation, with progress, and open the first new article.

        Those that seem to be newer versions of others are offered as such.
        """
        from annotator.domain.model import Article
        from annotator.ui.messages import sentence

        window, remarks = self._window, list[UserError]()
        found = window.hands.desk.guarded(lambda: self._bring_in(records, are_of_others, remarks))
        if found is None:
            return None
        result, newer = found
        # What is offered as a newer version need not be told as a near copy, too.
        told = [sentence(one) for one in remarks if not newer or one.code != "text-nearly-there"]
        window.notices.say(_words_of_import(len(result.articles), result.skipped["article"], told))
        if result.articles:
            first = read.by_ids(window.session.store, Article, result.articles[:1])[0]
            window.session.open_article(first.id)
            window.view.setFocus()
        if newer:
            window.versions.offer(newer)
        return result

    def _bring_in(
        self, records: Sequence[Record], are_of_others: bool, remarks: list[UserError]
    ) -> tuple[Imported, list[Newer]] | None:
        """Store records beside the window, noting remarks; None where that is stopped, which is said."""
        from annotator.store.imports import import_records
        from annotator.store.newer import newer_versions
        from annotator.ui.dialogs.progress import change_beside

        window, store = self._window, self._window.session.store

        def job(progress: Progress) -> tuple[Imported, list[Newer]]:
            done = import_records(
                store,
                records,
                is_of_others=are_of_others,
                report=lambda code, **details: remarks.append(UserError(code, **details)),
                progress=progress,
            )
            return done, newer_versions(store, done.articles)

        done = change_beside(window, store, tr("Importing"), job, len(records))
        if done is None:
            window.notices.say(tr("Stopped; nothing was brought in."))
        return done

    def export(self) -> None:
        """Write the project in another format, after saying what that leaves out."""
        from annotator.ui.dialogs.export_dialog import ExportDialog
        from annotator.ui.dialogs.progress import copy_beside

        window = self._window
        try:
            copy = copy_beside(window, window.session.store, tr("Reading the project"))
        except UserError as error:
            window.refuse(error)
            return
        if copy is not None:
            ExportDialog(window.session, copy, window.look, window).exec()

    def write_report(self) -> None:
        """Choose claims and words for a report, look at it, and write it."""
        from annotator.ui.dialogs.report_dialog import ReportDialog
        from annotator.ui.reporting import read_whole

        window = self._window
        try:
            whole = read_whole(window.session, window, tr("Reading the project"))
        except UserError as error:
            window.refuse(error)
            return
        if whole is not None:
            ReportDialog(window.session, window.look, whole, window).exec()

    def save_copy(self) -> None:
        """Write all that is stored to another file, and go on there where this one takes no more edits."""
        from annotator.ui.files import ask_place

        window = self._window
        store = window.session.store
        name = str(store.path.with_suffix("")) + tr(" copy") if store.path else ""
        projects = tr("annotator projects (*.annotator)")
        chosen = ask_place(window, tr("Save a copy"), f"{name}.annotator", projects)
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
        from annotator.ui.commands.signing import change_name

        change_name(self._window)

    def take(self) -> None:
        """Take the file for writing, which painting it did not wait for; otherwise it is only read."""
        window = self._window
        try:
            window.session.store.take()
        except UserError as error:
            window.refuse(error)

    def edit_article(self) -> None:
        """Title, outlet, date and the like of the article in front."""
        if self._window.session.focus.article:
            self.edit_details(self._window.session.focus.article)

    def edit_details(self, article: str) -> None:
        """The same for any article of the list."""
        from annotator.ui.dialogs.article_form import ArticleForm

        ArticleForm(self._window.session, article, self._window.look, self._window).exec()

    def ask_question(self) -> None:
        """A question about the mark in hand, for later or for a colleague."""
        from annotator.ui.dialogs.one_line import ask_line

        desk = self._window.hands.desk
        mark = desk.held_mark()
        if mark is None:
            return
        words = ask_line(
            self._window, tr("Question"), tr("What is open about this mark?"), mark.question or ""
        )
        if words is not None:
            desk.guarded(lambda: edits.edit_mark(desk.store, mark.id, question=words.strip() or None))

    def edit_scheme(self) -> None:
        """Show the scheme beside the text, to be changed."""
        from annotator.ui.dialogs.scheme.dialog import SchemeDialog

        window = self._window
        for editor in window.findChildren(SchemeDialog):
            editor.activateWindow()
            return
        editor = SchemeDialog(window.session, window.look, window, window.files)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.undo_asked.connect(window.undoing.undo)
        editor.redo_asked.connect(window.undoing.redo)
        editor.older_asked.connect(lambda: window.arrangement.bring("loose-ends"))
        window.dressing.changed.connect(editor.set_look)
        editor.show()

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

    def set_preset(self, name: str) -> None:
        """Choose how much of the scheme is shown; what is hidden keeps its values."""
        desk = self._window.hands.desk
        desk.guarded(lambda: edits.set_preset(desk.store, name))


def _words_of_import(count: int, skipped: int, told: list[str]) -> str:
    """How many articles came in, how many were there already, and the first remarks."""
    words = tr("One article brought in.") if count == 1 else tr("{count} articles brought in.")
    if skipped:
        words += " " + (tr("One was there already.") if skipped == 1 else tr("{skipped} were there already."))
    words = words.format(count=f"{count:,}", skipped=f"{skipped:,}")
    more = len(told) - _TOLD
    rest = [tr("And {count} more of this kind.").format(count=f"{more:,}")] if more > 0 else []
    return " ".join([words, *told[:_TOLD], *rest])
