"""Every edit of a project: plain SQL inside one operation, named in the words of the analyst.

They are loaded with the first that is asked for: no window needs one to be painted.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.store.edits.every import *  # noqa: F403


def __getattr__(name: str) -> object:
    if name.startswith("__"):  # which the import system asks for
        raise AttributeError(name)
    return getattr(import_module("annotator.store.edits.every"), name)
