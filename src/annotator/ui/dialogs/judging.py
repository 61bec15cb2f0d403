"""Judge what is in hand: the claim, the mention of it, who says it, the article."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.domain.model import Mention, Ref
from annotator.domain.scheme import done_by
from annotator.domain.sentences import filled
from annotator.store import lists, read
from annotator.store.session import Focus, Session
from annotator.store.store import Store
from annotator.ui.dialogs.frame import Dialog, label_for
from annotator.ui.messages import sentence
from annotator.ui.panels.judgements import JudgementStrip
from annotator.ui.panels.parts import Words
from annotator.ui.panels.value_box import ElidedBox
from annotator.ui.panels.words import stance_name
from annotator.ui.theme import Theme


def tr(words: str) -> str:
    """Words of the dialog in the language of the window."""
    return QCoreApplication.translate("JudgingDialog", words)


def in_hand(store: Store, focus: Focus) -> list[Ref]:
    """What can be judged where the analyst is: what the mark in hand speaks to first, the article last."""
    found: list[Ref] = []
    if focus.mark is not None:
        mark = read.mark(store, focus.mark)
        mentions = read.mentions_of(store, focus.mark)
        found += [Ref("proposition", one.proposition) for one in mentions]
        found += [Ref("mention", one.id) for one in mentions]
        found += [Ref("source", step.source) for step in mark.attribution if step.source]
    if focus.article is not None:
        found.append(Ref("article", focus.article))
    return list(dict.fromkeys(found))


def name_of(store: Store, target: Ref) -> str:
    """What is judged, in a line."""
    if target.table == "article":
        article = lists.article_row(store, ArticleId(target.id))
        title = (article.title if article else None) or tr("(no title)")
        number = handle("article", article.number) if article else ""
        return tr("Article {handle} · {words}").format(handle=number, words=title)
    if target.table == "mention":
        mention = read.by_id(store, Mention, target.id)
        quote, *_, label, _ = lists.describe(store, Ref("mark", mention.mark))
        does = stance_name(done_by(label or "", mention.stance))
        number = _handle(store, mention.proposition)
        form = tr("Mention · “{quote}” {stance} {claim}")
        return filled(form, {"quote": quote, "stance": does, "claim": number})
    words, *_, number = lists.describe(store, target)
    form = (
        tr("Claim {handle} · {words}") if target.table == "proposition" else tr("Source {handle} · {words}")
    )
    return form.format(handle=number, words=words)


def _handle(store: Store, claim: str) -> str:
    return lists.describe(store, Ref("proposition", claim))[-1]


class JudgingDialog(Dialog):
    """The strip of judgements of one thing after another; what is chosen there is stored at once."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None, targets: Sequence[Ref]) -> None:
        super().__init__(look, parent, tr("Judge"), tr("Done"), (640, 380))
        self.cancel_button.hide()
        self.accept_button.setAutoDefault(False)
        self.accept_button.setDefault(False)
        self._targets = list(targets)
        self.about = ElidedBox()
        self.about.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setMinimumContentsLength(24)
        self.about.addItems([name_of(session.store, target) for target in targets])
        row = QHBoxLayout()
        row.addWidget(label_for(tr("&About"), self.about))
        row.addWidget(self.about, 1)
        self.strip = JudgementStrip(session, look, targets[0])
        self.column.addLayout(row)
        hint = tr("What you think, apart from what the text says. Earlier judgements are kept.")
        self.column.addWidget(Words(hint, is_quiet=True))
        self.column.addWidget(self.strip)
        self.column.addStretch(1)
        self.about.currentIndexChanged.connect(self._turn)
        self.strip.refused.connect(lambda error: self.say(sentence(error)))
        self.strip.notice.connect(lambda words: self.say(words, "info"))
        self.strip.refresh()
        self.strip.setFocus()

    def _turn(self, number: int) -> None:
        self.say("")
        self.strip.show_target(self._targets[number])

    def done(self, result: int) -> None:
        """Close; a reason that was being written is stored with its judgement."""
        self.strip.commit()
        super().done(result)
