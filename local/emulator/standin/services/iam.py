"""IAM roles and policies. MiniStack loses attached policies when a role changes, and never detaches policies."""

import json
from collections.abc import Iterable
from typing import Any

from ministack.core.responses import get_account_id, now_iso
from ministack.services import iam
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from ..identity import write_files
from ..types.handler import Existing, Handler, Outcome, Request
from ..types.ministack import MinistackHandler
from ..types.refusals import already_exists

Record = dict[str, Any]


def _document(properties: Record) -> str:
    document = properties.get("PolicyDocument", {})
    return document if isinstance(document, str) else json.dumps(document)


def _roles(names: Iterable[str]) -> list[Record]:
    return [iam._roles[name] for name in names if name in iam._roles]


class Role(MinistackHandler):
    def create(self, request: Request) -> Outcome:
        name = request.properties.get("RoleName")
        if name and name in iam._roles:
            raise already_exists(request.type, name)
        outcome = super().create(request)
        # ARNs, as in MiniStack's own IAM API; its CloudFormation stores records
        iam._roles[outcome.physical_id]["AttachedPolicies"] = list(request.properties.get("ManagedPolicyArns", []))
        write_files()
        return outcome

    def update(self, request: Request, existing: Existing) -> Outcome:
        """Keeps policies that other resources have attached."""
        role, old, new = iam._roles[existing.physical_id], existing.properties, request.properties
        own, wanted = _inline(old), _inline(new)
        kept = {name: it for name, it in role["InlinePolicies"].items() if name not in own}
        role["InlinePolicies"] = {**kept, **wanted}
        given, asked = old.get("ManagedPolicyArns", []), new.get("ManagedPolicyArns", [])
        role["AttachedPolicies"] = [*asked, *(it for it in role["AttachedPolicies"] if it not in {*given, *asked})]
        role["AssumeRolePolicyDocument"] = json.dumps(new["AssumeRolePolicyDocument"])
        role["Description"] = new.get("Description", "")
        role["MaxSessionDuration"] = int(new.get("MaxSessionDuration", 3600))
        role["Tags"] = new.get("Tags", [])
        write_files()
        return Outcome(existing.physical_id, existing.attributes)

    def delete(self, existing: Existing) -> None:
        super().delete(existing)
        write_files()


def _inline(properties: Record) -> dict[str, str]:
    return {it["PolicyName"]: _document(it) for it in properties.get("Policies", [])}


class InlinePolicy(Handler):
    """AWS::IAM::Policy and AWS::IAM::RolePolicy: a document inside each of its roles."""

    def create(self, request: Request) -> Outcome:
        self._put(request.properties)
        return Outcome(request.generated_name(128), {})

    def update(self, request: Request, existing: Existing) -> Outcome:
        self._take_away(existing.properties)
        self._put(request.properties)
        return Outcome(existing.physical_id, existing.attributes)

    def delete(self, existing: Existing) -> None:
        self._take_away(existing.properties)
        write_files()

    def _put(self, properties: Record) -> None:
        for role in _roles(_named_roles(properties)):
            role["InlinePolicies"][properties["PolicyName"]] = _document(properties)
        write_files()

    def _take_away(self, properties: Record) -> None:
        for role in _roles(_named_roles(properties)):
            role["InlinePolicies"].pop(properties["PolicyName"], None)


def _named_roles(properties: Record) -> list[str]:
    return [properties["RoleName"]] if "RoleName" in properties else properties.get("Roles", [])


class ManagedPolicy(Handler):
    def create(self, request: Request) -> Outcome:
        properties = request.properties
        name = properties.get("ManagedPolicyName") or request.generated_name(128)
        arn = f"arn:aws:iam::{get_account_id()}:policy{properties.get('Path', '/')}{name}"
        if arn in iam._policies:
            raise already_exists(request.type, arn)
        iam._policies[arn] = {
            "PolicyName": name,
            "PolicyId": f"ANPA{request.suffix}",
            "Arn": arn,
            "Path": properties.get("Path", "/"),
            "DefaultVersionId": "v1",
            "AttachmentCount": 0,
            "IsAttachable": True,
            "Description": properties.get("Description", ""),
            "CreateDate": now_iso(),
            "UpdateDate": now_iso(),
            "Tags": [],
            "Versions": {},
        }
        self._put(arn, properties)
        return Outcome(arn, {"PolicyArn": arn})

    def update(self, request: Request, existing: Existing) -> Outcome:
        self._detach(existing)
        self._put(existing.physical_id, request.properties)
        return Outcome(existing.physical_id, existing.attributes)

    def delete(self, existing: Existing) -> None:
        self._detach(existing)
        iam._policies.pop(existing.physical_id, None)
        write_files()

    def _put(self, arn: str, properties: Record) -> None:
        version = {"VersionId": "v1", "IsDefaultVersion": True, "Document": _document(properties)}
        iam._policies[arn]["Versions"] = {"v1": {**version, "CreateDate": now_iso()}}
        for role in _roles(properties.get("Roles", [])):
            if arn not in role["AttachedPolicies"]:
                role["AttachedPolicies"].append(arn)
        write_files()

    def _detach(self, existing: Existing) -> None:
        for role in _roles(existing.properties.get("Roles", [])):
            role["AttachedPolicies"] = [it for it in role["AttachedPolicies"] if it != existing.physical_id]


HANDLERS: dict[str, Handler] = {
    "AWS::IAM::Role": Role(_RESOURCE_HANDLERS["AWS::IAM::Role"]),
    "AWS::IAM::Policy": InlinePolicy(),
    "AWS::IAM::RolePolicy": InlinePolicy(),
    "AWS::IAM::ManagedPolicy": ManagedPolicy(),
}
