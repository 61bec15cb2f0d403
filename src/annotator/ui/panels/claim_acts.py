"""What is done with claims that are there: made one, split, moved between, linked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QMenu

from annotator.domain.ids import MentionId, PropositionId
from annotator.domain.model import Proposition, PropositionLink
from annotator.domain.sentences import filled
from annotator.store import edits, lists, read
from annotator.store.lists import ClaimRow
from annotator.ui.dialogs.popups import TargetSearch
from annotator.ui.dialogs.target_search import Found

if TYPE_CHECKING:
    from annotator.store.store import Store
    from annotator.ui.panels.claims import ClaimsPanel


def tr(words: str) -> str:
    """Words about claims in the language of the window."""
    return QCoreApplication.translate("ClaimsPanel", words)


class ClaimActs:
    """Acts on what the panel stands on or has selected, and asks for another claim where it takes two."""

    def __init__(self, panel: ClaimsPanel) -> None:
        self._panel = panel
        self._store = panel.store
        self.search: TargetSearch | None = None
        self.menu: QMenu | None = None

    def ask_same(self) -> None:
        """Ask which claim the current one is the same as."""
        claim = self._panel.current()
        if claim is not None:
            title = filled(tr("“{claim}” is the same as…"), {"claim": claim.text})
            self._ask_claim(claim, title, "same-claim", lambda other: self.merge(other, claim.id))

    def ask_relation(self) -> None:
        """Ask how the current claim stands to another, and to which."""
        claim = self._panel.current()
        if claim is None:
            return
        menu = QMenu(self._panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in read.scheme(self._store).data.get("proposition_link_kinds", ()):
            name, kind = row.get("name", row["id"]), row["id"]
            menu.addAction(name).triggered.connect(partial(self._ask_end, claim, kind, name))
        self.menu = menu
        button = self._panel.buttons["link"]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask_end(self, claim: ClaimRow, kind: str, name: str) -> None:
        title = filled(tr("“{claim}” {kind}…"), {"claim": claim.text, "kind": name})
        relate = partial(edits.relate_propositions, self._store, claim.id, kind)
        self._ask_claim(claim, title, "link", lambda other: self._panel.guarded(lambda: relate(other)))

    def unrelate(self, link: str) -> None:
        """Take a link between two claims away."""
        self._panel.guarded(lambda: edits.delete_record(self._store, PropositionLink, link))

    def ask_move(self) -> None:
        """Ask to which claim the selected marks belong."""
        claim, mentions = self._panel.current(), self._panel.tree.chosen()
        if not mentions:
            self._panel.tells_link()
        elif claim is not None:
            title = tr("These marks speak to…")
            self._ask_claim(claim, title, "move", lambda other: self.move_mentions(mentions, other))

    def move_mentions(self, mentions: Sequence[MentionId], claim: PropositionId) -> None:
        """Put marks under another claim than they are under, in one step."""

        def act() -> None:
            with self._store.operation("move-mentions", proposition=claim):
                for mention in mentions:
                    edits.edit_mention(self._store, mention, proposition=claim)

        self._panel.guarded(act)

    def split_chosen(self) -> None:
        """Give the selected marks a claim of their own, whose sentence is written next."""
        claim, mentions, row = self._panel.current(), self._panel.tree.chosen(), self._panel.current_mark()
        if claim is None or (not mentions and self._panel.tells_link()):
            return
        words = row.quote if row else ""
        node = self._panel.guarded(lambda: edits.split_proposition(self._store, claim.id, mentions, words))
        if node is not None:
            self._panel.write_next(node)

    def _ask_claim(
        self, claim: ClaimRow, title: str, button_name: str, take: Callable[[PropositionId], object]
    ) -> None:
        """Ask for another claim."""

        def others(store: Store, text: str) -> Sequence[Found]:
            return [one for one in lists.claims(store, text=text, limit=20) if one.id != claim.id]

        search = TargetSearch(
            self._panel.look,
            self._panel.window(),
            store=self._store,
            search=others,
            recent=others(self._store, ""),
            title=title,
        )
        search.taken.connect(lambda end: take(PropositionId(end.id)))
        button = self._panel.buttons[button_name]
        self.search = search
        search.open_at(QRect(button.mapTo(self._panel.window(), button.rect().topLeft()), button.size()))

    def merge(self, kept: PropositionId, other: PropositionId) -> None:
        """Make two claims one, and stand on it."""
        panel, text = self._panel, read.by_id(self._store, Proposition, kept).text
        words = filled(tr("Both are “{claim}” now — undo parts them again."), {"claim": text})
        merge = partial(edits.merge_propositions, self._store, kept, other)
        if panel.telling(lambda: panel.guarded(merge), words):
            panel.stand_on(kept)
