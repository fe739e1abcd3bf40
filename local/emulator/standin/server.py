"""The process: MiniStack's server with our services in it, and an end that leaves nothing behind."""

import asyncio
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

log = logging.getLogger("standin")


def install() -> None:
    ministack.SERVICE_HANDLERS["cloudformation"] = cloudformation.handle_request
    ministack.SERVICE_HANDLERS["cloudcontrol"] = cloud_control.handle_request
    ministack.SERVICE_HANDLERS["kafka"] = msk.handle_request
    nested.install()
    identity.install()
    execution.install()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http" and scope["path"].startswith((control.PREFIX, control.RESET)):
        await control.handle(scope, receive, send)
    else:
        await ministack.app(scope, receive, send)


def end(status: int = 0) -> None:
    """No child process, no key and no unpacked function outlives us."""
    try:
        execution.kill_all()
        identity.forget_all()
        shutil.rmtree(SETTINGS.state, ignore_errors=True)
    finally:
        os._exit(status)  # threads may still wait for functions that are dead by now


def end_with_owner() -> None:
    """The owner holds our stdin; when it dies, however it dies, the pipe closes."""
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
    never = asyncio.Event()  # given, so that the server leaves the signals to us
    try:
        await serve(app, config, shutdown_trigger=never.wait)
    except OSError as error:
        log.error("%s: %s", SETTINGS.url, error)
        end(1)
