"""`python -m standin` runs the emulator until its stdin closes."""

import asyncio
import logging
import os

from .settings import SETTINGS, ministack_environment

os.environ.update(ministack_environment(SETTINGS))
SETTINGS.state.mkdir(parents=True)  # must be a new folder, since it is removed at the end
logging.getLogger("kms").setLevel(logging.ERROR)  # it warns about a missing package that is needed only for signing

from . import server  # noqa: E402  MiniStack reads its settings when it is imported

asyncio.run(server.run())
