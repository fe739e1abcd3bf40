"""The CloudFormation API: one function per action."""

from collections.abc import Callable
from typing import Any

from ..model import CloudFormationError
from . import change_sets, descriptions, query, stacks

Action = Callable[[dict[str, Any]], dict[str, Any]]

ACTIONS: dict[str, Action] = {
    **stacks.ACTIONS,
    **change_sets.ACTIONS,
    **descriptions.ACTIONS,
}


async def handle_request(
    _method: str, _path: str, _headers: dict[str, str], body: bytes, query_params: dict[str, list[str]]
) -> query.Answer:
    request = query.parse(body, query_params)
    name = request.get("Action", "")
    try:
        if name not in ACTIONS:
            raise CloudFormationError(f"Could not find operation {name}", "InvalidAction")
        return query.succeed(name, ACTIONS[name](request))
    except CloudFormationError as error:
        return query.fail(error)
