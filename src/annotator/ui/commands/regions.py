"""Selected words are a title, a dateline, a subhead…: no running text, and nobody's claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.ids import ArticleId
from annotator.domain.model import Region
from annotator.domain.paragraphs import paragraph_at
from annotator.domain.spans import Span
from annotator.store import edits, read
from annotator.ui.commands.project import tr

if TYPE_CHECKING:
    from annotator.ui.hands.desk import Desk
    from annotator.ui.window import MainWindow


def ask_region(window: MainWindow) -> None:
    """Ask what the selected words are, or the paragraph at the caret where none are selected."""
    from annotator.ui.dialogs.choices import Entry
    from annotator.ui.dialogs.popup import ListPopup
    from annotator.ui.hands.sourcing import near
    from annotator.ui.panels.words import region_name

    desk = window.hands.desk
    span = _words(desk)
    if desk.article is None or span is None:
        desk.notice.emit(tr("Select the words first, or put the caret into their paragraph."))
        return
    article = desk.article
    now = {one.kind for one in read.article(desk.store, article).regions if one.span == span}
    scheme = read.scheme(desk.store)
    entries = [
        Entry(region_name(scheme, kind), kind, key=str(place), right=tr("now") if kind in now else "")
        for place, kind in enumerate(scheme.data.get("region_kinds", ()), start=1)
    ]
    entries.append(Entry(tr("running text"), "", key="0"))
    popup = ListPopup(window.look, window.stage, tr("These words are…"), entries)
    popup.chosen.connect(lambda kind: _call(desk, article, span, str(kind)))
    window.hands.offering.open(popup, near(desk, window.stage, span.start))


def _words(desk: Desk) -> Span | None:
    """What is selected, or the paragraph at the caret without blanks around it; None where that is blank."""
    selected = desk.selected()
    start, end = selected[0] if selected else paragraph_at(desk.text, desk.view.caret())
    words = desk.text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _call(desk: Desk, article: ArticleId, span: Span, kind: str) -> None:
    """Give words a kind instead of those that overlap them; an empty one makes them running text."""
    from annotator.ui.panels.words import value_name

    others = [
        one
        for one in read.article(desk.store, article).regions
        if one.span.end <= span.start or one.span.start >= span.end
    ]
    made = [Region(kind, span)] if kind else []

    def act() -> bool:
        edits.edit_article(desk.store, article, regions=tuple(sorted([*others, *made], key=_place)))
        return True

    if desk.guarded(act):
        desk.drop_selection()
        name = value_name(kind) if kind else tr("running text")
        words = " ".join(desk.text[span.start : span.end].split())
        desk.notice.emit(tr("“{words}” is {kind} now.").format(words=words, kind=name))


def _place(region: Region) -> Span:
    return region.span
