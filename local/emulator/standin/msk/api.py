"""The MSK API, as far as this project's Lambda functions and commands call it."""

import asyncio
import contextvars
import json
import re
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from ..types.refusals import Refused
from . import assessments, clusters, configurations, connections, reassignments, scram, topics, upgrades
from .answers import ApiError, bad_request, cluster_of, needs_current
from .brokers import bootstrap_strings, hosts
from .model import CLUSTERS, POLICIES, Cluster, Operation, new_version
from .rules import VERSIONS, complaint_about_version
from .wanted import Wanted
from .wire import to_api, to_template

Body = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]
Action = Callable[..., Body]  # called with the parts of the path, and the body or query


# --- description of a cluster ----------------------------------------------------------------------------------------

SHOWN = ("ClientAuthentication", "EncryptionInfo", "LoggingInfo")
CLOSED = {"PublicAccess": {"Type": "DISABLED"}}
NOT_MONITORED = {"Prometheus": {it: {"EnabledInBroker": False} for it in ("JmxExporter", "NodeExporter")}}


def _common(cluster: Cluster) -> Body:
    return {
        "ClusterArn": cluster.arn,
        "ClusterName": cluster.name,
        "CreationTime": cluster.created,
        "CurrentVersion": cluster.version,
        "State": cluster.state,
        "Tags": cluster.tags,
    }


def _provisioned(cluster: Cluster) -> Body:
    wanted = Wanted(cluster.properties)
    group = cluster.properties["BrokerNodeGroupInfo"]
    return {
        "BrokerNodeGroupInfo": {**group, "ConnectivityInfo": {**CLOSED, **group.get("ConnectivityInfo", {})}},
        "OpenMonitoring": wanted.get("OpenMonitoring", NOT_MONITORED),
        **{key: cluster.properties.get(key) for key in SHOWN},
        "EnhancedMonitoring": wanted.get("EnhancedMonitoring", "DEFAULT"),
        "StorageMode": None if wanted.is_express else wanted.get("StorageMode", "LOCAL"),
        "NumberOfBrokerNodes": wanted.brokers,
        "Rebalancing": wanted.get("Rebalancing"),
        "CurrentBrokerSoftwareInfo": _software(wanted),
    }


def _software(wanted: Wanted) -> Body:
    return {
        "KafkaVersion": wanted.version,
        "ConfigurationArn": wanted.get("ConfigurationInfo.Arn"),
        "ConfigurationRevision": wanted.get("ConfigurationInfo.Revision"),
    }


def _serverless(cluster: Cluster) -> Body:
    return {key: cluster.properties.get(key) for key in ("VpcConfigs", "ClientAuthentication")}


def _second_version(cluster: Cluster) -> Body:
    detail = {"Serverless": _serverless(cluster)} if cluster.is_serverless else {"Provisioned": _provisioned(cluster)}
    return {**_common(cluster), "ClusterType": cluster.kind, **detail}


# --- actions ---------------------------------------------------------------------------------------------------------


def describe_cluster(arn: str, _body: Body) -> Body:
    cluster = cluster_of(arn)
    if cluster.is_serverless:
        raise bad_request("This operation doesn't support serverless clusters.")
    return {"ClusterInfo": {**_common(cluster), **_provisioned(cluster)}}


def describe_cluster_v2(arn: str, _body: Body) -> Body:
    return {"ClusterInfo": _second_version(cluster_of(arn))}


def list_clusters(query: Body) -> Body:
    provisioned = [it for it in _filtered(query) if not it.is_serverless]
    return {"ClusterInfoList": [{**_common(it), **_provisioned(it)} for it in provisioned]}


def list_clusters_v2(query: Body) -> Body:
    kind = query.get("clusterTypeFilter")
    return {"ClusterInfoList": [_second_version(it) for it in _filtered(query) if kind in (None, it.kind)]}


def _filtered(query: Body) -> list[Cluster]:
    return [it for it in CLUSTERS.values() if it.name.startswith(query.get("clusterNameFilter", ""))]


