"""Records in: one bulk operation that stores what a file brings, or nothing of it."""

from annotator.store.imports.importer import import_records
from annotator.store.imports.job import Imported, Report

__all__ = ["Imported", "Report", "import_records"]
