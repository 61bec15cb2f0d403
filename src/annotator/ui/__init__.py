"""The window: the only layer that knows Qt."""

import builtins

import PySide6.QtCore  # noqa: F401

# WORKAROUND https://bugreports.qt.io/browse/PYSIDE-2029: PySide's import reads the source of each module,
# and keeps it, to see whether `from __feature__ import …` matters there. Nothing here switches features,
# so the import that PySide has put its own before comes back.
if hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
