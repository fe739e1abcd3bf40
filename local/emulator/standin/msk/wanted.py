"""The properties of a provisioned cluster, in the form that the rules need."""

import re
from typing import Any

from ministack.services import ec2

from .model import Properties, dig

SCHEMES = ("iam", "scram", "tls", "none")


def version_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(it) for it in re.findall(r"\d+", version))


class Wanted:
    def __init__(self, properties: Properties):
        self.properties = properties

    def get(self, path: str, default: Any = None) -> Any:
        return dig(self.properties, path, default)

    @property
    def brokers(self) -> int:
        return int(self.properties["NumberOfBrokerNodes"])

    @property
    def subnets(self) -> list[str]:
        return self.get("BrokerNodeGroupInfo.ClientSubnets", [])

    @property
    def security_groups(self) -> list[str]:
        return self.get("BrokerNodeGroupInfo.SecurityGroups", [])

    @property
    def zones(self) -> list[str]:
        return [ec2._subnets[it]["AvailabilityZone"] for it in self.subnets if it in ec2._subnets]

    @property
    def instance_type(self) -> str:
        return self.get("BrokerNodeGroupInfo.InstanceType", "")

    @property
    def is_express(self) -> bool:
        return self.instance_type.startswith("express.")

    @property
    def is_mixed(self) -> bool:
        """Whether both instance types are named, during an upgrade from Standard to Express brokers."""
        return "," in self.instance_type

    @property
    def is_t3(self) -> bool:
        return self.instance_type == "kafka.t3.small"

    @property
    def version(self) -> str:
        return self.properties["KafkaVersion"]

    @property
    def version_numbers(self) -> tuple[int, ...]:
        return version_numbers(self.version)

    @property
    def is_kraft(self) -> bool:
        return self.version.endswith(".kraft")

    @property
    def storage(self) -> Properties:
        return self.get("BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo", {})

    @property
    def is_tiered(self) -> bool:
        return self.get("StorageMode") == "TIERED"

    @property
    def schemes(self) -> dict[str, bool]:
        """How clients can authenticate. By default, they do not authenticate."""
        asked = self.get("ClientAuthentication", {})
        tls = dig(asked, "Tls.Enabled", bool(dig(asked, "Tls.CertificateAuthorityArnList")))
        return {
            "iam": dig(asked, "Sasl.Iam.Enabled", False),
            "scram": dig(asked, "Sasl.Scram.Enabled", False),
            "tls": tls,
            "none": dig(asked, "Unauthenticated.Enabled", not asked),
        }

    @property
    def authenticates(self) -> bool:
        return any(on for scheme, on in self.schemes.items() if scheme != "none")

    @property
    def in_transit(self) -> str:
        return self.get("EncryptionInfo.EncryptionInTransit.ClientBroker", "TLS")

    @property
    def encrypts_in_cluster(self) -> bool:
        return self.get("EncryptionInfo.EncryptionInTransit.InCluster", True)

    @property
    def is_public(self) -> bool:
        return self.get("BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type", "DISABLED") != "DISABLED"

    @property
    def private_schemes(self) -> set[str]:
        """The schemes of multi-VPC connectivity."""
        asked = self.get("BrokerNodeGroupInfo.ConnectivityInfo.VpcConnectivity.ClientAuthentication", {})
        paths = {"iam": "Sasl.Iam.Enabled", "scram": "Sasl.Scram.Enabled", "tls": "Tls.Enabled"}
        return {scheme for scheme, path in paths.items() if dig(asked, path, False)}

    @property
    def is_dual_stack(self) -> bool:
        return self.get("BrokerNodeGroupInfo.ConnectivityInfo.NetworkType", "IPV4") == "DUAL"

    @property
    def open_monitoring(self) -> bool:
        exporters = self.get("OpenMonitoring.Prometheus", {})
        return any(dig(exporters, f"{name}.EnabledInBroker", False) for name in ("JmxExporter", "NodeExporter"))
