"""What a program does to its files, as `strace` sees it: system calls in order, strings decoded."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
MISSING = "needs strace"
"""Why a test is skipped where the tool is not there."""

FOLLOWED = (
    "execve,openat,close,dup,dup2,dup3,lseek,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,"
    "fallocate,copy_file_range,sendfile,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,"
    "linkat,symlink,symlinkat,mkdir,mkdirat,rmdir"
)
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)")
_HEX = re.compile(r'^"((?:\\x[0-9a-f]{2})*)"$')


class Call(NamedTuple):
    """A system call that succeeded; strings among the arguments are bytes, the rest as printed."""

    name: str
    arguments: tuple[bytes | str, ...]
    result: int


@cache
def is_there():
    """Whether strace is installed and may be used here."""
    if shutil.which("strace") is None:
        return False
    probe = ["strace", "-e", "inject=fsync:error=EIO", "-o", os.devnull, "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def run(log, options, module, *arguments):
    """Run a module of ours under strace; its standard output, and how it ended."""
    command = ["strace", "-f", "-o", str(log), *options, sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def record(log, module, *arguments):
    """Every call a module made to files; fails if it did not end well."""
    done = run(log, ["-xx", "-s", "10000000", "-e", f"trace={FOLLOWED}"], module, *arguments)
    assert done.returncode == 0, done.stderr[-2000:]
    return calls(log)


def calls(log):
    """The successful calls of a log, in the order in which they returned."""
    found, begun = [], {}
    with Path(log).open(encoding="ascii") as lines:
        for line in lines:
            process, _, rest = line.partition(" ")
            if rest.rstrip().endswith("<unfinished ...>"):
                begun[process] = rest.rpartition("<unfinished ...>")[0].strip()
                continue
            resumed = re.match(r" *<\.\.\. \w+ resumed>(.*)", rest, re.DOTALL)
            if resumed:
                line = f"{process} {begun.pop(process)}{resumed[1]}"
            match = _LINE.match(line)
            if match and match[4] != "?" and int(match[4]) >= 0:
                arguments = tuple(_decoded(part) for part in match[3].split(", "))
                found.append(Call(match[2], arguments, int(match[4])))
    return found


def _decoded(argument):
    match = _HEX.match(argument.strip())
    return bytes.fromhex(match[1].replace("\\x", "")) if match else argument.strip()
