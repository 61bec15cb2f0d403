"""Two real articles labelled in the window, from an empty project to the judgements, as data says."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from annotator.domain.ids import ArticleId, ExhibitId, MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store import lists, read
from annotator.store.loose_ends import OpenEnd, open_ends_of
from annotator.ui.dialogs.article_form import ArticleForm
from annotator.ui.dialogs.exhibit_form import ExhibitForm
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.dialogs.judging import JudgingDialog
from annotator.ui.dialogs.link_form import LinkForm
from annotator.ui.dialogs.source_form import SourceForm
from annotator.ui.panels.mark_values import FIRST_FLAGS, Folded, Several
from annotator.ui.panels.parts import TickBox
from annotator.ui.panels.words import value_name
from annotator.ui.window import MainWindow
from tests import LIMIT_MS
from tests.flows.analyst import CTRL, settle
from tests.flows.article_claims import CLAIMS, JUDGEMENTS, MENTIONS, REGIONS, RELATIONS, Judged, Said
from tests.flows.article_links import GROUNDS, LINKS, Drawn
from tests.flows.article_marks import MARKS, Row
from tests.flows.article_sources import EXHIBITS, SOURCES
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.flows.swift import Swift

Key = Qt.Key
D = TypeVar("D", bound=Dialog)
W = TypeVar("W", bound=QWidget)
BY_HAND = 30
"""So many marks, and links among them, are entered by letters and by mouse; then `Swift` goes on."""
FLAG_WORDS = {"unclear_attribution": "Source unclear", "unclear_target": "Target unclear"}


class Labelling:
    """The work of one analyst on one project; what was made is found by the keys of the data."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.store = window.session.store
        self.keyboard, self.pointer, self.swift = Keyboard(window), Pointer(window), Swift(window)
        self.articles: list[ArticleId] = [row.id for row in lists.articles(self.store)]
        self.sources: dict[str, SourceId] = {}
        self.marks: dict[str, MarkId] = {}
        self.claims: dict[str, PropositionId] = {}
        self.exhibits: dict[str, ExhibitId] = {}

    def work(self) -> None:
        """All of it: who speaks, what is said, which claims, links, exhibits and judgements."""
        self.register_sources()
        self.describe_articles()
        for place, (key, row) in enumerate(MARKS.items()):
            self.open(row.article)
            self.marks[key] = self.enter(place, row)
            self.complete(self.marks[key], row)
        for article, span, kind in REGIONS:
            self.open(article)
            self.swift.call(Span(*span), kind)
        for said in MENTIONS:
            self.say(said)
        for place, link in enumerate(LINKS):
            self.draw(place, link)
        for relation in RELATIONS:
            self.relate(*relation)
        self.show_exhibits()
        for judged in JUDGEMENTS:
            self.judge(judged)

    def open(self, article: int) -> None:
        if self.window.session.focus.article != self.articles[article]:
            self.window.session.open_article(self.articles[article])
            settle()

    def register_sources(self) -> None:
        for key, who in SOURCES.items():
            form = SourceForm(self.window.session, self.window.look, self.window)
            form.name.setText(who.name)
            form.kind.setCurrentIndex(form.kind.findData(who.kind))
            for line, value in (
                (form.role, who.role),
                (form.country, who.country),
                (form.aliases, "; ".join(who.aliases)),
                (form.anonymity, who.anonymity),
                *(
                    (line, SOURCES[other].name)
                    for line, other in (
                        (form.affiliation, who.affiliation),
                        (form.author, who.author),
                        (form.publisher, who.publisher),
                    )
                    if other
                ),
            ):
                line.setText(value)
            self.accept(form)
            assert form.source is not None
            self.sources[key] = form.source

    def describe_articles(self) -> None:
        """The first has a title, and says for whom it was written; the second has neither."""
        text = read.text(self.store, self.articles[0])
        for article, title, outlet in (
            (self.articles[0], text[: text.index("\n")], SOURCES["radio"].name),
            (self.articles[1], "", ""),
        ):
            form = ArticleForm(self.window.session, article, self.window.look, self.window)
            form.fields["title"].setText(title)
            form.fields["outlet"].setText(outlet)
            wait_for(lambda form=form: form.is_settled)
            self.accept(form)

    def accept(self, form: Dialog) -> None:
        form.accept()
        assert not form.remark.text, form.remark.text
        form.deleteLater()

    def enter(self, place: int, row: Row) -> MarkId:
        """Select from the first to the last piece, label, say who, and cut the holes out."""
        spans = tuple(Span(*span) for span in row.spans)
        if row.twin:
            self.swift.take(self.marks[row.twin])
            self.swift.press(Key.Key_C)
            mark = self.swift.held
            self.swift.reshape(mark, spans)
            return mark
        hand = self.hand_for(place, row)
        names = [SOURCES[key].name for key in (row.source, *row.via) if key and not row.again]
        hull = Span(spans[0].start, spans[-1].end)
        mark = hand.mark_words(hull, row.label, names[0] if names else None, names[1:])
        if row.again:
            self.swift.press(Key.Key_Period)
        for before, after in pairwise(spans):
            gap = hand.text[before.end : after.start]
            start = before.end + len(gap) - len(gap.lstrip())
            hand.cut(Span(start, start + len(gap.strip())))
        return mark

    def hand_for(self, place: int, row: Row) -> Keyboard | Pointer:
        """Keys and mouse in turn; the mouse would take over the cue of a mark by the same source before."""
        if place >= BY_HAND or row.again or row.source is None:
            return self.swift
        before = list(MARKS.values())[place - 1]
        is_like_before = (before.label, before.source) == (row.label, row.source)
        return self.pointer if place % 2 and not is_like_before else self.keyboard

    def complete(self, mark: MarkId, row: Row) -> None:
        """The words around a mark, who else may say it, values and flags."""
        swift = self.swift
        for spans, key, relay in (
            (row.cue, Key.Key_W, False),
            (row.named, Key.Key_A, False),
            (row.relay_cue, Key.Key_W, True),
            (row.relay_named, Key.Key_A, True),
            (row.hedges, Key.Key_H, False),
            ((row.when,) if row.when else (), Key.Key_K, False),
        ):
            for span in spans:
                swift.words(mark, span, key, relay=relay)
        swift.take(mark)
        if row.possible:
            swift.else_said_by(SOURCES[row.possible].name)
        for name, value in row.values.items():
            if isinstance(value, str):
                self.set_value(name, value)
            else:
                self.tick(self.name_of(name), value)
        for flag in row.flags:
            self.flag(flag)

    def set_value(self, name: str, value: str) -> None:
        """Choose a value of the mark in hand, or write it."""
        if self.swift.mark().attributes.get(name) == value:
            return
        words = self.name_of(name)
        for folded in (one for one in self.fields(Folded) if one.accessibleName() == words):
            folded.menu().aboutToShow.emit()
            next(one for one in folded.menu().actions() if one.data() == value).trigger()
            return
        boxes = [box for box in self.fields(QComboBox) if box.accessibleName() == words]
        if boxes:
            choose(boxes[0], value)
            return
        (line,) = [line for line in self.fields(QLineEdit) if line.objectName() == name]
        line.setText(value)
        line.editingFinished.emit()

    def tick(self, words: str, values: tuple[str, ...]) -> None:
        """Let exactly these of several values be ticked."""
        while True:
            (several,) = [one for one in self.fields(Several) if one.accessibleName() == words]
            wanted = {value_name(value) for value in values}
            wrong = [one for one in several.menu().actions() if one.isChecked() != (one.text() in wanted)]
            if not wrong:
                return
            wrong[0].trigger()

    def flag(self, flag: str) -> None:
        mark = self.swift.mark()
        if flag in mark.flags:
            return
        if flag in FIRST_FLAGS:
            words = FLAG_WORDS.get(flag, "Source implicit")
            next(box for box in self.fields(TickBox) if box.text() == words).click()
        else:
            self.tick("Other flags", (*(one for one in mark.flags if one not in FIRST_FLAGS), flag))

    def fields(self, kind: type[W]) -> list[W]:
        """The fields of the page of the mark in hand."""
        panel = self.window.panels.mark
        panel.refresh()
        return [
            one
            for row in panel.page.values.rows
            for one in (row, *row.findChildren(kind))
            if isinstance(one, kind)
        ]

    def name_of(self, attribute: str) -> str:
        return read.scheme(self.store).attributes[attribute].name

    def say(self, said: Said) -> None:
        """Put a mark under its claim, made with its sentence where it is the first."""
        self.swift.take(self.marks[said.mark])
        self.swift.join(self.claims.get(said.claim), CLAIMS[said.claim])
        mention = read.mentions_of(self.store, self.marks[said.mark])[-1]
        self.claims[said.claim] = mention.proposition
        if said.stance and said.stance != mention.stance:
            choose(self._field(f"What the mark does to “{CLAIMS[said.claim]}”"), said.stance)
        if said.certainty:
            choose(self._field(f"How certainly it does so: “{CLAIMS[said.claim]}”"), said.certainty)

    def _field(self, name: str) -> QComboBox:
        """A choice about one of the claims of the mark in hand, by what it is called."""
        panel = self.window.panels.mark
        panel.refresh()
        rows = panel.page.claims.rows
        (box,) = [box for row in rows for box in row.findChildren(QComboBox) if box.accessibleName() == name]
        return box

    def draw(self, place: int, link: Drawn) -> None:
        """Draw a link, and note what there is to be noted about it."""
        start = self.marks[link.start]
        table, _, key = link.end.rpartition(":")
        by_hand = place < BY_HAND and not table and {link.start, link.end} <= set(list(MARKS)[:BY_HAND])
        hand = (self.keyboard, self.pointer)[place % 2] if by_hand else self.swift
        if by_hand:
            self.open(MARKS[link.start].article)
        hand.take(start)
        if table == "source":
            self.swift.link_to(link.kind, Ref("source", self.sources[key]), SOURCES[key].name)
        elif table == "claim":
            self.swift.link_to(link.kind, Ref("proposition", self.claims[key]), CLAIMS[key])
        else:
            hand.link(link.kind, self.marks[key])
        assert not hand.notice, (link, hand.notice)
        if link.how or link.inferred or link.note:
            self.note(start, link)

    def note(self, start: MarkId, link: Drawn) -> None:
        found = max(row.link for row in lists.links(self.store, [start]) if row.link and row.outward)
        form = LinkForm(self.window.session, self.window.look, self.window, found)
        if link.how:
            form.how.setCurrentIndex(form.how.findData(link.how))
        form.inferred.setChecked(link.inferred)
        form.note.setPlainText(link.note)
        self.accept(form)

    def relate(self, start: str, kind: str, end: str) -> None:
        """Say how a claim stands to another one, in the panel of claims."""
        claims = self.window.panels.claims
        self.window.ways.to_claim(self.claims[start])
        claims.acts.ask_relation()
        assert claims.acts.menu is not None
        kinds = [row["id"] for row in read.scheme(self.store).data["proposition_link_kinds"]]
        claims.acts.menu.actions()[kinds.index(kind)].trigger()
        claims.acts.menu.close()
        self.take_found(Ref("proposition", self.claims[end]), CLAIMS[end])

    def take_found(self, end: Ref, words: str) -> None:
        self.swift.search.field.setText(words)
        entry = self.swift.entry(lambda entry: entry.value == end)
        assert entry is not None, words
        self.swift.choices.take(entry)
        settle()

    def show_exhibits(self) -> None:
        """Exhibits by their form, and what each is a ground of."""
        self.window.arrangement.bring("exhibits")
        panel = self.window.panels.exhibits
        for key, about in EXHIBITS.items():
            form = ExhibitForm(self.window.session, self.window.look, self.window)
            form.title.setText(about["title"])
            form.captured.setText(about["captured"])
            form.note.setPlainText(about.get("note", ""))
            self.accept(form)
            assert form.exhibit is not None
            self.exhibits[key] = form.exhibit
        for exhibit, kind, mark in GROUNDS:
            panel.stand_on(self.exhibits[exhibit])
            panel.link(kind)
            self.take_found(Ref("mark", self.marks[mark]), self.swift.words_of(self.marks[mark]))

    def judge(self, judged: Judged) -> None:
        """Choose a value on a scale and say why."""
        dialog = JudgingDialog(self.window.session, self.window.look, self.window, [self.judged(judged)])
        dialog.show()
        settle()
        row = dialog.strip.rows[judged.scale]
        choose(row.values, judged.value)
        row.reason.setText(judged.reason)
        row.commit()
        self.accept(dialog)

    def judged(self, judged: Judged) -> Ref:
        tables: Mapping[str, Callable[[], Ref]] = {
            "claim": lambda: Ref("proposition", self.claims[judged.of]),
            "source": lambda: Ref("source", self.sources[judged.of]),
            "article": lambda: Ref("article", self.articles[int(judged.of)]),
            "mention": lambda: Ref("mention", self.mention(*judged.of.split())),
        }
        return tables[judged.table]()

    def mention(self, mark: str, claim: str) -> str:
        found = read.mentions_of(self.store, self.marks[mark])
        return next(one.id for one in found if one.proposition == self.claims[claim])

    def call_done(self) -> None:
        """The first pass of both articles is over; who printed the second nobody can say."""
        for article in self.articles:
            self.window.session.open_article(article)
            self.swift.press(Key.Key_Return, CTRL)
        self.window.arrangement.bring("loose-ends")
        found: list[OpenEnd] = []

        def is_found() -> bool:
            found[:] = open_ends_of(self.store, "article_without_outlet", quiet=False, limit=2)
            return bool(found)

        wait_for(is_found)
        self.window.panels.loose_ends.dismiss(found[0], "the text came without it")


def choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def wait_for(is_there: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(LIMIT_MS)
    while not is_there():
        assert not deadline.hasExpired()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
