"""From a loose end to what mends it: a picker over the text, a field, a dialog or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.store import read

if TYPE_CHECKING:
    from annotator.domain.checks import LooseEnd
    from annotator.store.loose_ends import OpenEnd
    from annotator.ui.window import MainWindow

FIELDS = {"write-date": "date", "edit-quote": "quote"}
"""Fixes that are made in the field of an attribute of the mark."""


def tr(words: str) -> str:
    """Words about what mends a loose end in the language of the window."""
    return QCoreApplication.translate("Mending", words)


class Mending:
    """Offers what mends a loose end that was chosen in the list."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def land(self, row: OpenEnd) -> None:
        """Show where it is open, and leave the keys with the text."""
        window, end = self._window, row.end
        if end.mark:
            window.session.go_to(MarkId(end.mark))
        elif end.source:
            window.ways.to_source(end.source)
        elif end.claim and end.fix == "show-board":
            window.ways.to_map(end.claim)
        elif end.claim:
            window.ways.to_claim(end.claim)
        elif end.article:
            window.session.open_article(ArticleId(end.article))
        elif end.link:
            self._show_exhibit(end)
        window.view.setFocus()

    def _show_exhibit(self, end: LooseEnd) -> None:
        """The exhibit at which a link starts."""
        link = read.link(self._window.session.store, LinkId(str(end.link)))
        self._window.ways.to_exhibit(link.origin.id)

    def offer(self, row: OpenEnd) -> None:
        """Go to where it is open, and begin what mends it."""
        window, panels, end = self._window, self._window.panels, row.end
        panels.walk.show(row)
        if end.fix in ("merge-claims", "merge-sources"):
            self._ask_whether_one(row)
        elif end.fix == "show-attacked":
            window.ways.to_source(end.details["attacked"])
        elif end.mark:
            self._offer_at_mark(end)
        elif end.fix == "show-board":
            panels.map.setFocus()
        elif end.fix == "write-sentence" and end.claim:
            panels.claims.write_next(end.claim)
        elif end.fix == "edit-source" and end.source:
            panels.sources.edit(end.source)
        elif end.fix == "choose-outlet" and end.article:
            window.commands.edit_details(end.article)
        elif end.link:
            panels.exhibits.setFocus()

    def _offer_at_mark(self, end: LooseEnd) -> None:
        window = self._window
        if end.fix in FIELDS:
            window.ways.to_value(FIELDS[end.fix])
        elif end.fix in ("edit-mention", "edit-attributes"):
            window.ways.to_values()
        elif end.link and end.fix == "write-note":
            window.viewing.note_link(end.link)
        elif end.fix == "edit-link":
            window.ways.to_links()
        elif end.fix == "relabel":
            window.say(tr("The key of another label changes it."))
        elif end.fix == "carry-mark" and end.mark:
            window.versions.review_mark(ArticleId(end.details["newer"]), MarkId(end.mark))
        else:
            window.hands.offer(end.fix)

    def _ask_whether_one(self, row: OpenEnd) -> None:
        """Ask whether two that look alike are one; which of them stays is chosen there."""
        from annotator.ui.dialogs.alike import AlikeDialog

        window, panels, end = self._window, self._window.panels, row.end
        dialog = AlikeDialog(window.session.store, window.look, window, end)
        if dialog.exec():
            if end.claim:
                window.ways.to_claim(dialog.kept)
                panels.claims.acts.merge(PropositionId(dialog.kept), PropositionId(dialog.other))
            else:
                window.ways.to_source(dialog.kept)
                panels.sources.acts.merge(SourceId(dialog.kept), SourceId(dialog.other))
        elif dialog.reason is not None:
            panels.loose_ends.dismiss(row, dialog.reason)
