"""Screens of what the analyst thinks: judgements in place and in their dialog, competing claims, exhibits."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.domain.model import PropositionLink, Ref
from annotator.store import edits, lists
from annotator.ui.dialogs.ach import AchDialog
from annotator.ui.dialogs.exhibit_form import ExhibitForm
from annotator.ui.dialogs.judging import JudgingDialog
from annotator.ui.window import MainWindow
from tests.looks import pinned
from tests.ui.panels.reading import read_page

WHY = "Two logbooks of different offices say the same, and neither office gains by it"


def _judged(window: MainWindow) -> tuple[Ref, Ref]:
    """A claim and a source with judgements; all scales are shown."""
    store = window.session.store
    edits.set_preset(store, "analyst")
    claim = Ref("proposition", lists.claims(store)[0].id)
    source = Ref("source", lists.sources(store, by_use=True)[0].id)
    edits.judge(store, claim, "verdict", "mostly_true", WHY)
    edits.judge(store, claim, "confidence", "moderate")
    edits.judge(store, source, "reliability", "F", "Never heard of before")
    return claim, source


def claim(window: MainWindow) -> None:
    """A claim among the others, its judgements open."""
    target, _ = _judged(window)
    window.ways.to_claim(target.id)
    _grow(window)
    window.panels.claims.judge_current()
    read_page(window.panels.claims)


def source(window: MainWindow) -> None:
    """The dossier of a source, its judgements open."""
    _, target = _judged(window)
    window.ways.to_source(target.id)
    _grow(window)
    window.panels.sources.judge_current()
    read_page(window.panels.sources)


def board(window: MainWindow) -> None:
    """The dispute map, the judgements of its claim open."""
    target, _ = _judged(window)
    window.ways.to_map(None)
    panel = window.panels.map
    panel.claims.stand_on(target.id)
    while not panel.is_settled:
        QTest.qWait(10)
    panel.judge_claim()
    pinned.settle()


def _grow(window: MainWindow) -> None:
    if not window.arrangement.foot.is_large:
        window.arrangement.foot.toggle()
    pinned.settle()


def dialog(window: MainWindow) -> QWidget:
    """The dialog that judges what is in hand."""
    return _shown(JudgingDialog(window.session, window.look, window, list(_judged(window))))


def competing(window: MainWindow) -> QWidget:
    """Two claims beside their evidence, a cell set by hand."""
    store = window.session.store
    first, second = (row.id for row in lists.claims(store)[:2])
    link = PropositionLink(id="", origin=first, kind="alternative_to", target=second)
    edits.add_record(store, link)
    photo = edits.add_exhibit(store, title="Photograph of the sluice, taken from the northern bank at night")
    edits.add_link(store, "undermines", Ref("exhibit", photo), Ref("proposition", second))
    edits.judge_evidence(store, Ref("exhibit", photo), first, "ach", "CC", WHY)
    edits.judge_evidence(store, Ref("exhibit", photo), first, "credibility", "6")
    made = AchDialog(window.session, window.look, window, first)
    while made.is_reading:
        QTest.qWait(10)
    return _shown(made)


def exhibit(window: MainWindow) -> QWidget:
    """The form of an exhibit with all that can be known of it."""
    values = {
        "title": "Photograph of the sluice",
        "url": "https://pictures.example/2019/03/sluice?size=large",
        "archive_url": "https://archive.example/web/20190312/sluice",
        "captured": "2019-03",
        "sha256": "ab" * 32,
        "note": "Seen from the northern bank; the date is that of the file.",
    }
    made = edits.add_exhibit(window.session.store, **values)
    return _shown(ExhibitForm(window.session, window.look, window, made))


def _shown(made: QWidget) -> QWidget:
    made.show()
    return made
