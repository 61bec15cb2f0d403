"""SHA-256 without OpenSSL, which `hashlib` loads: 4 MB that a window with articles of news can do without."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

_LARGE = 1 << 16
"""So many bytes are worth OpenSSL, which takes them ten times as fast and lets other threads go on."""


def sha256(data: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal digits."""
    if len(data) < _LARGE and "hashlib" not in sys.modules and (of_python := _of_python()):
        return of_python(data).hexdigest()
    import hashlib

    return hashlib.sha256(data).hexdigest()


@cache
def _of_python() -> Callable[[bytes], _Hash] | None:
    """What Python itself brings where it is built with it, as of 3.12 under the first of the names."""
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):
            made: Callable[[bytes], _Hash] = import_module(name).sha256
            return made
    return None
