"""The environment of a function: its unpacked code, its variables, the keys of its role."""

import io
import os
import shutil
import threading
import zipfile
from pathlib import Path
from typing import Any

from ..identity import Key
from ..settings import SETTINGS

_unpacking = threading.Lock()

Config = dict[str, Any]


def unpacked(code: bytes, sha: str) -> Path:
    """The folder with this code. All environments share it, since functions cannot write to it on AWS either."""
    folder = SETTINGS.unpacked_functions / sha.replace("/", "_").rstrip("=")
    with _unpacking:
        if not folder.exists():
            part = folder.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            with zipfile.ZipFile(io.BytesIO(code)) as archive:
                archive.extractall(part)
            part.rename(folder)
    return folder


def remove_unpacked() -> None:
    shutil.rmtree(SETTINGS.unpacked_functions, ignore_errors=True)


def variables(config: Config, root: Path, key: Key) -> dict[str, str]:
    """Built from scratch, so that no emulator setting leaks in. The runtime's variables override the function's."""
    region = config["FunctionArn"].split(":")[3]
    given = {name: str(value) for name, value in (config.get("Environment") or {}).get("Variables", {}).items()}
    logging = config.get("LoggingConfig") or {}
    found = {
        **given,
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "LAMBDA_TASK_ROOT": str(root),
        "_HANDLER": config["Handler"],
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{config['Runtime']}",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ACCESS_KEY_ID": key.id,
        "AWS_SECRET_ACCESS_KEY": key.secret,
        "AWS_SESSION_TOKEN": key.token,
        "AWS_LAMBDA_FUNCTION_NAME": config["FunctionName"],
        "AWS_LAMBDA_FUNCTION_VERSION": config["Version"],
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(config["MemorySize"]),
        "AWS_LAMBDA_LOG_GROUP_NAME": logging.get("LogGroup") or f"/aws/lambda/{config['FunctionName']}",
        "AWS_LAMBDA_LOG_STREAM_NAME": f"{config['FunctionName']}/{key.id}",
        "AWS_LAMBDA_LOG_FORMAT": logging.get("LogFormat", "Text"),
    }
    found.setdefault("AWS_ENDPOINT_URL", SETTINGS.url)
    if SETTINGS.shared:
        found["NODE_EXTRA_CA_CERTS"] = str(SETTINGS.shared / "ca" / "ca.pem")
    return found
