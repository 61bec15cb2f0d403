"""The panels beside the text: each is made when it is first looked at, and then heard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

from annotator.domain.ids import PropositionId
from annotator.store import read
from annotator.ui.docks import BOTTOM, LEFT, RIGHT, Place

if TYPE_CHECKING:  # a panel is loaded when it is made
    from annotator.domain.proposing import Proposal
    from annotator.ui.map.panel import DisputeMapPanel
    from annotator.ui.mending import Mending
    from annotator.ui.open_ends import LooseEndWalk
    from annotator.ui.panels.articles import ArticlesPanel
    from annotator.ui.panels.base import Panel
    from annotator.ui.panels.claims import ClaimsPanel
    from annotator.ui.panels.exhibits import ExhibitsPanel
    from annotator.ui.panels.history import HistoryPanel
    from annotator.ui.panels.inspector import MarkInspector
    from annotator.ui.panels.loose_ends import LooseEndsPanel
    from annotator.ui.panels.marks import MarksPanel
    from annotator.ui.panels.sources import SourcesPanel
    from annotator.ui.search.panel import SearchPanel
    from annotator.ui.theme import Theme
    from annotator.ui.window import MainWindow

    P = TypeVar("P", bound=Panel)


PANELS = (
    "articles", "mark", "loose-ends", "marks", "sources", "claims", "map", "exhibits", "search", "history",
)  # fmt: skip
"""The panels by name, in the order of their keys."""


def tr(words: str) -> str:
    """Words around the panels in the language of the window."""
    return QCoreApplication.translate("MainWindow", words)


def places() -> list[Place]:
    """Where the panels stand at first."""
    titles = (
        tr("Articles"), tr("Mark"), tr("Loose ends"), tr("Marks"), tr("Sources"), tr("Claims"),
        tr("Dispute map"), tr("Exhibits"), tr("Search"), tr("History"),
    )  # fmt: skip
    areas = {"articles": LEFT, "mark": RIGHT}
    return [
        Place(name, title, areas.get(name, BOTTOM), is_dear=name == "loose-ends")
        for name, title in zip(PANELS, titles, strict=True)
    ]


class Panels:
    """The panels of one window, by the names of their places; `made` are those there are so far."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session
        self.made: list[Panel] = []

    def __getitem__(self, name: str) -> Panel:
        found: Panel = getattr(self, name.replace("-", "_"))
        return found

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        for panel in self.made:
            panel.set_theme(look)

    def finish(self) -> None:
        """Store a note that is being written, and go with the window, also what no dock has yet."""
        if "mark" in vars(self):
            self.mark.commit()
        for panel in self.made:
            if panel.parent() is None:
                panel.setParent(self._window)

    def _heard(self, panel: P) -> P:
        """A panel whose refusals and sentences are shown in the window."""
        panel.refused.connect(self._window.refuse)
        panel.notice.connect(self._window.say)
        self.made.append(panel)
        return panel

    @cached_property
    def mending(self) -> Mending:
        """What is begun for a loose end."""
        from annotator.ui.mending import Mending

        return Mending(self._window)

    @cached_property
    def walk(self) -> LooseEndWalk:
        """The way from one loose end to the next."""
        from annotator.ui.open_ends import LooseEndWalk

        made = LooseEndWalk(self._session, self.settle_ends, self.mending.land, self._window)
        made.said.connect(self._window.say)
        made.reached.connect(lambda stop: self.loose_ends.stand_on(stop))
        return made

    @cached_property
    def articles(self) -> ArticlesPanel:
        from annotator.ui.panels.articles import ArticlesPanel

        window = self._window
        panel = self._heard(ArticlesPanel(self._session, window.look))
        panel.import_asked.connect(lambda: window.commands.import_files())
        panel.paste_asked.connect(window.commands.paste_article)
        panel.details_asked.connect(window.commands.edit_details)
        panel.opened.connect(lambda: window.view.setFocus())
        return panel

    @cached_property
    def mark(self) -> MarkInspector:
        from annotator.ui.panels.inspector import MarkInspector

        sourcing = self._window.hands.sourcing
        panel = self._heard(MarkInspector(self._session, self._window.look, self._hints))
        panel.is_patient = True
        panel.source_asked.connect(lambda *_: sourcing.pick())
        panel.relay_asked.connect(lambda *_: sourcing.pick("relay"))
        panel.possible_asked.connect(lambda *_: sourcing.pick("possible"))
        panel.link_asked.connect(self._window.viewing.note_link)
        panel.claim_asked.connect(lambda *_: self._window.hands.claiming.pick())
        return panel

    @cached_property
    def loose_ends(self) -> LooseEndsPanel:
        from annotator.ui.panels.loose_ends import LooseEndsPanel

        panel = self._heard(LooseEndsPanel(self._session, self._window.look))
        panel.counted.connect(self._on_counted)
        panel.jump_asked.connect(lambda row: self.mending.offer(row))
        return panel

    @cached_property
    def marks(self) -> MarksPanel:
        from annotator.ui.panels.marks import MarksPanel

        return self._heard(MarksPanel(self._session, self._window.look))

    @cached_property
    def sources(self) -> SourcesPanel:
        from annotator.ui.panels.sources import SourcesPanel

        panel = self._heard(SourcesPanel(self._session, self._window.look))
        panel.marks_asked.connect(self._window.ways.to_marks)
        return panel

    @cached_property
    def claims(self) -> ClaimsPanel:
        from annotator.ui.panels.claims import ClaimsPanel

        return self._heard(ClaimsPanel(self._session, self._window.look))

    @cached_property
    def map(self) -> DisputeMapPanel:
        from annotator.ui.map.panel import DisputeMapPanel

        panel = self._heard(DisputeMapPanel(self._session, self._window.look))
        panel.source_asked.connect(self._window.ways.to_source)
        panel.exhibit_asked.connect(self._window.ways.to_exhibit)
        panel.room_asked.connect(self._window.arrangement.foot.toggle)
        return panel

    @cached_property
    def exhibits(self) -> ExhibitsPanel:
        from annotator.ui.panels.exhibits import ExhibitsPanel

        panel = self._heard(ExhibitsPanel(self._session, self._window.look, files=self._window.files))
        panel.claim_asked.connect(self._window.ways.to_claim)
        panel.source_asked.connect(self._window.ways.to_source)
        return panel

    @cached_property
    def search(self) -> SearchPanel:
        from annotator.ui.search.panel import SearchPanel

        window = self._window
        panel = self._heard(SearchPanel(self._session, window.look, files=window.files))
        panel.place_asked.connect(window.ways.to_place)
        panel.mark_asked.connect(window.ways.to_mark)
        panel.article_asked.connect(window.ways.to_article)
        panel.source_asked.connect(self._window.ways.to_source)
        panel.claim_asked.connect(self._window.ways.to_claim)
        panel.question_asked.connect(self._window.ways.to_answer)
        return panel

    @cached_property
    def history(self) -> HistoryPanel:
        from annotator.ui.panels.history import HistoryPanel

        return self._heard(HistoryPanel(self._session, self._window.look))

    @property
    def search_if_made(self) -> SearchPanel | None:
        """The search, where it was opened."""
        return self.search if "search" in vars(self) else None

    def settle_ends(self) -> None:
        """Look at once for what is open where something was touched just now."""
        self.loose_ends.settle()

    def offer(self, proposal: Proposal | None) -> None:
        """Show what a proposal would be while keys decide about it; None when they do no more."""
        if "mark" in vars(self):
            text = self._window.hands.desk.text
            self.mark.offer(proposal, [text[start:end] for start, end in proposal.spans] if proposal else [])

    @property
    def claim_on_map(self) -> PropositionId | None:
        """The claim the dispute map shows, where it was opened."""
        return self.map.claim if "map" in vars(self) else None

    def _on_counted(self, count: int) -> None:
        title = tr("Loose ends")
        self._window.docks["loose-ends"].setWindowTitle(f"{title} ({count:,})" if count else title)

    def _hints(self) -> Sequence[str]:
        """What to do next, for a window without a mark in hand."""
        scheme = read.scheme(self._session.store)
        keys = [(scheme.keys.get(label.id, ""), label.name) for label in scheme.shown_labels()]
        digits = ", ".join(f"{key}\u00a0{name}" for key, name in keys)
        return [
            tr("Select words: drag with the mouse, or press F and type the letters."),
            tr("Label them: {digits}").format(digits=digits),
            tr("Say who: type a name, or press the digit beside it."),
            tr("Link: D denies, S supports — then the letters at the other mark."),
            tr("Hatched words are proposals: G goes there, Enter takes one, Delete drops it."),
            tr("All actions: Ctrl+K"),
        ]
