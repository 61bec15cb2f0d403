"""An analyst who does anything, for laws that hold whatever is done."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import Article
from annotator.domain.text import text_sha256
from annotator.store.imports import import_records
from annotator.ui.panes import TextPane
from tests.ui.hands.desk import Desk


class Wanderer:
    """Does one of `acts` after the other, by chance, and remembers which for a test that fails."""

    acts: Sequence[Callable[[Any], None]]

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.store = desk.store
        self.chance = random.Random(seed)
        self.done: list[str] = []

    @property
    def panes(self) -> Sequence[TextPane]:
        return self.desk.window.panes.all

    def paste(self, text: str) -> ArticleId:
        article = ArticleId(new_id())
        import_records(self.store, [Article(id=article, text=text, sha256=text_sha256(text))])
        return article

    def step(self) -> None:
        """Do something; what follows from it may not have happened when more is done."""
        act = self.chance.choice(self.acts)
        self.done.append(act.__name__)
        try:
            act(self)
        except UserError as error:
            self.done[-1] += f" ({error.code})"
        for _ in range(self.chance.randrange(3)):
            QCoreApplication.processEvents()

    def require_truth(self) -> None:
        """The law, asserted of what is on the screen now."""
        raise NotImplementedError

    def wander(self, steps: int, qtbot: QtBot) -> None:
        """Do so many steps and look after each; now and then all proposals are found before that."""
        for number in range(steps):
            self.step()
            if number % 10 == 0:
                qtbot.waitUntil(lambda: not any(pane.ghosts.is_waiting for pane in self.panes))
            self.require_truth()
