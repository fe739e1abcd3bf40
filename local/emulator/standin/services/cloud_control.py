"""Cloud Control, as far as CDK lookups use it for resources of CloudFormation. MiniStack handles the rest."""

import json
from typing import Any

from ministack.services import cloudcontrol, ec2

from ..msk.model import CLUSTERS, Cluster

Answer = tuple[int, dict[str, str], bytes]


async def handle_request(  # noqa: PLR0913 (the signature that MiniStack expects)
    method: str, path: str, headers: dict[str, str], body: bytes, query: dict[str, list[str]]
) -> Answer:
    action = headers.get("x-amz-target", "").rpartition(".")[2]
    asked = json.loads(body or b"{}")
    answer = _answer(action, asked.get("TypeName", ""), asked.get("Identifier", ""))
    if answer is None:
        return await cloudcontrol.handle_request(method, path, headers, body, query)
    return 200, {"Content-Type": "application/x-amz-json-1.0"}, json.dumps(answer).encode()


def _answer(action: str, kind: str, identifier: str) -> dict[str, Any] | None:
    """Returns None for other types and for missing resources, which MiniStack then answers."""
    if action == "ListResources" and kind == "AWS::MSK::Cluster":
        listed = [_description(it.arn, _in_short(it)) for it in CLUSTERS.values() if not it.is_serverless]
        return {"TypeName": kind, "ResourceDescriptions": listed}
    found = _found(kind, identifier) if action == "GetResource" else None
    return found and {"TypeName": kind, "ResourceDescription": _description(identifier, found)}


def _found(kind: str, identifier: str) -> dict[str, Any] | None:
    if kind == "AWS::MSK::Cluster" and identifier in CLUSTERS and not CLUSTERS[identifier].is_serverless:
        cluster = CLUSTERS[identifier]
        return {**cluster.properties, **_in_short(cluster), "CurrentVersion": cluster.version}
    if kind == "AWS::EC2::Subnet" and identifier in ec2._subnets:
        subnet = ec2._subnets[identifier]
        return {it: subnet[it] for it in ("SubnetId", "VpcId", "AvailabilityZone", "CidrBlock")}
    return None


def _in_short(cluster: Cluster) -> dict[str, Any]:
    """A list has fewer properties: "ListResources may return fewer properties" (cloud-assembly-schema)."""
    return {"Arn": cluster.arn, "ClusterName": cluster.name}


def _description(identifier: str, properties: dict[str, Any]) -> dict[str, str]:
    return {"Identifier": identifier, "Properties": json.dumps(properties)}
