"""Reading with a clear refusal, and writing so that nobody sees half of it."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import stat
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import BinaryIO, cast

from annotator.domain.errors import UserError

MAX_BYTES = 64 << 20
_PIECE = 1 << 20
AHEAD = 64
"""Files that are open before their turn comes, at most."""
MANY_FILES = 100
"""Beyond so many files one sync of everything is quicker than one of each."""

MARKER = ".annotator-export"
"""Lists the files of an exported folder, so that a later export knows what it may replace."""


_PROJECT = re.compile(r"\.annotator(-journal|-wal|-shm|\.lock)?", re.IGNORECASE)
_SQLITE = b"SQLite format 3\0"
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""Not to wait for whoever writes to a pipe."""
_CREATING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """An open file, never a pipe or device, which may have no end.

    Raises UserError("file-unreadable") where the system refuses, "file-not-regular".
    """
    with os.fdopen(_opened(path)[0], "rb") as file:
        yield file


def read_bytes(path: str | Path, options: Mapping[str, object]) -> bytes:
    """A whole file. Raises UserError("file-too-large") above `options["max_bytes"]`, 64 MB by default."""
    return _read(path, *_opened(path), options)


def read_each(paths: Iterable[str], options: Mapping[str, object]) -> Generator[bytes, None, None]:
    """`read_bytes` of many files, each when its turn comes; the disk fetches some that follow meanwhile.

    One that has to be waited for takes ten times as long as one that is there.
    """
    ahead: deque[tuple[str, int, int] | UserError] = deque()
    try:
        for path in paths:
            ahead.append(_asked_for(path))
            if len(ahead) > AHEAD:
                yield _turn_of(ahead.popleft(), options)
        while ahead:
            yield _turn_of(ahead.popleft(), options)
    finally:
        for one in ahead:
            if not isinstance(one, UserError):
                os.close(one[1])


def _asked_for(path: str) -> tuple[str, int, int] | UserError:
    """A file that is open, and fetched by the system where it can be told to; or why it is not."""
    try:
        handle, size = _opened(path)
    except UserError as error:
        return error
    if sys.platform == "linux":
        with suppress(OSError):  # it is no more than advice
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_WILLNEED)
    return path, handle, size


def _turn_of(one: tuple[str, int, int] | UserError, options: Mapping[str, object]) -> bytes:
    if isinstance(one, UserError):
        raise one
    return _read(*one, options)


def _read(path: str | Path, handle: int, size: int, options: Mapping[str, object]) -> bytes:
    """What is in an open file, which is closed then."""
    limit = cast(int, options.get("max_bytes", MAX_BYTES))
    try:
        data = os.read(handle, min(size, limit) + 1)  # so many bytes are set aside, however few there are
        while len(data) <= limit and (more := os.read(handle, min(_PIECE, limit + 1 - len(data)))):
            data += more
    finally:
        os.close(handle)
    if len(data) > limit:
        raise UserError("file-too-large", path=str(path), size=Path(path).stat().st_size, limit=limit)
    return data


def _opened(path: str | Path) -> tuple[int, int]:
    """The system's handle of a file, and its size.

    Of very many small files, what is read without a file object takes a fifth of the time.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _AT_ONCE | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UserError("file-unreadable", path=str(path), reason=error.strerror) from error
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise UserError("file-not-regular", path=str(path))
    return handle, found.st_size


def create(path: str, data: bytes) -> None:
    """Write a new file, with as few calls as there can be: of small files those are what takes the time."""
    handle = os.open(path, _CREATING, 0o666)
    try:
        while data:
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)


def write_file(out: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a file under another name beside it, then put it in the place of `out`."""
    with _refusals_of(out):
        out = _checked(out)
        if out.exists() and not out.is_file():
            raise UserError("export-not-a-file", path=str(out))
    with _part_of(out) as part, _refusals_of(out):
        fill(part)
        _sync(part)
        part.replace(out)
        _sync(out.parent)


