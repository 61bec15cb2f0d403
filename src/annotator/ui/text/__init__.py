"""The text view: one article with its marks, painted by ourselves."""
