"""`python -m bench`: measure, print a table, write bench/results.json."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs")
    parser.add_argument("--only", metavar="STEP", help="opening, editing, reading, starting or importing")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.json"))
    parser.add_argument("--folder", type=Path, help="where to make the projects; a real disk, not memory")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false;default.warning=false")
    from PySide6.QtWidgets import QApplication

    from bench import report
    from bench.steps import FULL, QUICK, Bench

    application = QApplication([])
    with tempfile.TemporaryDirectory(dir=options.folder or Path.cwd(), prefix=".bench-") as folder:
        bench = Bench(QUICK if options.quick else FULL, Path(folder))
        rows = []
        for row in getattr(bench, options.only)() if options.only else bench.rows():
            print(report.line(row), flush=True)
            rows.append(row)
    if not options.only:
        report.write(options.out, rows)
    del application


if __name__ == "__main__":
    main()
