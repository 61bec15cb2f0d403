"""What format 2 adds for the loose ends: those that were found, and what must be looked at again.

The triggers say of every row that was touched where a rule has to look again;
they hold for all rules, since a rule that reads more than what belongs to its
own row has that noted in `relied_on`. What is written in bulk names whole
articles, not each mark of them.
"""

from __future__ import annotations

TABLES = """
CREATE TABLE loose_end (
    id INTEGER PRIMARY KEY,
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    rule TEXT NOT NULL,
    message_code TEXT NOT NULL,
    article TEXT,
    place INTEGER NOT NULL,
    link TEXT,
    details TEXT NOT NULL,
    quiet INTEGER NOT NULL CHECK (quiet IN (0, 1))
) STRICT;
CREATE INDEX loose_end_row ON loose_end (row);
CREATE INDEX loose_end_rule ON loose_end (rule, quiet, article, place, id);
CREATE INDEX loose_end_place ON loose_end (quiet, article, place, row, id) WHERE article IS NOT NULL;
CREATE TABLE loose_end_count (
    rule TEXT NOT NULL,
    quiet INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (rule, quiet)
) STRICT, WITHOUT ROWID;
CREATE TABLE relied_on (
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    by_tbl TEXT NOT NULL,
    by_row TEXT NOT NULL,
    PRIMARY KEY (tbl, row, by_tbl, by_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX relied_on_by ON relied_on (by_row);
CREATE TABLE unchecked (
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    after TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (tbl, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE checked (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    rules INTEGER NOT NULL
) STRICT
"""

EVERY = ("article", "link", "source", "proposition")
"""Tables of which every row can be asked to be looked at; the marks go with their articles."""


def everything() -> str:
    """A statement that asks for everything to be looked at again."""
    rows = ", ".join(f"('every', '{table}', '')" for table in EVERY)
    return f"INSERT INTO unchecked (tbl, row, after) VALUES {rows} ON CONFLICT DO UPDATE SET after = ''"


def _again(table: str, row: str) -> str:
    """Look again at one row, whether it is there or not."""
    return f"INSERT INTO unchecked (tbl, row) VALUES ('{table}', {row}) ON CONFLICT DO NOTHING;"


def if_there(table: str, *rows: str, unless: str = "0") -> str:
    """Look again at rows of a table, as far as they are there."""
    return (
        f"INSERT INTO unchecked (tbl, row) SELECT '{table}', id FROM {table}"
        f" WHERE id IN ({', '.join(rows)}) AND NOT {unless} ON CONFLICT DO NOTHING;"
    )


def relying(table: str, row: str) -> str:
    """Look again at whatever relies on a row."""
    return (
        "INSERT INTO unchecked (tbl, row) SELECT by_tbl, by_row FROM relied_on"
        f" WHERE tbl = '{table}' AND row = {row} ON CONFLICT DO NOTHING;"
    )


def _gone(*tables: str) -> str:
    """Nothing is open at a row that is not there."""
    listed = ", ".join(f"'{table}'" for table in tables)
    return (
        f"DELETE FROM loose_end WHERE row = old.id AND tbl IN ({listed});"
        f" DELETE FROM unchecked WHERE row = old.id AND tbl IN ({listed});"
    )


def whole(article: str) -> str:
    """Look again at all marks of an article."""
    return (
        f"INSERT INTO unchecked (tbl, row) VALUES ('marks', {article})"
        " ON CONFLICT DO UPDATE SET after = '' WHERE after <> '';"
    )


_IN_BULK = (
    "(new.operation IS NOT NULL AND EXISTS (SELECT 1 FROM operation WHERE id = new.operation AND sealed = 0))"
)


def _together(row: str) -> str:
    """Whether a row comes in the bulk operation that brings its mark, and so the mark's whole article."""
    return f"(operation IS new.operation AND {_IN_BULK})" if row == "new" else "0"


def _part_of_mark(row: str) -> str:
    return if_there("mark", f"{row}.mark", unless=_together(row)) + relying("mark", f"{row}.mark")


def _mention(row: str) -> str:
    return _part_of_mark(row) + if_there("proposition", f"{row}.proposition")


def _link(row: str) -> str:
    ends = if_there("mark", f"{row}.from_mark", f"{row}.to_mark", unless=_together(row))
    return ends + relying("mark", f"{row}.from_mark")


