"""The tables and views of format 1; never edited after a release, later steps change them."""

from __future__ import annotations

from collections.abc import Callable

TABLES = """
CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    counter INTEGER NOT NULL,
    closed INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE operation (
    id TEXT PRIMARY KEY,
    site TEXT NOT NULL,
    seq INTEGER NOT NULL,
    clock TEXT NOT NULL,
    at TEXT NOT NULL,
    session TEXT NOT NULL,
    annotator TEXT,
    annotator_name TEXT NOT NULL,
    name TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '{}',
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'bulk', 'undo', 'redo', 'migration', 'foreign')),
    sealed INTEGER NOT NULL DEFAULT 1 CHECK (sealed IN (0, 1)),
    reverses TEXT,
    below TEXT,
    undo_top TEXT,
    redo_top TEXT,
    UNIQUE (site, seq)
) STRICT;
CREATE INDEX operation_unsealed ON operation (id) WHERE sealed = 0;
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    operation TEXT NOT NULL REFERENCES operation (id),
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    old TEXT,
    new TEXT,
    mark TEXT,
    other_mark TEXT
) STRICT;
CREATE INDEX change_operation ON change (operation);
CREATE INDEX change_row ON change (row);
CREATE INDEX change_mark ON change (mark) WHERE mark IS NOT NULL;
CREATE INDEX change_other_mark ON change (other_mark) WHERE other_mark IS NOT NULL;
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    length INTEGER NOT NULL
) STRICT;
CREATE TABLE original (
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
CREATE VIRTUAL TABLE content_search
USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE TABLE scheme (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    operation TEXT
) STRICT;
CREATE TABLE annotator (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE TABLE source (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL,
    role TEXT,
    affiliation TEXT REFERENCES source (id),
    country TEXT,
    aliases TEXT NOT NULL DEFAULT '[]',
    named INTEGER NOT NULL DEFAULT 1 CHECK (named IN (0, 1)),
    anonymity TEXT,
    author TEXT REFERENCES source (id),
    publisher TEXT REFERENCES source (id),
    same_as TEXT REFERENCES source (id),
    wikidata TEXT,
    confidential INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)),
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE INDEX source_name ON source (name COLLATE NOCASE);
CREATE INDEX source_number ON source (number);
CREATE INDEX source_affiliation ON source (affiliation) WHERE affiliation IS NOT NULL;
CREATE INDEX source_author ON source (author) WHERE author IS NOT NULL;
CREATE INDEX source_publisher ON source (publisher) WHERE publisher IS NOT NULL;
CREATE INDEX source_same_as ON source (same_as) WHERE same_as IS NOT NULL;
CREATE TABLE article (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES content (sha256),
    title TEXT,
    byline TEXT,
    outlet TEXT REFERENCES source (id),
    agency TEXT REFERENCES source (id),
    date TEXT,
    updated TEXT,
    retrieved TEXT,
    url TEXT,
    archive_url TEXT,
    language TEXT,
    rights TEXT,
    tags TEXT NOT NULL DEFAULT '[]',
    status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'reading', 'done')),
    regions TEXT NOT NULL DEFAULT '[]',
    version_of TEXT REFERENCES article (id),
    origin TEXT,
    original TEXT,
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE INDEX article_number ON article (number);
CREATE INDEX article_date ON article (date, id);
CREATE INDEX article_sha256 ON article (sha256);
CREATE INDEX article_outlet ON article (outlet) WHERE outlet IS NOT NULL;
CREATE INDEX article_agency ON article (agency) WHERE agency IS NOT NULL;
CREATE INDEX article_version_of ON article (version_of) WHERE version_of IS NOT NULL;
CREATE TABLE exhibit (
    id TEXT PRIMARY KEY,
    title TEXT,
    url TEXT,
    archive_url TEXT,
    sha256 TEXT,
    captured TEXT,
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE TABLE mark (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    article TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    label TEXT NOT NULL CHECK (label <> ''),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > start),
    reach INTEGER NOT NULL CHECK (reach >= "end" - start),
    spans TEXT NOT NULL,
    quotes TEXT NOT NULL,
    contexts TEXT NOT NULL,
    annotator TEXT REFERENCES annotator (id),
    possible_source TEXT REFERENCES source (id),
    attributes TEXT NOT NULL DEFAULT '{}',
    origins TEXT NOT NULL DEFAULT '{}',
    hedges TEXT NOT NULL DEFAULT '[]',
    flags TEXT NOT NULL DEFAULT '[]',
    sure INTEGER NOT NULL DEFAULT 1 CHECK (sure IN (0, 1)),
    status TEXT NOT NULL DEFAULT 'open',
    question TEXT,
    proposed_by TEXT,
    scheme_version INTEGER,
    created TEXT,
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE INDEX mark_place ON mark (article, reach, start);
CREATE INDEX mark_order ON mark (article, start, "end", id);
CREATE INDEX mark_number ON mark (number);
CREATE INDEX mark_label ON mark (label);
CREATE INDEX mark_annotator ON mark (annotator) WHERE annotator IS NOT NULL;
CREATE INDEX mark_possible_source ON mark (possible_source) WHERE possible_source IS NOT NULL;
CREATE TABLE attribution (
    id TEXT PRIMARY KEY,
    mark TEXT NOT NULL REFERENCES mark (id) ON DELETE CASCADE,
    level INTEGER NOT NULL CHECK (level >= 0),
    source TEXT REFERENCES source (id),
    cue TEXT NOT NULL DEFAULT '[]',
    mention TEXT NOT NULL DEFAULT '[]',
    operation TEXT
) STRICT;
CREATE INDEX attribution_mark ON attribution (mark, level);
CREATE INDEX attribution_source ON attribution (source) WHERE source IS NOT NULL;
CREATE TABLE proposition (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    place TEXT,
    time TEXT,
    topic TEXT,
    "set" TEXT,
    in_no_article INTEGER NOT NULL DEFAULT 0 CHECK (in_no_article IN (0, 1)),
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE INDEX proposition_number ON proposition (number);
CREATE TABLE mention (
    id TEXT PRIMARY KEY,
    mark TEXT NOT NULL REFERENCES mark (id) ON DELETE CASCADE,
    proposition TEXT NOT NULL REFERENCES proposition (id) ON DELETE CASCADE,
    stance TEXT NOT NULL CHECK (stance IN ('support', 'deny', 'query', 'comment')),
    certainty TEXT,
    annotator TEXT REFERENCES annotator (id),
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE INDEX mention_mark ON mention (mark);
CREATE INDEX mention_proposition ON mention (proposition);
CREATE INDEX mention_annotator ON mention (annotator) WHERE annotator IS NOT NULL;
CREATE TABLE link (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    from_mark TEXT REFERENCES mark (id) ON DELETE CASCADE,
    from_exhibit TEXT REFERENCES exhibit (id) ON DELETE CASCADE,
    to_mark TEXT REFERENCES mark (id) ON DELETE CASCADE,
    to_proposition TEXT REFERENCES proposition (id) ON DELETE CASCADE,
    to_source TEXT REFERENCES source (id),
    how TEXT,
    inferred INTEGER NOT NULL DEFAULT 0 CHECK (inferred IN (0, 1)),
    annotator TEXT REFERENCES annotator (id),
    created TEXT,
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT,
    CHECK ((from_mark IS NULL) + (from_exhibit IS NULL) = 1),
    CHECK ((to_mark IS NULL) + (to_proposition IS NULL) + (to_source IS NULL) = 2),
    CHECK (from_mark IS NOT to_mark OR from_mark IS NULL)
) STRICT;
CREATE INDEX link_from_mark ON link (from_mark) WHERE from_mark IS NOT NULL;
CREATE INDEX link_from_exhibit ON link (from_exhibit) WHERE from_exhibit IS NOT NULL;
CREATE INDEX link_to_mark ON link (to_mark) WHERE to_mark IS NOT NULL;
CREATE INDEX link_to_proposition ON link (to_proposition) WHERE to_proposition IS NOT NULL;
CREATE INDEX link_to_source ON link (to_source) WHERE to_source IS NOT NULL;
CREATE INDEX link_annotator ON link (annotator) WHERE annotator IS NOT NULL;
CREATE TABLE proposition_link (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL REFERENCES proposition (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    target TEXT NOT NULL REFERENCES proposition (id) ON DELETE CASCADE,
    annotator TEXT REFERENCES annotator (id),
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT,
    CHECK (origin <> target)
) STRICT;
CREATE INDEX proposition_link_origin ON proposition_link (origin);
CREATE INDEX proposition_link_target ON proposition_link (target);
CREATE INDEX proposition_link_annotator ON proposition_link (annotator) WHERE annotator IS NOT NULL;
CREATE TABLE judgement (
    id TEXT PRIMARY KEY,
    on_source TEXT REFERENCES source (id) ON DELETE CASCADE,
    on_proposition TEXT REFERENCES proposition (id) ON DELETE CASCADE,
    on_mention TEXT REFERENCES mention (id) ON DELETE CASCADE,
    on_article TEXT REFERENCES article (id) ON DELETE CASCADE,
    scale TEXT NOT NULL,
    value TEXT NOT NULL,
    annotator TEXT REFERENCES annotator (id),
    at TEXT,
    reason TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT,
    CHECK ((on_source IS NULL) + (on_proposition IS NULL) + (on_mention IS NULL) + (on_article IS NULL) = 3)
) STRICT;
CREATE INDEX judgement_on_source ON judgement (on_source) WHERE on_source IS NOT NULL;
CREATE INDEX judgement_on_proposition ON judgement (on_proposition) WHERE on_proposition IS NOT NULL;
CREATE INDEX judgement_on_mention ON judgement (on_mention) WHERE on_mention IS NOT NULL;
CREATE INDEX judgement_on_article ON judgement (on_article) WHERE on_article IS NOT NULL;
CREATE INDEX judgement_annotator ON judgement (annotator) WHERE annotator IS NOT NULL;
CREATE TABLE dismissal (
    id TEXT PRIMARY KEY,
    rule TEXT NOT NULL,
    on_mark TEXT REFERENCES mark (id) ON DELETE CASCADE,
    on_source TEXT REFERENCES source (id) ON DELETE CASCADE,
    on_proposition TEXT REFERENCES proposition (id) ON DELETE CASCADE,
    on_article TEXT REFERENCES article (id) ON DELETE CASCADE,
    on_link TEXT REFERENCES link (id) ON DELETE CASCADE,
    reason TEXT NOT NULL DEFAULT '',
    annotator TEXT REFERENCES annotator (id),
    at TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT,
    CHECK ((on_mark IS NULL) + (on_source IS NULL) + (on_proposition IS NULL)
           + (on_article IS NULL) + (on_link IS NULL) = 4)
) STRICT;
CREATE INDEX dismissal_on_mark ON dismissal (on_mark) WHERE on_mark IS NOT NULL;
CREATE INDEX dismissal_on_source ON dismissal (on_source) WHERE on_source IS NOT NULL;
CREATE INDEX dismissal_on_proposition ON dismissal (on_proposition) WHERE on_proposition IS NOT NULL;
CREATE INDEX dismissal_on_article ON dismissal (on_article) WHERE on_article IS NOT NULL;
CREATE INDEX dismissal_on_link ON dismissal (on_link) WHERE on_link IS NOT NULL;
CREATE INDEX dismissal_annotator ON dismissal (annotator) WHERE annotator IS NOT NULL;
CREATE TABLE saved_search (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE TABLE pin (
    id TEXT PRIMARY KEY,
    mark TEXT NOT NULL REFERENCES mark (id) ON DELETE CASCADE,
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT;
CREATE INDEX pin_mark ON pin (mark);
CREATE TABLE report (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL DEFAULT '',
    lead TEXT NOT NULL DEFAULT '',
    claims TEXT NOT NULL DEFAULT '[]',
    note TEXT,
    origin_id TEXT,
    extra TEXT NOT NULL DEFAULT '{}',
    operation TEXT
) STRICT
"""


