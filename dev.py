#!/usr/bin/env python3
"""Set the project up and run its tools; needs nothing but Python 3.11.

The first call makes `.venv` from the hashed lock and sees to the system libraries that Qt wants
on Linux. After that it works without a network until the lock or pyproject.toml changes.
Arguments after the command go on to the tool: `python3 dev.py test tests/store -k undo`.
"""

from __future__ import annotations  # so that an older Python gets as far as the message in main

import argparse
import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "annotator-stamp"
LOCK = ROOT / "requirements-dev.txt"
LINUX = sys.platform.startswith("linux")

# What Qt loads, and the Debian package that has it (the same names in Debian 12 and 13).
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
XVFB_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
TRACE_PROGRAMS = {"strace": "strace"}
FONT_FILES = {
    "truetype/dejavu/DejaVuSans.ttf": "fonts-dejavu-core",
    "truetype/noto/NotoSans-Regular.ttf": "fonts-noto-core",
    "opentype/noto/NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "truetype/noto/NotoColorEmoji.ttf": "fonts-noto-color-emoji",
}

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
)
TOOLS = {
    "bench": "bench",
    "looks": "tests.looks",
    "campaign": "tests.campaign",
    "conformance": "tests.conformance",
}
LEFTOVERS = (
    ".bench-cache",
    ".venv",
    "build",
    "dist",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "looks",
)
NO_TESTS_COLLECTED = 5


def main(arguments: Sequence[str] | None = None) -> int:
    if sys.version_info < (3, 11):
        sys.exit(f"annotator needs Python 3.11 or newer; this is {platform.python_version()}.")
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=["run", "test", "check", *TOOLS, "clean"])
    parser.add_argument("--junit", metavar="FOLDER", help="test: write results as JUnit XML into FOLDER")
    options, rest = parser.parse_known_args(arguments)
    if options.command in TOOLS:
        return run_tool(options.command, rest)
    if options.command == "test":
        return run_tests(rest, options.junit)
    if options.command == "run":
        return run_program(rest)
    return run_checks() if options.command == "check" else clean()


def run_program(rest: Sequence[str]) -> int:
    """Open the window; without a display make the demonstration folder instead, and say so."""
    set_up()
    if has_display():
        if LINUX:
            provide(missing_libraries(WINDOW_LIBRARIES), "the window needs")
        return call([PYTHON, "-m", "annotator", *rest])
    say("No display here, so no window: writing the demonstration into demo-out instead.")
    return call([PYTHON, "-m", "annotator", "demo", "demo-out"], without_windows())


def run_checks() -> int:
    """Lint, format, types and layers; runs all of them, fails if one fails."""
    set_up()
    failed = [" ".join(check) for check in CHECKS if call([PYTHON.parent / check[0], *check[1:]])]
    for check in failed:
        say(f"failed: {check}")
    return 1 if failed else 0


def run_tests(rest: Sequence[str], junit: str | None) -> int:
    """The checks, the tests without windows, then those that need a real one."""
    if LINUX:
        offer_trace()
    results = [run_checks(), pytest("not xvfb", rest, junit, without_windows())]
    if LINUX and any("mark.xvfb" in read(path) for path in (ROOT / "tests").rglob("test_*.py")):
        results.append(run_window_tests(rest, junit))
    return 1 if any(results) else 0


def run_window_tests(rest: Sequence[str], junit: str | None) -> int:
    """The tests marked xvfb, on a display of their own.

    Where it cannot be had they are left out aloud; on a build server (CI is set) that is a failure.
    """
    missing = missing_libraries(WINDOW_LIBRARIES) + missing_programs(XVFB_PROGRAMS)
    if missing and not install(missing):
        say(f"NOT RUN: the tests with a real window. They need: {apt_line(missing)}")
        return 1 if os.environ.get("CI") else 0
    with virtual_display() as display:
        environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        status = pytest("xvfb", rest, junit, environment)
    return 0 if status == NO_TESTS_COLLECTED else status


def pytest(marked: str, rest: Sequence[str], junit: str | None, environment: Mapping[str, str]) -> int:
    report = [f"--junitxml={Path(junit, marked.replace(' ', '-'))}.xml"] if junit else []
    status = call([PYTHON, "-m", "pytest", "-m", marked, *report, *rest], environment)
    if status not in (0, NO_TESTS_COLLECTED):
        say(f"failed: the tests that are {marked} ended with {status}")
    return status


