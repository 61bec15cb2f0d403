"""What the window remembers between sessions, in one INI file; never anything of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from PySide6.QtCore import QByteArray, QEvent, QSettings, QTimer

from annotator.ui.theme import ThemeName

FONT_SIZES = (9, 32)
COLUMN_CHARS = (40, 140)
RECENT = 10
Beside = Literal["closed", "open", "at-work"]
"""A second pane: closed at its place, open, or open and the one at work."""
_SOON_MS = 500
"""How long after a change the file is written."""


class Left(NamedTuple):
    """Where a pane was left: the article, the first character of the top line, and the caret."""

    article: str
    top: int
    caret: int


class _File(QSettings):
    """An INI file that is written a while after it was changed, or when it is closed.

    Qt writes it with the next event and waits for the disk twice: before the first paint, and
    between the acts of the analyst.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), QSettings.Format.IniFormat)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.sync)

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        self._soon.start()
        return True


class _Values:
    """Values by their keys, in a file; without a path in memory alone."""

    def __init__(self, path: Path | None) -> None:
        self._values: dict[str, Any] = {}
        self._file = _File(path) if path else None

    def _get(self, key: str, default: Any) -> Any:
        if self._file is None:
            return self._values.get(key, default)
        return self._file.value(key, default)

    def _set(self, key: str, value: Any) -> None:
        if self._file is None:
            self._values[key] = value
        elif self._file.value(key) != value:
            self._file.setValue(key, value)

    def _number(self, key: str, default: int, low: int, high: int) -> int:
        try:
            return max(low, min(high, int(self._get(key, default))))
        except (TypeError, ValueError):
            return default


class Settings(_Values):
    """Typed access to the settings; a value that makes no sense counts as absent.

    Sizes are points, the column is characters. Without a path nothing is kept.
    """

    @property
    def theme(self) -> ThemeName | None:
        """The chosen theme; None follows the system."""
        name = str(self._get("look/theme", ""))
        return cast("ThemeName", name) if name in get_args(ThemeName) else None

    @theme.setter
    def theme(self, name: ThemeName | None) -> None:
        self._set("look/theme", name or "")

    @property
    def font_size(self) -> int:
        return self._number("look/font_size", 13, *FONT_SIZES)

    @font_size.setter
    def font_size(self, points: int) -> None:
        self._set("look/font_size", max(FONT_SIZES[0], min(FONT_SIZES[1], points)))

    @property
    def font_family(self) -> str | None:
        return str(self._get("look/font_family", "")) or None

    @font_family.setter
    def font_family(self, family: str | None) -> None:
        self._set("look/font_family", family or "")

    @property
    def column_chars(self) -> int:
        return self._number("look/column", 70, *COLUMN_CHARS)

    @column_chars.setter
    def column_chars(self, chars: int) -> None:
        self._set("look/column", max(COLUMN_CHARS[0], min(COLUMN_CHARS[1], chars)))

    @property
    def rules_off(self) -> frozenset[str]:
        """The names of rules that are to propose nothing."""
        kept = self._get("proposals/rules_off", [])
        return frozenset([kept] if isinstance(kept, str) else map(str, kept or [])) - {""}

    @rules_off.setter
    def rules_off(self, names: frozenset[str]) -> None:
        self._set("proposals/rules_off", sorted(names))

    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry of the window and state of its docks, where both were kept."""
        geometry, state = self._get("window/geometry", None), self._get("window/state", None)
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def keep_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember where the window and its docks stand."""
        self._set("window/geometry", geometry)
        self._set("window/state", state)

    def place(self, project: str) -> Left | None:
        """Where a project was left."""
        return _left(str(self._get(f"places/{_key(project)}", "")))

    def keep_place(self, project: str, left: Left) -> None:
        """Remember where a project is left."""
        self._set(f"places/{_key(project)}", _words(left))

    def beside(self, project: str) -> tuple[Left, Beside] | None:
        """Where the second pane of a project was left, and how."""
        words, _, state = str(self._get(f"beside/{_key(project)}", "")).rpartition(" ")
        left = _left(words)
        return (left, cast("Beside", state)) if left and state in get_args(Beside) else None

    def keep_beside(self, project: str, left: Left, state: Beside) -> None:
        """Remember where the second pane of a project is left, and how."""
        self._set(f"beside/{_key(project)}", f"{_words(left)} {state}")

    def share(self, project: str) -> float:
        """How much of the room the first of two panes had in a project, half where nothing is kept."""
        return self._number(f"share/{_key(project)}", 500, 50, 950) / 1000

    def keep_share(self, project: str, share: float) -> None:
        """Remember how two panes share the room in a project."""
        self._set(f"share/{_key(project)}", round(share * 1000))

    def folder(self, kind: str) -> str:
        """The folder in which files of a kind were chosen last; empty where none was."""
        return str(self._get(f"folders/{kind}", ""))

    def keep_folder(self, kind: str, folder: str) -> None:
        """Remember it."""
        self._set(f"folders/{kind}", folder)

    def recent(self) -> list[str]:
        """Paths of the projects opened last, the latest first."""
        kept = self._get("recent", [])
        return [kept] if isinstance(kept, str) else [str(path) for path in kept or []]

    def keep_recent(self, path: str) -> None:
        """Put a project at the head of the list."""
        self._set("recent", [path, *(one for one in self.recent() if one != path)][:RECENT])


def _words(left: Left) -> str:
    return f"{left.article} {left.top} {left.caret}"


def _left(words: str) -> Left | None:
    """What `_words` wrote; the caret on the top line where an older version did not tell it."""
    article, *offsets = words.split(" ")
    if not article or not offsets or not all(map(str.isdecimal, offsets)):
        return None
    return Left(article, int(offsets[0]), int(offsets[-1]))


def _key(project: str) -> str:
    return project.replace("/", "|").replace("\\", "|")
