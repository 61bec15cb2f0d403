"""Modules that others import and do not use at first are loaded when something in them is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class StandIn(ModuleType):
    """Stands for a module that was not loaded: each name it is asked for comes from the module itself."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python's import asks for such names
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name)
        self.leave()
        return getattr(import_module(self.__name__), name)

    def leave(self) -> None:
        """Let the next import give the module itself."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]


@contextmanager
def standing_in(*names: str) -> Iterator[None]:
    """Load no modules of these names meanwhile, unless something in them is asked for."""
    made = [StandIn(name) for name in names if name not in sys.modules]
    sys.modules.update((one.__name__, one) for one in made)
    try:
        yield
    finally:
        for one in made:
            one.leave()
