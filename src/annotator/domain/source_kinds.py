"""Kinds of sources that rules speak of; the others are data of the scheme."""

NAMELESS_KINDS = ("anonymous", "unknown")
"""Sources that are nobody in particular: each is its own owner."""

NEEDED_KINDS = ("person", "organisation", "outlet", "document", "group", *NAMELESS_KINDS)
"""Kinds that the program itself gives to sources it makes or proposes."""
