"""The ways through the window: to a place in the text, and to what a panel shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.errors import UserError
from annotator.domain.ids import ExhibitId, SourceId
from annotator.store import read
from annotator.ui.sides import tr

if TYPE_CHECKING:
    from annotator.domain.briefs import MapQuestion
    from annotator.domain.ids import ArticleId, MarkId, PropositionId
    from annotator.store.concordance import Place
    from annotator.ui.search.panel import SearchPanel
    from annotator.ui.window import MainWindow


class Ways:
    """Brings what is asked for to the front and gives it the keys where it is worked on next."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def to_panel(self, name: str) -> None:
        """A panel, with the keys in it; search and map get room to read."""
        if name == "search":
            self.to_search()
        elif name == "map":
            self.to_map(None)
        else:
            self._window.arrangement.bring(name)
            self._window.panels[name].take_keys()

    def to_mark(self, mark: MarkId) -> None:
        """A mark, in hand, with the keys in the text."""
        window = self._window
        window.hands.desk.guarded(lambda: window.session.go_to(mark))
        window.view.setFocus()

    def to_article(self, article: ArticleId) -> None:
        """An article, with the keys in the text."""
        if self._is_there(article):
            self._window.session.open_article(article)
            self._window.view.setFocus()

    def to_place(self, place: Place) -> None:
        """Some words, selected, with the keys in the text."""
        window = self._window
        if not self._is_there(place.article):
            return
        if window.session.focus.article == place.article:
            window.session.leave_here()
        else:
            window.session.open_article(place.article, place.span.start)
        window.view.select(place.span)
        window.view.reveal(place.span, centre=True)
        window.view.setFocus()

    def _is_there(self, article: ArticleId) -> bool:
        """Whether an article that was found is still there; it is told where it is not."""
        is_there = read.is_there(self._window.session.store, "article", article)
        if not is_there:
            self._window.refuse(UserError("no-such-row", table="article", id=article))
        return is_there

    def to_search(self) -> SearchPanel:
        """The search with room to read, and the cursor in its line."""
        self._window.arrangement.lend_room("search")
        search = self._window.panels.search
        search.field.setFocus()
        search.field.selectAll()
        return search

    def to_map(self, claim: PropositionId | None) -> None:
        """The dispute map with room to read it, on a claim where one is given."""
        self._window.arrangement.bring_large("map")
        board = self._window.panels.map
        if claim is not None:
            board.show_claim(claim)
        board.setFocus()

    def to_answer(self, question: MapQuestion) -> None:
        """The dispute map with a question asked."""
        self.to_map(None)
        self._window.panels.map.claims.asked.ask(question)

    def to_source(self, source: str) -> None:
        """A source, with its marks."""
        self._window.arrangement.bring("sources")
        self._window.panels.sources.stand_on(SourceId(source))

    def to_marks(self, words: str) -> None:
        """The marks of the whole project that hold some words."""
        self._window.arrangement.bring("marks")
        self._window.panels.marks.show_those_with(words)

    def to_exhibit(self, exhibit: str) -> None:
        """An exhibit, with what it is a ground of."""
        self._window.arrangement.bring("exhibits")
        exhibits = self._window.panels.exhibits
        exhibits.stand_on(ExhibitId(exhibit))
        exhibits.setFocus()

    def to_claim(self, claim: str) -> None:
        """A claim among the others, with its marks."""
        self._window.arrangement.bring("claims")
        claims = self._window.panels.claims
        claims.refresh()
        claims.stand_on(claim)

    def to_values(self) -> None:
        """The mark in hand, to work on its values."""
        self.to_value(None)

    def to_value(self, attribute: str | None) -> None:
        """The same, with the cursor in the field of one attribute, where the preset shows it."""
        self._window.arrangement.bring("mark")
        self._window.panels.mark.stand_on(attribute)

    def to_links(self) -> None:
        """The note of the only link of the mark in hand, or its links, to choose one of them."""
        self.to_values()
        if self._window.session.focus.mark is not None:
            self._window.panels.mark.page.links.ask_about()

    def to_tray(self) -> None:
        """The pinned marks, with the keys in them."""
        tray = self._window.tray
        tray.refresh()
        if tray.entries:
            tray.setFocus()
        else:
            self._window.say(tr("Nothing is pinned yet: P pins the mark in hand."))

    def to_text(self) -> None:
        """From a panel to the text; from the text to the list of what was found, where it came from there.

        The search gives the room back that it took.
        """
        window = self._window
        search = window.panels.search_if_made
        if search is not None:
            if window.view.hasFocus() and search.take_back():
                return
            if search.has_keys:
                window.arrangement.take_room_back()
        window.view.setFocus()
