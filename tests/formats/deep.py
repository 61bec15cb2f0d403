"""Folders below folders, more than calls can be nested."""

import os
from contextlib import chdir, contextmanager
from pathlib import Path


@contextmanager
def nested(folder, depth, write):
    """What `write` puts into a folder so many levels below another; pytest could not remove them, either."""
    with chdir(folder):
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        write(Path())
        os.chdir(folder)
        try:
            yield
        finally:
            _remove(depth)


def _remove(depth):
    for _ in range(depth):
        os.chdir("d")
    for file in Path().iterdir():
        file.unlink()
    for _ in range(depth):
        os.chdir("..")
        Path("d").rmdir()
