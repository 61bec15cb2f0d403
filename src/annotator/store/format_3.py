"""What format 3 adds: operations of very many rows that take rows away, and the views that know of them."""

from __future__ import annotations

from annotator.store import format_1

TABLES = """
CREATE TABLE unfinished (
    operation TEXT PRIMARY KEY REFERENCES operation (id)
) STRICT;
CREATE INDEX change_article ON change (id) WHERE tbl = 'article';
"""


def shown(row: str, schema: str = "", mine: str = "") -> str:
    """The condition under which a reader sees a row: it is neither on its way in nor on its way out.

    A row comes with an operation that is not sealed, which made it in bulk (its
    column says so) or noted it as new. It goes with a sealed one that is not done
    deleting what it noted as gone. Nearly always there is neither, which is asked
    once a query; so is which operations they are. mine: a condition more on those not sealed.
    """
    coming = f"SELECT id FROM {schema}operation WHERE sealed = 0{mine}"
    going = f"SELECT operation FROM {schema}unfinished"
    noted = f"SELECT 1 FROM {schema}change c INDEXED BY change_row WHERE c.row = {row}.id"
    return (
        f"((NOT EXISTS (SELECT 1 FROM {schema}operation WHERE sealed = 0) AND NOT EXISTS ({going})) OR NOT"
        f" ({row}.operation IS NOT NULL AND {row}.operation IN ({coming})"
        f" OR EXISTS ({noted} AND c.old IS NULL AND c.operation IN ({coming}))"
        f" OR EXISTS ({noted} AND c.new IS NULL AND c.operation IN ({going}))))"
    )


VIEWS = format_1.views(shown)
DROPPED = ("v_disputes", "v_claims", "v_links", "v_marks")
"""The views of format 1, each before those it reads."""