def delete_cluster(arn: str, _body: Body) -> Body:
    """The cluster is DELETING until its brokers have ended, and then it no longer exists."""
    cluster = cluster_of(arn)
    cluster.state = "DELETING"
    scope = contextvars.copy_context()  # carries the account and Region
    threading.Thread(target=scope.run, args=(clusters.delete, arn), daemon=True).start()
    return {"ClusterArn": arn, "ClusterName": cluster.name, "State": cluster.state}


def get_bootstrap_brokers(arn: str, _body: Body) -> Body:
    cluster = cluster_of(arn)
    if cluster.state == "CREATING":
        raise bad_request("The cluster is still being created.")
    return bootstrap_strings(cluster)


def get_cluster_policy(arn: str, _body: Body) -> Body:
    if cluster_of(arn).arn not in POLICIES:
        raise ApiError(404, "NotFoundException", "No policy found for the cluster.")
    return POLICIES[arn]


def put_cluster_policy(arn: str, body: Body) -> Body:
    cluster_of(arn)
    POLICIES[arn] = {"Policy": body["policy"], "CurrentVersion": new_version()}
    return {"CurrentVersion": POLICIES[arn]["CurrentVersion"]}


def delete_cluster_policy(arn: str, _body: Body) -> Body:
    POLICIES.pop(cluster_of(arn).arn, None)
    return {}


def update_connectivity(arn: str, body: Body) -> Body:
    cluster = cluster_of(arn)
    needs_current(cluster, body)
    changes = clusters.with_connectivity(cluster, to_template(body.get("connectivityInfo", {})))
    operation = clusters.operate(cluster, "UPDATE_CONNECTIVITY", changes)
    return {"ClusterArn": arn, "ClusterOperationArn": operation.arn}


def update_rebalancing(arn: str, body: Body) -> Body:
    cluster = cluster_of(arn)
    needs_current(cluster, body)
    operation = clusters.operate(cluster, "UPDATE_REBALANCING", {"Rebalancing": to_template(body["rebalancing"])})
    return {"ClusterArn": arn, "ClusterOperationArn": operation.arn}


def describe_cluster_operation(arn: str, _body: Body) -> Body:
    for cluster in CLUSTERS.values():
        for operation in (it for it in cluster.operations if it.arn == arn):
            return {"ClusterOperationInfo": _operation(cluster, operation)}
    raise ApiError(404, "NotFoundException", f"The requested resource doesn't exist: {arn}")


def list_cluster_operations(arn: str, _body: Body) -> Body:
    cluster = cluster_of(arn)
    return {"ClusterOperationInfoList": [_operation(cluster, it) for it in cluster.operations]}


def _operation(cluster: Cluster, operation: Operation) -> Body:
    return {
        "ClusterArn": cluster.arn,
        "OperationArn": operation.arn,
        "OperationType": operation.kind,
        "OperationState": operation.state,
        "CreationTime": operation.started,
        "StartTime": operation.started,
        "EndTime": operation.ended or None,
        **operation.details,
    }


def list_scram_secrets(arn: str, _body: Body) -> Body:
    return {"SecretArnList": cluster_of(arn).scram_secrets}


def batch_associate_scram_secret(arn: str, body: Body) -> Body:
    cluster, (good, bad) = cluster_of(arn), _judged_secrets(arn, body)
    cluster.scram_secrets += [it for it in good if it not in cluster.scram_secrets]
    return {"ClusterArn": arn, "UnprocessedScramSecrets": bad}


def batch_disassociate_scram_secret(arn: str, body: Body) -> Body:
    cluster, (good, bad) = cluster_of(arn), _judged_secrets(arn, body)
    cluster.scram_secrets = [it for it in cluster.scram_secrets if it not in good]
    return {"ClusterArn": arn, "UnprocessedScramSecrets": bad}


def _judged_secrets(arn: str, body: Body) -> tuple[list[str], list[Body]]:
    """The secrets that MSK accepts, and the errors for the others."""
    asked = body["secretArnList"]
    if len(asked) > scram.MOST_A_CALL:
        raise bad_request(f"At most {scram.MOST_A_CALL} secrets can be given.")
    scram.check(cluster_of(arn), [])
    complaints = {it: scram.complaint_about(it) for it in asked}
    bad = [
        {"SecretArn": it, "ErrorCode": "InvalidParameter", "ErrorMessage": complaint}
        for it, complaint in complaints.items()
        if complaint
    ]
    return [it for it, complaint in complaints.items() if complaint is None], bad


