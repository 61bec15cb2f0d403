"""What format 2 adds for lists of large projects: indexes with their order, and how often a source speaks."""

from __future__ import annotations

TABLES = """
DROP INDEX mark_label;
CREATE INDEX mark_label ON mark (label, number);
CREATE INDEX mark_created ON mark (created, number);
CREATE INDEX mark_note ON mark (note) WHERE note IS NOT NULL;
CREATE INDEX article_title ON article (title COLLATE NOCASE);
CREATE INDEX article_status ON article (status, number);
CREATE INDEX article_tags ON article (tags) WHERE tags <> '[]';
CREATE INDEX operation_reverses ON operation (reverses) WHERE reverses IS NOT NULL;
CREATE TABLE source_tally (
    source TEXT PRIMARY KEY,
    marks INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""


def _one_more(source: str) -> str:
    return f"INSERT INTO source_tally VALUES ({source}, 1) ON CONFLICT DO UPDATE SET marks = marks + 1;"


def _one_less(source: str) -> str:
    return (
        f"UPDATE source_tally SET marks = marks - 1 WHERE source = {source};"
        f" DELETE FROM source_tally WHERE source = {source} AND marks = 0;"
    )


TRIGGERS = {
    "added": f"AFTER INSERT ON attribution WHEN new.source IS NOT NULL BEGIN {_one_more('new.source')} END",
    "removed": f"AFTER DELETE ON attribution WHEN old.source IS NOT NULL BEGIN {_one_less('old.source')} END",
    "left": "AFTER UPDATE OF source ON attribution WHEN old.source IS NOT new.source"
    f" AND old.source IS NOT NULL BEGIN {_one_less('old.source')} END",
    "reached": "AFTER UPDATE OF source ON attribution WHEN old.source IS NOT new.source"
    f" AND new.source IS NOT NULL BEGIN {_one_more('new.source')} END",
}
"""What keeps `source_tally` true, whoever writes, by the name after `source_tally_`."""

COUNT = "SELECT source, count(*) FROM attribution WHERE source IS NOT NULL GROUP BY 1"
"""What `source_tally` must hold."""

COUNTED = f"INSERT INTO source_tally {COUNT}"
"""Counts anew in an empty table."""

COUNTED_MORE = (
    "INSERT INTO source_tally SELECT source, count(*) FROM attribution NOT INDEXED"
    " WHERE source IS NOT NULL AND {} GROUP BY 1 ON CONFLICT DO UPDATE SET marks = marks + excluded.marks"
)
"""Counts some more; the braces take a condition on their rowids, by which they are found."""
