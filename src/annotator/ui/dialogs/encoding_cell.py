"""The cell of a table in which an encoding is chosen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

ENCODINGS = (
    "utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859-2",
    "iso8859-15", "koi8-r", "koi8-u", "mac-roman", "big5", "gb18030", "euc-jp", "shift_jis", "euc-kr",
)  # fmt: skip


class EncodingDelegate(QStyledItemDelegate):
    """Offers the encodings news comes in; any other name can be typed."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        del option, index
        box = QComboBox(parent)
        box.setEditable(True)
        box.addItems(list(ENCODINGS))
        box.setAccessibleName(self.tr("Encoding"))
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
