"""What a proposal would be if it were taken: label, words and speaker, with the keys that decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from annotator.domain.proposing import Proposal
from annotator.domain.sentences import as_quote
from annotator.ui.ghosts import speaker
from annotator.ui.panels.label_chip import LabelChip
from annotator.ui.panels.parts import Heading, Words, rule, scroll_down_only
from annotator.ui.text.palette import StyleColours


class ProposalPage(QScrollArea):
    """The proposal that the text stands on."""

    def __init__(self) -> None:
        super().__init__()
        self.chip = LabelChip()
        self.quote = Words()
        self.speaker = Words()
        self.rule = Words(is_quiet=True)
        keys = self.tr(
            "Enter takes it and goes on to the next.\nThe key of a label takes it with that label."
            "\nDelete drops it: it does not come back here.\nG leaves it for later, Shift+G goes back."
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        column.addWidget(Heading(self.tr("Proposal")))
        for widget in (self.chip, self.quote, self.speaker, self.rule, rule(), Words(keys, is_quiet=True)):
            column.addWidget(widget)
        column.addStretch(1)
        scroll_down_only(self)
        self.setWidget(page)

    def show_proposal(
        self, proposal: Proposal, quotes: Sequence[str], label: str, style: StyleColours
    ) -> None:
        """Show another one; quotes: its words, one for each piece."""
        self.chip.show_label(style, label)
        words = " … ".join(" ".join(quote.split()) for quote in quotes)
        self.quote.setText(as_quote(words))
        self.speaker.setText(self.tr("Said by {who}").format(who=speaker(proposal)))
        self.rule.setText(self.tr("Proposed by the rule “{rule}”").format(rule=proposal.rule.name))
