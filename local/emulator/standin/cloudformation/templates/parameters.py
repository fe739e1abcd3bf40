"""Parameters of a template: validates and converts the given values as CloudFormation does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ministack.services import ssm

from ..model import CloudFormationError, Parameter

STORE_VALUE = re.compile(r"AWS::SSM::Parameter::Value<(.+)>")
LIST = re.compile(r"List<(.+)>|CommaDelimitedList")


@dataclass(frozen=True)
class Given:
    value: str = ""
    use_previous: bool = False


def resolve_parameters(
    template: dict[str, Any], given: Mapping[str, Given], previous: Mapping[str, Parameter]
) -> dict[str, Parameter]:
    definitions = template.get("Parameters", {})
    unknown = sorted(set(given) - set(definitions))
    if unknown:
        raise CloudFormationError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    raw = {name: _raw(name, definition, (given, previous)) for name, definition in definitions.items()}
    missing = sorted(name for name, value in raw.items() if value is None)
    if missing:
        raise CloudFormationError(f"Parameters: [{', '.join(missing)}] must have values")
    return {name: _typed(name, definitions[name], str(value)) for name, value in raw.items()}


def _raw(name: str, definition: dict[str, Any], sources: tuple[Mapping[str, Given], Mapping[str, Parameter]]):
    given, previous = sources
    if name not in given:
        return definition.get("Default")
    if not given[name].use_previous:
        return given[name].value
    return previous[name].given if name in previous else definition.get("Default")


def _typed(name: str, definition: dict[str, Any], given: str) -> Parameter:
    kind = definition.get("Type", "String")
    value = given
    stored = STORE_VALUE.fullmatch(kind)
    if stored:
        value, kind = _from_store(given), stored[1]
    is_list = LIST.fullmatch(kind)
    items = [item.strip() for item in value.split(",")] if is_list else [value]
    item_kind = (is_list[1] or "String") if is_list else kind
    for item in items:
        _check(name, definition, (item, item_kind))
    no_echo = str(definition.get("NoEcho", "")).lower() == "true"
    return Parameter(value=items if is_list else value, given=given, no_echo=no_echo)


def _from_store(name: str) -> str:
    value = ssm.resolve_parameter_value(name)
    if value is None:
        raise CloudFormationError(f"Unable to fetch parameters [{name}] from parameter store for this account.")
    return value


def _check(name: str, definition: dict[str, Any], item: tuple[str, str]) -> None:
    value, kind = item
    if kind == "Number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise CloudFormationError(f"Parameter '{name}' must be a number.")
    allowed = [str(it) for it in definition.get("AllowedValues", [value])]
    if value not in allowed:
        raise CloudFormationError(f"Parameter '{name}' must be one of AllowedValues")
    pattern = definition.get("AllowedPattern")
    if pattern and not re.fullmatch(pattern, value):
        raise CloudFormationError(
            definition.get("ConstraintDescription") or f"Parameter '{name}' must match pattern {pattern}"
        )
    _check_range(name, definition, ("Length", len(value)))
    if kind == "Number":
        _check_range(name, definition, ("Value", float(value)))


def _check_range(name: str, definition: dict[str, Any], measured: tuple[str, float]) -> None:
    what, size = measured
    least, most = definition.get(f"Min{what}"), definition.get(f"Max{what}")
    if least is not None and size < float(least):
        raise CloudFormationError(f"Parameter '{name}' must have a {what.lower()} of at least {least}")
    if most is not None and size > float(most):
        raise CloudFormationError(f"Parameter '{name}' must have a {what.lower()} of at most {most}")