def list_nodes(arn: str, _body: Body) -> Body:
    cluster = cluster_of(arn)
    if cluster.is_serverless:
        return {"NodeInfoList": []}
    group, software = cluster.properties["BrokerNodeGroupInfo"], _software(Wanted(cluster.properties))
    common = {"NodeType": "BROKER", "InstanceType": group["InstanceType"], "AddedToClusterTime": cluster.created}
    kind = "EXPRESS" if group["InstanceType"].startswith("express.") else "STANDARD"
    nodes = []
    for number, host in enumerate(hosts(cluster), 1):
        told = {
            "BrokerId": number,
            "BrokerNodeType": kind,
            "ClientSubnet": group["ClientSubnets"][(number - 1) % len(group["ClientSubnets"])],
            "CurrentBrokerSoftwareInfo": software,
            "Endpoints": [host],
        }
        nodes.append({"NodeARN": f"{arn}/node/{number}", **common, "BrokerNodeInfo": told})
    return {"NodeInfoList": nodes}


def list_kafka_versions(_query: Body) -> Body:
    return {"KafkaVersions": [{"Version": it, "Status": "ACTIVE"} for it in sorted(VERSIONS)]}


def get_compatible_kafka_versions(query: Body) -> Body:
    """The versions that the update rules allow for a cluster."""
    before = Wanted(cluster_of(query["clusterArn"]).properties)
    able = [it for it in sorted(VERSIONS) if it != before.version and not complaint_about_version(before, it)]
    return {"CompatibleKafkaVersions": [{"SourceVersion": before.version, "TargetVersions": able}]}


def list_tags_for_resource(arn: str, _body: Body) -> Body:
    return {"Tags": cluster_of(arn).tags}


# --- routes ----------------------------------------------------------------------------------------------------------

