"""What the list of claims shows, and whether all of the map is there."""

from pytestqt.qtbot import QtBot

from annotator.ui.map.claim_list import ClaimList
from annotator.ui.map.claim_rows import ClaimLine
from annotator.ui.map.panel import DisputeMapPanel


def lines_of(claims: ClaimList) -> list[ClaimLine]:
    """All rows of the list that are there."""
    lines = (claims.model.line(row) for row in range(claims.model.rowCount()))
    return [line for line in lines if line is not None]


def settled(panel: DisputeMapPanel, qtbot: QtBot) -> None:
    """Wait until nothing that the map shows is still to come."""
    qtbot.waitUntil(lambda: panel.is_settled)
