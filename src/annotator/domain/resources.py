"""The folder of data files that travel with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """Path of a data file or folder, such as `resource("scheme", "default.json")`.

    An installed program keeps them inside the package, a checkout in `resources/` at its root.
    Raises FileNotFoundError if it is in neither.
    """
    for folder in _folders():
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"no data file {'/'.join(parts)} in the installation at {_PACKAGE}")


def _folders() -> list[Path]:
    folders = [_PACKAGE / "resources"]
    if _PACKAGE.parent.name == "src":
        folders.append(_PACKAGE.parents[1] / "resources")
    return folders
