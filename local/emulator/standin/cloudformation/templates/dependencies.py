"""Dependencies between resources, and work that runs in their order, in parallel as far as possible."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from .references import references

log = logging.getLogger("standin.cloudformation")
Node = TypeVar("Node", bound=Hashable)
Edges = Mapping[Node, Iterable[Node]]


def edges(definitions: Mapping[str, dict[str, Any]]) -> dict[str, frozenset[str]]:
    """Logical ID -> the logical IDs that it depends on, by references or DependsOn."""
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
    """Each node follows those that it depends on. Nodes of a cycle are omitted."""
    waiting, done = dict(graph), []
    while ready := sorted(node for node, targets in waiting.items() if not targets & waiting.keys()):
        done += ready
        for node in ready:
            del waiting[node]
    return done


async def run_in_order(graph: Edges[Node], work: Callable[[Node], Awaitable[bool]]) -> bool:
    """Runs `work` for each node after those that it depends on. Skips the dependents of a node that returns False."""
    loop = asyncio.get_running_loop()
    outcomes = {node: loop.create_future() for node in graph}

    async def run(node: Node) -> None:
        before = await asyncio.gather(*(outcomes[it] for it in graph[node] if it in outcomes))
        try:
            outcomes[node].set_result(all(before) and await work(node))
        except Exception:
            log.exception("internal error of the stand-in at %s", node)
            outcomes[node].set_result(False)

    await asyncio.gather(*(run(node) for node in graph))
    return all(outcome.result() for outcome in outcomes.values())
