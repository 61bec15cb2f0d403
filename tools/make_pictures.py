"""Make the pictures of the README from the sample project: `python tools/make_pictures.py`.

docs/pictures/window-light.png and window-dark.png, each below 300 kB. Fonts, size and clock are
those of tests/looks, so that a picture changes only when the program does.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
SIZE = (1366, 768)
LARGEST_BYTES = 300_000


def main() -> int:
    """Take both pictures; fails where one is too heavy."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_FONT_DPI"] = "96"
    sys.path.insert(0, str(ROOT))
    from tests.looks import pictures, pinned
    from tests.looks.scenes import BY_NAME

    application = pinned.application()
    with pinned.pinned_font(application):
        for look in ("light", "dark"):
            path = FOLDER / f"window-{look}.png"
            pictures.write(pictures.take(BY_NAME["readme"], look, SIZE), path)
            if path.stat().st_size > LARGEST_BYTES:
                sys.exit(f"{path.name} is larger than {LARGEST_BYTES} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