def write_folder(out: Path, fill: Callable[[Path], None], name: str) -> None:
    """Let `fill` write into a folder under another name beside it, then put it in the place of `out`.

    An existing folder is replaced only if it is empty or holds nothing but
    an earlier export in the format `name`. Between the two renames a reader
    sees no folder, never half of one.
    """
    with _refusals_of(out):
        out = _checked(out)
        if out.exists():
            _check_replaceable(out, name)
            if _is_stood_in(out):
                raise UserError("export-here", path=str(out))
    with _part_of(out) as part, _refusals_of(out):
        part.mkdir()
        fill(part)
        _sync_folder(part, _write_marker(part, name))
        _put_in_place(part, out)
        _sync(out.parent)


def remove_folder(out: Path, name: str) -> None:
    """Remove what `write_folder` made in the format `name`, unless anything else was put into it since."""
    if out.is_symlink() or not _exported_before(out, name):
        return
    with suppress(UserError):
        _check_replaceable(out, name)
        shutil.rmtree(out, ignore_errors=True)


def _checked(out: Path) -> Path:
    out = Path(os.path.realpath(out))
    if _PROJECT.fullmatch(out.suffix) or _PROJECT.fullmatch("".join(out.suffixes[-2:])) or _is_database(out):
        raise UserError("export-over-project", path=str(out))
    if not out.parent.is_dir():
        raise UserError("export-without-folder", path=str(out), folder=str(out.parent))
    return out


def _is_database(out: Path) -> bool:
    """Whether a project or another database would be overwritten.

    One that is open in this process has its lock beside it and must not be opened a second time.
    """
    if (out.parent / f"{out.name}.lock").exists():
        return True
    if not out.is_file():
        return False
    with out.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _check_replaceable(out: Path, name: str) -> None:
    if not out.is_dir():
        raise UserError("export-not-a-folder", path=str(out))
    files = (file for file in out.rglob("*") if file.is_symlink() or not file.is_dir())
    present = {str(file.relative_to(out)) for file in files} - {MARKER}
    strange = sorted(present - _exported_before(out, name))
    if strange:
        raise UserError("export-folder-not-ours", path=str(out), example=strange[0], count=len(strange))


def _is_stood_in(folder: Path) -> bool:
    """Whether a shell that stands where this process does would stand nowhere, were the folder replaced."""
    try:
        return Path.cwd().is_relative_to(folder)
    except OSError:  # it does so already
        return False


def _exported_before(folder: Path, name: str) -> set[str]:
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return set(marker["files"]) if marker["format"] == name else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


@contextmanager
def _part_of(out: Path) -> Iterator[Path]:
    part = out.with_name(f".{out.name[:60]}.{secrets.token_hex(6)}.part")
    try:
        yield part
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            with suppress(OSError):
                part.unlink(missing_ok=True)


@contextmanager
def _refusals_of(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError("export-failed", path=str(out), reason=error.strerror or str(error)) from error


def _put_in_place(part: Path, out: Path) -> None:
    old = None
    if out.exists():
        old = out.with_name(part.name + ".old")
        out.rename(old)
    try:
        part.rename(out)
    except OSError:
        if old:
            old.rename(out)
        raise
    if old:
        shutil.rmtree(old, ignore_errors=True)


def _write_marker(folder: Path, name: str) -> int:
    """List the files of an export one by one, as there may be very many; returns how many there are."""
    count = 0
    with (folder / MARKER).open("w", encoding="utf-8") as file:
        file.write(f'{{"format": {json.dumps(name)}, "files": [')
        for path in _files_in(folder):
            if path != MARKER:
                file.write(f"{',' if count else ''}{encode_basestring_ascii(path)}")
                count += 1
        file.write("]}")
    return count


def _files_in(folder: str | Path, base: str = "") -> Iterator[str]:
    """The paths of files, relative to the folder, as they come."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_in(entry.path, f"{base}{entry.name}/")
            else:
                yield base + entry.name


def _sync_folder(folder: Path, files: int) -> None:
    """Bring a folder with all its files to the disk, in one go where there are many and the system waits."""
    if files > MANY_FILES and sys.platform == "linux":
        os.sync()
        return
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    """Bring a file or folder to the disk; folders cannot be opened for this on Windows."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
