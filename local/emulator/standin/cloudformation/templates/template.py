"""Prepares a template for deployment, and refuses what CloudFormation refuses immediately."""

from dataclasses import replace
from typing import Any

from ministack.services.cloudformation.engine import _parse_template

from ...types import catalog
from ..model import CloudFormationError, Desired, Stack
from .dependencies import edges, in_order
from .intrinsics import Conditions, Identity, Resolver, Undeployed
from .parameters import Given, resolve_parameters
from .references import imported_names, references

MOST_RESOURCES = 500


def prepare(body: str, given: dict[str, Given], stack: Stack) -> Desired:
    """Everything that is known about a template before it is deployed to this stack."""
    template = parse(body)
    check(template)
    parameters = resolve_parameters(template, given, stack.deployed.parameters)
    return with_conditions(Desired(body=body, template=template, parameters=parameters), stack)


def with_conditions(desired: Desired, stack: Stack) -> Desired:
    resolver = Resolver(desired, Undeployed(), Identity(stack.name, stack.id))
    Conditions(desired.template.get("Conditions", {}), resolver).judge_all()
    names = imports(desired, resolver)
    order = edges(desired.resources)
    cycle = sorted(order.keys() - set(in_order(order)))
    if cycle:
        raise CloudFormationError(f"Circular dependency between resources: [{', '.join(cycle)}]")
    return replace(desired, imports=names)


def parse(body: str) -> dict[str, Any]:
    try:
        template = _parse_template(body)
    except Exception as error:
        raise CloudFormationError(f"Template format error: {error}") from error
    if not template.get("Resources"):
        raise CloudFormationError("Template format error: At least one Resources member must be defined.")
    return template


def check(template: dict[str, Any]) -> None:
    """Errors that CloudFormation reports for the template itself."""
    resources = template["Resources"]
    if len(resources) > MOST_RESOURCES:
        raise CloudFormationError(
            f"Template format error: Number of resources, {len(resources)}, "
            f"is greater than maximum allowed, {MOST_RESOURCES}"
        )
    unknown_types = sorted({it["Type"] for it in resources.values() if not catalog.exists(it["Type"])})
    if unknown_types:
        raise CloudFormationError(f"Template format error: Unrecognized resource types: [{', '.join(unknown_types)}]")
    known = {*resources, *template.get("Parameters", {})}
    for block in ("Resources", "Outputs"):
        for definition in template.get(block, {}).values():
            _check_references({k: v for k, v in definition.items() if k != "Metadata"}, (block, known, resources))
            _check_depends_on(definition, resources)


def _check_depends_on(definition: dict[str, Any], resources: dict[str, Any]) -> None:
    listed = definition.get("DependsOn", [])
    for name in [listed] if isinstance(listed, str) else listed:
        if name not in resources:
            raise CloudFormationError(
                f"Template format error: Unresolved resource dependencies [{name}] "
                "in the Resources block of the template"
            )


def _check_references(value: Any, context: tuple[str, set[str], dict[str, Any]]) -> None:
    block, known, resources = context
    for logical_id, attribute in references(value):
        if attribute is None and logical_id not in known:
            raise CloudFormationError(
                f"Template format error: Unresolved resource dependencies [{logical_id}] "
                f"in the {block} block of the template"
            )
        if attribute is None:
            continue
        if logical_id not in resources:
            raise CloudFormationError(
                f"Template error: instance of Fn::GetAtt references undefined resource {logical_id}"
            )
        if not catalog.has_attribute(resources[logical_id]["Type"], attribute):
            raise CloudFormationError(
                f"Template error: resource {logical_id} does not support attribute type {attribute} in Fn::GetAtt"
            )


def imports(desired: Desired, resolver: Resolver) -> frozenset[str]:
    used = [*desired.resources.values(), *desired.outputs.values()]
    return frozenset(str(resolver.resolve(argument)) for argument in imported_names(used))
