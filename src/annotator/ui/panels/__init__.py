"""The panels around the text."""
