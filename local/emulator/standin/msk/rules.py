"""What MSK refuses: one function per rule, each with its source.

Messages are those of the service where the source quotes them, and otherwise our own.
The stand-in deliberately has its own copy of these facts, so that a mistake in the library is not repeated here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ministack.services import cloudwatch_logs, ec2, s3

from .model import CONFIGURATIONS
from .wanted import Wanted

GUIDE = "https://docs.aws.amazon.com/msk/latest/developerguide/"
TEMPLATE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-msk-cluster.html"
MODEL = "AWS SDK service model kafka-2018-11-14"

Complaint = str | None
State = Callable[[Wanted], Complaint]
Change = Callable[[Wanted, Wanted], Complaint]


@dataclass(frozen=True)
class Rule:
    source: str
    judge: Callable[..., Complaint]


ALWAYS: list[Rule] = []
AT_CREATION: list[Rule] = []
ON_UPDATE: list[Rule] = []  # called with (before, after)


def rule(listing: list[Rule], source: str) -> Callable[[Callable[..., Complaint]], Callable[..., Complaint]]:
    def note(judge: Callable[..., Complaint]) -> Callable[..., Complaint]:
        listing.append(Rule(source, judge))
        return judge

    return note


def first_complaint(rules: list[Rule], *clusters: Wanted) -> Complaint:
    return next((complaint for it in rules if (complaint := it.judge(*clusters))), None)


# --- brokers and zones -----------------------------------------------------------------------------------------------


@rule(ALWAYS, f"{MODEL}, ClientSubnets")
def subnets_exist(wanted: Wanted) -> Complaint:
    absent = [it for it in wanted.subnets if it not in ec2._subnets]
    return f"The subnet ID '{absent[0]}' does not exist" if absent else None


@rule(ALWAYS, f"{MODEL}, SecurityGroups")
def security_groups_exist(wanted: Wanted) -> Complaint:
    absent = [it for it in wanted.security_groups if it not in ec2._security_groups]
    return f"The security group '{absent[0]}' does not exist" if absent else None


@rule(ALWAYS, f"{TEMPLATE}, ClientSubnets; {MODEL}, ClientSubnets")
def subnets_lie_in_distinct_zones(wanted: Wanted) -> Complaint:
    allowed = (2,) if wanted.zones and wanted.zones[0].startswith("us-west-1") else (2, 3)
    if len(wanted.subnets) not in allowed or len(set(wanted.zones)) != len(wanted.subnets):
        return "Specify either two or three client subnets, each in another Availability Zone."
    return None


@rule(ALWAYS, f"{TEMPLATE}, NumberOfBrokerNodes")
def brokers_are_a_multiple_of_the_zones(wanted: Wanted) -> Complaint:
    if wanted.subnets and wanted.brokers % len(wanted.subnets):
        return "The number of broker nodes must be a multiple of Availability Zones in the current cluster."
    return None


# --- broker types ----------------------------------------------------------------------------------------------------

EXPRESS_VERSIONS = {"3.6.0", "3.8.x", "3.9.x", "3.9.x.kraft", "4.2.x.kraft"}
ONLY_EXPRESS_VERSIONS = {"4.2.x.kraft"}


@rule(ALWAYS, f"{GUIDE}msk-broker-types-express.html")
def express_has_three_zones(wanted: Wanted) -> Complaint:
    return "Express brokers need three Availability Zones." if wanted.is_express and len(wanted.subnets) != 3 else None


@rule(ALWAYS, f"{GUIDE}msk-broker-types-express.html")
def express_has_no_storage(wanted: Wanted) -> Complaint:
    asked = wanted.get("BrokerNodeGroupInfo.StorageInfo") or wanted.get("StorageMode")
    return "Storage can't be set for Express brokers." if wanted.is_express and asked else None


@rule(ALWAYS, f"{GUIDE}supported-kafka-versions.html; {GUIDE}msk-broker-types-express.html")
def version_fits_the_brokers(wanted: Wanted) -> Complaint:
    if wanted.is_express and wanted.version not in EXPRESS_VERSIONS:
        return f"Express brokers don't support Apache Kafka version {wanted.version}."
    if not wanted.is_express and wanted.version in ONLY_EXPRESS_VERSIONS:
        return f"Standard brokers don't support Apache Kafka version {wanted.version}."
    return None


@rule(ALWAYS, f"{GUIDE}intelligent-rebalancing.html")
def only_express_rebalances(wanted: Wanted) -> Complaint:
    return None if wanted.is_express or not wanted.get("Rebalancing") else "Rebalancing needs Express brokers."


@rule(ALWAYS, f"{GUIDE}metadata-management.html; {GUIDE}msk-tiered-storage.html; {GUIDE}aws-access-mult-vpc.html")
def t3_small_is_limited(wanted: Wanted) -> Complaint:
    excluded = {
        "KRaft mode": wanted.is_kraft,
        "tiered storage": wanted.is_tiered,
        "multi-VPC private connectivity": bool(wanted.private_schemes),
        "dual-stack networking": wanted.is_dual_stack,
    }
    asked = [name for name, on in excluded.items() if on]
    return f"kafka.t3.small doesn't support {asked[0]}." if wanted.is_t3 and asked else None


# --- Kafka versions --------------------------------------------------------------------------------------------------

VERSIONS = {
    *("1.1.1", "2.1.0", "2.2.1", "2.3.1", "2.4.1", "2.4.1.1", "2.5.1", "2.6.0", "2.6.1", "2.6.2", "2.6.3"),
    *("2.7.0", "2.7.1", "2.7.2", "2.8.0", "2.8.1", "2.8.2.tiered", "3.1.1", "3.2.0", "3.3.1", "3.3.2", "3.4.0"),
    *("3.5.1", "3.6.0", "3.7.x", "3.7.x.kraft", "3.8.x", "3.8.x.kraft", "3.9.x", "3.9.x.kraft"),
    *("4.0.x.kraft", "4.1.x.kraft", "4.2.x.kraft"),
}


@rule(ALWAYS, f"{GUIDE}supported-kafka-versions.html")
def version_is_offered(wanted: Wanted) -> Complaint:
    if wanted.version in VERSIONS:
        return None
    return f"Unsupported KafkaVersion [{wanted.version}]. Valid values: [{', '.join(sorted(VERSIONS))}]"


@rule(ALWAYS, f"{GUIDE}msk-tiered-storage.html")
def tiered_storage_needs_a_version(wanted: Wanted) -> Complaint:
    able = wanted.version == "2.8.2.tiered" or wanted.version_numbers >= (3, 6)
    return None if able or not wanted.is_tiered else f"Version {wanted.version} doesn't support tiered storage."


# --- storage ---------------------------------------------------------------------------------------------------------

THROUGHPUT_SIZES = {
    "kafka.m5": ("4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"),
    "kafka.m7g": ("2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"),
}


@rule(ALWAYS, f"{GUIDE}msk-provision-throughput.html")
def provisioned_throughput_needs_large_brokers(wanted: Wanted) -> Complaint:
    throughput = wanted.storage.get("ProvisionedThroughput", {})
    if not throughput.get("Enabled"):
        return None
    family, _, size = wanted.instance_type.rpartition(".")
    if size not in THROUGHPUT_SIZES.get(family, ()):
        return f"Provisioned throughput isn't supported for {wanted.instance_type}."
    if throughput.get("VolumeThroughput", 250) < 250 or wanted.storage.get("VolumeSize", 1000) < 10:
        return "Provisioned throughput needs at least 250 MiB per second and a volume of at least 10 GiB."
    return None


# --- security --------------------------------------------------------------------------------------------------------


@rule(ALWAYS, f"{GUIDE}msk-update-security.html")
def authentication_needs_encryption(wanted: Wanted) -> Complaint:
    schemes, transit = wanted.schemes, wanted.in_transit
    sasl_in_plaintext = (schemes["iam"] or schemes["scram"]) and transit != "TLS"
    if sasl_in_plaintext or (schemes["tls"] and transit == "PLAINTEXT"):
        return "Client authentication requires TLS encryption in transit."
    if wanted.authenticates and not wanted.encrypts_in_cluster:
        return "Client authentication requires encryption within the cluster."
    return None


@rule(ALWAYS, f"{GUIDE}msk-update-security.html")
def somebody_can_connect(wanted: Wanted) -> Complaint:
    return None if any(wanted.schemes.values()) else "At least one client authentication scheme must be enabled."


@rule(ALWAYS, f"{GUIDE}public-access.html; {GUIDE}metadata-management.html")
def kraft_is_not_monitored_openly_in_public(wanted: Wanted) -> Complaint:
    both = wanted.is_kraft and wanted.is_public and wanted.open_monitoring
    return "In KRaft mode, open monitoring can't be enabled together with public access." if both else None


# --- what a cluster refers to ----------------------------------------------------------------------------------------


@rule(ALWAYS, f"{MODEL}, ConfigurationInfo")
def configuration_revision_exists(wanted: Wanted) -> Complaint:
    arn, revision = wanted.get("ConfigurationInfo.Arn"), wanted.get("ConfigurationInfo.Revision")
    if arn is None:
        return None
    configuration = CONFIGURATIONS.get(arn)
    if configuration is None or revision not in [it.number for it in configuration.revisions]:
        return "The configuration revision does not exist."
    return None


@rule(ALWAYS, f"{GUIDE}msk-logging.html: destinations are made before the cluster")
def log_destinations_exist(wanted: Wanted) -> Complaint:
    group = wanted.get("LoggingInfo.BrokerLogs.CloudWatchLogs.LogGroup")
    if group and group not in cloudwatch_logs._log_groups:
        return f"The specified log group {group} doesn't exist."
    bucket = wanted.get("LoggingInfo.BrokerLogs.S3.Bucket")
    return f"The specified bucket {bucket} doesn't exist." if bucket and bucket not in s3._buckets else None


# --- only when a cluster is created ----------------------------------------------------------------------------------


@rule(AT_CREATION, f"{GUIDE}public-access.html; github.com/hashicorp/terraform-provider-aws/issues/31271")
def no_public_access_at_creation(wanted: Wanted) -> Complaint:
    if wanted.is_public:
        return "When creating a cluster, the only valid value for the Type parameter in PublicAccess is DISABLED."
    return None


@rule(AT_CREATION, "github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1775")
def no_private_connectivity_at_creation(wanted: Wanted) -> Complaint:
    if wanted.private_schemes:
        return (
            "When creating a cluster, all vpcConnectivity auth schemes must be disabled ('enabled' : false). "
            "You can enable auth schemes after the cluster is created."
        )
    return None


# --- only when a cluster is updated ----------------------------------------------------------------------------------

REQUESTS = {  # one call of the MSK API each, as MSK groups the properties
    "UpdateBrokerCount": ["NumberOfBrokerNodes"],
    "UpdateBrokerType": ["BrokerNodeGroupInfo.InstanceType"],
    "UpdateStorage": ["BrokerNodeGroupInfo.StorageInfo", "StorageMode"],
    "UpdateConnectivity": ["BrokerNodeGroupInfo.ConnectivityInfo", "ZookeeperAccess"],
    "UpdateSecurity": ["ClientAuthentication", "EncryptionInfo"],
    "UpdateClusterKafkaVersion": ["ConfigurationInfo", "KafkaVersion"],
    "UpdateMonitoring": ["EnhancedMonitoring", "OpenMonitoring", "LoggingInfo"],
    "UpdateRebalancing": ["Rebalancing"],
}


@rule(ON_UPDATE, f"github.com/aws/aws-cdk/issues/16765; {MODEL}, Update operations")
def one_request_an_update(before: Wanted, after: Wanted) -> Complaint:
    asked = [it for it, paths in REQUESTS.items() if any(before.get(path) != after.get(path) for path in paths)]
    if len(asked) > 1:
        return (
            "You can't update multiple attributes of the cluster in same request. "
            "Use a different request for each update."
        )
    return None


@rule(ON_UPDATE, f"{GUIDE}manually-expand-storage.html")
def storage_only_grows(before: Wanted, after: Wanted) -> Complaint:
    old, new = before.storage.get("VolumeSize"), after.storage.get("VolumeSize")
    return "The volume size must be larger than the current volume size." if old and new and new < old else None


@rule(ON_UPDATE, f"{GUIDE}msk-tiered-storage.html")
def tiered_storage_stays(before: Wanted, after: Wanted) -> Complaint:
    return "Tiered storage can't be disabled." if before.is_tiered and not after.is_tiered else None


@rule(ON_UPDATE, f"{GUIDE}version-upgrades.html")
def version_only_rises(before: Wanted, after: Wanted) -> Complaint:
    if after.version_numbers < before.version_numbers:
        return "You can't downgrade the Apache Kafka version of a cluster."
    return None


@rule(ON_UPDATE, f"{GUIDE}zk-to-kraft-migration.html")
def metadata_mode_moves_one_way(before: Wanted, after: Wanted) -> Complaint:
    if before.is_kraft == after.is_kraft or (before.version, after.version) == ("3.9.x", "3.9.x.kraft"):
        return None
    return f"You can't move from version {before.version} to {after.version}: the metadata mode differs."


@rule(ON_UPDATE, f"{GUIDE}msk-remove-broker.html")
def brokers_leave_one_a_zone(before: Wanted, after: Wanted) -> Complaint:
    fewer = before.brokers - after.brokers
    if fewer <= 0:
        return None
    if before.is_t3 or fewer != len(before.subnets):
        return "You can remove one broker per Availability Zone at a time, of M5 and M7g brokers only."
    return None


@rule(ON_UPDATE, f"{GUIDE}msk-upgrade-initiate.html; {GUIDE}msk-upgrade-complete.html; {MODEL}, UpdateBrokerType")
def express_begins_with_both_types(before: Wanted, after: Wanted) -> Complaint:
    if before.is_express and not after.is_express:
        return "You can't move back to Standard brokers after the upgrade to Express brokers is complete."
    if after.is_express and not before.is_express:
        return "To upgrade to Express brokers, first update the broker type to both types, Standard and Express."
    return None


@rule(ON_UPDATE, f"{GUIDE}public-access.html")
def public_access_has_conditions(_before: Wanted, after: Wanted) -> Complaint:
    if after.is_public and (after.schemes["none"] or not after.authenticates or after.in_transit != "TLS"):
        return "Public access needs unauthenticated access off, an authentication scheme on, and TLS only."
    return None


@rule(ON_UPDATE, f"{GUIDE}aws-access-mult-vpc.html")
def private_connectivity_has_conditions(_before: Wanted, after: Wanted) -> Complaint:
    if not after.private_schemes:
        return None
    if any(not after.schemes[scheme] for scheme in after.private_schemes):
        return "vpcConnectivity auth schemes must be enabled on the cluster first."
    if after.version_numbers < (2, 7, 1) or after.is_dual_stack:
        return "Multi-VPC private connectivity needs Apache Kafka 2.7.1 or later and an IPv4 network."
    return None


@rule(ON_UPDATE, f"{GUIDE}mskp-choose-cluster-network-type.html")
def dual_stack_stays(before: Wanted, after: Wanted) -> Complaint:
    return "The network type can't go back to IPv4." if before.is_dual_stack and not after.is_dual_stack else None


def complaint_about_version(before: Wanted, version: str) -> Complaint:
    after = Wanted({**before.properties, "KafkaVersion": version})
    return first_complaint(ON_UPDATE, before, after) or first_complaint(ALWAYS, after)
