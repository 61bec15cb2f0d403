"""What format 3 adds for the loose ends: rules that ask of claims, of versions and of what is alike.

These triggers stand beside those of format 2. A claim is looked at again
wherever a stance on it, a ground of it or a voice behind it may have become
another one. Whatever a source says for the first time is what `speaker`
stands for in `relied_on`.
"""

from __future__ import annotations

from annotator.store.format_2_ends import if_there, relying, whole

TABLES = """
CREATE TABLE alike (
    tbl TEXT NOT NULL,
    key TEXT NOT NULL,
    row TEXT NOT NULL,
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    PRIMARY KEY (tbl, key, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_row ON alike (row);
CREATE TABLE carried (
    mark TEXT PRIMARY KEY,
    origin TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_origin ON carried (origin);
DROP INDEX attribution_source;
CREATE INDEX attribution_source ON attribution (source, level) WHERE source IS NOT NULL"""


def _claims_of(mark: str) -> str:
    """The claims that a mark mentions, and those that the marks it is linked to mention."""
    return (
        f"INSERT INTO unchecked (tbl, row) SELECT 'proposition', proposition FROM mention WHERE mark = {mark}"
        " UNION SELECT 'proposition', n.proposition FROM link l CROSS JOIN mention n ON n.mark = l.to_mark"
        f" WHERE l.from_mark = {mark} ON CONFLICT DO NOTHING;"
    )


def _link(row: str) -> str:
    ends = if_there("proposition", f"{row}.to_proposition")
    return ends + _claims_of(f"{row}.from_mark") + _claims_of(f"{row}.to_mark")


def _first_heard(mark: str) -> str:
    return (
        "INSERT INTO unchecked (tbl, row) SELECT r.by_tbl, r.by_row FROM attribution b"
        " CROSS JOIN relied_on r ON r.tbl = 'speaker' AND r.row = b.source"
        f" WHERE b.mark = {mark} AND b.level = 0 ON CONFLICT DO NOTHING;"
    )


_NOT_TAKEN_OVER = (
    if_there("mark", "(SELECT origin FROM carried WHERE mark = old.id)")
    + "DELETE FROM carried WHERE mark = old.id;"
)
_KEYS_GONE = "DELETE FROM alike WHERE row = old.id;"
_MOVED = "old.version_of IS NOT new.version_of"

_EVENTS = {
    "mark_says_otherwise": (
        "UPDATE OF label, attributes ON mark",
        _claims_of("new.id") + _first_heard("new.id"),
    ),
    "mark_gone": ("DELETE ON mark", _NOT_TAKEN_OVER + relying("mark", "old.id")),
    "speaker_added": (
        "INSERT ON attribution",
        _claims_of("new.mark") + relying("speaker", "new.source"),
    ),
    "speaker_changed": (
        "UPDATE ON attribution",
        _claims_of("new.mark") + relying("speaker", "new.source"),
    ),
    "speaker_removed": ("DELETE ON attribution", _claims_of("old.mark")),
    "mention_added": ("INSERT ON mention", _claims_of("new.mark")),
    "mention_changed": ("UPDATE ON mention", _claims_of("old.mark") + _claims_of("new.mark")),
    "mention_removed": ("DELETE ON mention", _claims_of("old.mark")),
    "link_added": ("INSERT ON link", _link("new")),
    "link_changed": ("UPDATE ON link", _link("old") + _link("new")),
    "link_removed": ("DELETE ON link", _link("old")),
    "source_named": ("INSERT ON source WHEN new.same_as IS NOT NULL", relying("source", "new.same_as")),
    "source_renamed": (
        "UPDATE OF same_as ON source",
        relying("source", "old.same_as") + relying("source", "new.same_as"),
    ),
    "source_gone": (
        "DELETE ON source",
        relying("source", "old.id") + relying("source", "old.same_as") + _KEYS_GONE,
    ),
    "article_printed": ("INSERT ON article WHEN new.outlet IS NOT NULL", relying("speaker", "new.outlet")),
    "article_printed_anew": ("UPDATE OF outlet ON article", relying("speaker", "new.outlet")),
    "article_gone": ("DELETE ON article", relying("article", "old.id")),
    "version_added": ("INSERT ON article WHEN new.version_of IS NOT NULL", whole("new.version_of")),
    "version_begun": (
        f"UPDATE OF version_of ON article WHEN {_MOVED} AND new.version_of IS NOT NULL",
        whole("new.version_of"),
    ),
    "version_ended": (
        f"UPDATE OF version_of ON article WHEN {_MOVED} AND old.version_of IS NOT NULL",
        whole("old.version_of"),
    ),
    "version_removed": ("DELETE ON article WHEN old.version_of IS NOT NULL", whole("old.version_of")),
    "claim_said_otherwise": ("UPDATE ON proposition", relying("proposition", "new.id")),
    "claim_gone": (
        "DELETE ON proposition",
        relying("proposition", "old.id") + _KEYS_GONE,
    ),
    "claims_linked": ("INSERT ON proposition_link", if_there("proposition", "new.origin", "new.target")),
    "claims_linked_anew": (
        "UPDATE ON proposition_link",
        if_there("proposition", "old.origin", "old.target", "new.origin", "new.target"),
    ),
    "claims_parted": ("DELETE ON proposition_link", if_there("proposition", "old.origin", "old.target")),
}

TRIGGERS = {f"again_{name}": f"AFTER {event} BEGIN {does} END" for name, (event, does) in _EVENTS.items()}
"""What keeps `unchecked` true for rules that read more than one row, whoever writes, by name."""
