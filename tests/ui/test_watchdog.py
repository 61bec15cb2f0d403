"""Blocks of the window are told; the block here ends as soon as it has been noticed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from annotator.store.session import Focus, Session
from annotator.ui.watchdog import Block, Watchdog
from tests import LIMIT_MS
from tests.ui.panels.project import Project

LIMIT_S = 0.02


class Watched:
    """A watchdog, what it told, and a session that stands still until the watchdog has looked."""

    def __init__(self, session: Session) -> None:
        self.blocks: list[Block] = []
        self.noticed = threading.Event()
        self._owner = QObject()
        self.dog = Watchdog(self._owner, told=self.blocks.append, looked=self._on_look, limit_s=LIMIT_S)
        self.session = session
        session.on_focus(self._stand_still)

    def begin(self) -> None:
        """Stand still; what kept the window busy before is not looked at."""
        self.dog.forget()
        self.session.hold(None)

    def _on_look(self, seconds: float) -> None:
        if seconds > LIMIT_S:
            self.noticed.set()

    def _stand_still(self, focus: Focus) -> None:
        del focus
        assert self.noticed.wait(LIMIT_MS / 1000), "the watchdog never looked"


@pytest.fixture
def watched(project: Project, qtbot: QtBot) -> Iterator[Watched]:
    del qtbot
    made = Watched(project.session)
    yield made
    made.dog.close()


def test_a_slot_that_keeps_the_window_waiting_is_named_in_the_log(
    watched: Watched, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "annotator.watchdog"):
        QTimer.singleShot(0, watched.begin)
        qtbot.waitUntil(lambda: any(block.frames for block in watched.blocks))
    block = next(block for block in watched.blocks if block.frames)
    assert block.frames[-1] == "store.session.Session.hold"
    assert all(frame.startswith("store.session.Session.") for frame in block.frames)
    assert block.seconds > LIMIT_S
    assert "store.session.Session.hold" in caplog.text


def test_a_watchdog_that_is_closed_leaves_no_thread(watched: Watched, qtbot: QtBot) -> None:
    assert any(thread.name == "watchdog" for thread in threading.enumerate())
    watched.dog.close()
    qtbot.waitUntil(lambda: not any(thread.name == "watchdog" for thread in threading.enumerate()))
