"""Read-only actions."""

from typing import Any

from ...types import catalog, registry
from ..model import STORE, CloudFormationError, Parameter, Resource, Stack
from ..templates.template import parse
from .change_sets import need as need_change_set
from .sources import template_at

Request = dict[str, Any]


def describe_stacks(request: Request) -> Request:
    name = request.get("StackName")
    stacks = [STORE.need(name)] if name else STORE.living()
    return {"Stacks": [_stack(it) for it in stacks]}


def _stack(stack: Stack) -> Request:
    current = stack.target or stack.deployed
    return {
        "StackId": stack.id,
        "StackName": stack.name,
        "Description": current.template.get("Description"),
        "Parameters": [_parameter(name, it) for name, it in current.parameters.items()],
        "CreationTime": stack.created,
        "LastUpdatedTime": stack.updated or None,
        "DeletionTime": stack.deleted or None,
        "DisableRollback": stack.disable_rollback,
        "StackStatus": stack.status,
        "StackStatusReason": stack.reason or None,
        "EnableTerminationProtection": stack.protected,
        "ParentId": stack.parent_id or None,
        "Outputs": stack.outputs,
        "Tags": current.tags,
    }


def _parameter(name: str, parameter: Parameter) -> Request:
    resolved = ",".join(parameter.value) if isinstance(parameter.value, list) else parameter.value
    shown = {"ParameterKey": name, "ParameterValue": "****" if parameter.no_echo else parameter.given}
    return shown if resolved == parameter.given else {**shown, "ResolvedValue": resolved}


def list_stacks(request: Request) -> Request:
    wanted = request.get("StackStatusFilter") or []
    stacks = [it for it in STORE.all() if not wanted or it.status in wanted]
    return {
        "StackSummaries": [
            {
                "StackId": it.id,
                "StackName": it.name,
                "CreationTime": it.created,
                "LastUpdatedTime": it.updated or None,
                "DeletionTime": it.deleted or None,
                "StackStatus": it.status,
                "StackStatusReason": it.reason or None,
                "ParentId": it.parent_id or None,
            }
            for it in stacks
        ]
    }


def describe_stack_events(request: Request) -> Request:
    return {"StackEvents": STORE.need(request["StackName"]).events[::-1]}


def _resource(stack: Stack, resource: Resource, time_field: str) -> Request:
    return {
        "StackId": stack.id,
        "StackName": stack.name,
        "LogicalResourceId": resource.logical_id,
        "PhysicalResourceId": resource.physical_id or None,
        "ResourceType": resource.type,
        time_field: resource.changed,
        "ResourceStatus": resource.status,
        "ResourceStatusReason": resource.reason or None,
    }


def describe_stack_resource(request: Request) -> Request:
    stack, name = STORE.need(request["StackName"]), request["LogicalResourceId"]
    if name not in stack.resources:
        raise CloudFormationError(f"Resource {name} does not exist for stack {stack.name}")
    return {"StackResourceDetail": _resource(stack, stack.resources[name], "LastUpdatedTimestamp")}


def describe_stack_resources(request: Request) -> Request:
    physical_id, logical_id = request.get("PhysicalResourceId"), request.get("LogicalResourceId")
    stacks = [STORE.need(request["StackName"])] if "StackName" in request else STORE.living()
    found = [
        _resource(stack, it, "Timestamp")
        for stack in stacks
        for it in stack.resources.values()
        if physical_id in (None, it.physical_id) and logical_id in (None, it.logical_id)
    ]
    if physical_id and not found:
        raise CloudFormationError(f"Stack for {physical_id} does not exist")
    return {"StackResources": found}


def list_stack_resources(request: Request) -> Request:
    stack = STORE.need(request["StackName"])
    return {"StackResourceSummaries": [_resource(stack, it, "LastUpdatedTimestamp") for it in stack.resources.values()]}


def get_template(request: Request) -> Request:
    if request.get("ChangeSetName"):
        return {"TemplateBody": need_change_set(request).desired.body}
    return {"TemplateBody": STORE.need(request["StackName"]).deployed.body}


def _summarized(request: Request) -> dict[str, Any]:
    if request.get("StackName"):
        return STORE.need(request["StackName"]).deployed.template
    return parse(request.get("TemplateBody") or template_at(request["TemplateURL"]))


def get_template_summary(request: Request) -> Request:
    template = _summarized(request)
    return {
        "Description": template.get("Description"),
        "Parameters": [
            {
                "ParameterKey": name,
                "DefaultValue": it.get("Default"),
                "ParameterType": it.get("Type", "String"),
                "NoEcho": str(it.get("NoEcho", False)).lower(),
                "Description": it.get("Description"),
            }
            for name, it in template.get("Parameters", {}).items()
        ],
        "ResourceTypes": sorted({it["Type"] for it in template.get("Resources", {}).values()}),
        "ResourceIdentifierSummaries": _identifier_summaries(template),
        "Metadata": None,
    }


def _identifier_summaries(template: dict[str, Any]) -> list[Request]:
    """The identifiers that are needed to import such resources."""
    resources = template.get("Resources", {})
    kinds = sorted({it["Type"] for it in resources.values() if catalog.handler_of(it["Type"]).importable})
    return [
        {
            "ResourceType": kind,
            "LogicalResourceIds": sorted(name for name, it in resources.items() if it["Type"] == kind),
            "ResourceIdentifiers": [",".join(registry.identifier(kind))],
        }
        for kind in kinds
    ]


def validate_template(request: Request) -> Request:
    summary = get_template_summary({key: it for key, it in request.items() if key != "StackName"})
    return {"Description": summary["Description"], "Parameters": summary["Parameters"]}


def list_exports(_request: Request) -> Request:
    return {
        "Exports": [
            {"ExportingStackId": it["ExportingStackId"], "Name": name, "Value": it["OutputValue"]}
            for name, it in sorted(STORE.exports().items())
        ]
    }


def list_imports(request: Request) -> Request:
    importers = sorted(it.name for it in STORE.importers(request["ExportName"]))
    if not importers:
        raise CloudFormationError(f"Export '{request['ExportName']}' is not imported by any stack.")
    return {"Imports": importers}


ACTIONS = {
    "DescribeStacks": describe_stacks,
    "ListStacks": list_stacks,
    "DescribeStackEvents": describe_stack_events,
    "DescribeStackResource": describe_stack_resource,
    "DescribeStackResources": describe_stack_resources,
    "ListStackResources": list_stack_resources,
    "GetTemplate": get_template,
    "GetTemplateSummary": get_template_summary,
    "ValidateTemplate": validate_template,
    "ListExports": list_exports,
    "ListImports": list_imports,
}
