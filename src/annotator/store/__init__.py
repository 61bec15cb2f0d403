"""One project file: every read, every edit, and their journal."""
