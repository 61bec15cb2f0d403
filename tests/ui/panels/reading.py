"""Waiting for what a thread reads beside the window."""

from PySide6.QtTest import QTest

from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.sources import SourcesPanel
from tests import LIMIT_MS

_POLL_MS = 5


def read_page(panel: ClaimsPanel | SourcesPanel) -> None:
    """Let a panel take in what it waits for, and wait for the page beside its list."""
    panel.settle()
    for _ in range(LIMIT_MS // _POLL_MS):
        if not panel.page.is_reading:
            return
        QTest.qWait(_POLL_MS)
    raise AssertionError("the page is not read")
