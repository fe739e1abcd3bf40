"""Counts what was unkind, so that a test can tell whether it has met it."""

import threading
from collections import Counter, defaultdict

_lock = threading.Lock()
_counts: dict[str, Counter[str]] = defaultdict(Counter)


def note(kind: str, what: str) -> None:
    with _lock:
        _counts[kind][what] += 1


def read() -> dict[str, dict[str, int]]:
    with _lock:
        return {kind: dict(counts) for kind, counts in _counts.items()}


def clear() -> None:
    with _lock:
        _counts.clear()
