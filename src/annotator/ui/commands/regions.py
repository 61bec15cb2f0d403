"""Selected words are a title, a dateline, a subhead…: no running text, and nobody's claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.ids import ArticleId
from annotator.domain.model import Region
from annotator.domain.paragraphs import paragraph_at
from annotator.domain.sentences import filled
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.ui.commands.project import tr

if TYPE_CHECKING:
    from annotator.ui.hands.desk import Desk
    from annotator.ui.window import MainWindow


def ask_region(window: MainWindow, region: Span | None = None) -> None:
    """Ask what the words of a region are, or else the selected ones, or those the caret stands in.

    These are the innermost region at the caret, or its paragraph.
    """
    from annotator.ui.dialogs.choices import Entry
    from annotator.ui.dialogs.list_popup import ListPopup
    from annotator.ui.panels.words import region_name

    desk = window.hands.desk
    span = region or _words(desk)
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
    floating = window.hands.floating
    floating.open(popup, floating.near(span.start))


def _words(desk: Desk) -> Span | None:
    """What is selected or the caret stands in, without blanks around it; None where that is blank."""
    selected, caret = desk.selected(), desk.view.caret()
    known = lists.regions_of(desk.store, desk.article) if desk.article else []
    around = [span for _, span in known if span.start <= caret <= span.end]
    inner = min(around, key=lambda span: span.end - span.start, default=None)
    start, end = selected[0] if selected else inner or paragraph_at(desk.text, caret)
    words = desk.text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _call(desk: Desk, article: ArticleId, span: Span, kind: str) -> None:
    """Give words a kind; an empty one makes them running text.

    A region of another kind stays around or inside them. It goes where it only crosses them, or is
    the same words; and where words become running text that are themselves no region.
    """
    from annotator.ui.panels.words import value_name

    known = read.article(desk.store, article).regions
    is_region = any(one.span == span for one in known)
    others = [one for one in known if _stays(one, Region(kind, span), is_region)]
    made = [Region(kind, span)] if kind else []
    regions = tuple(sorted([*others, *made], key=_place))
    if desk.did(lambda: edits.edit_article(desk.store, article, regions=regions)):
        desk.drop_selection()
        name = value_name(kind) if kind else tr("running text")
        words = " ".join(desk.text[span.start : span.end].split())
        desk.notice.emit(filled(tr("“{words}” is {kind} now."), {"words": words, "kind": name}))


def _stays(one: Region, made: Region, is_region: bool) -> bool:
    """Whether a region stays once words are called something; without a kind they become running text."""
    (start, end), (first, last) = one.span, made.span
    if end <= first or start >= last:
        return True
    is_around, is_inside = start <= first and last <= end, first <= start and end <= last
    return is_around != is_inside and (one.kind != made.kind if made.kind else is_region)


def _place(region: Region) -> Span:
    return region.span
