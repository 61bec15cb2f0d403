"""Whatever happens to a project, the marks that views keep of a text are those of a view opened anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, MarkId, new_id
from annotator.domain.model import Mark
from annotator.domain.scheme_changes import rename
from annotator.domain.spans import Span
from annotator.store import edits, read, undoing
from annotator.store.bulk import BulkCancelledError, Progress
from annotator.store.edits import many, removal, scheme
from annotator.store.imports import import_records
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui import searching
from annotator.ui.marksource import StoreMarks
from annotator.ui.panes import TextPane
from annotator.ui.settings import Settings
from annotator.ui.text import kept
from annotator.ui.text.nearby import Nearby
from annotator.ui.window import MainWindow
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.store.samples import by_another_program
from tests.ui.hands.desk import Desk
from tests.ui.wandering import Wanderer

SEEDS, STEPS = 3, 50
REPORT = """\
The council said on Friday that the gates were shut. “Nobody opened them,” Pavel Drum told reporters.
Mira Ostrane denied that the log had been forged. The mayor did not comment.
According to the Gazette, the ferry left at four. “It was late,” said Ruth Aal, “and it had no lights.”
"""
TEXT = "\n".join(f"Part {number}. {REPORT}" for number in range(25))
LABELS = ("claim", "denial", "evidence", "no_comment")
LENGTHS = (3, 25, 80, 300, 1500, len(TEXT))


class Walk(Wanderer):
    """An analyst at a window, another one who follows in a second window, and other programs."""

    def __init__(self, desk: Desk, follower: MainWindow, seed: int) -> None:
        super().__init__(desk, seed)
        self.follower = follower
        for _ in range(2):
            self.paste(TEXT)
        follower.session.store.notice_others()
        self.desk.window.session.open_article(self.articles[0])
        follower.session.open_article(self.articles[0])

    @property
    def articles(self) -> list[ArticleId]:
        return self.desk.articles

    @property
    def article(self) -> ArticleId:
        while len(self.articles) < 2:  # undone
            self.paste(TEXT)
        return self.chance.choice(self.articles)

    def some_span(self) -> Span:
        start = self.chance.randrange(len(TEXT) - 1)
        return Span(start, min(len(TEXT), start + self.chance.choice(LENGTHS)))

    def some_marks(self, most: int) -> list[MarkId]:
        found = sorted(read.mark_ids(self.store, self.article))
        return self.chance.sample(found, min(len(found), self.chance.randrange(1, most + 1)))

    def add(self) -> None:
        spans = [self.some_span() for _ in range(self.chance.choice([1, 1, 2, 3]))]
        edits.add_mark(self.store, self.article, self.chance.choice(LABELS), spans)

    def label_all(self) -> None:
        places = [(self.article, [self.some_span()]) for _ in range(self.chance.randrange(1, 30))]
        edits.label_places(self.store, self.chance.choice(LABELS), places)

    def label_all_beside(self) -> None:
        """In a thread, while the window has pauses."""
        thread = Thread(target=self._label_or_refuse)
        with self.store.telling_later():
            thread.start()
            while thread.is_alive():
                self.pause()
            thread.join()
            self.pause()

    def _label_or_refuse(self) -> None:
        with suppress(UserError):
            self.label_all()

    def stop_labelling(self) -> None:
        places = [(self.article, [self.some_span()]) for _ in range(9)]
        with pytest.raises(BulkCancelledError):
            edits.label_places(self.store, "claim", places, progress=self._until_paused(7))

    def delete(self) -> None:
        edits.delete_marks(self.store, self.some_marks(12))

    def stop_deleting(self) -> None:
        found = self.some_marks(12)
        if len(found) > 4:
            try:
                edits.delete_marks(self.store, found, self._until_paused(3))
            except BulkCancelledError:
                self.done[-1] += " (stopped)"

    def relabel(self) -> None:
        change = many.MarkChange("label", self.chance.choice(LABELS))
        edits.change_marks(self.store, self.some_marks(12), change)

    def move(self) -> None:
        for mark in self.some_marks(1):
            edits.set_spans(self.store, mark, [self.some_span() for _ in range(self.chance.choice([1, 2]))])

    def undo(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            self.store.undo()

    def redo(self) -> None:
        for _ in range(self.chance.randrange(1, 4)):
            self.store.redo()

    def rename(self) -> None:
        name = f"Called {self.chance.randrange(99)}"
        change = rename(read.scheme(self.store), "labels", self.chance.choice(LABELS), name)
        edits.change_scheme(self.store, change)

    def preset(self) -> None:
        edits.set_preset(self.store, self.chance.choice(["quick", "analyst", "corpus"]))

    def say_the_language(self) -> None:
        edits.edit_article(self.store, self.article, language=self.chance.choice([None, "en", "uk"]))

    def bring_in(self) -> None:
        span, article = self.some_span(), self.article
        label, quote = self.chance.choice(LABELS), TEXT[span.start : span.end]
        mark = Mark(id=MarkId(new_id()), article=article, label=label, spans=(span,), quotes=(quote,))
        import_records(self.store, [mark])

    def make_version(self) -> None:
        new = self.article
        old = self.chance.choice([one for one in self.articles if one != new])
        edits.make_version(self.store, new, old)

    def paste_another(self) -> None:
        self.paste(TEXT)

    def delete_article(self) -> None:
        if len(self.articles) > 2:
            edits.delete_article(self.store, self.article)

    def by_others(self) -> None:
        """Another program writes, which is noticed with our next edit."""
        assert self.store.path is not None
        self.store.store_kept()  # what waits for the disk keeps them out
        label, other = self.chance.sample(LABELS, 2)
        by_another_program(self.store.path, f"UPDATE mark SET label = '{label}' WHERE label = '{other}'")
        edits.add_source(self.store, f"Witness {self.chance.randrange(99)}")  # nothing refuses that

    def drop_proposal(self) -> None:
        pane = self.desk.window.panes.active
        if found := pane.ghosts.next(self.some_span().start):
            self.desk.window.hands.proposing.drop(found)

    def take_proposal(self) -> None:
        pane = self.desk.window.panes.active
        if found := pane.ghosts.next(self.some_span().start):
            self.desk.window.hands.proposing.take(found, None)

    def mark_half_a_proposal(self) -> None:
        pane = self.desk.window.panes.active
        found = pane.ghosts.next(self.some_span().start)
        if found and pane.article is not None:
            start, end = found.spans[0]
            middle = (start + end) // 2
            part = self.chance.choice([Span(start, middle + 2), Span(middle - 2, end)])
            edits.add_mark(self.store, pane.article, "evidence", [part])

    def rules(self) -> None:
        off = self.chance.sample(["quote-who-said", "silence", "who-said-that"], self.chance.randrange(3))
        self.desk.window.panes.switch_off(off)

    def open_article(self) -> None:
        window = self.chance.choice([self.desk.window, self.follower])
        window.session.open_article(self.article, self.some_span().start)

    def split(self) -> None:
        self.desk.window.session.split()

    def close_pane(self) -> None:
        self.desk.window.session.close_pane(self.chance.choice(self.panes).pane)

    def jump(self) -> None:
        for pane in self.all_panes():
            pane.view.reveal(self.some_span())

    def resize(self) -> None:
        self.desk.window.resize(self.chance.choice([900, 1366]), self.chance.choice([500, 768]))

    def pause(self) -> None:
        """The views have a moment, or all the time they want, to read on."""
        for pane in self.all_panes():
            for _ in range(self.chance.choice([1, 5, 99])):
                pane.view.page.laid.read_on()
        QCoreApplication.processEvents()

    def _until_paused(self, most: int) -> Progress:
        def tell(rows: int) -> bool:
            self.pause()
            return rows < most

        return tell

    def all_panes(self) -> list[TextPane]:
        return [*self.panes, *self.follower.panes.all]

    def require_truth(self) -> None:
        self.pause()
        self.follower.session.store.notice_others()
        for pane in self.all_panes():
            if pane.article is not None:
                self.require_kept(pane)

    def require_kept(self, pane: TextPane) -> None:
        """Each row has the marks a view opened anew gives it: those near first, then by jumps."""
        assert pane.article is not None
        laid = pane.view.page.laid
        anew = Nearby(StoreMarks(pane._store, pane.article, pane.ghosts), laid.rows, len(TEXT))
        rows = [*laid._nearby._read, *self.chance.sample(range(len(laid.rows)), len(laid.rows))]
        for row in rows:
            assert list(laid._nearby.shapes(row)) == list(anew.shapes(row)), self.done[-9:]


Walk.acts = (
    *(Walk.add, Walk.add, Walk.add, Walk.label_all, Walk.label_all_beside, Walk.stop_labelling, Walk.delete),
    *(Walk.stop_deleting, Walk.relabel, Walk.move, Walk.move, Walk.undo, Walk.undo, Walk.redo, Walk.rename),
    *(Walk.preset, Walk.say_the_language, Walk.bring_in, Walk.make_version, Walk.paste_another),
    *(
        Walk.delete_article,
        Walk.by_others,
        Walk.mark_half_a_proposal,
        Walk.drop_proposal,
        Walk.take_proposal,
        Walk.rules,
    ),
    *(Walk.open_article, Walk.split, Walk.close_pane, Walk.jump, Walk.resize, Walk.pause, Walk.pause),
)


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[MainWindow, MainWindow]]:
    """A window at work on a project, and one that only reads it."""
    store = Store.create(tmp_path / "ferry.annotator", Identity(name="Ada"))
    edits.set_preset(store, "analyst")
    follows = Store.open(tmp_path / "ferry.annotator", Identity(name="Bo"), readonly=True)
    made = [MainWindow(Session(one), NewsSegmenter(), Settings(None)) for one in (store, follows)]
    for window in made:
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
    yield made[0], made[1]
    for window in made:
        window.close()
        window.session.store.close()


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_mark_that_was_kept_is_stale_or_missing(
    windows: tuple[MainWindow, MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(searching, "_AFTER_MS", 0)
    monkeypatch.setattr(kept, "_LENGTH", 90)
    for module in (many, scheme, undoing):
        monkeypatch.setattr(module, "LARGE", 8)
    monkeypatch.setattr(removal, "MANY", 8)
    window, follower = windows
    desk = Desk(window, Keyboard(window), Pointer(window))
    Walk(desk, follower, seed).wander(STEPS, qtbot)
