"""Timestamps in the format of AWS, and work that comes later."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def later(seconds: float, work: Callable[..., None], *arguments: Any) -> None:
    """In the background, which does not keep the process alive."""
    timer = threading.Timer(seconds, work, arguments)
    timer.daemon = True
    timer.start()
