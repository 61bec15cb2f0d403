"""What must hold; the folders mirror `src/annotator`."""

LIMIT_MS = 30_000
"""How long a test waits for what must come, or a thread that was told to end, before it fails.

So long that a busy machine does not decide: pytest-qt's own 5 s have passed on one.
"""
