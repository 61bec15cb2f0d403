"""The panels beside the text: each is made when it is first looked at, and then heard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

from annotator.domain.ids import ExhibitId, PropositionId, SourceId
from annotator.store import read
from annotator.ui.docks import BOTTOM, LEFT, RIGHT, Place
from annotator.ui.mending import Mending

if TYPE_CHECKING:  # a panel is loaded when it is made
    from annotator.domain.briefs import MapQuestion
    from annotator.domain.proposing import Proposal
    from annotator.store.loose_ends import Stop
    from annotator.ui.map.panel import DisputeMapPanel
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
        self.mending = Mending(window, self)
        self.made: list[Panel] = []

    def __getitem__(self, name: str) -> Panel:
        found: Panel = getattr(self, name.replace("-", "_"))
        return found

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        for panel in self.made:
            panel.set_theme(look)

    def finish(self) -> None:
        """Store a note that is being written."""
        if "mark" in vars(self):
            self.mark.commit()

    def _heard(self, panel: P) -> P:
        """A panel whose refusals and sentences are shown in the window."""
        panel.refused.connect(self._window.refuse)
        panel.notice.connect(self._window.say)
        self.made.append(panel)
        return panel

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
        panel.link_asked.connect(self._window.ways.note_link)
        panel.claim_asked.connect(lambda *_: self._window.hands.claiming.pick())
        return panel

    @cached_property
    def loose_ends(self) -> LooseEndsPanel:
        from annotator.ui.panels.loose_ends import LooseEndsPanel

        panel = self._heard(LooseEndsPanel(self._session, self._window.look))
        panel.counted.connect(self._on_counted)
        panel.jump_asked.connect(self.mending.offer)
        return panel

    @cached_property
    def marks(self) -> MarksPanel:
        from annotator.ui.panels.marks import MarksPanel

        return self._heard(MarksPanel(self._session, self._window.look))

    @cached_property
    def sources(self) -> SourcesPanel:
        from annotator.ui.panels.sources import SourcesPanel

        panel = self._heard(SourcesPanel(self._session, self._window.look))
        panel.marks_asked.connect(self.show_marks)
        return panel

    @cached_property
    def claims(self) -> ClaimsPanel:
        from annotator.ui.panels.claims import ClaimsPanel

        return self._heard(ClaimsPanel(self._session, self._window.look))

    @cached_property
    def map(self) -> DisputeMapPanel:
        from annotator.ui.map.panel import DisputeMapPanel

        panel = self._heard(DisputeMapPanel(self._session, self._window.look))
        panel.source_asked.connect(self.show_source)
        panel.exhibit_asked.connect(self.show_exhibit)
        panel.room_asked.connect(self._window.arrangement.foot.toggle)
        return panel

    @cached_property
    def exhibits(self) -> ExhibitsPanel:
        from annotator.ui.panels.exhibits import ExhibitsPanel

        panel = self._heard(ExhibitsPanel(self._session, self._window.look))
        panel.claim_asked.connect(self.show_claim)
        panel.source_asked.connect(self.show_source)
        return panel

    @cached_property
    def search(self) -> SearchPanel:
        from annotator.ui.search.panel import SearchPanel

        window = self._window
        panel = self._heard(SearchPanel(self._session, window.look))
        panel.place_asked.connect(window.ways.to_place)
        panel.mark_asked.connect(window.ways.to_mark)
        panel.article_asked.connect(window.ways.to_article)
        panel.source_asked.connect(self.show_source)
        panel.claim_asked.connect(self.show_claim)
        panel.question_asked.connect(self.ask_map)
        return panel

    @cached_property
    def history(self) -> HistoryPanel:
        from annotator.ui.panels.history import HistoryPanel

        return self._heard(HistoryPanel(self._session, self._window.look))

    def show_search(self) -> SearchPanel:
        """Bring the search to the front with room to read, and the cursor in its line."""
        self._window.arrangement.lend_room("search")
        self.search.field.setFocus()
        self.search.field.selectAll()
        return self.search

    def escape(self) -> None:
        """From a panel to the text; from the text to the list of what was found, where it came from there.

        The search gives the room back that it took.
        """
        view = self._window.view
        if "search" in vars(self):
            if view.hasFocus() and self.search.take_back():
                return
            if self.search.has_keys:
                self._window.arrangement.take_room_back()
        view.setFocus()

    def ask_map(self, question: MapQuestion) -> None:
        """Show the dispute map with a question asked."""
        self.show_map(None)
        self.map.claims.asked.ask(question)

    def show_source(self, source: str) -> None:
        """Bring a source to the front, with its marks."""
        self._window.arrangement.bring("sources")
        self.sources.stand_on(SourceId(source))

    def show_marks(self, words: str) -> None:
        """Bring the marks to the front, those of the whole project that hold some words."""
        self._window.arrangement.bring("marks")
        self.marks.show_those_with(words)

    def show_exhibit(self, exhibit: str) -> None:
        """Bring an exhibit to the front, with what it is a ground of."""
        self._window.arrangement.bring("exhibits")
        self.exhibits.stand_on(ExhibitId(exhibit))
        self.exhibits.setFocus()

    def show_claim(self, claim: str) -> None:
        """Bring a claim to the front among the others, with its marks."""
        self._window.arrangement.bring("claims")
        self.claims.refresh()
        self.claims.stand_on(claim)

    def show_map(self, claim: PropositionId | None) -> None:
        """Bring the dispute map to the front with room to read it, on a claim where one is given."""
        self._window.arrangement.bring_large("map")
        if claim is not None:
            self.map.show_claim(claim)
        self.map.setFocus()

    def settle_ends(self) -> None:
        """Look at once for what is open where something was touched just now."""
        self.loose_ends.settle()

    def offer(self, proposal: Proposal | None) -> None:
        """Show what a proposal would be while keys decide about it; None when they do no more."""
        if "mark" in vars(self):
            text = self._window.hands.desk.text
            self.mark.offer(proposal, [text[start:end] for start, end in proposal.spans] if proposal else [])

    def point_out(self, stop: Stop) -> None:
        """Let the list of loose ends stand on one."""
        self.loose_ends.stand_on(stop)

    @property
    def claim_on_map(self) -> PropositionId | None:
        """The claim the dispute map shows, where it was opened."""
        return self.map.claim if "map" in vars(self) else None

    def show_values(self) -> None:
        """Bring the mark in hand to the front, to work on its values."""
        self.show_value(None)

    def show_value(self, attribute: str | None) -> None:
        """The same, with the cursor in the field of one attribute, where the preset shows it."""
        self._window.arrangement.bring("mark")
        self.mark.stand_on(attribute)

    def show_links(self) -> None:
        """The note of the only link of the mark in hand, or its links, to choose one of them."""
        self.show_values()
        if self._session.focus.mark is not None:
            self.mark.page.links.ask_about()

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
