"""Topics in the MSK API. The answers come from the brokers, if the cluster has real ones.

@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html
"""

import base64
import json
from typing import Any

from ..types.handler import Existing, Request
from . import brokers
from .answers import Body, bad_request, cluster_of, not_found, page
from .model import TOPICS, Cluster, Properties
from .resources import Topic
from .wanted import Wanted

HANDLER = Topic()


def list_topics(cluster_arn: str, query: Body) -> Body:
    cluster = _cluster(cluster_arn)
    wanted = [it for it in topics_of(cluster) if it["name"].startswith(query.get("topicNameFilter", ""))]
    return page("Topics", [{**_common(cluster, it), "OutOfSyncReplicaCount": _out_of_sync(it)} for it in wanted], query)


def describe_topic(cluster_arn: str, name: str, _query: Body) -> Body:
    cluster = _cluster(cluster_arn)
    topic = _topic(cluster, name)
    return {**_common(cluster, topic), "Configs": _encoded(topic["configs"]), "Status": "ACTIVE"}


def describe_topic_partitions(cluster_arn: str, name: str, query: Body) -> Body:
    partitions = _topic(_cluster(cluster_arn), name)["assignments"]
    keys = {"Partition": "partition", "Leader": "leader", "Replicas": "replicas", "Isr": "inSync"}
    return page("Partitions", [{key: it[ours] for key, ours in keys.items()} for it in partitions], query)


def create_topic(cluster_arn: str, body: Body) -> Body:
    cluster = _cluster(cluster_arn)
    sizes = {"PartitionCount": body["partitionCount"], "ReplicationFactor": body["replicationFactor"]}
    name, configs = body["topicName"], body.get("configs", "e30=")
    HANDLER.create(_request({"ClusterArn": cluster.arn, "TopicName": name, "Configs": configs, **sizes}))
    return _changed(cluster, name, "CREATING")


def update_topic(cluster_arn: str, name: str, body: Body) -> Body:
    """Keeps what the request does not name."""
    cluster = _cluster(cluster_arn)
    before = _properties(cluster, _topic(cluster, name))
    given = {"PartitionCount": body.get("partitionCount"), "Configs": body.get("configs")}
    after = {**before, **{key: it for key, it in given.items() if it is not None}}
    HANDLER.update(_request(after), Existing(_arn(cluster, name), before, {}))
    return _changed(cluster, name, "UPDATING")


def delete_topic(cluster_arn: str, name: str, _query: Body) -> Body:
    cluster = _cluster(cluster_arn)
    HANDLER.delete(Existing(_arn(cluster, name), _properties(cluster, _topic(cluster, name)), {}))
    return _changed(cluster, name, "DELETING")


def _cluster(arn: str) -> Cluster:
    cluster = cluster_of(arn)
    if cluster.is_serverless:
        raise bad_request("This operation doesn't support serverless clusters.")
    return cluster


def topics_of(cluster: Cluster) -> list[Body]:
    """As the brokers describe them. Without real brokers, they are made up from the templates and requests."""
    if brokers.has(cluster):
        return brokers.topics(cluster)
    found = [it for it in TOPICS.values() if it["ClusterArn"] == cluster.arn]
    return sorted((_made_up(cluster, it) for it in found), key=lambda it: it["name"])


def _topic(cluster: Cluster, name: str) -> Body:
    found = next((it for it in topics_of(cluster) if it["name"] == name), None)
    if found is None:
        raise not_found(name)
    return found


def _made_up(cluster: Cluster, topic: Properties) -> Body:
    factor, count = int(topic["ReplicationFactor"]), Wanted(cluster.properties).brokers
    replicas = [[(first + it) % count + 1 for it in range(factor)] for first in range(int(topic["PartitionCount"]))]
    return {
        "name": topic["TopicName"],
        "partitions": len(replicas),
        "replicationFactor": factor,
        "configs": json.loads(base64.b64decode(topic.get("Configs", "e30="))),
        "assignments": [
            {"partition": number, "leader": it[0], "replicas": it, "inSync": it} for number, it in enumerate(replicas)
        ],
    }


def _common(cluster: Cluster, topic: Body) -> Body:
    hosting = {broker for it in topic["assignments"] for broker in it["replicas"]}
    return {
        "TopicArn": _arn(cluster, topic["name"]),
        "TopicName": topic["name"],
        "PartitionCount": topic["partitions"],
        "ReplicationFactor": topic["replicationFactor"],
        "ReplicaIds": sorted(hosting),
    }


def _out_of_sync(topic: Body) -> int:
    return sum(len(it["replicas"]) - len(it["inSync"]) for it in topic["assignments"])


def _properties(cluster: Cluster, topic: Body) -> Properties:
    sizes = {"PartitionCount": topic["partitions"], "ReplicationFactor": topic["replicationFactor"]}
    return {"ClusterArn": cluster.arn, "TopicName": topic["name"], "Configs": _encoded(topic["configs"]), **sizes}


def _encoded(configs: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps(configs).encode()).decode()


def _request(properties: Properties) -> Request:
    return Request("", "AWS::MSK::Topic", "", "", properties)


def _arn(cluster: Cluster, name: str) -> str:
    return f"{cluster.arn.replace(':cluster/', ':topic/')}/{name}"


def _changed(cluster: Cluster, name: str, status: str) -> Body:
    return {"TopicArn": _arn(cluster, name), "TopicName": name, "Status": status}
