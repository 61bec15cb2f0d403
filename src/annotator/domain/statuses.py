"""How far the reading of an article is."""

STATUSES = ("new", "reading", "done")
