"""Reports for readers: one model in, a page, a text or a file for another program out."""
