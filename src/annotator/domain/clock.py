"""A hybrid logical clock: orders operations by cause even when a wall clock jumps."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

ZERO = "000000000000000-000000"


def wall_ms() -> int:
    """Milliseconds since 1970, as the machine believes."""
    return time.time_ns() // 1_000_000


def tick(last: str, now_ms: int) -> str:
    """The next reading: later than `last`, close to the wall clock where that moves forward.

    A reading is 15 digits of milliseconds, a hyphen and a counter of 6 digits,
    so that readings sort as texts.
    Source: Kulkarni et al. (2014), Logical Physical Clocks, figure 5.
    """
    millis, counter = int(last[:15]), int(last[16:])
    if now_ms > millis:
        return f"{now_ms:015d}-000000"
    if counter == 999_999:
        return f"{millis + 1:015d}-000000"
    return f"{millis:015d}-{counter + 1:06d}"


def utc(now_ms: int) -> str:
    """A time in UTC, ISO 8601 with milliseconds: 2024-05-01T12:30:00.000Z."""
    moment = datetime.fromtimestamp(now_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


WallClock = Callable[[], int]
