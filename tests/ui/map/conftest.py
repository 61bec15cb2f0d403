"""A dispute map on the small project."""

import pytest

from annotator.domain.ids import PropositionId
from annotator.store import edits, lists
from annotator.ui.map.panel import DisputeMapPanel


@pytest.fixture
def claims(project) -> list[PropositionId]:
    """What the ministry says, and what its deniers deny; one of them denies both."""
    found = [row.id for row in lists.claims(project.store)]
    edits.add_mention(project.store, project.denial, found[0], "deny")
    return found


@pytest.fixture
def panel(project, claims, look, shown, qtbot) -> DisputeMapPanel:
    made = DisputeMapPanel(project.session, look)
    shown(made)
    made.resize(1100, 520)
    qtbot.waitUntil(lambda: made.is_settled and made.view is not None)
    return made
