"""`python -m bench`: measure, print a table, write bench/results.json, docs/figures.md and its pictures."""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--full", action="store_true", help="also the corpus of 100,000 articles")
    size.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs")
    parser.add_argument(
        "--only", metavar="STEP", action="append", help="only this step; its figures replace the old"
    )
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    parser.add_argument("--pictures", type=Path, default=HERE.parent / "docs" / "growth")
    parser.add_argument("--page", type=Path, default=HERE.parent / "docs" / "figures.md")
    parser.add_argument("--folder", type=Path, help="where to work; a real disk, not memory")
    parser.add_argument("--cache", type=Path, help="where the cases are kept")
    return parser


def main() -> None:
    parser = _parser()
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false;default.warning=false")
    from PySide6.QtWidgets import QApplication

    from annotator.ui.beside import put_threads_second
    from bench import growth, page, report
    from bench.cases import CACHE, Cases
    from bench.plan import FULL, LARGE, QUICK, Ground
    from bench.steps import STEPS

    unknown = set(options.only or ()) - set(STEPS)
    if unknown:
        parser.error(f"there is no step {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}")
    plan = FULL if options.full else QUICK if options.quick else LARGE
    application = QApplication([])
    put_threads_second(application)
    rows = []
    with tempfile.TemporaryDirectory(dir=options.folder or Path.cwd(), prefix=".bench-") as folder:
        ground = Ground(plan, Cases(options.cache or CACHE), Path(folder))
        for step in options.only or STEPS:
            for row in STEPS[step](ground):
                print(report.line(row), flush=True)
                rows.append(row)
            ground.clear()
            gc.collect()
            gc.freeze()  # what a step leaves behind is not looked through in the next one
    for row in list(growth.growth(rows)):
        print(report.line(row), flush=True)
        rows.append(row)
    report.write(options.out, rows, keep=bool(options.only))
    growth.draw(options.pictures, rows)
    page.write(options.page, options.out, options.pictures)
    print(report.summary(rows))
    del application


if __name__ == "__main__":
    main()
