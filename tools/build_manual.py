"""Write docs/manual-keys.md from the actions table and the default scheme.

Run `python tools/build_manual.py` after changing a key; a test holds that the page is in step.
"""

from __future__ import annotations

from pathlib import Path

from annotator.domain.scheme import Scheme
from annotator.ui.dialogs.key_rows import KeyRow, key_rows

PAGE = Path(__file__).resolve().parents[1] / "docs" / "manual-keys.md"
HEAD = """# Keys

Every action with its keys, as `F1` shows them in the window. Keys of the text act while the text has
the focus; a key is taken by its place on the keyboard, so that every layout works. `Ctrl+K` finds any
action by its name. Labels and kinds of link have the keys that the scheme of the project gives them;
these are those of the scheme a new project begins with.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    rows = key_rows(Scheme.default())
    for group in dict.fromkeys(row.group for row in rows):
        parts.append(f"\n## {group}\n\n| action | key | where |\n|---|---|---|\n")
        parts += [_line(row) for row in rows if row.group == group]
    return "".join(parts)


def _line(row: KeyRow) -> str:
    keys = ", ".join(f"`{key}`" for key in row.keys)
    cells = (row.words, keys, row.where)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