def _sealed(row: str) -> str:
    return f"({row}.operation IS NULL OR {row}.operation NOT IN (SELECT id FROM operation WHERE sealed = 0))"


def views(shown: Callable[[str], str]) -> str:
    """The views for plain SQL. shown: the condition under which a row of an alias is there for readers."""
    return f"""
CREATE VIEW v_marks AS
SELECT m.id, 'M' || m.number AS handle, m.article, a.title AS article_title, m.label, m.start, m."end",
       (SELECT group_concat(value, ' … ') FROM json_each(m.quotes)) AS quote,
       s.id AS source, s.name AS source_name,
       (SELECT group_concat(name, ' < ') FROM
         (SELECT r.name FROM attribution t JOIN source r ON r.id = t.source
           WHERE t.mark = m.id AND t.level > 0 AND {shown("t")} ORDER BY t.level)) AS relays,
       m.attributes, m.annotator, m.created, m.note
  FROM mark m
  JOIN article a ON a.id = m.article
  LEFT JOIN attribution b ON b.mark = m.id AND b.level = 0 AND {shown("b")}
  LEFT JOIN source s ON s.id = b.source
 WHERE {shown("m")};
CREATE VIEW v_links AS
SELECT l.id, l.kind,
       l.from_mark, l.from_exhibit, f.article AS from_article,
       l.to_mark, l.to_proposition, l.to_source, t.article AS to_article,
       (f.article IS NOT NULL AND t.article IS NOT NULL AND f.article <> t.article) AS across_articles,
       (SELECT group_concat(value, ' … ') FROM json_each(f.quotes)) AS from_quote,
       coalesce((SELECT group_concat(value, ' … ') FROM json_each(t.quotes)), p.text, s.name) AS to_text,
       l.how, l.inferred, l.annotator, l.created, l.note
  FROM link l
  LEFT JOIN mark f ON f.id = l.from_mark
  LEFT JOIN mark t ON t.id = l.to_mark
  LEFT JOIN proposition p ON p.id = l.to_proposition
  LEFT JOIN source s ON s.id = l.to_source
 WHERE {shown("l")};
CREATE VIEW v_claims AS
SELECT p.id, 'C' || p.number AS handle, p.text, n.id AS mention, n.stance, n.mark,
       v.article, v.article_title, v.label, v.quote, v.source, v.source_name
  FROM proposition p
  LEFT JOIN mention n ON n.proposition = p.id AND {shown("n")}
  LEFT JOIN v_marks v ON v.id = n.mark
 WHERE {shown("p")};
CREATE VIEW v_disputes AS
WITH said AS (
    SELECT n.proposition, n.mark, n.stance FROM mention n WHERE {shown("n")}
), supported AS (
    SELECT proposition, mark FROM said WHERE stance = 'support'
), denied AS (
    SELECT proposition, mark FROM said WHERE stance = 'deny'
    UNION
    SELECT s.proposition, l.from_mark FROM link l JOIN supported s ON s.mark = l.to_mark
     WHERE l.kind = 'denies' AND l.from_mark IS NOT NULL AND {shown("l")}
       AND NOT EXISTS (SELECT 1 FROM said n WHERE n.mark = l.from_mark)
)
SELECT p.id, 'C' || p.number AS handle, p.text,
       (SELECT count(*) FROM supported s WHERE s.proposition = p.id) AS asserting_marks,
       (SELECT count(*) FROM denied d WHERE d.proposition = p.id) AS denying_marks,
       EXISTS (SELECT 1 FROM supported s WHERE s.proposition = p.id)
       AND EXISTS (SELECT 1 FROM denied d WHERE d.proposition = p.id) AS disputed
  FROM proposition p
 WHERE {shown("p")}
"""


VIEWS = views(_sealed)
