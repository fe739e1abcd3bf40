"""`python -m standin`: the emulator, until its stdin closes."""

import asyncio
import logging
import os

from .settings import SETTINGS, ministack_environment

os.environ.update(ministack_environment(SETTINGS))
SETTINGS.state.mkdir(parents=True)  # a new folder, since it is removed at the end
logging.getLogger("kms").setLevel(logging.ERROR)  # it misses a package that only signing needs

from . import server  # noqa: E402  MiniStack reads its settings when it is imported

asyncio.run(server.run())