def run_tool(name: str, rest: Sequence[str]) -> int:
    module = TOOLS[name]
    if not ROOT.joinpath(*module.split("."), "__main__.py").is_file():
        say(f"`{name}` belongs to later work: there is no {module} in this version yet.")
        return 2
    set_up()
    if name == "looks" and LINUX:
        offer_fonts()
    if name == "campaign" and LINUX:
        offer_trace()
    return call([PYTHON, "-m", module, *rest], without_windows())


def clean() -> int:
    """Remove what this program and its tools made: the environment, caches and builds."""
    for folder in [ROOT / name for name in LEFTOVERS]:
        shutil.rmtree(folder, ignore_errors=True)
    for cache in ROOT.rglob("__pycache__"):
        shutil.rmtree(cache, ignore_errors=True)
    return 0


def set_up() -> None:
    """Make or refresh `.venv` unless its stamp says that nothing has changed, and see that Qt loads."""
    version, wanted = platform.python_version(), fingerprint()
    if read(STAMP) != f"{version}\n{wanted}":
        make_environment(clear=read(STAMP).partition("\n")[0] not in ("", version))
        install_packages()
        STAMP.write_text(f"{version}\n{wanted}", encoding="utf-8")
    if LINUX:
        provide(missing_libraries(QT_LIBRARIES), "Qt needs")
    probe = subprocess.run(
        [PYTHON, "-c", "import PySide6.QtWidgets"], capture_output=True, text=True, check=False
    )
    if probe.returncode:
        sys.exit(f"Qt does not load here:\n{probe.stderr}")


def fingerprint() -> str:
    """Changes with the lock, the project file and the interpreter."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment(clear: bool) -> None:
    say("Setting up .venv …")
    try:
        # Where there are links already, copies would be refused; where there are copies, links give way.
        venv.create(VENV, with_pip=True, clear=clear, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, ImportError):
        sys.exit("Python cannot make a virtual environment; on Debian: sudo apt-get install python3-venv")


def install_packages() -> None:
    """Exactly what the lock names, checked by hash, then the project itself in place."""
    locked = ("--require-hashes", "-r", LOCK)
    ourselves = ("--no-deps", "--no-build-isolation", "-e", ROOT)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for what in (locked, ourselves):
        if call([*pip, *what]):
            sys.exit("The packages could not be installed; the first set-up needs the package index.")


def has_display() -> bool:
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def without_windows() -> dict[str, str]:
    """Environment in which Qt draws in memory, so that nothing pops up on the screen."""
    return {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")} if LINUX else {}


@contextmanager
def virtual_display(size: str = "1366x768") -> Iterator[str]:
    """An X server in memory for the time of the block, so many pixels large; gives its DISPLAY."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            sys.exit("Xvfb did not start.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def missing_libraries(packages: Mapping[str, str]) -> list[str]:
    return [package for library, package in packages.items() if not loads(library)]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_programs(packages: Mapping[str, str]) -> list[str]:
    return [package for program, package in packages.items() if not shutil.which(program)]


def provide(packages: Sequence[str], need: str) -> None:
    if packages and not install(packages):
        sys.exit(f"Missing system libraries; {need}: {apt_line(packages)}")


def offer_fonts() -> None:
    """Pictures look as meant only with these fonts, but they can be made without."""
    folder = Path("/usr/share/fonts")
    missing = [package for file, package in FONT_FILES.items() if not (folder / file).exists()]
    if missing and not install(missing):
        say(f"Some letters will be missing in the pictures. For all of them: {apt_line(missing)}")


def offer_trace() -> None:
    """Power cuts and failing disks are simulated with strace; without it those tests are skipped."""
    missing = missing_programs(TRACE_PROGRAMS)
    if missing and not install(missing):
        say(f"No power cuts can be simulated without strace: {apt_line(missing)}")


def install(packages: Iterable[str]) -> bool:
    """Install Debian packages if we may (root, apt-get); says whether they are there now."""
    if not LINUX or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing {' '.join(packages)} …")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "-qq"], quiet)
    return call(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages], quiet) == 0


def apt_line(packages: Iterable[str]) -> str:
    return f"sudo apt-get install -y {' '.join(packages)}"


def call(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> int:
    """Run a command at the root of the project and give its exit status."""
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, check=False
    ).returncode


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
