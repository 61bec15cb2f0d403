"""Mark in news articles who claims what, who denies it and on which evidence.

`from annotator import Project` is the Python interface; it is loaded when first asked for,
so that importing a lower layer stays cheap.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.app.project import Project

__all__ = ["Project", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "Project":
        from annotator.app.project import Project

        return Project
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
