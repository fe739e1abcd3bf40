"""AWS::MSK::* for CloudFormation. A type that is not listed here is stored and does nothing."""

import base64
import json
from typing import Any

from ministack.core.responses import AccountRegionScopedDict, get_account_id

from ..services.in_use import USERS, network_use
from ..types.handler import Existing, Handler, Outcome, Request
from ..types.refusals import already_exists
from . import brokers, clusters, scram, server_properties
from .clusters import need, refuse
from .model import (
    CLUSTERS,
    CONFIGURATIONS,
    CONNECTIONS,
    POLICIES,
    REPLICATORS,
    TOPICS,
    Cluster,
    Configuration,
    Properties,
    Revision,
    arn,
    new_id,
    new_version,
    now,
)
from .wanted import Wanted, version_numbers


class ClusterHandler(Handler):
    blocking = True  # waits for brokers
    importable = True

    def __init__(self, kind: str):
        self.kind = kind

    def create(self, request: Request) -> Outcome:
        return self._outcome(clusters.create(self.kind, request.properties))

    def update(self, request: Request, existing: Existing) -> Outcome:
        cluster = need(existing.physical_id)
        clusters.update(cluster, _changed(cluster.properties, existing.properties, request.properties))
        return self._outcome(cluster)

    def read(self, physical_id: str) -> Existing:
        outcome = self._outcome(need(physical_id))
        return Existing(physical_id, CLUSTERS[physical_id].properties, outcome.attributes)

    def delete(self, existing: Existing) -> None:
        clusters.delete(existing.physical_id)

    def _outcome(self, cluster: Cluster) -> Outcome:
        return Outcome(cluster.arn, {"Arn": cluster.arn, "CurrentVersion": cluster.version})


NESTED = "BrokerNodeGroupInfo"


def _changed(live: Properties, old: Properties, new: Properties) -> Properties:
    """What a template does not change stays as it is, also if MSK's API has changed it since."""
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    kept = {key: it for key, it in live.items() if key not in changed}
    wanted = {**kept, **{key: it for key, it in new.items() if key in changed}}
    if NESTED in changed and NESTED in live:
        wanted[NESTED] = _changed(live[NESTED], old.get(NESTED, {}), new.get(NESTED, {}))
    return wanted


class ConfigurationHandler(Handler):
    importable = True

    def create(self, request: Request) -> Outcome:
        properties = request.properties
        name = properties["Name"]
        if any(it.name == name for it in CONFIGURATIONS.values()):
            raise refuse(f"A resource with the name {name} already exists.", 409)
        revision = self._revision(1, properties)
        configuration = Configuration(
            arn("configuration", f"{name}/{new_id()}"),
            name,
            properties.get("Description", ""),
            properties.get("KafkaVersionsList", []),
            [revision],
        )
        CONFIGURATIONS[configuration.arn] = configuration
        return self._outcome(configuration)

    def update(self, request: Request, existing: Existing) -> Outcome:
        """Any change creates a revision, even if the server properties are the same."""
        configuration = CONFIGURATIONS[existing.physical_id]
        if request.properties != existing.properties:
            configuration.revisions.append(self._revision(configuration.latest.number + 1, request.properties))
        return self._outcome(configuration)

    def read(self, physical_id: str) -> Existing:
        if physical_id not in CONFIGURATIONS:
            raise refuse(f"The configuration {physical_id} does not exist.", 404)
        it: Configuration = CONFIGURATIONS[physical_id]
        optional = {"Description": it.description, "KafkaVersionsList": it.versions}
        properties = {"Name": it.name, "ServerProperties": it.latest.server_properties}
        given = {key: value for key, value in optional.items() if value}
        return Existing(physical_id, {**properties, **given}, self._outcome(it).attributes)

    def delete(self, existing: Existing) -> None:
        """@see github.com/hashicorp/terraform-provider-aws/issues/15831"""
        used = [Wanted(it.properties).get("ConfigurationInfo.Arn") for it in CLUSTERS.values()]
        if existing.physical_id in used:
            raise refuse(
                "Configuration is in use by one or more clusters. Dissociate the configuration from the clusters."
            )
        CONFIGURATIONS.pop(existing.physical_id, None)

    def _revision(self, number: int, properties: Properties) -> Revision:
        text = properties["ServerProperties"]
        complaint = server_properties.complaint_about(text)
        if complaint:
            raise refuse(complaint)
        return Revision(number, text, properties.get("Description", ""))

    def _outcome(self, configuration: Configuration) -> Outcome:
        latest = configuration.latest
        return Outcome(
            configuration.arn,
            {
                "Arn": configuration.arn,
                "LatestRevision.Revision": latest.number,
                "LatestRevision.CreationTime": latest.created,
                "LatestRevision.Description": latest.description,
            },
        )


