"""Intrinsic functions: resolves template values."""

import base64
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ministack.core.responses import get_account_id, get_region

from ... import zones
from ..model import STORE, CloudFormationError, Desired, Resource
from .references import PLACEHOLDER

Value = Any
NO_VALUE = object()


class References(Protocol):
    """Resolves Ref and Fn::GetAtt of resources."""

    def ref(self, logical_id: str) -> Value: ...

    def attribute(self, logical_id: str, name: str) -> Value: ...


@dataclass(frozen=True)
class Unknown:
    """Represents a value that exists only after deployment. Equal only to the same reference."""

    logical_id: str
    attribute: str = ""


class Undeployed:
    """References in a template that is only compared or validated, not deployed."""

    def ref(self, logical_id: str) -> Value:
        return Unknown(logical_id)

    def attribute(self, logical_id: str, name: str) -> Value:
        return Unknown(logical_id, name)


class Deployed:
    def __init__(self, resources: dict[str, Resource]):
        self.resources = resources

    def ref(self, logical_id: str) -> Value:
        return self._need(logical_id).physical_id

    def _need(self, logical_id: str) -> Resource:
        if logical_id not in self.resources:  # its condition is false
            raise CloudFormationError(f"Template format error: Unresolved resource dependencies [{logical_id}]")
        return self.resources[logical_id]

    def attribute(self, logical_id: str, name: str) -> Value:
        resource = self._need(logical_id)
        if name in resource.attributes:
            return resource.attributes[name]
        if resource.is_custom:
            raise CloudFormationError(
                "CustomResource attribute error: "
                f"Vendor response doesn't contain {name} attribute in object {logical_id}"
            )
        raise CloudFormationError(f"Attribute '{name}' does not exist")


@dataclass(frozen=True)
class Identity:
    stack_name: str
    stack_id: str


