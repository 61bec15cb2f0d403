"""A claim's page: when it was first said, how it stands to others, how its wordings differ."""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.ids import PropositionId
from annotator.domain.model import Mention, Proposition, PropositionLink, Ref
from annotator.domain.scheme import done_by
from annotator.domain.wording import Piece, difference, is_one_wording
from annotator.store import lists, read
from annotator.store.lists import MarkRow
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.panels.judged_page import JudgedPage
from annotator.ui.panels.mention_fields import MentionFields
from annotator.ui.panels.words import count_of_marks, stance_name, value_name
from annotator.ui.theme import Theme

MOST = 50
"""How many wordings are shown."""
_STYLES = {"same": "{}", "gone": "<s>{}</s>", "new": "<b><u>{}</u></b>"}
"""How words look that only one of two wordings has: struck out, or underlined."""


def tr(words: str) -> str:
    """Words of the page in the language of the window."""
    return QCoreApplication.translate("ClaimPage", words)


class _Relation(NamedTuple):
    """A link to another claim, in words."""

    link: str
    words: str
    other: PropositionId
    text: str


class _Asked(NamedTuple):
    """The claim that is to be shown, and the mention of it that is to be first, where one is."""

    claim: PropositionId | None = None
    mention: Mention | None = None


class ClaimPage(JudgedPage):
    """One claim: facts about it and its wordings, with links to marks and other claims."""

    mark_asked = Signal(str)
    claim_asked = Signal(str)
    unrelate_asked = Signal(str)
    """A link between claims that shall go."""
    mention_edited = Signal(str, str, object)
    """A mention, which of its fields, and the value."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.judged.closed.connect(self.setFocus)
        self._asked = self._shown = _Asked()
        self._html = ""
        self.words = QTextBrowser()
        self.words.setAccessibleName(tr("The claim and its wordings"))
        self.words.setOpenLinks(False)
        self.words.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.words.anchorClicked.connect(self._follow)
        self.fields = MentionFields()
        self.fields.setContentsMargins(8, 4, 8, 0)
        self.fields.hide()  # until a mention is shown: empty boxes would stand there at first sight
        self.fields.edited.connect(self._edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fields)
        column.addWidget(self.judged)
        column.addWidget(self.words, 1)
        self.main_part = self.words

    def set_look(self, look: Theme) -> None:
        """Wear another theme; links have the colour that the one had in which the page was set."""
        self.judged.set_theme(look)
        self.words.setHtml(self._html)

    def show_claim(self, claim: PropositionId | None, mention: Mention | None) -> None:
        """Show a claim, or none, as soon as it is read; a mention of it can be changed and is judged."""
        self._asked = _Asked(claim, mention)
        if claim is None:
            self._reader.cancel()
            self._show("")
        else:
            self._reader.look_up(partial(_page, claim=claim, first=mention.id if mention else ""))

    def _show_late(self) -> None:
        claim = self._asked.claim
        if claim is not None:
            reading = tr("Reading its wordings…")
            self._show(self._html if claim == self._shown.claim else _sentence(self._store, claim, reading))

    def _show_refused(self, error: UserError) -> None:
        if self._asked.claim is not None:
            self._show(_sentence(self._store, self._asked.claim, tr("Its wordings could not be read.")))
        self.refused.emit(error)

    def _show(self, page: str) -> None:
        """Show a page as HTML; an empty one where the claim is gone."""
        claim, mention = self._shown = self._asked
        self.fields.setVisible(mention is not None)
        if mention is not None:
            self.fields.show_mention(mention, read.scheme(self._store))
        judged = Ref("mention", mention.id) if mention else Ref("proposition", claim or "")
        self.judged.show_target(judged if page else None)
        if page != self._html:
            self._html = page
            self.words.setHtml(page)

    def _edit(self, field: str, value: object) -> None:
        if self._shown.mention is not None:
            self.mention_edited.emit(self._shown.mention.id, field, value)

    def _follow(self, url: QUrl) -> None:
        table, _, row = url.toString().partition(":")
        asked = {"mark": self.mark_asked, "claim": self.claim_asked, "unrelate": self.unrelate_asked}
        asked[table].emit(row)


def _page(store: Store, claim: PropositionId, first: str) -> str:
    """The page as HTML, one mention before the others; all that is data is escaped."""
    found = read.by_ids(store, Proposition, [claim])
    return "".join(_parts(store, found[0], first)) if found else ""


def _parts(store: Store, node: Proposition, first: str) -> Iterator[str]:
    mentions = read.records(store, Mention, "proposition = ?", (node.id,), limit=MOST)
    mentions.sort(key=lambda one: one.id != first)
    linked = lists.done_by_links(store, node.id, MOST)
    rows = lists.marks_of(store, [one.mark for one in mentions] + [mark for mark, _ in linked])
    said = lists.first_said(store, [node.id]).get(node.id)
    yield _head(
        node,
        tr("first said {date}").format(date=said) if said else "",
        tr("stands in no article") if not mentions else count_of_marks(len(mentions)),
        tr("{count} more by links").format(count=len(linked)) if linked else "",
    )
    yield from map(_related, _relations(store, node.id))
    for one in mentions:
        if row := rows.get(one.mark):
            yield _wording(node.text, row, done_by(row.label, one.stance))
    for mark, stance in linked:
        if row := rows.get(mark):
            yield _wording(node.text, row, stance, tr("by its link"))


def _sentence(store: Store, claim: PropositionId, remark: str) -> str:
    """What stands there without the wordings."""
    found = read.by_ids(store, Proposition, [claim])
    return _head(found[0], remark) if found else ""


def _head(node: Proposition, *facts: str) -> str:
    known = (*facts, *(part or "" for part in (node.place, node.time, node.topic, node.note)))
    return f"<p><b>{_safe(node.text)}</b></p><p>{_safe(' · '.join(filter(None, known)))}</p>"


def _relations(store: Store, claim: PropositionId) -> Iterator[_Relation]:
    """How the claim stands to others, in either direction."""
    links = read.records(store, PropositionLink, "origin = ?1 OR target = ?1", (claim,), limit=MOST)
    kinds = {row["id"]: row for row in read.scheme(store).data.get("proposition_link_kinds", ())}
    ids = [one.target if one.origin == claim else one.origin for one in links]
    nodes = {one.id: one for one in read.by_ids(store, Proposition, ids)}
    for link, other in zip(links, ids, strict=True):
        kind = kinds.get(link.kind, {})
        name = kind.get("name", value_name(link.kind))
        if link.origin == claim or kind.get("symmetric"):
            words = name
        else:
            words = tr("the other one {kind} this").format(kind=name)
        yield _Relation(link.id, words, other, nodes[other].text if other in nodes else "…")


def _related(one: _Relation) -> str:
    away = _safe(tr("undo this link"))
    return (
        f'<p>{_safe(one.words)}: <a href="claim:{one.other}">{_safe(one.text)}</a>'
        f' &nbsp;<a href="unrelate:{one.link}">× {away}</a></p>'
    )


def _wording(sentence: str, row: MarkRow, stance: str, how: str = "") -> str:
    """A wording against the sentence of the claim: what it leaves out struck, what it adds underlined.

    As it stands where it has little in common with the sentence. how: what makes it one of the claim.
    """
    pieces = difference(sentence, row.quote)
    words = " ".join(map(_piece, pieces)) if is_one_wording(pieces) else _safe(row.quote)
    who = f"{row.source or '?'} {stance_name(stance)}"
    where = " · ".join(filter(None, (row.article_title, handle("mark", row.number), how)))
    return f'<p><a href="mark:{row.id}">{_safe(who)}</a>: {words}<br><small>{_safe(where)}</small></p>'


def _piece(piece: Piece) -> str:
    return _STYLES[piece.fate].format(_safe(piece.words))


def _safe(text: str) -> str:
    return html.escape(" ".join(text.split()))