def _link_itself(row: str) -> str:
    """A link that starts at an exhibit belongs to no mark."""
    return (
        "INSERT INTO unchecked (tbl, row)"
        f" SELECT 'link', {row}.id WHERE {row}.from_exhibit IS NOT NULL ON CONFLICT DO NOTHING;"
    )


_LINK_GONE = "DELETE FROM loose_end WHERE row = old.from_mark AND link = old.id; " + _gone("link")


def _dismissal(row: str) -> str:
    on_link = f"(SELECT from_mark FROM link WHERE id = {row}.on_link)"
    return (
        if_there("mark", f"{row}.on_mark", on_link)
        + "".join(if_there(name, f"{row}.on_{name}") for name in ("source", "proposition", "article"))
        + "INSERT INTO unchecked (tbl, row) SELECT 'link', id FROM link"
        f" WHERE id = {row}.on_link AND from_exhibit IS NOT NULL ON CONFLICT DO NOTHING;"
    )


_BOTH = {"added": "INSERT", "removed": "DELETE", "changed": "UPDATE"}
_ROWS = {"added": ("new",), "removed": ("old",), "changed": ("old", "new")}


def _triggers() -> dict[str, str]:
    found = {
        "mark_added": f"AFTER INSERT ON mark WHEN NOT {_IN_BULK} BEGIN"
        f" {_again('mark', 'new.id')} {_again('article', 'new.article')} END",
        "mark_added_in_bulk": f"AFTER INSERT ON mark WHEN {_IN_BULK} BEGIN {whole('new.article')} END",
        "mark_changed": f"AFTER UPDATE ON mark BEGIN {_again('mark', 'new.id')} {relying('mark', 'new.id')}"
        " INSERT INTO unchecked (tbl, row) SELECT 'proposition', proposition FROM mention"
        " WHERE mark = new.id AND old.quotes <> new.quotes ON CONFLICT DO NOTHING;"
        f" {if_there('article', 'old.article', 'new.article', unless='(old.article = new.article)')} END",
        "mark_removed": f"AFTER DELETE ON mark BEGIN {_gone('mark')}"
        f" {if_there('article', 'old.article')} END",
        "scheme_added": f"AFTER INSERT ON scheme BEGIN {everything()}; END",
        "scheme_changed": f"AFTER UPDATE ON scheme BEGIN {everything()}; END",
        "scheme_removed": f"AFTER DELETE ON scheme BEGIN {everything()}; END",
        "article_removed": f"AFTER DELETE ON article BEGIN {_gone('article', 'marks')} END",
    }
    for table in ("article", "source", "proposition"):
        again = _again(table, "new.id")
        found[f"{table}_added"] = f"AFTER INSERT ON {table} BEGIN {again} END"
        readers = "" if table == "proposition" else relying(table, "new.id")
        found[f"{table}_changed"] = f"AFTER UPDATE ON {table} BEGIN {again} {readers} END"
        found.setdefault(f"{table}_removed", f"AFTER DELETE ON {table} BEGIN {_gone(table)} END")
    for table, named in (
        ("attribution", _part_of_mark),
        ("mention", _mention),
        ("link", _link),
        ("dismissal", _dismissal),
    ):
        for name, event in _BOTH.items():
            touched = "".join(named(row) for row in _ROWS[name])
            if table == "link":
                touched += _link_itself("new") if name != "removed" else _LINK_GONE
            found[f"{table}_{name}"] = f"AFTER {event} ON {table} BEGIN {touched} END"
    return {f"unchecked_{name}": event for name, event in found.items()} | _COUNTING


def _count(row: str, step: str) -> str:
    return (
        f"INSERT INTO loose_end_count (rule, quiet, count) VALUES ({row}.rule, {row}.quiet, {step})"
        f" ON CONFLICT DO UPDATE SET count = count + {step};"
    )


_COUNTING = {
    "loose_end_added": f"AFTER INSERT ON loose_end BEGIN {_count('new', '1')} END",
    "loose_end_removed": f"AFTER DELETE ON loose_end BEGIN {_count('old', '-1')} END",
    "loose_end_changed": "AFTER UPDATE OF quiet ON loose_end WHEN old.quiet <> new.quiet BEGIN"
    f" {_count('old', '-1')} {_count('new', '1')} END",
}

TRIGGERS = _triggers()
"""What keeps `unchecked` and `loose_end_count` true, whoever writes, by name."""

FILL = ("INSERT INTO checked (id, rules) VALUES (1, 0)",)
"""What a file has in these tables before anything was looked at, by rules older than all there are."""