ARN = r"([^/]+(?:/[^/]+){0,2})"  # of a cluster or a configuration
LONG_ARN = r"([^/]+/[^/]+/[^/]+/[^/]+)"
TOPIC = rf"/v1/clusters/{ARN}/topics/([^/]+)"
ROUTES: list[tuple[str, str, Action]] = [
    ("GET", r"/api/v2/clusters", list_clusters_v2),
    ("GET", rf"/api/v2/clusters/{ARN}/operations", list_cluster_operations),
    ("GET", rf"/api/v2/clusters/{ARN}", describe_cluster_v2),
    ("GET", rf"/(?:api/v2|v1)/operations/{LONG_ARN}", describe_cluster_operation),
    ("GET", r"/v1/clusters", list_clusters),
    ("GET", rf"/v1/clusters/{ARN}/bootstrap-brokers", get_bootstrap_brokers),
    ("GET", rf"/v1/clusters/{ARN}/policy", get_cluster_policy),
    ("PUT", rf"/v1/clusters/{ARN}/policy", put_cluster_policy),
    ("DELETE", rf"/v1/clusters/{ARN}/policy", delete_cluster_policy),
    ("PUT", rf"/v1/clusters/{ARN}/connectivity", update_connectivity),
    ("GET", rf"/v1/clusters/{ARN}/operations", list_cluster_operations),
    ("GET", rf"/v1/clusters/{ARN}/scram-secrets", list_scram_secrets),
    ("POST", rf"/v1/clusters/{ARN}/scram-secrets", batch_associate_scram_secret),
    ("PATCH", rf"/v1/clusters/{ARN}/scram-secrets", batch_disassociate_scram_secret),
    ("GET", rf"/v1/clusters/{ARN}/nodes", list_nodes),
    ("GET", rf"/v1/clusters/{ARN}/client-vpc-connections", connections.list_client_vpc_connections),
    ("GET", rf"/v1/clusters/{ARN}/topics", topics.list_topics),
    ("POST", rf"/v1/clusters/{ARN}/topics", topics.create_topic),
    ("GET", TOPIC, topics.describe_topic),
    ("PUT", TOPIC, topics.update_topic),
    ("DELETE", TOPIC, topics.delete_topic),
    ("GET", rf"{TOPIC}/partitions", topics.describe_topic_partitions),
    ("PUT", rf"/v1/clusters/{ARN}/rebalancing", update_rebalancing),
    ("PUT", rf"/v1/clusters/{ARN}/nodes/type", upgrades.update_broker_type),
    ("POST", rf"/v1/clusters/{ARN}/assessments", assessments.create_assessment),
    ("GET", rf"/v1/clusters/{ARN}/assessments", assessments.list_assessments),
    ("GET", rf"/v1/clusters/{ARN}/assessments/(.+)/findings", assessments.list_assessment_findings),
    ("GET", rf"/v1/clusters/{ARN}/assessments/(.+)", assessments.describe_assessment),
    ("DELETE", rf"/v1/clusters/{ARN}/assessments/(.+)", assessments.delete_assessment),
    ("POST", rf"/v1/clusters/{ARN}/topic-reassignments", reassignments.start_topic_reassignment),
    ("GET", rf"/v1/clusters/{ARN}/topic-reassignments", reassignments.list_topic_reassignments),
    ("POST", rf"/v1/clusters/{ARN}/topic-reassignments/(.+)/stop", reassignments.stop_topic_reassignment),
    ("GET", rf"/v1/clusters/{ARN}/topic-reassignments/(.+)", reassignments.describe_topic_reassignment),
    ("GET", rf"/v1/clusters/{ARN}", describe_cluster),
    ("DELETE", rf"/v1/clusters/{ARN}", delete_cluster),
    ("GET", r"/v1/kafka-versions", list_kafka_versions),
    ("GET", r"/v1/compatible-kafka-versions", get_compatible_kafka_versions),
    ("GET", r"/v1/configurations", configurations.list_configurations),
    ("GET", rf"/v1/configurations/{ARN}/revisions", configurations.list_configuration_revisions),
    ("GET", rf"/v1/configurations/{ARN}/revisions/(\d+)", configurations.describe_configuration_revision),
    ("GET", rf"/v1/configurations/{ARN}", configurations.describe_configuration),
    ("GET", r"/v1/vpc-connections", connections.list_vpc_connections),
    ("GET", rf"/v1/vpc-connection/{LONG_ARN}", connections.describe_vpc_connection),
    ("GET", r"/v1/tags/(.+)", list_tags_for_resource),
]
BLOCKING = {it.__name__ for it in (assessments, reassignments, topics, upgrades)}
ERRORS = {404: "NotFoundException", 409: "ConflictException"}


async def handle_request(
    method: str, path: str, _headers: dict[str, str], body: bytes, query: dict[str, list[str]]
) -> Answer:
    given = json.loads(body) if body else {name: values[0] for name, values in query.items()}
    try:
        return _answer(200, to_api(await _call(method, path, given)))
    except ApiError as error:
        return _answer(error.status, {"message": str(error)}, error.code)
    except Refused as error:
        return _answer(error.status, {"message": error.message}, ERRORS.get(error.status, "BadRequestException"))


async def _call(method: str, path: str, given: Body) -> Body:
    action, parts = _found(method, path)
    if action is None:
        raise bad_request(f"The stand-in does not offer this MSK operation: {method} {path}")
    if action.__module__ in BLOCKING:  # waits for brokers, so it must not run on the event loop
        return await asyncio.to_thread(action, *parts, given)
    return action(*parts, given)


def operation(method: str, path: str) -> str:
    """The name of the API action, or an empty string if it is not offered."""
    action, _ = _found(method, path)
    return "".join(it.capitalize() for it in action.__name__.split("_")) if action else ""


def _found(method: str, path: str) -> tuple[Action | None, tuple[str, ...]]:
    for verb, pattern, action in ROUTES:
        found = re.fullmatch(pattern, unquote(path))
        if found and verb == method:
            return action, found.groups()
    return None, ()


def _answer(status: int, body: Body, error: str = "") -> Answer:
    headers = {"Content-Type": "application/json", **({"x-amzn-errortype": error} if error else {})}
    return status, headers, json.dumps(body).encode()
