"""The process: MiniStack's server with this project's services, and a shutdown that leaves nothing behind."""

import asyncio
import json
import logging
import os
import shutil
import signal
import sys
import threading
from typing import Any

import ministack.app as ministack
from hypercorn.asyncio import serve
from hypercorn.config import Config

from . import control, identity
from .cloudformation.api import handler as cloudformation
from .cloudformation.engine import nested
from .lambdas import execution
from .msk import api as msk
from .services import cloud_control
from .settings import HOST, SETTINGS
from .unkind import options, requests

log = logging.getLogger("standin")


def install() -> None:
    ministack.SERVICE_HANDLERS["cloudformation"] = cloudformation.handle_request
    ministack.SERVICE_HANDLERS["cloudcontrol"] = cloud_control.handle_request
    ministack.SERVICE_HANDLERS["kafka"] = msk.handle_request
    nested.install()
    identity.install()
    execution.install()
    requests.install()
    requests.begin(options.read(json.loads(SETTINGS.unkind)))


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http" and scope["path"].startswith((control.PREFIX, control.RESET)):
        await control.handle(scope, receive, send)
    else:
        await ministack.app(scope, receive, send)


def end(status: int = 0) -> None:
    """Leaves no child process, no key and no unpacked function behind."""
    try:
        execution.kill_all()
        identity.forget_all()
        shutil.rmtree(SETTINGS.state, ignore_errors=True)
    finally:
        os._exit(status)  # threads may still wait for functions that are already dead


def end_with_owner() -> None:
    """Ends when stdin closes, which happens when the owner ends, even if it is killed."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    end()


async def run() -> None:
    install()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end)
    loop.add_signal_handler(signal.SIGINT, end)
    threading.Thread(target=end_with_owner, daemon=True).start()
    config = Config()
    config.bind = [f"{HOST}:{SETTINGS.port}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    config.accesslog = None
    never = asyncio.Event()  # with its own trigger, the server does not handle signals itself
    try:
        await serve(app, config, shutdown_trigger=never.wait)
    except OSError as error:
        log.error("%s: %s", SETTINGS.url, error)
        end(1)
