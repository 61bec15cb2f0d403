"""Pure geometry of the text view: no Qt, no store."""
