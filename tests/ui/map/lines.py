"""What the list of claims shows."""

from annotator.ui.map.claim_list import ClaimList
from annotator.ui.map.claim_rows import ClaimLine


def lines_of(claims: ClaimList) -> list[ClaimLine]:
    """All rows of the list that are there."""
    lines = (claims.model.line(row) for row in range(claims.model.rowCount()))
    return [line for line in lines if line is not None]
