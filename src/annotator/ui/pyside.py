"""PySide as this program imports it: without what its import does again at each start."""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from threading import RLock
from typing import Any

from annotator.domain.standing_in import standing_in

_compile = builtins.compile
_CHECK = 8
"""Bytes before all code that say whether it is whole: damaged code would keep the program from starting."""

_SIGNATURES = ("errorhandler", "layout", "lib/enum_sig", "lib/pyi_generator", "lib/tool", "parser")
"""What PySide needs only to say what a function takes: to who gave it something else, and to write stubs."""
_NO_FEATURES = "def feature_import(*_): pass\ndef feature_imported(*_): pass\n"
"""What PySide asks at each import, to see whether `from __feature__ import …` matters in the module.

It would read the source of the module for that, and load what reads sources.
"""
_WAITING = {f"shibokensupport/signature/{name}.py": "" for name in _SIGNATURES} | {
    "shibokensupport/feature.py": _NO_FEATURES
}
"""Files of PySide that wait until something in them is asked for, and what stands there until then."""
_NAMED = ("bz2", "lzma", "shutil", "traceback")
"""Modules of Python that PySide, or what it imports, imports and does not use at the start."""
_HANDLERS = frozenset({"event", "eventFilter", "viewportEvent"})
"""The handlers of events whose names do not end in Event."""
_next: list[bytes] = []
"""The code of the module that comes to wait next."""
_WAIT = f"from {__name__} import Waiting; Waiting(globals())\n"


class KeptCode:
    """A `compile` that remembers in one file what it compiled in the processes before.

    path: in a folder where Python keeps bytecode; where it would write none, none is written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = self._read()
        self._used: dict[bytes, bytes] = {}

    def _read(self) -> dict[bytes, bytes]:
        """Code by the hash of its source, which is another one for another bytecode."""
        data = b""
        with suppress(OSError):
            data = self._path.read_bytes()
        check, body = data[:_CHECK], data[_CHECK:]
        if check != source_hash(body):
            return {}
        kept: dict[bytes, bytes] = marshal.loads(body)  # noqa: S302 - where Python's own bytecode is
        return kept

    def compile(self, source: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        """What the builtin of this name returns; only the code of whole modules is remembered.

        For files that wait it is code that does nothing before something in the module is asked for.
        """
        if not isinstance(source, bytes) or mode != "exec" or rest or options:
            return _compile(source, filename, mode, *rest, **options)
        key = source_hash(os.fsencode(filename) + b"\0" + source)
        code = self._kept.get(key) or marshal.dumps(_compile(source, filename, mode))
        self._used[key] = code
        if filename in _WAITING:
            _next.append(code)
            return _compile(_WAIT + _WAITING[filename], "<waiting>", mode)
        return marshal.loads(code)  # noqa: S302 - as above

    def keep(self) -> None:
        """Write what was compiled, where anything was; a folder that cannot be written costs time only."""
        if sys.dont_write_bytecode or self._used.keys() <= self._kept.keys():
            return
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            body = marshal.dumps(self._used)
            part.write_bytes(source_hash(body) + body)
            part.replace(self._path)


class Waiting:
    """The `__getattr__` of a module that has not run yet: it lets the module run, and is gone.

    names: what the module holds so far. A thread that asks while another lets the module run waits
    for it. Names with two underscores are what others look for who go through all modules.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self._code: bytes | None = _next.pop()
        self._running = RLock()
        del names[type(self).__name__]
        names["__getattr__"] = self

    def __call__(self, name: str) -> Any:
        with self._running:
            if self._code is not None and not name.startswith("__"):
                code, self._code = self._code, None
                exec(marshal.loads(code), self._names)  # noqa: S102, S302 - PySide's own code
                del self._names["__getattr__"]
        if name not in self._names:
            raise AttributeError(f"module {self._names['__name__']!r} has no attribute {name!r}", name=name)
        return self._names[name]


def load() -> None:
    """Import PySide before anything else does.

    It brings 130 KB of Python as text, compiles and runs them while it is imported, a third of what a bare
    window takes to start. And it puts its own import before Python's, for features that nothing here
    switches; Python's is put back.
    """
    # WORKAROUND https://bugreports.qt.io/browse/PYSIDE-2029
    code = KeptCode(Path(cache_from_source(str(Path(__file__).with_name("pyside_support.py")))))
    builtins.compile = code.compile
    try:
        with standing_in(*_NAMED):
            import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = _compile
    code.keep()
    _tell_faults_at_once()
    if hasattr(builtins, "__orig_import__"):
        builtins.__import__ = builtins.__orig_import__


def _tell_faults_at_once() -> None:
    """Let every handler of events in classes made from now on give what fails in it to `sys.excepthook`.

    WORKAROUND PySide6 6.10 to 6.12: where Python called Qt and Qt called the handler, PySide keeps the
    exception and raises it in whatever of its calls comes next, in another event, say; and on Python 3.11
    one that C code raised (IndexError, a widget that was deleted) ends the process.
    """
    from PySide6.QtCore import QObject

    def wrap_handlers(kind: type[QObject], /, **options: Any) -> None:
        super(QObject, kind).__init_subclass__(**options)  # what stands behind QObject: Generic, say
        _wrap_handlers(kind)

    QObject.__init_subclass__ = classmethod(wrap_handlers)  # type: ignore[assignment]


def _wrap_handlers(kind: type) -> None:
    for name, handler in list(vars(kind).items()):
        if (name in _HANDLERS or name.endswith("Event")) and callable(handler):
            setattr(kind, name, _told_at_once(handler))


def _told_at_once(handler: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handler)
    def handle(*args: Any) -> Any:
        try:
            return handler(*args)
        except Exception as error:  # noqa: BLE001 - the hook is told of it
            sys.excepthook(type(error), error, error.__traceback__)
            return False

    return handle
