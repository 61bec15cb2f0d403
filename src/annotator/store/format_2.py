"""What format 2 adds beside the loose ends: counters of marks and links that triggers keep true.

The tables are not journaled: they can be made anew from those that are.
"""

from __future__ import annotations

PARTS = 512
"""Into how many parts a long text is counted at most."""
LEAST_PART = 2048
"""Characters a part has at least."""
UNDIVIDED = 65536
"""Texts of fewer characters are one part."""

TABLES = """
CREATE TABLE tally (
    article TEXT NOT NULL,
    part INTEGER NOT NULL,
    label TEXT NOT NULL,
    marks INTEGER NOT NULL,
    links INTEGER NOT NULL,
    PRIMARY KEY (article, part, label)
) STRICT, WITHOUT ROWID;
CREATE TABLE extent (
    article TEXT PRIMARY KEY,
    length INTEGER NOT NULL,
    parts INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""


def parts(length: str) -> str:
    """Into how many parts a text of a length is counted."""
    return f"CASE WHEN {length} < {UNDIVIDED} THEN 1 ELSE min({PARTS}, {length} / {LEAST_PART}) END"


def _part(article: str, start: str) -> str:
    """The part of a text in which an offset lies, 0 where the article is not there (yet).

    Asked of `extent`: in `content` a length stands behind the whole text.
    """
    return f"coalesce((SELECT {start} * e.parts / e.length FROM extent e WHERE e.article = {article}), 0)"


def _place(row: str) -> str:
    part = _part(f"{row}.article", f"{row}.start")
    return f"article = {row}.article AND part = {part} AND label = {row}.label"


def _links(row: str) -> str:
    return f"(SELECT count(*) FROM link WHERE from_mark = {row}.id)"


def _counted(row: str) -> str:
    return (
        "INSERT INTO tally (article, part, label, marks, links)"
        f" VALUES ({row}.article, {_part(f'{row}.article', f'{row}.start')}, {row}.label, 1, {_links(row)})"
        " ON CONFLICT DO UPDATE SET marks = marks + 1, links = links + excluded.links;"
    )


def _discounted(row: str) -> str:
    return (
        f"UPDATE tally SET marks = marks - 1, links = links - {_links(row)} WHERE {_place(row)};"
        f" DELETE FROM tally WHERE {_place(row)} AND marks = 0;"
    )


def _linked(end: str, step: str) -> str:
    return (
        f"UPDATE tally SET links = links {step} WHERE (article, part, label) ="
        f" (SELECT m.article, {_part('m.article', 'm.start')}, m.label FROM mark m WHERE m.id = {end});"
    )


COUNT = (
    f"SELECT m.article, {_part('m.article', 'm.start')}, m.label, count(*), sum({_links('m')})"
    " FROM mark m {} GROUP BY 1, 2, 3"
)
"""What `tally` must hold; the braces take which marks are meant."""

COUNTED = f"INSERT INTO tally (article, part, label, marks, links) {COUNT}"
"""Counts marks anew; the braces take which are meant."""

LINKED = (
    "INSERT INTO tally (article, part, label, marks, links)"
    f" SELECT m.article, {_part('m.article', 'm.start')}, m.label, 0, count(*)"
    " FROM link l CROSS JOIN mark m ON m.id = l.from_mark WHERE {} GROUP BY 1, 2, 3"
    " ON CONFLICT DO UPDATE SET links = links + excluded.links"
)
"""Counts some more links of marks that are counted; the braces take a condition."""

MEASURED = (
    f"INSERT INTO extent SELECT a.id, max(c.length, 1), {parts('c.length')}"
    " FROM article a JOIN content c ON c.sha256 = a.sha256 WHERE {}"
)
"""Notes how long texts are; the braces take a condition."""

_COUNTED_ANEW = (
    "DELETE FROM tally WHERE article = new.id; DELETE FROM extent WHERE article = new.id;"
    f" {MEASURED.format('a.id = new.id')}; {COUNTED.format('WHERE m.article = new.id')};"
)
_MOVED = "WHEN old.article <> new.article OR old.start <> new.start OR old.label <> new.label"

# What a mark loses is counted before it goes: afterwards its links have gone with it. An article
# that comes back may find marks that came before it.
TRIGGERS = {
    "mark_added": f"AFTER INSERT ON mark BEGIN {_counted('new')} END",
    "mark_removed": f"BEFORE DELETE ON mark BEGIN {_discounted('old')} END",
    "mark_moved": f"AFTER UPDATE OF article, start, label ON mark {_MOVED}"
    f" BEGIN {_discounted('old')} {_counted('new')} END",
    "link_added": "AFTER INSERT ON link WHEN new.from_mark IS NOT NULL"
    f" BEGIN {_linked('new.from_mark', '+ 1')} END",
    "link_removed": "AFTER DELETE ON link WHEN old.from_mark IS NOT NULL"
    f" BEGIN {_linked('old.from_mark', '- 1')} END",
    "link_moved": "AFTER UPDATE OF from_mark ON link WHEN old.from_mark IS NOT new.from_mark"
    f" BEGIN {_linked('old.from_mark', '- 1')} {_linked('new.from_mark', '+ 1')} END",
    "article_added": f"AFTER INSERT ON article BEGIN {_COUNTED_ANEW} END",
    "article_changed": "AFTER UPDATE OF sha256 ON article WHEN old.sha256 <> new.sha256"
    f" BEGIN {_COUNTED_ANEW} END",
    "article_removed": "AFTER DELETE ON article"
    " BEGIN DELETE FROM tally WHERE article = old.id; DELETE FROM extent WHERE article = old.id; END",
}
"""What keeps `tally` true, whoever writes, by the name after `tally_`."""

FILL = (MEASURED.format("1"), COUNTED.format("WHERE 1"))
"""What a file of format 1 has in these tables, in order."""
