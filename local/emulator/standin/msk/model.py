"""The state of MSK."""

import random
import string
import uuid
from dataclasses import dataclass, field
from typing import Any

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region

from ..clock import now

Properties = dict[str, Any]
STATES = ("ACTIVE", "CREATING", "DELETING", "FAILED", "HEALING", "MAINTENANCE", "REBOOTING_BROKER", "UPDATING")


def new_version() -> str:
    return "K" + "".join(random.choices(string.ascii_uppercase + string.digits, k=13))


def new_id() -> str:
    """MSK's identifiers are a UUID followed by a small number."""
    return f"{uuid.uuid4()}-{random.randint(1, 25)}"


def arn(kind: str, rest: str) -> str:
    return f"arn:aws:kafka:{get_region()}:{get_account_id()}:{kind}/{rest}"


@dataclass
class Cluster:
    arn: str
    name: str
    kind: str  # PROVISIONED or SERVERLESS
    properties: Properties  # as in a template
    state: str = "CREATING"
    version: str = field(default_factory=new_version)
    created: str = field(default_factory=now)
    tags: dict[str, str] = field(default_factory=dict)
    scram_secrets: list[str] = field(default_factory=list)
    operations: list["Operation"] = field(default_factory=list)
    upgrade: "Upgrade | None" = None
    assessments: list["Assessment"] = field(default_factory=list)
    reassignments: list["Reassignment"] = field(default_factory=list)

    @property
    def is_serverless(self) -> bool:
        return self.kind == "SERVERLESS"


@dataclass
class Operation:
    arn: str
    kind: str
    state: str = "UPDATE_IN_PROGRESS"
    started: str = field(default_factory=now)
    ended: str = ""
    details: Properties = field(default_factory=dict)


@dataclass
class Upgrade:
    """An upgrade from Standard to Express brokers in place, while the cluster has both."""

    standard: str  # instance types
    express: str
    mode: str = "MANUAL"
    moved: set[str] = field(default_factory=set)  # the topics on Express brokers


@dataclass
class Assessment:
    arn: str
    target: str | None
    findings: list[Properties]
    tags: dict[str, str]
    created: str = field(default_factory=now)


@dataclass
class Reassignment:
    arn: str
    target: str
    include: list[str]
    exclude: list[str]
    topics: dict[str, int]  # the matching topics, with their partitions
    token: str | None = None
    status: str = "IN_PROGRESS"
    created: str = field(default_factory=now)
    updated: str = field(default_factory=now)


@dataclass
class Revision:
    number: int
    server_properties: str
    description: str = ""
    created: str = field(default_factory=now)


@dataclass
class Configuration:
    arn: str
    name: str
    description: str
    versions: list[str]
    revisions: list[Revision]

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]


CLUSTERS = AccountRegionScopedDict()
CONFIGURATIONS = AccountRegionScopedDict()
POLICIES = AccountRegionScopedDict()  # cluster ARN -> {"policy", "currentVersion"}
TOPICS = AccountRegionScopedDict()
CONNECTIONS = AccountRegionScopedDict()
REPLICATORS = AccountRegionScopedDict()


def forget_all() -> None:
    for store in (CLUSTERS, CONFIGURATIONS, POLICIES, TOPICS, CONNECTIONS, REPLICATORS):
        store.clear()


def dig(value: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path of nested maps."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return default if value is None else value
