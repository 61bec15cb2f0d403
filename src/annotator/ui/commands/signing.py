"""Under which name a window signs: another one of the same person, or somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.ids import AnnotatorId, new_id
from annotator.domain.sentences import filled
from annotator.store import edits, read
from annotator.ui.dialogs import name_question, one_line

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


def tr(words: str) -> str:
    """Words of the commands in the language of the window."""
    return QCoreApplication.translate("Commands", words)


def change_name(window: MainWindow) -> None:
    """Ask for the name that marks, links and judgements are signed with; where need be, whose name it is."""
    store = window.session.store
    me = store.identity
    typed = one_line.ask_line(window, tr("Your name"), tr("Name to sign with:"), me.name)
    name = " ".join((typed or "").split())
    if not name or name == me.name:
        return
    people = read.annotators(store)
    known = next((person for person, called in people.items() if called == name), None)
    is_same: bool | None = known is None
    if is_same and me.annotator in people:
        is_same = name_question.is_same_person(window, me.name, name)
    if is_same:
        _rename(window, name)
    elif is_same is not None:
        _go_on_as(window, known or AnnotatorId(new_id()), name)


def _rename(window: MainWindow, name: str) -> None:
    """Give who works here another name, in the project too where there is anything of theirs."""
    store = window.session.store
    me = store.identity.annotator

    def act() -> bool:
        if read.is_there(store, "annotator", me):
            edits.rename_annotator(store, me, name)
        return True

    if window.hands.desk.guarded(act):
        store.work_as(me, name)
        window.name.show_name(name)
        window.renamed.emit(name)


def _go_on_as(window: MainWindow, annotator: AnnotatorId, name: str) -> None:
    """Let somebody else sign what follows in this window; the installation keeps its own name."""
    window.session.store.work_as(annotator, name)
    window.name.show_name(name)
    window.say(filled(tr("{name} signs what follows, until the window is closed."), {"name": name}))