class Resolver:
    """Resolves template values to plain values."""

    def __init__(self, desired: Desired, references: References, identity: Identity):
        self.desired, self.references, self.identity = desired, references, identity
        self._functions: dict[str, Callable[[Value], Value]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Join": self._join,
            "Fn::Sub": self._sub,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::If": self._if,
            "Fn::Base64": self._base64,
            "Fn::FindInMap": self._find_in_map,
            "Fn::ImportValue": self._import_value,
            "Fn::GetStackOutput": self._stack_output,
            "Fn::GetAZs": self._zones,
            "Fn::Cidr": self._cidr,
        }

    def resolve(self, value: Value) -> Value:
        if isinstance(value, list):
            return [it for it in map(self.resolve, value) if it is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument) = next(iter(value.items()))
            if name in self._functions:
                return self._functions[name](argument)
        resolved = {key: self.resolve(it) for key, it in value.items()}
        return {key: it for key, it in resolved.items() if it is not NO_VALUE}

    def _text(self, value: Value) -> str:
        resolved = self.resolve(value)
        return as_text(resolved)

    def _ref(self, name: str) -> Value:
        pseudo = self._pseudo(name)
        if pseudo is not None:
            return pseudo
        if name in self.desired.parameters:
            return self.desired.parameters[name].value
        return self.references.ref(name)

    def _pseudo(self, name: str) -> Value:
        return {
            "AWS::StackName": self.identity.stack_name,
            "AWS::StackId": self.identity.stack_id,
            "AWS::Region": get_region(),
            "AWS::AccountId": get_account_id(),
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::NoValue": NO_VALUE,
            "AWS::NotificationARNs": [],
        }.get(name)

    def _get_att(self, argument: Value) -> Value:
        logical_id, name = argument.split(".", 1) if isinstance(argument, str) else argument
        return self.references.attribute(logical_id, self.resolve(name))

    def _join(self, argument: Value) -> Value:
        delimiter, items = argument
        resolved = self.resolve(items)
        if isinstance(resolved, list) and all(map(is_known, resolved)):
            return delimiter.join(as_text(it) for it in resolved)
        return ("Fn::Join", delimiter, tuple(resolved) if isinstance(resolved, list) else resolved)

    def _sub(self, argument: Value) -> Value:
        text, given = (argument, {}) if isinstance(argument, str) else argument
        parts, position = [], 0
        for found in PLACEHOLDER.finditer(text):
            escaped, name = found.groups()
            value = f"${{{name}}}" if escaped else self._placeholder(name.strip(), given)
            parts += [text[position : found.start()], value]
            position = found.end()
        return self._join(["", [*parts, text[position:]]])

    def _placeholder(self, name: str, given: dict[str, Value]) -> Value:
        if name in given:
            return self.resolve(given[name])
        return self._get_att(name) if "." in name else self._ref(name)

    def _select(self, argument: Value) -> Value:
        index, items = int(self._text(argument[0])), self.resolve(argument[1])
        if not isinstance(items, list):
            return ("Fn::Select", index, items)
        if index >= len(items):
            raise CloudFormationError(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
        return items[index]

    def _split(self, argument: Value) -> Value:
        source = self.resolve(argument[1])
        return source.split(argument[0]) if isinstance(source, str) else ("Fn::Split", argument[0], source)

    def _if(self, argument: Value) -> Value:
        condition, yes, no = argument
        return self.resolve(yes if self.desired.conditions.get(condition) else no)

    def _base64(self, argument: Value) -> Value:
        source = self.resolve(argument)
        if isinstance(source, str):
            return base64.b64encode(source.encode()).decode()
        return ("Fn::Base64", source)

    def _find_in_map(self, argument: Value) -> Value:
        keys = [self._text(it) for it in argument[:3]]
        found: Value = self.desired.template.get("Mappings", {})
        for key in keys:
            found = found.get(key, {}) if isinstance(found, dict) else {}
        if found != {}:
            return found
        if len(argument) > 3 and "DefaultValue" in argument[3]:
            return self.resolve(argument[3]["DefaultValue"])
        raise CloudFormationError(f"Template error: Unable to get mapping for {'::'.join(keys)}")

    def _import_value(self, argument: Value) -> Value:
        name = self._text(argument)
        exports = STORE.exports()
        if name not in exports:
            raise CloudFormationError(f"No export named {name} found.")
        return exports[name]["OutputValue"]

    def _stack_output(self, argument: Value) -> Value:
        wanted = self.resolve(argument)
        stack = STORE.need(wanted["StackName"])
        for output in stack.outputs:
            if output["OutputKey"] == wanted["OutputName"]:
                return output["OutputValue"]
        raise CloudFormationError(f"Output {wanted['OutputName']} not found in stack {stack.name}")

    def _zones(self, argument: Value) -> Value:
        return zones.names(self._text(argument) or get_region())

    def _cidr(self, argument: Value) -> Value:
        block, count = self.resolve(argument[0]), int(self._text(argument[1]))
        if not isinstance(block, str):
            return [("Fn::Cidr", block, index) for index in range(count)]
        network = ipaddress.ip_network(block)
        host_bits = int(self._text(argument[2])) if len(argument) > 2 else 8
        subnets = network.subnets(new_prefix=network.max_prefixlen - host_bits)
        return [str(subnet) for subnet, _ in zip(subnets, range(count), strict=False)]


def is_known(value: Value) -> bool:
    """Functions of unknown values remain tuples, so that they can be compared."""
    return not isinstance(value, Unknown | tuple)


def as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


class Conditions:
    """Evaluates the conditions of a template, which may refer to each other."""

    def __init__(self, definitions: dict[str, Value], resolver: Resolver):
        self.definitions, self.resolver = definitions, resolver
        self.known = resolver.desired.conditions

    def judge_all(self) -> dict[str, bool]:
        for name in self.definitions:
            self._named(name)
        return self.known

    def _named(self, name: str) -> bool:
        if name not in self.known:
            self.known[name] = self._holds(self.definitions[name])
        return self.known[name]

    def _holds(self, expression: Value) -> bool:
        operator, argument = next(iter(expression.items()))
        if operator == "Fn::Equals":
            left, right = (as_text(self.resolver.resolve(it)) for it in argument)
            return left == right
        if operator == "Fn::Not":
            return not self._holds(argument[0])
        if operator in ("Fn::And", "Fn::Or"):
            return (all if operator == "Fn::And" else any)(self._holds(it) for it in argument)
        if operator == "Condition":
            return self._named(argument)
        raise CloudFormationError(f"Template error: {operator} is not a condition function")
