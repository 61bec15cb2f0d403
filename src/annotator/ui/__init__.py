"""The window: the only layer that knows Qt."""

from annotator.ui import pyside

pyside.load()
