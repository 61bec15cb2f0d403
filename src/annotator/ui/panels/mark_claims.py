"""The claims a mark speaks to, in the mark inspector."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from annotator.domain.model import Mark, Mention, Proposition, Ref
from annotator.domain.scheme import Scheme
from annotator.domain.sentences import filled, shortened
from annotator.store import edits, read
from annotator.store.naming import handle_of
from annotator.ui.panels.judged import Judged
from annotator.ui.panels.mark_parts import Group, Owner
from annotator.ui.panels.mention_fields import MentionFields, certainty_of
from annotator.ui.panels.parts import Words, breakable, tool_button, wrapped

_SENTENCE = 160
"""Characters of a claim that are shown; the tooltip has all of them."""


class ClaimGroup(Group):
    """The claims a mark speaks to, each with what it does to it and what is thought of that."""

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner, "")
        self.heading.setText(self.tr("Claims"))
        self.join = tool_button("add", owner.look, self.tr("Put the mark under a claim (M)"), owner.ask_claim)
        self.column.removeWidget(self.heading)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.heading, 1)
        line.addWidget(self.join)
        self.column.addLayout(line)
        self.judged: list[Judged] = []

    def commit(self) -> None:
        """Store the judgements that were begun."""
        for one in self.judged:
            one.commit()

    def show_mark(self, mark: Mark) -> None:
        """Show the mentions of a mark."""
        mentions = read.mentions_of(self.store, mark.id)
        ids = [mention.proposition for mention in mentions]
        nodes = {row.id: row for row in read.by_ids(self.store, Proposition, ids)}
        scheme = read.scheme(self.store)
        if self.is_shown_already((mentions, nodes, certainty_of(scheme))):
            return
        with self.rows_anew():
            self.judged.clear()
            for mention in mentions:
                self._add_claim(mention, nodes[mention.proposition].text, scheme)

    def _add_claim(self, mention: Mention, text: str, scheme: Scheme) -> None:
        words = filled(self.tr("Take the mark out of “{claim}”"), {"claim": text})
        out = tool_button("close", self.owner.look, words, partial(self._remove, mention))
        number = handle_of(self.store, "proposition", mention.proposition)
        sentence = Words(breakable(f"{number} · {shortened(text, _SENTENCE)}"))
        sentence.setToolTip(wrapped(text))
        self.add(sentence, out)
        fields = MentionFields()
        fields.name_for(text)
        fields.show_mention(mention, scheme)
        fields.edited.connect(partial(self._edit, mention))
        self.add(fields)
        self._add_judged(mention, text)

    def _add_judged(self, mention: Mention, text: str) -> None:
        judged = Judged(self.owner.session, self.owner.look, is_named=False)
        words = filled(self.tr("What you think of the mark on “{claim}”"), {"claim": text})
        judged.toggle.setAccessibleName(words)
        judged.closed.connect(judged.toggle.setFocus)
        self.owner.hear(judged)
        self.judged.append(judged)
        self.add(judged)
        judged.show_target(Ref("mention", mention.id))

    def _edit(self, mention: Mention, field: str, value: str | None) -> None:
        self.owner.guarded(lambda: edits.edit_mention(self.store, mention.id, **{field: value}))

    def _remove(self, mention: Mention) -> None:
        self.owner.guarded(lambda: edits.delete_mention(self.store, mention.id))
