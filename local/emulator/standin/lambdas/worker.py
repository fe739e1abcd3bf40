"""One execution environment: a Node.js process that runs one invocation at a time."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

BOOTSTRAP = Path(__file__).with_name("bootstrap.mjs")
LONGEST_START = 60.0  # AWS allows 10 s, but on a machine that does nothing else
CHUNK = 65536


@dataclass(frozen=True)
class Result:
    value: Any = None
    error: dict[str, Any] | None = None
    log: str = ""


class Worker:
    living: "ClassVar[set[Worker]]" = set()

    def __init__(self, command: list[str], env: dict[str, str]):
        self._results, write_end = os.pipe()
        self._process = subprocess.Popen(
            [command[0], str(BOOTSTRAP), str(write_end), *command[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(write_end,),
            env=env,
            start_new_session=True,
        )
        os.close(write_end)
        os.set_blocking(self._process.stdout.fileno(), False)
        self._unread = b""
        self._log: list[bytes] = []
        self._started = False
        self._ending = threading.Lock()
        Worker.living.add(self)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def invoke(self, message: dict[str, Any], timeout: float) -> Result:
        """Handles one event. Ends the process if it fails outside the handler or takes too long."""
        if not self._started:
            ready = self._receive(LONGEST_START)
            self._started = "ready" in ready
            if not self._started:
                return self._fatal(ready)
        deadline = time.time() + timeout
        self._send({**message, "deadline": int(deadline * 1000)})
        answer = self._receive(timeout)
        if answer.get("fatal"):
            return self._fatal(answer)
        return Result(answer.get("value"), answer.get("error"), self._take_log())

    def _fatal(self, answer: dict[str, Any]) -> Result:
        self.kill()
        return Result(error=answer["error"], log=self._take_log())

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # the process has died, which is detected when its result is read

    def _receive(self, timeout: float) -> dict[str, Any]:
        """Reads the next result. Also reads the log, since a full pipe would block the function."""
        deadline = time.monotonic() + timeout
        with selectors.DefaultSelector() as selector:
            selector.register(self._results, selectors.EVENT_READ)
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                ready = {key.fileobj for key, _ in selector.select(deadline - time.monotonic())}
                if self._process.stdout in ready and not self._read_log():
                    selector.unregister(self._process.stdout)
                if self._results in ready and not self._read_results():
                    return _failure("Runtime.ExitError", f"Runtime exited with error: {self._exit_status()}")
                if not ready:
                    return _failure("Sandbox.Timedout", f"Task timed out after {timeout:.2f} seconds")
        line, _, self._unread = self._unread.partition(b"\n")
        self._read_log()
        return json.loads(line)

    def _read_results(self) -> bool:
        chunk = os.read(self._results, CHUNK)
        self._unread += chunk
        return bool(chunk)

    def _read_log(self) -> bool:
        """Reads the available output. Returns False if the other end is closed."""
        while True:
            chunk = self._process.stdout.read(CHUNK)
            if chunk is None:
                return True
            if not chunk:
                return False
            self._log.append(chunk)

    def _take_log(self) -> str:
        text = b"".join(self._log).decode(errors="replace")
        self._log.clear()
        return text

    def _exit_status(self) -> str:
        status = self._process.wait()
        return f"signal: {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"

    def kill(self) -> None:
        """Can be called twice: by the thread that waits for the result, and when the emulator ends."""
        with self._ending:
            if self not in Worker.living:
                return
            with contextlib.suppress(ProcessLookupError):  # another thread may have just seen its end
                if self.is_alive:
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            with contextlib.suppress(OSError):  # there may be input that it did not read
                self._process.stdin.close()
            self._process.stdout.close()
            os.close(self._results)
            Worker.living.discard(self)


def _failure(kind: str, message: str) -> dict[str, Any]:
    return {"fatal": True, "error": {"errorType": kind, "errorMessage": message}}
