"""`python -m tests.looks`: pictures of every screen into the folder looks/, and contact sheets of them.

python -m tests.looks                        all themes, all sizes
python -m tests.looks --theme dark --size 1024x700 held-mark palette
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = ("1366x768", "1920x1080", "1024x700")
THEMES = ("light", "dark", "contrast")


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = "1"
    os.environ["QT_FONT_DPI"] = "96"
    from tests.looks import pictures, pinned
    from tests.looks.scenes import SCENES

    parser = argparse.ArgumentParser(prog="python -m tests.looks", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "scenes", nargs="*", metavar="SCENE", help="only these: " + ", ".join(s.name for s in SCENES)
    )
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--out", type=Path, default=ROOT / "looks")
    asked = parser.parse_args(arguments)
    unknown = set(asked.scenes) - {scene.name for scene in SCENES}
    if unknown:
        parser.error(f"there is no scene {', '.join(sorted(unknown))}")
    wanted = [scene for scene in SCENES if not asked.scenes or scene.name in asked.scenes]
    application = pinned.application()
    with pinned.pinned_font(application):
        for look in asked.theme or THEMES:
            for size in asked.size or SIZES:
                width, height = (int(number) for number in size.split("x"))
                taken = []
                shutil.rmtree(asked.out / f"{look}-{size}", ignore_errors=True)
                for old in asked.out.glob(f"{look}-{size}-*.png"):
                    old.unlink()
                for scene in wanted:
                    picture = pictures.take(scene, look, (width, height))
                    pictures.write(picture, asked.out / f"{look}-{size}" / f"{scene.name}.png")
                    taken.append((scene.name, picture))
                for number, at in enumerate(range(0, len(taken), pictures.SHEET_PICTURES), start=1):
                    sheet = pictures.sheet(taken[at : at + pictures.SHEET_PICTURES])
                    pictures.write(sheet, asked.out / f"{look}-{size}-{number}.png")
                print(f"{look} {size}: {len(taken)} pictures", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
