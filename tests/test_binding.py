"""The Qt binding counts references right; PySide6 6.12.0 on Python 3.11 does not and aborts."""

import subprocess
import sys

CALLS = 1000
PROGRAM = f"""
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
label.setEnabled(True)
before = sys.getrefcount(None), sys.getrefcount(True)
for _ in range({CALLS}):
    label.setText("")
    label.isEnabled()
after = sys.getrefcount(None), sys.getrefcount(True)
print(before[0] - after[0], before[1] - after[1])
"""


def test_a_thousand_qt_calls_lose_no_reference_to_none_or_true():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    lost_nones, lost_trues = map(int, done.stdout.split())
    assert abs(lost_nones) < CALLS / 10
    assert abs(lost_trues) < CALLS / 10
