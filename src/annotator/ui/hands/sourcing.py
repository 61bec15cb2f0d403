"""Hands on sources: the picker that says who speaks and through whom."""

from __future__ import annotations

import re
from typing import Literal

from annotator.domain.ids import MarkId, SourceId
from annotator.domain.paragraphs import line_bounds, paragraph_at, stretch_at
from annotator.domain.spans import Span
from annotator.store import edits, picking, read
from annotator.ui.hands.desk import Desk, tr
from annotator.ui.hands.floating import Floating

Role = Literal["speaker", "relay", "possible"]
"""What a source is to a mark: who says it, through whom it came, or who else may have said it."""

UNCLEAR = "unclear_attribution"
"""The flag of a mark whose source is not certain."""
_WRITTEN = re.compile(r"\S")
_DOCUMENTS = ("report", "study", "survey", "document", "record", "statement", "letter", "memo", "log", "post")
_FORUMS = ("session", "meeting", "hearing", "summit", "conference", "talks", "trial", "forum")
_OUTLETS = frozenset(
    ("Courier", "Daily", "Gazette", "Guardian", "Herald", "News", "Post", "Radio", "Times", "Tribune")
)
_ORGANISATIONS = ("Ministry", "Council", "Office", "Agency", "Institute", "Committee", "Company", "Group")


class Sourcing:
    """Opens the picker for the mark in hand and writes what is taken there."""

    def __init__(self, desk: Desk, floating: Floating) -> None:
        self._desk = desk
        self._floating = floating
        self._wants_relay = False

    def pick(self, role: Role = "speaker") -> None:
        """Ask who says the held mark, through whom it came, or who else may say it."""
        from annotator.domain.introducing import without_titles
        from annotator.domain.naming import names_called
        from annotator.ui.dialogs.source_picker import SourcePicker

        desk, mark = self._desk, self._desk.held_mark()
        if mark is None:
            desk.ask_for_mark()
            return
        start = mark.spans[0].start
        words, place = _with_speakers(desk.text, start)
        last = picking.last_source(desk.store)
        beside = picking.speakers_beside(desk.store, mark, paragraph_at(desk.text, start))
        offered = picking.offered_sources(desk.store, mark.article, words, place, beside)
        if role != "speaker":
            chain = {step.source for step in mark.attribution}
            last = None if last in chain else last
            offered = [row for row in offered if isinstance(row, str) or row.id not in chain]
        picker = SourcePicker(
            self._floating.look,
            self._floating.over,
            scheme=read.scheme(desk.store),
            entries=offered,
            search=lambda typed: picking.sources_for(desk.store, typed),
            names=lambda typed: without_titles(names_called(desk.text, typed, start)),
            last=picking.source_row(desk.store, last) if last else None,
            title=_question(role),
        )
        picker.taken.connect(lambda source: self._take(mark.id, SourceId(source), role))
        picker.created.connect(lambda name: self._create(mark.id, name, role))
        picker.relay_wanted.connect(self._want_relay)
        picker.closed.connect(self._on_closed)
        self._floating.open(picker, self._floating.near(mark.spans[-1].end))

    def _want_relay(self) -> None:
        self._wants_relay = True

    def _on_closed(self) -> None:
        if self._wants_relay:
            self._wants_relay = False
            self.pick("relay")

    def _take(self, mark: MarkId, source: SourceId, role: Role) -> None:
        self._desk.guarded(lambda: self._write(mark, source, role))

    def _write(self, mark: MarkId, source: SourceId, role: Role) -> None:
        """Store a source as what it is to a mark; where there may be two, the source is unclear."""
        store = self._desk.store
        if role == "speaker":
            edits.set_source(store, mark, source)
        elif role == "relay":
            edits.add_relay(store, mark, source)
        else:
            flags = read.mark(store, mark).flags
            known = UNCLEAR in read.scheme(store).flags and UNCLEAR not in flags
            edits.edit_mark(store, mark, possible_source=source, flags=(*flags, UNCLEAR) if known else flags)

    def _create(self, mark: MarkId, name: str, role: Role) -> None:
        from annotator.domain.introducing import role_of

        desk = self._desk

        def act() -> None:
            said = role_of(desk.text, name, read.mark(desk.store, mark).spans[0].start)
            with desk.store.operation("set-source", mark=mark, title=name):
                self._write(mark, find_or_add(desk, name, said), role)

        desk.guarded(act)

    def from_words(self, span: Span) -> None:
        """The selected words name the source of the mark in hand."""
        from annotator.domain.introducing import parted

        desk, mark = self._desk, self._desk.held_mark()
        if mark is None:
            desk.notice.emit(tr("Take a mark in hand first, then select the words that name its source."))
            return
        name, title = parted(" ".join(desk.text[span.start : span.end].split()))

        def act() -> None:
            with desk.store.operation("set-source", mark=mark.id, title=name):
                source = find_or_add(desk, name, title)
                before = read.mark(desk.store, mark.id).attribution
                edits.set_source(desk.store, mark.id, source)
                chain = read.mark(desk.store, mark.id).attribution
                step = chain[0]._replace(mention=(span,))
                edits.set_attribution(desk.store, mark.id, (step, *before[1:]), "set-source")

        desk.guarded(act)
        desk.drop_selection()


def _question(role: Role) -> str:
    """What the picker asks."""
    if role == "speaker":
        return tr("Who says it?")
    return tr("Through whom?") if role == "relay" else tr("Who else may say it?")


def _with_speakers(text: str, offset: int) -> tuple[str, int]:
    """The stretch that holds an offset, and where in it; with the next paragraph where it names nobody.

    A headline is such a paragraph: who says it stands in the lead.
    """
    from annotator.domain.naming import names_in

    start, end = stretch_at(text, offset)
    words, place = text[start:end], offset - start
    following = _WRITTEN.search(text, line_bounds(text, offset)[1])
    if following and not names_in(words, place):
        lead = stretch_at(text, following.start())
        return f"{words}\n{text[lead.start : lead.end]}", len(words) + 1
    return words, place


def find_or_add(desk: Desk, name: str, role: str | None = None) -> SourceId:
    """The source with exactly this name, or a new one of the kind that its name or a role suggests."""
    return edits.find_or_add_source(desk.store, name, "person" if role else kind_of(name), role)


def kind_of(name: str) -> str:
    """The kind of source a new name suggests; the form of the source corrects it."""
    from annotator.domain.source_kinds import NAMELESS_KINDS
    from annotator.domain.speakers import name_words

    folded = name.casefold()
    if folded in NAMELESS_KINDS:
        return folded
    if name.removeprefix("the ").removeprefix("The ") in name_words().states:
        return "state"
    head = _head(name)
    if head in _DOCUMENTS or head in _FORUMS:
        return "document" if head in _DOCUMENTS else "group"
    if not _OUTLETS.isdisjoint(name.split()):
        return "outlet"
    if any(word in name for word in _ORGANISATIONS) or (name.isupper() and " " not in name):
        return "organisation"
    return "anonymous" if name[:1].islower() else "person"


def _head(name: str) -> str:
    """The noun a description turns on: “report” in “the leaked report of the council”, nothing of a name."""
    words = name.partition(" of ")[0].partition(" by ")[0].split()
    if not words:
        return ""
    return words[0].casefold() if len(words) == 1 else words[-1]
