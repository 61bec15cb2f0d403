"""A disk that keeps apart what was synced and what was only written, file by file and name by name.

Names and contents are separate things, as they are to the system: a file is
followed by identity wherever it is renamed to, its name belongs to the folder
and is safe only once the folder was synced. A model that went by names alone
would report losses that are none.
"""

import os
from pathlib import Path

SECTOR = 512
LOSSES = ("none", "prefix", "sectors", "all")
"""What survives of writes that were not synced."""


class UnmodelledCallError(Exception):
    """The program did something to its files that this model does not know."""


class File:
    """Bytes that are safe, bytes as the program sees them, and the writes between the two."""

    def __init__(self, data=b""):
        self.safe = bytes(data)
        self.now = bytearray(data)
        self.pending = []

    def write(self, offset, data):
        self.pending.append((offset, bytes(data)))
        put(self.now, offset, data)

    def cut(self, length):
        self.pending.append((length, None))
        put(self.now, length, None)

    def sync(self):
        self.safe = bytes(self.now)
        self.pending.clear()

    def after_power_loss(self, loss, chance):
        """What is found on the disk afterwards."""
        data = bytearray(self.safe)
        for offset, written in self._survivors(loss, chance):
            put(data, offset, written)
        return data

    def _survivors(self, loss, chance):
        if loss == "all":
            return self.pending
        if loss == "prefix":
            return self.pending[: chance.randint(0, len(self.pending))]
        if loss == "sectors":
            return [part for write in self.pending for part in sectors(*write) if chance.random() < 0.5]
        return []


class Folder:
    """Names that are safe, names as the program sees them, and the changes between the two, in order."""

    def __init__(self):
        self.safe = {}
        self.now = {}
        self.pending = []

    def change(self, *changes):
        """Pairs of a name and what it leads to from now on (None: nothing), all of them or none."""
        self.pending.append(changes)
        apply(self.now, changes)

    def sync(self):
        self.safe = dict(self.now)
        self.pending.clear()

    def after_power_loss(self, loss, chance):
        """Names found afterwards: the first few changes survive, however many."""
        del loss
        names = dict(self.safe)
        for changes in self.pending[: chance.randint(0, len(self.pending))]:
            apply(names, changes)
        return names


def apply(names, changes):
    for name, node in changes:
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def put(data, offset, written):
    """Write into bytes, or cut them where nothing is written; a gap is filled with zeros."""
    if written is None:
        del data[offset:]
    end = offset + len(written or b"")
    data.extend(bytes(max(0, end - len(data))))
    if written:
        data[offset:end] = written


