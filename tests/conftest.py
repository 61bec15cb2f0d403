"""What holds for every test: no network, no traces in the home folder, nothing left running."""

import gc
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from weakref import ref

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from tests import LIMIT_MS

ROOT = Path(__file__).resolve().parents[1]
LINUX = sys.platform.startswith("linux")
STATE_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")

if LINUX and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("campaign", deadline=None, database=None, max_examples=600, print_blob=True)
settings.load_profile(os.environ.get("ANNOTATOR_HYPOTHESIS", "ci"))

_state = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    _cut_the_network()
    _heed_signals()
    folder = tempfile.mkdtemp(prefix="annotator-tests-")
    config.stash[_state] = folder
    for name in STATE_FOLDERS:
        os.environ[name] = str(Path(folder, name))


def pytest_unconfigure(config: pytest.Config) -> None:
    _empty_the_clipboard()
    shutil.rmtree(config.stash[_state], ignore_errors=True)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("xvfb") and LINUX and os.environ.get("QT_QPA_PLATFORM") != "xcb":
        pytest.skip("needs an X display: run `python3 dev.py test`")


def _empty_the_clipboard() -> None:
    """Without a display Qt keeps what was copied until Python is gone, and crashes on letting go of it."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        widgets.QApplication.clipboard().clear()


def _heed_signals() -> None:
    """Let programs that tests start hear of Ctrl+C, which a run that was begun in the background ignores."""
    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def _cut_the_network() -> None:
    """Refuse to look up or reach any host; sockets between processes of this machine stay usable.

    The refusal passes through `except Exception`, so that no code under test can hide it.
    """
    local = {getattr(socket, "AF_UNIX", None)}
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(target: object) -> NoReturn:
        pytest.fail(f"the program tried to reach the network: {target!r}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family not in local:
            refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family not in local:
            refuse(address)
        return connect_ex(self, address)

    def guarded_lookup(host: object, *_args: object, **_kwargs: object) -> NoReturn:
        refuse(host)

    for place, name, guard in (
        (socket.socket, "connect", guarded_connect),
        (socket.socket, "connect_ex", guarded_connect_ex),
        (socket, "getaddrinfo", guarded_lookup),
    ):
        setattr(place, name, guard)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts and data sets that lies beside the project and is never shipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared")
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The processes that were started to read a large folder."""
    from annotator.formats import elsewhere

    found: list[Any] = []
    start = elsewhere._started

    def started(*arguments: Any) -> Any:
        found.append(start(*arguments))
        return found[-1]

    monkeypatch.setattr(elsewhere, "_started", started)
    return found


class PatientBot(QtBot):
    """Waits up to `LIMIT_MS` unless told otherwise."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LIMIT_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = LIMIT_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = LIMIT_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = LIMIT_MS, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """The one of pytest-qt, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def garbage_waits_for_the_end_of_the_test() -> Iterator[None]:
    """As in the program, no thread of a test collects what belongs to the window: see `ui.beside`."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def projects_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test opened and left open takes 4 MB, and nobody else would close it.

    What SQLite calls of ours holds its connection: Python sees no such circle and never collects it.
    """
    from annotator.store.sharing import SharedConnection

    made: list[ref[SharedConnection]] = []
    begin = SharedConnection.__init__

    def noted(self: SharedConnection, *arguments: Any, **settings: Any) -> None:
        begin(self, *arguments, **settings)
        made.append(ref(self))

    monkeypatch.setattr(SharedConnection, "__init__", noted)
    yield
    for connection in filter(None, [one() for one in made]):
        connection.close()


@pytest.fixture(autouse=True)
def nothing_left_behind(projects_are_closed: None) -> Iterator[None]:
    """A test that leaves a thread running or a window open fails; only then its projects are closed."""
    threads, windows = set(threading.enumerate()), _open_windows()
    yield
    left = _new_threads(threads) + [window for window in _open_windows() if window not in windows]
    if left:
        pytest.fail(f"left behind by the test: {', '.join(map(repr, left))}")


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads still running; one of Qt's, which Python only met, cannot be joined and ends with its owner."""
    new = [thread for thread in threading.enumerate() if thread not in before]
    ours = [thread for thread in new if "Dummy" not in type(thread).__name__]
    for thread in ours:
        thread.join(LIMIT_MS / 1000)
    return [thread for thread in ours if thread.is_alive()]


def _open_windows() -> list[object]:
    """Visible top-level windows, once Qt has deleted those that were told to go."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
