"""Fail if a test was skipped for a reason that nobody agreed to: `skips.py FOLDER` of JUnit files.

The reasons that are agreed to stand in allowed-skips.txt, one a line.
"""

import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ALLOWED = Path(__file__).with_name("allowed-skips.txt")


def skipped(report: Path) -> Iterator[tuple[str, str]]:
    """Name and reason of each skipped test."""
    for case in ET.parse(report).getroot().iter("testcase"):
        for skip in case.iter("skipped"):
            yield f"{case.get('classname')}::{case.get('name')}", skip.get("message", "")


def main(folder: str) -> int:
    reports = sorted(Path(folder).glob("*.xml"))
    if not reports:
        print(f"no test results in {folder}")
        return 1
    allowed = set(ALLOWED.read_text(encoding="utf-8").split("\n")) - {""}
    unexpected = [skip for report in reports for skip in skipped(report) if skip[1] not in allowed]
    for name, reason in unexpected:
        print(f"skipped without leave: {name}: {reason}")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