class ScramSecrets(Handler):
    def create(self, request: Request) -> Outcome:
        cluster_arn = request.properties["ClusterArn"]
        scram.set_secrets(cluster_arn, request.properties.get("SecretArnList", []))
        return Outcome(cluster_arn)

    def update(self, request: Request, existing: Existing) -> Outcome:
        return self.create(request)

    def delete(self, existing: Existing) -> None:
        if existing.physical_id in CLUSTERS:
            CLUSTERS[existing.physical_id].scram_secrets = []


class ClusterPolicy(Handler):
    def create(self, request: Request) -> Outcome:
        cluster = need(request.properties["ClusterArn"])
        if cluster.arn in POLICIES:
            raise already_exists(request.type, cluster.arn)
        return self._put(cluster.arn, request)

    def update(self, request: Request, existing: Existing) -> Outcome:
        return self._put(existing.physical_id, request)

    def _put(self, cluster_arn: str, request: Request) -> Outcome:
        POLICIES[cluster_arn] = {"Policy": json.dumps(request.properties["Policy"]), "CurrentVersion": new_version()}
        return Outcome(cluster_arn, {"CurrentVersion": POLICIES[cluster_arn]["CurrentVersion"]})

    def delete(self, existing: Existing) -> None:
        POLICIES.pop(existing.physical_id, None)


class Topic(Handler):
    """@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html"""

    blocking = True  # waits for brokers
    importable = True

    def create(self, request: Request) -> Outcome:
        properties = request.properties
        cluster, name = need(properties["ClusterArn"]), properties["TopicName"]
        if cluster.is_serverless or version_numbers(cluster.properties["KafkaVersion"]) < (3, 6):
            raise refuse("Topics need a provisioned cluster with Apache Kafka 3.6.0 or later.")
        if int(properties["ReplicationFactor"]) > Wanted(cluster.properties).brokers:
            raise refuse("Replication factor is larger than the number of brokers.")
        topic_arn = f"{cluster.arn.replace(':cluster/', ':topic/')}/{name}"
        if topic_arn in TOPICS:
            raise refuse(f"Topic {name} already exists.", 409)
        self._put(request, is_new=True)
        TOPICS[topic_arn] = properties
        return Outcome(topic_arn, {"TopicArn": topic_arn})

    def update(self, request: Request, existing: Existing) -> Outcome:
        if int(request.properties["PartitionCount"]) < int(existing.properties["PartitionCount"]):
            raise refuse("The number of partitions can only be increased.")
        self._put(request, is_new=False)
        TOPICS[existing.physical_id] = request.properties
        return Outcome(existing.physical_id, existing.attributes)

    def read(self, physical_id: str) -> Existing:
        """Asks the brokers, since topics can also be created without MSK's API."""
        head, _, name = physical_id.rpartition("/")
        cluster = need(head.replace(":topic/", ":cluster/"))
        live = brokers.topic(cluster, name) if brokers.has(cluster) else TOPICS.get(physical_id)
        if live is None:
            raise refuse(f"Topic {name} does not exist.", 404)
        return Existing(physical_id, live, {"TopicArn": physical_id})

    def delete(self, existing: Existing) -> None:
        TOPICS.pop(existing.physical_id, None)
        cluster = CLUSTERS.get(existing.properties["ClusterArn"])
        if cluster:
            brokers.delete_topic(cluster, existing.properties["TopicName"])

    def _put(self, request: Request, is_new: bool) -> None:
        """@see github.com/hashicorp/terraform-provider-aws, resource aws_msk_topic: configs are JSON in base64"""
        properties = request.properties
        topic = {
            "name": properties["TopicName"],
            "partitions": int(properties["PartitionCount"]),
            "replicationFactor": int(properties["ReplicationFactor"]),
            "configs": json.loads(base64.b64decode(properties.get("Configs", "e30="))),
            "isNew": is_new,
        }
        try:
            brokers.put_topic(need(properties["ClusterArn"]), topic)
        except brokers.NoBrokers as error:
            if "TOPIC_ALREADY_EXISTS" in str(error):
                raise refuse(f"Topic {topic['name']} already exists.", 409) from error
            raise refuse(str(error)) from error


