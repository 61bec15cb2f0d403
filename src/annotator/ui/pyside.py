"""PySide as this program imports it: without what its import does again at each start."""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from typing import Any

_compile = builtins.compile
_CHECK = 8
"""Bytes before all code that say whether it is whole: damaged code would keep the program from starting."""


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
        """What the builtin of this name returns; only the code of whole modules is remembered."""
        if not isinstance(source, bytes) or mode != "exec" or rest or options:
            return _compile(source, filename, mode, *rest, **options)
        key = source_hash(os.fsencode(filename) + b"\0" + source)
        code = self._kept.get(key) or marshal.dumps(_compile(source, filename, mode))
        self._used[key] = code
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


def load() -> None:
    """Import PySide before anything else does.

    It brings 130 KB of Python as text and compiles them while it is imported, a seventh of what a bare
    window takes to start. And it puts its own import before Python's, which reads the source of each module,
    and keeps it, to see whether `from __feature__ import …` matters there. Nothing here switches features.
    """
    # WORKAROUND https://bugreports.qt.io/browse/PYSIDE-2029
    code = KeptCode(Path(cache_from_source(str(Path(__file__).with_name("pyside_support.py")))))
    builtins.compile = code.compile
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = _compile
    code.keep()
    if hasattr(builtins, "__orig_import__"):
        builtins.__import__ = builtins.__orig_import__
