"""The brokers of a cluster: real brokers leased from the pool, or invented addresses."""

import json
import random
import threading
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote

from ministack.core.responses import get_region

from ..settings import HOST, SETTINGS
from .model import CONFIGURATIONS, Cluster, dig
from .wanted import Wanted

LONGEST_START = 180.0  # four JVMs on a busy machine
SERVERLESS_VERSION = "3.9.x.kraft"
PORTS = {"plaintext": 9092, "tls": 9094, "saslScram": 9096, "saslIam": 9098}
PRIVATE_PORT = 14001
SCHEMES = {"iam": ("SaslIam", "saslIam"), "scram": ("SaslScram", "saslScram"), "tls": ("Tls", "tls")}
MOST_LISTED = 3  # AWS lists about three brokers, whatever the size of the cluster

_lock = threading.Lock()
_bootstrap: dict[str, dict[str, str]] = {}  # cluster ARN -> listener -> addresses


class NoBrokers(RuntimeError):
    """The pool could not provide brokers."""


def lease(cluster: Cluster) -> None:
    """Waits for brokers, so it must not run on the event loop."""
    if SETTINGS.brokers_url is None:
        return
    wanted = {
        "clusterArn": cluster.arn,
        "kafkaVersion": cluster.properties.get("KafkaVersion", SERVERLESS_VERSION),
        "brokers": int(cluster.properties.get("NumberOfBrokerNodes", 3)),
        "serverProperties": server_properties(cluster),
    }
    answer = _call("POST", "/sets", wanted)
    with _lock:
        _bootstrap[cluster.arn] = answer["bootstrap"]


def end(cluster_arn: str) -> None:
    with _lock:
        leased = _bootstrap.pop(cluster_arn, None)
    if leased:
        _call("DELETE", f"/sets/{quote(cluster_arn, safe='')}")


def has(cluster: Cluster) -> bool:
    """Whether the cluster has real brokers."""
    return cluster.arn in _bootstrap


def topic(cluster: Cluster, name: str) -> dict[str, Any] | None:
    """The topic with its template properties, except its configs, which AWS does not return either."""
    live = _call("GET", _topic_path(cluster, name))
    if not live:
        return None
    return {
        "ClusterArn": cluster.arn,
        "TopicName": name,
        "PartitionCount": live["partitions"],
        "ReplicationFactor": live["replicationFactor"],
    }


def topics(cluster: Cluster) -> list[dict[str, Any]]:
    """All topics except internal ones, as Kafka's client describes them."""
    return _call("GET", f"/sets/{quote(cluster.arn, safe='')}/topics")


def put_topic(cluster: Cluster, topic: dict[str, Any]) -> None:
    if has(cluster):
        _call("POST", _topic_path(cluster, topic["name"]), topic)


def delete_topic(cluster: Cluster, name: str) -> None:
    if has(cluster):
        _call("DELETE", _topic_path(cluster, name))


def _topic_path(cluster: Cluster, name: str) -> str:
    return f"/sets/{quote(cluster.arn, safe='')}/topics/{quote(name, safe='')}"


def _call(method: str, path: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{SETTINGS.brokers_url}{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_START) as response:
            return json.loads(response.read() or b"null")
    except urllib.error.HTTPError as error:
        raise NoBrokers(_reason(error)) from error
    except OSError as error:
        raise NoBrokers(f"the broker pool does not answer: {error}") from error


def _reason(error: urllib.error.HTTPError) -> str:
    text = error.read().decode(errors="replace")
    try:
        return json.loads(text)["error"]
    except (ValueError, KeyError, TypeError):
        return text


def server_properties(cluster: Cluster) -> dict[str, str]:
    configuration = CONFIGURATIONS.get(dig(cluster.properties, "ConfigurationInfo.Arn", ""))
    if configuration is None:
        return {}
    number = dig(cluster.properties, "ConfigurationInfo.Revision")
    revision = next(it for it in configuration.revisions if it.number == number)
    lines = [line.strip() for line in revision.server_properties.splitlines()]
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {key.strip(): value.strip() for key, _, value in pairs}


# --- GetBootstrapBrokers ---------------------------------------------------------------------------------------------


def bootstrap_strings(cluster: Cluster) -> dict[str, str]:
    """Only listeners that the cluster's authentication enables. The order changes with each call, as on AWS."""
    if cluster.is_serverless:
        return {"BootstrapBrokerStringSaslIam": _addresses(cluster, "saslIam", 9098)}
    wanted = Wanted(cluster.properties)
    inside = _listeners(wanted)
    found = {f"BootstrapBrokerString{suffix}": _addresses(cluster, it, PORTS[it]) for suffix, it in inside.items()}
    encrypted = {suffix: it for suffix, it in inside.items() if it != "plaintext"}
    if wanted.is_public:
        for suffix, listener in encrypted.items():
            found[f"BootstrapBrokerStringPublic{suffix}"] = _addresses(cluster, listener, PORTS[listener] + 100)
    for scheme in sorted(wanted.private_schemes):
        suffix, listener = SCHEMES[scheme]
        found[f"BootstrapBrokerStringVpcConnectivity{suffix}"] = _addresses(cluster, listener, PRIVATE_PORT)
    if wanted.is_dual_stack:
        for suffix, listener in inside.items():
            found[f"BootstrapBrokerString{suffix}Ipv6"] = _addresses(cluster, listener, PORTS[listener] + 10990)
    return found


def _listeners(wanted: Wanted) -> dict[str, str]:
    schemes, transit = wanted.schemes, wanted.in_transit
    open_to = {
        "": ("plaintext", transit != "TLS" and schemes["none"]),
        "Tls": ("tls", transit != "PLAINTEXT" and (schemes["tls"] or schemes["none"])),
        "SaslScram": ("saslScram", schemes["scram"]),
        "SaslIam": ("saslIam", schemes["iam"]),
    }
    return {suffix: listener for suffix, (listener, is_open) in open_to.items() if is_open}


def _addresses(cluster: Cluster, listener: str, port: int) -> str:
    leased = _bootstrap.get(cluster.arn)
    listed = leased[listener].split(",") if leased else _made_up(cluster, port)
    return ",".join(random.sample(listed, len(listed)))


def hosts(cluster: Cluster) -> list[str]:
    """One for each broker, as in the bootstrap strings. Real brokers are all on loopback."""
    brokers = range(1, int(cluster.properties.get("NumberOfBrokerNodes", MOST_LISTED)) + 1)
    if has(cluster):
        return [HOST for _ in brokers]
    domain = f"{cluster.name.lower()}.{cluster.arn.rsplit('/', 1)[-1][:6]}.c2.kafka.{get_region()}.amazonaws.com"
    return [f"b-{number}.{domain}" for number in brokers]


def _made_up(cluster: Cluster, port: int) -> list[str]:
    step = 1 if port == PRIVATE_PORT else 0  # private connectivity has one port per broker
    return [f"{host}:{port + step * index}" for index, host in enumerate(hosts(cluster)[:MOST_LISTED])]
