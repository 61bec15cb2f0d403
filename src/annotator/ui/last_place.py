"""Where a project was left: which places stand in its panes, and how the panes share the room."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from annotator.domain.ids import ArticleId
from annotator.store import picking, read
from annotator.store.session import Focus, Session
from annotator.ui.panes import Panes
from annotator.ui.settings import Beside, Settings


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
        if kept and read.is_there(store, "article", kept[0]):
            self._session.open_article(ArticleId(kept[0]), kept[1])
            self._scroll_to(kept[1])
        elif first:
            self._session.open_article(first)
        self._panes.active.view.setFocus()

    def open_beside(self) -> None:
        """The second pane as the project was left, or where it would open."""
        session = self._session
        self._panes.share_out(self._settings.share(self._project))
        kept = self._settings.beside(self._project)
        if kept is None or not read.is_there(session.store, "article", kept[0]):
            return
        first, place = session.pane, Focus(ArticleId(kept[0]), kept[1])
        if kept[2] == "closed":
            session.closed = place
            return
        session.split(place)
        self._scroll_to(kept[1])
        if kept[2] == "open":
            session.turn_to(first)
        self._panes.active.view.setFocus()

    def _scroll_to(self, offset: int) -> None:
        """Bring the line that was uppermost there again; an article that is opened at it shows more above."""
        if offset:
            self._panes.active.view.restore_place((offset, 0))

    def keep(self) -> None:
        """Note where the analyst is, for the next start, whatever ends this one."""
        settings, project, closed = self._settings, self._project, self._session.closed
        first, *others = self._panes.all
        if not project or first.article is None:
            return
        settings.keep_place(project, first.article, first.view.place()[0])
        settings.keep_share(project, self._panes.share)
        for one in others:
            if one.article is not None:
                state: Beside = "at-work" if one is self._panes.active else "open"
                settings.keep_beside(project, one.article, one.view.place()[0], state)
        if not others and closed is not None and closed.article is not None:
            settings.keep_beside(project, closed.article, closed.offset, "closed")

    def keep_soon(self) -> None:
        """The same with the next event, when what the analyst did is painted."""
        self._soon.start()
