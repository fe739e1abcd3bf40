"""Settings from environment variables. Only this module reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "000000000000"
DEFAULT_REGION = "us-east-1"
MOST_THREADS = 1100  # more than an account's executions: invocations that wait for a nested one hold a thread
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Settings:
    port: int
    state: Path
    lambda_modules: Path
    shared: Path | None
    brokers_url: str | None
    node: str
    custom_resource_timeout: float
    operation_seconds: float
    log_level: str
    account: str
    unkind: str  # JSON

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def unpacked_functions(self) -> Path:
        """Below the modules, since `import` (unlike `require`) searches for packages only in parent folders."""
        return self.lambda_modules / "functions"


def from_environment(env: Mapping[str, str]) -> Settings:
    shared = env.get("STANDIN_SHARED")
    return Settings(
        port=int(env["STANDIN_PORT"]),
        state=Path(env["STANDIN_STATE"]).resolve(),
        lambda_modules=Path(env["STANDIN_LAMBDA_MODULES"]).resolve(),
        shared=Path(shared).resolve() if shared else None,
        brokers_url=env.get("STANDIN_BROKERS_URL") or None,
        node=env.get("STANDIN_NODE", "node"),
        custom_resource_timeout=float(env.get("STANDIN_CUSTOM_RESOURCE_TIMEOUT", "3600")),
        operation_seconds=float(env.get("STANDIN_OPERATION_SECONDS", "0")),
        log_level=env.get("STANDIN_LOG_LEVEL", "WARNING"),
        account=env.get("STANDIN_ACCOUNT", ACCOUNT),
        unkind=env.get("STANDIN_UNKIND", "{}"),
    )


SETTINGS = from_environment(os.environ)


def ministack_environment(settings: Settings) -> dict[str, str]:
    """Must be set before MiniStack is imported, since it reads its settings then."""
    return {
        "GATEWAY_PORT": str(settings.port),
        "BIND_HOST": HOST,
        "MINISTACK_HOST": HOST,
        "MINISTACK_ACCOUNT_ID": settings.account,
        "MINISTACK_REGION": DEFAULT_REGION,
        "MINISTACK_WORKER_THREADS": str(MOST_THREADS),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "TMPDIR": str(settings.state),
        "STATE_DIR": str(settings.state / "ministack"),
        "S3_DATA_DIR": str(settings.state / "s3"),
        "LOG_LEVEL": settings.log_level,
    }