def sectors(offset, written):
    """The parts of a write that a disk does at once."""
    if written is None:
        yield offset, None
        return
    at = offset
    while at < offset + len(written):
        end = min(offset + len(written), (at // SECTOR + 1) * SECTOR)
        yield at, written[at - offset : end - offset]
        at = end


class Handle:
    """An open file or folder; descriptors made by dup share it."""

    def __init__(self, node, appends=False):
        self.node = node
        self.position = 0
        self.appends = appends


class Disk:
    """A folder and all below it, as system calls change it; everything found at first is safe."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.top = load(self.root)
        self.acknowledged = []
        """Lines the program wrote to its standard output."""
        self._open = {}

    def do(self, call):
        """Follow one call. Raises UnmodelledCallError for one that is not known here."""
        known = getattr(self, f"_{call.name}", None)
        if known:
            known(call.result, *call.arguments)
        elif self._concerns(call):
            raise UnmodelledCallError(call.name, call.arguments[:1])

    def after_power_loss(self, target, loss, chance):
        """Write what a computer would find that was switched off now into an empty folder."""
        settle(self.top, Path(target), loss, chance)

    def _concerns(self, call):
        paths = [self._place(one) for one in call.arguments if isinstance(one, bytes)]
        descriptors = [int(one) for one in call.arguments[:3] if isinstance(one, str) and one.isdigit()]
        return any(paths) or (bool(descriptors) and descriptors[0] in self._open)

    def _place(self, path):
        """(folder, name) of a path; (folder, None) of the folder itself, None of one elsewhere."""
        place = Path(os.path.normpath(os.fsdecode(path)))
        if place != self.root and self.root not in place.parents:
            return None
        folder = self.top
        parts = place.relative_to(self.root).parts
        for name in parts[:-1]:
            folder = folder.now.get(name)
            if not isinstance(folder, Folder):
                return None
        if parts and not isinstance(folder.now.get(parts[-1]), Folder):
            return folder, parts[-1]
        return (folder.now[parts[-1]] if parts else folder), None

    def _openat(self, result, _at, path, flags, *_mode):
        self._open.pop(result, None)
        place = self._place(path)
        if place is None:
            return
        folder, name = place
        if name is None:
            self._open[result] = Handle(folder)
            return
        if name not in folder.now:
            folder.change((name, File()))
        file = folder.now[name]
        if "O_TRUNC" in flags:
            file.cut(0)
        self._open[result] = Handle(file, "O_APPEND" in flags)

    def _close(self, _result, descriptor):
        self._open.pop(int(descriptor), None)

    def _dup(self, result, descriptor, *_rest):
        self._open.pop(result, None)
        if int(descriptor) in self._open:
            self._open[result] = self._open[int(descriptor)]

    _dup2 = _dup3 = _dup

    def _lseek(self, result, descriptor, *_rest):
        if int(descriptor) in self._open:
            self._open[int(descriptor)].position = result

    def _write(self, result, descriptor, data, *_rest):
        handle = self._open.get(int(descriptor))
        if handle is None:
            if descriptor == "1":
                self.acknowledged += data[:result].splitlines()
            return
        if handle.appends:
            handle.position = len(handle.node.now)
        handle.node.write(handle.position, data[:result])
        handle.position += result

    def _sendfile(self, result, descriptor, origin, place, _count):
        """What `shutil.copyfile` does; strace shows where it began and ended: [0] => [4096]."""
        begin = int(place.partition("]")[0].lstrip("["))
        data = self._open[int(origin)].node.now[begin : begin + result]
        self._write(result, descriptor, bytes(data))

    def _pwrite64(self, result, descriptor, data, _count, offset):
        if int(descriptor) in self._open:
            self._open[int(descriptor)].node.write(int(offset), data[:result])

    def _ftruncate(self, _result, descriptor, length):
        if int(descriptor) in self._open:
            self._open[int(descriptor)].node.cut(int(length))

    def _fsync(self, _result, descriptor):
        if int(descriptor) in self._open:
            self._open[int(descriptor)].node.sync()

    _fdatasync = _fsync

    def _unlink(self, _result, path):
        place = self._place(path)
        if place:
            place[0].change((place[1], None))

    def _rename(self, _result, old, new):
        origin, target = self._place(old), self._place(new)
        if origin is None and target is None:
            return
        if origin is None or target is None or origin[0] is not target[0] or None in (origin[1], target[1]):
            raise UnmodelledCallError("rename", (old, new))
        node = origin[0].now[origin[1]]
        origin[0].change((origin[1], None), (target[1], node))

    def _mkdir(self, _result, path, *_mode):
        place = self._place(path)
        if place:
            place[0].change((place[1], Folder()))

    def _execve(self, *_given):
        if self._open:
            raise UnmodelledCallError("execve", ())


def load(place):
    """A folder of the real disk, all of it safe."""
    folder = Folder()
    for child in place.iterdir():
        folder.now[child.name] = load(child) if child.is_dir() else File(child.read_bytes())
    folder.sync()
    return folder


def settle(folder, target, loss, chance):
    for name, node in sorted(folder.after_power_loss(loss, chance).items()):
        place = target / name
        if isinstance(node, Folder):
            place.mkdir()
            settle(node, place, loss, chance)
        else:
            place.write_bytes(node.after_power_loss(loss, chance))
