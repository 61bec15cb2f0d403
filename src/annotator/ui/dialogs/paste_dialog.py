"""Bring in one article from the clipboard, or typed in."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.dates import is_date
from annotator.domain.errors import UserError
from annotator.domain.model import Record
from annotator.formats.metadata import first_line_title
from annotator.formats.plain import read_pasted
from annotator.ui.dialogs.exact_text import ExactText
from annotator.ui.dialogs.frame import Dialog, label_for
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme, reading_font

FIELDS = ("title", "outlet", "date", "url")


class PasteDialog(Dialog):
    """The text and what is known of it; `records` gives what is to be stored.

    The clipboard's text is taken where it has one, and its first line proposed as
    title where it looks like a headline.
    """

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, "", "", (760, 620))
        self.setWindowTitle(self.tr("Paste an article"))
        self.accept_button.setText(self.tr("Add the article"))
        self._proposed = ""
        self.text = ExactText()
        self.text.setAccessibleName(self.tr("Text of the article"))
        self.text.setPlaceholderText(self.tr("Paste or type the text of the article"))
        self.text.setFont(reading_font(None, 12))
        self.fields = {name: QLineEdit() for name in FIELDS}
        self.count = Words(is_quiet=True)
        self._lay_out()
        self.text.textChanged.connect(self._on_text)
        self.fields["date"].textChanged.connect(lambda: self.say(""))
        self._on_text()
        self.text.take(QGuiApplication.clipboard().text())
        self.text.setFocus()

    def _lay_out(self) -> None:
        about = QFormLayout()
        about.setVerticalSpacing(8)
        fields = self.fields
        fields["date"].setPlaceholderText("2017-08-24")
        fields["url"].setPlaceholderText("https://")
        about.addRow(label_for(self.tr("&Title"), fields["title"]), fields["title"])
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(fields["outlet"], 2)
        row.addWidget(label_for(self.tr("&Date"), fields["date"]))
        row.addWidget(fields["date"], 1)
        about.addRow(label_for(self.tr("&Outlet"), fields["outlet"]), row)
        about.addRow(label_for(self.tr("&Web address"), fields["url"]), fields["url"])
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self.count)
        self.column.addLayout(about)

    def records(self) -> list[Record]:
        """The article after the outlet it names. Raises UserError where there are no words."""
        given = {name: " ".join(field.text().split()) for name, field in self.fields.items()}
        return read_pasted(self.text.exact(), **{name: words for name, words in given.items() if words})

    def accept(self) -> None:
        date = self.fields["date"].text().strip()
        if date and not is_date(date):
            self.say(self.tr("Write the date as 2017-08-24, or only what is known of it: 2017-08, 2017."))
            self.fields["date"].setFocus()
            return
        try:
            self.records()
        except UserError as error:
            self.say(sentence(error))
            self.text.setFocus()
            return
        super().accept()

    def _on_text(self) -> None:
        text = self.text.exact()
        title = self.fields["title"]
        if title.text() == self._proposed:
            self._proposed = first_line_title(text.replace("\r", "\n")) or ""
            title.setText(self._proposed)
            title.setCursorPosition(0)
        words = len(text.split())
        if words == 1:
            self.count.setText(self.tr("1 word"))
        else:
            self.count.setText(self.tr("{count} words").format(count=words))
        self.accept_button.setEnabled(words > 0)
        self.say("")
