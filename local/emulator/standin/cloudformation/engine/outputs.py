"""Outputs and exports of a stack."""

from typing import Any

from ..model import STORE, CloudFormationError, Desired, Stack
from ..templates.intrinsics import Resolver, as_text


def resolve(stack: Stack, desired: Desired, resolver: Resolver) -> list[dict[str, str]]:
    outputs = [_output(name, definition, resolver) for name, definition in desired.outputs.items()]
    _check_exports(stack, {it["ExportName"]: it["OutputValue"] for it in outputs if "ExportName" in it})
    return outputs


def _output(name: str, definition: dict[str, Any], resolver: Resolver) -> dict[str, str]:
    output = {"OutputKey": name, "OutputValue": as_text(resolver.resolve(definition["Value"]))}
    if "Description" in definition:
        output["Description"] = definition["Description"]
    if "Export" in definition:
        output["ExportName"] = as_text(resolver.resolve(definition["Export"]["Name"]))
    return output


def _check_exports(stack: Stack, wanted: dict[str, str]) -> None:
    for name, export in STORE.exports().items():
        if export["ExportingStackId"] != stack.id:
            if name in wanted:
                exporter = STORE.need(export["ExportingStackId"]).name
                raise CloudFormationError(f"Export with name {name} is already exported by stack {exporter}. ")
        elif name not in wanted:
            refuse_if_imported(name, "deleted")
        elif wanted[name] != export["OutputValue"]:
            refuse_if_imported(name, "updated")


def refuse_if_imported(export: str, verb: str) -> None:
    users = sorted(stack.name for stack in STORE.importers(export))
    if users:
        raise CloudFormationError(f"Export {export} cannot be {verb} as it is in use by {', '.join(users)}")


def refuse_if_any_imported(stack: Stack) -> None:
    for output in stack.outputs:
        if "ExportName" in output:
            refuse_if_imported(output["ExportName"], "deleted")
