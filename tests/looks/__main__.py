"""`python -m tests.looks`: pictures of every screen into the folder looks/, and contact sheets of them.

    python -m tests.looks                        all themes, all sizes
    python -m tests.looks --theme dark --size 1024x700 held-mark palette

Each size is a screen of its own in a process of its own, so that dialogs find the room they would
have there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from annotator.ui.theme import THEME_NAMES, ThemeName

ROOT = Path(__file__).resolve().parents[2]
SIZES = ("1366x768", "1920x1080", "1024x700")
ON_SCREEN = "ANNOTATOR_LOOKS_SCREEN"
"""Names the size for the process that has a screen of it."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.looks", description=__doc__.partition("\n")[0])
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help="only these scenes")
    parser.add_argument("--theme", choices=THEME_NAMES, action="append", help="only these themes")
    parser.add_argument("--size", choices=SIZES, action="append", help="only these sizes")
    parser.add_argument("--out", type=Path, default=ROOT / "looks")
    asked = parser.parse_args(arguments)
    size = os.environ.get(ON_SCREEN)
    if size:
        return take(size, asked.theme or THEME_NAMES, asked.scenes, asked.out)
    given = sys.argv[1:] if arguments is None else list(arguments)
    return max(on_screen(one, given) for one in asked.size or SIZES)


def on_screen(size: str, arguments: Sequence[str]) -> int:
    """Run this module again with a screen of a size."""
    width, height = map(int, size.split("x"))
    screen = {"name": size, "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "screens.json"
        config.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        pinned = {
            "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
            "QT_SCALE_FACTOR": "1",
            "QT_FONT_DPI": "96",
            ON_SCREEN: size,
        }
        command = [sys.executable, "-m", "tests.looks", *arguments]
        return subprocess.run(command, cwd=ROOT, env=os.environ | pinned, check=False).returncode


def take(size: str, themes: Sequence[ThemeName], names: Sequence[str], out: Path) -> int:
    """Take the pictures of one size, in place of those there were."""
    from tests.looks import pictures, pinned
    from tests.looks.scenes import BY_NAME

    unknown = set(names) - BY_NAME.keys()
    if unknown:
        print(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(BY_NAME)}.", file=sys.stderr)
        return 2
    width, height = map(int, size.split("x"))
    with pinned.pinned_font(pinned.application()):
        for look in themes:
            folder = out / f"{look}-{size}"
            for old in (folder, *out.glob(f"{folder.name}-*.png")):
                shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
            taken = [(name, pictures.take(BY_NAME[name], look, (width, height))) for name in names or BY_NAME]
            for name, picture in taken:
                pictures.write(picture, folder / f"{name}.png")
            for number, at in enumerate(range(0, len(taken), pictures.SHEET_PICTURES), start=1):
                sheet = pictures.sheet(taken[at : at + pictures.SHEET_PICTURES])
                pictures.write(sheet, out / f"{folder.name}-{number}.png")
            print(f"{look} {size}: {len(taken)} pictures", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
