"""What is open about claims and sources, put into a project, and the dialog about two that look alike."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.domain.model import Ref
from annotator.store import edits, lists
from annotator.store.loose_ends import look, open_ends_of
from annotator.ui.dialogs.alike import AlikeDialog
from annotator.ui.window import MainWindow

CLAIMS = (
    ("The ferry sailed from Lind without lights", "The ferry sailed without lights from Lind on purpose"),
    ("The ferry owner's office was told twice of the fog", "The ferry owner's office was told twice of fog"),
    ("المعبر أغلق قبل وصول العبارة", "المعبر أُغلق قبل وصول العبارة"),
)
SOURCES = (
    ("International Committee for the Safety of Inland Ferries and Harbours", "ICSIFH", "organisation"),
    ("Dr. Marja-Liisa van der Heuvel-Lindqvist", "M. van der Heuvel-Lindqvist", "person"),
)


def loose_ends(window: MainWindow) -> None:
    """The list with most of its rules."""
    fill(window)
    window.arrangement.bring("loose-ends")
    if not window.arrangement.foot.is_large:
        window.arrangement.foot.toggle()
    window.panels.loose_ends.quiet.setChecked(True)
    window.panels.loose_ends.settle()


def claims_alike(place: int, window: MainWindow) -> QWidget:
    return _dialog(window, "claims_alike", place)


def sources_alike(place: int, window: MainWindow) -> QWidget:
    return _dialog(window, "sources_alike", place)


def fill(window: MainWindow) -> None:
    """Claims and sources that look alike, and an attack on one that says nothing."""
    store = window.session.store
    for pair in CLAIMS:
        for words in pair:
            edits.add_proposition(store, words)
    for *names, kind in SOURCES:
        made = [edits.add_source(store, name, kind) for name in names]
        edits.edit_source(store, made[0], role="inspects the boats of the lower river", country="NL")
    mark = lists.marks(store)[0].id
    edits.set_attribute(store, mark, "quote", "direct")
    edits.add_link(store, "undermines", Ref("mark", mark), Ref("source", made[0]))
    for _ in look(store):
        pass


def _dialog(window: MainWindow, rule: str, place: int) -> QWidget:
    fill(window)
    store = window.session.store
    row = open_ends_of(store, rule, quiet=True, limit=9)[place]
    made = AlikeDialog(store, window.look, window, row.end)
    made.show()
    return made
