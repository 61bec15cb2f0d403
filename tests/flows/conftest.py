"""Real windows on real project files, opened and closed as the program does it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.cli import main
from annotator.app.segment import NewsSegmenter
from annotator.domain.resources import resource
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs import progress
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests import LIMIT_MS
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.flows.texts import FIRST, SECOND
from tests.patience import impatient

SIZE = (1366, 768)
ME = Identity(name="analyst")


class Desktop:
    """The one window of the program; opening a project closes the one before."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self._qtbot = qtbot
        self._settings = settings
        self.window: MainWindow | None = None

    def open(self, path: Path) -> MainWindow:
        self.close()
        window = MainWindow(Session(Store.open(path, ME)), NewsSegmenter(), self._settings)
        window.resize(*SIZE)
        self.window = window
        with self._qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        self._qtbot.waitUntil(lambda: window.docks["mark"].widget() is not None)
        return window

    def close(self) -> None:
        if self.window is not None:
            window, self.window = self.window, None
            store = window.session.store
            window.close()
            window.deleteLater()
            store.close()


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from impatient(monkeypatch)


@pytest.fixture(autouse=True)
def quick_work_shows_no_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is: where nothing manages windows, a dialog does not give the keys back."""
    monkeypatch.setattr(progress, "AT_ONCE_MS", LIMIT_MS)


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    made = Desktop(qtbot, Settings(tmp_path / "window.ini"))
    yield made
    made.close()


@pytest.fixture
def annotator(capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command of the command line that must succeed; what it prints."""

    def run(*arguments: object) -> str:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        done = capfd.readouterr()
        assert code == 0, done.err
        return done.out

    return run


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The two articles as text files, the second with CRLF and a BOM as they come from the web."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(FIRST, encoding="utf-8")
    second.write_bytes(b"\xef\xbb\xbf" + SECOND.replace("\n", "\r\n").encode())
    return [first, second]


@pytest.fixture
def project(tmp_path: Path, files: list[Path], annotator: Callable[..., str]) -> Path:
    """A project that holds the two articles, in this order."""
    path = tmp_path / "dispute.annotator"
    annotator("new", path, "--preset", "analyst")
    annotator("import", path, *files)
    return path


@pytest.fixture
def window(desktop: Desktop, project: Path) -> MainWindow:
    return desktop.open(project)


@pytest.fixture
def flood_file(tmp_path: Path, annotator: Callable[..., str]) -> Path:
    """The sample project, labelled and linked, in a file of its own."""
    path = tmp_path / "flood.annotator"
    annotator("new", path, "--preset", "analyst")
    annotator("import", path, resource("sample", "sample.jsonl"))
    return path


@pytest.fixture
def flood(desktop: Desktop, flood_file: Path) -> MainWindow:
    """A window at work on the sample project."""
    return desktop.open(flood_file)


@pytest.fixture
def keys(window: MainWindow) -> Keyboard:
    return Keyboard(window)


@pytest.fixture
def mouse(window: MainWindow) -> Pointer:
    return Pointer(window)


@pytest.fixture
def stats(annotator: Callable[..., str]) -> Callable[[Path], dict[str, object]]:
    def read(path: Path) -> dict[str, object]:
        found = json.loads(annotator("stats", path, "--json"))
        assert isinstance(found, dict)
        return found

    return read
