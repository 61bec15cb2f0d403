"""Texts and original bytes: shared by hash, kept while an article or the history needs them."""

from __future__ import annotations

import sqlite3

from annotator.store.search import indexed

_HISTORY = (
    "SELECT json_extract(image, '$.{column}') AS sha256 FROM"
    " (SELECT old AS image FROM main.change WHERE tbl = 'article' AND old IS NOT NULL"
    " UNION ALL SELECT new FROM main.change WHERE tbl = 'article' AND new IS NOT NULL)"
)


def drop_orphans(connection: sqlite3.Connection) -> None:
    """Delete what an import that was taken back had brought; runs inside a transaction.

    What redo may ask for stays: the images of articles in the history name it.
    """
    texts = connection.execute(
        "SELECT id, text FROM main.content WHERE sha256 NOT IN (SELECT sha256 FROM main.article)"
        f" AND sha256 NOT IN (SELECT coalesce(sha256, '') FROM ({_HISTORY.format(column='sha256')}))"
    ).fetchall()
    for number, text in texts:
        # A contentless index forgets a row only when told its words; to forget one it never had damages it.
        connection.execute(
            "INSERT INTO main.content_search (content_search, rowid, text)"
            " SELECT 'delete', rowid, ? FROM main.content_search WHERE rowid = ?",
            (indexed(text), number),
        )
        connection.execute("DELETE FROM main.content WHERE id = ?", (number,))
    connection.execute(
        "DELETE FROM main.original"
        " WHERE sha256 NOT IN (SELECT original FROM main.article WHERE original IS NOT NULL)"
        f" AND sha256 NOT IN (SELECT coalesce(sha256, '') FROM ({_HISTORY.format(column='original')}))"
    )
