"""The options, as `emulator.ts` documents them. They can be replaced while the emulator runs."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Given = Mapping[str, Any]
RATES = Path(__file__).with_name("rates.json")
POLICY_TYPES = ("permissions boundary", "identity-based policy", "service control policy")


@dataclass(frozen=True)
class Rate:
    """A bucket of tokens that all its actions share, or each action has one like it."""

    actions: tuple[str, ...]  # such as ec2:Describe*
    burst: float
    per_second: float
    is_shared: bool = True


@dataclass(frozen=True)
class Denied:
    role: str  # a name with wildcards
    actions: tuple[str, ...]
    policy_type: str = POLICY_TYPES[0]


@dataclass(frozen=True)
class Options:
    seed: int = 0
    rates: tuple[Rate, ...] = ()
    server_errors: float = 0.0
    deny: tuple[Denied, ...] = ()
    concurrent_executions: int | None = None
    function_key_seconds: float | None = None
    events_twice: float = 0.0
    events_again: float = 0.0
    events_older: float = 0.0

    def happens(self, share: float, what: str) -> bool:
        """A draw that depends on the seed and on what is drawn for, and not on what happens at the same time."""
        return share > 0 and self.dice(what).random() < share

    def dice(self, what: str) -> random.Random:
        return random.Random(f"{self.seed}:{what}")


def read(given: Given) -> Options:
    """Raises ValueError or TypeError if they are wrong."""
    known = {
        *("seed", "throttling", "rates", "serverErrors", "deny", "concurrentExecutions", "functionKeySeconds", "events")
    }
    if given.keys() - known:
        raise ValueError(f"there are no options {', '.join(sorted(given.keys() - known))}")
    events = given.get("events", {})
    return Options(
        seed=int(given.get("seed", 0)),
        rates=(*_own_rates(given.get("rates", {})), *(_documented_rates() if given.get("throttling") else ())),
        server_errors=float(given.get("serverErrors", 0)),
        deny=tuple(_denied(it) for it in given.get("deny", [])),
        concurrent_executions=given.get("concurrentExecutions"),
        function_key_seconds=given.get("functionKeySeconds"),
        events_twice=float(events.get("twice", 0)),
        events_again=float(events.get("again", 0)),
        events_older=float(events.get("older", 0)),
    )


def _own_rates(given: Given) -> list[Rate]:
    return [Rate((action,), it["burst"], it["perSecond"]) for action, it in given.items()]


def _documented_rates() -> list[Rate]:
    rows = json.loads(RATES.read_text())
    return [Rate(tuple(it["actions"]), it["burst"], it["perSecond"], it.get("shared", False)) for it in rows]


def _denied(given: Given) -> Denied:
    denied = Denied(given["role"], tuple(given["actions"]), given.get("policyType", POLICY_TYPES[0]))
    if denied.policy_type not in POLICY_TYPES:
        raise ValueError(f"the type of a policy is one of {', '.join(POLICY_TYPES)}, not {denied.policy_type}")
    return denied


_current = Options()


def current() -> Options:
    return _current


def begin(options: Options) -> None:
    global _current  # noqa: PLW0603
    _current = options