class VpcConnection(Handler):
    SCHEMES = {"SASL_IAM": "iam", "SASL_SCRAM": "scram", "TLS": "tls"}

    def create(self, request: Request) -> Outcome:
        properties = request.properties
        cluster = need(properties["TargetClusterArn"])
        scheme = self.SCHEMES[properties["Authentication"]]
        if cluster.is_serverless or scheme not in Wanted(cluster.properties).private_schemes:
            raise refuse(f"The cluster doesn't have {properties['Authentication']} enabled for VPC connectivity.")
        account = get_account_id()
        dated = {**properties, "CreationTime": now()}
        return _remember(CONNECTIONS, f"vpc-connection/{account}/{cluster.name}", ("Arn", dated))

    def delete(self, existing: Existing) -> None:
        CONNECTIONS.pop(existing.physical_id, None)


class Replicator(Handler):
    def create(self, request: Request) -> Outcome:
        for it in request.properties["KafkaClusters"]:
            need(it["AmazonMskCluster"]["MskClusterArn"])
        kind = f"replicator/{request.properties['ReplicatorName']}"
        outcome = _remember(REPLICATORS, kind, ("ReplicatorArn", request.properties))
        return Outcome(outcome.physical_id, {**outcome.attributes, "CurrentVersion": new_version()})

    def update(self, request: Request, existing: Existing) -> Outcome:
        REPLICATORS[existing.physical_id] = request.properties
        return Outcome(existing.physical_id, {**existing.attributes, "CurrentVersion": new_version()})

    def delete(self, existing: Existing) -> None:
        REPLICATORS.pop(existing.physical_id, None)


def _remember(store: AccountRegionScopedDict, kind: str, what: tuple[str, Properties]) -> Outcome:
    attribute, properties = what
    prefix, _, name = kind.partition("/")
    identity = arn(prefix, f"{name}/{new_id()}")
    store[identity] = properties
    return Outcome(identity, {attribute: identity})


HANDLERS: dict[str, Handler] = {
    "AWS::MSK::Cluster": ClusterHandler("PROVISIONED"),
    "AWS::MSK::ServerlessCluster": ClusterHandler("SERVERLESS"),
    "AWS::MSK::Configuration": ConfigurationHandler(),
    "AWS::MSK::BatchScramSecret": ScramSecrets(),
    "AWS::MSK::ClusterPolicy": ClusterPolicy(),
    "AWS::MSK::Topic": Topic(),
    "AWS::MSK::VpcConnection": VpcConnection(),
    "AWS::MSK::Replicator": Replicator(),
}


def _network_use() -> Any:
    for cluster in CLUSTERS.values():
        group = cluster.properties.get("BrokerNodeGroupInfo", {})
        yield network_use(group.get("SecurityGroups"), group.get("ClientSubnets"))
        for vpc in cluster.properties.get("VpcConfigs", []):
            yield network_use(vpc.get("SecurityGroups"), vpc.get("SubnetIds"))
    for connection in CONNECTIONS.values():
        yield network_use(connection.get("SecurityGroups"), connection.get("ClientSubnets"))


USERS.append(_network_use)
