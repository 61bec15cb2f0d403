"""Where a project was left: which places stand in its panes, and how the panes share the room."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from annotator.domain.ids import ArticleId
from annotator.store import picking, read
from annotator.store.session import Focus, Session
from annotator.ui.panes import Panes
from annotator.ui.settings import Beside, Left, Settings
from annotator.ui.text.laid import TOP
from annotator.ui.text.view import TextView


class LastPlace:
    """Opens a project where it was left, and notes where it is left."""

    def __init__(self, session: Session, panes: Panes, settings: Settings) -> None:
        self._session = session
        self._panes = panes
        self._settings = settings
        self._project = str(session.store.path or "")
        self._soon = QTimer(panes, singleShot=True, interval=0)
        self._soon.timeout.connect(self.keep)

    def open(self) -> None:
        """The article the first pane was left at, otherwise the first one of the project."""
        store = self._session.store
        kept, first = self._settings.place(self._project), picking.first_article(store)
        if kept and read.is_there(store, "article", kept.article):
            self._session.open_article(ArticleId(kept.article), kept.caret)
            self._scroll_to(kept.top)
        elif first:
            self._session.open_article(first)
        self._panes.active.view.setFocus()

    def open_beside(self) -> None:
        """The second pane as the project was left, or where it would open."""
        session = self._session
        self._panes.share_out(self._settings.share(self._project))
        kept = self._settings.beside(self._project)
        if kept is None or not read.is_there(session.store, "article", kept[0].article):
            return
        left, state = kept
        first, place = session.pane, Focus(ArticleId(left.article), left.caret)
        if state == "closed":
            session.closed = place
            return
        session.split(place)
        self._scroll_to(left.top)
        if state == "open":
            session.turn_to(first)
        self._panes.active.view.setFocus()

    def _scroll_to(self, offset: int) -> None:
        """Bring the line that was uppermost there again: what is opened shows some lines above its caret."""
        self._panes.active.view.restore_place((offset, 0 if offset else -TOP))

    def keep(self) -> None:
        """Note where the analyst is, for the next start, whatever ends this one."""
        settings, project, closed = self._settings, self._project, self._session.closed
        first, *others = self._panes.all
        if not project or first.article is None:
            return
        settings.keep_place(project, _left(first.article, first.view))
        settings.keep_share(project, self._panes.share)
        for one in others:
            if one.article is not None:
                state: Beside = "at-work" if one is self._panes.active else "open"
                settings.keep_beside(project, _left(one.article, one.view), state)
        if not others and closed is not None and closed.article is not None:
            left = Left(closed.article, closed.offset, closed.offset)
            settings.keep_beside(project, left, "closed")

    def keep_soon(self) -> None:
        """The same with the next event, when what the analyst did is painted."""
        self._soon.start()


def _left(article: ArticleId, view: TextView) -> Left:
    """Where a pane stands; a caret out of view is not looked for again, so it goes to the top line."""
    top, caret, seen = view.place()[0], view.caret(), view.visible_span()
    return Left(article, top, caret if seen.start <= caret <= seen.end else top)
