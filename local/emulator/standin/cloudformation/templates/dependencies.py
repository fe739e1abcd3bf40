"""Which resource waits for which, and running work in that order, as much at a time as it allows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from .references import references

log = logging.getLogger("standin.cloudformation")
Node = TypeVar("Node", bound=Hashable)
Edges = Mapping[Node, Iterable[Node]]


def edges(definitions: Mapping[str, dict[str, Any]]) -> dict[str, frozenset[str]]:
    """Logical ID -> the logical IDs it refers to, in words or by DependsOn."""
    found = {}
    for logical_id, definition in definitions.items():
        explicit = definition.get("DependsOn", [])
        named = {explicit} if isinstance(explicit, str) else set(explicit)
        named |= {target for target, _ in references(definition.get("Properties", {}))}
        found[logical_id] = frozenset(named & set(definitions) - {logical_id})
    return found


def reverse(graph: Edges[Node]) -> dict[Node, set[Node]]:
    turned: dict[Node, set[Node]] = {node: set() for node in graph}
    for node, targets in graph.items():
        for target in targets:
            if target in turned:
                turned[target].add(node)
    return turned


def in_order(graph: Mapping[str, frozenset[str]]) -> list[str]:
    """Each node after those it depends on; nodes of a cycle are left out."""
    waiting, done = dict(graph), []
    while ready := sorted(node for node, targets in waiting.items() if not targets & waiting.keys()):
        done += ready
        for node in ready:
            del waiting[node]
    return done


async def run_in_order(graph: Edges[Node], work: Callable[[Node], Awaitable[bool]]) -> bool:
    """Runs `work` for each node after those it depends on; a node that answers False stops what follows it."""
    loop = asyncio.get_running_loop()
    outcomes = {node: loop.create_future() for node in graph}

    async def run(node: Node) -> None:
        before = await asyncio.gather(*(outcomes[it] for it in graph[node] if it in outcomes))
        try:
            outcomes[node].set_result(all(before) and await work(node))
        except Exception:
            log.exception("the stand-in itself failed at %s", node)
            outcomes[node].set_result(False)

    await asyncio.gather(*(run(node) for node in graph))
    return all(outcome.result() for outcome in outcomes.values())
