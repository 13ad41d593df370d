"""A local Vonage Video API (formerly OpenTok), to test against without an account.

With pytest, take the fixture ``vonage_video_emulator``. Elsewhere::

    with Emulator() as emulator:
        print(emulator.url)
"""

import json
import os
import shutil
import subprocess
import sysconfig
import urllib.error
import urllib.request

__all__ = ["Emulator"]


class Emulator:
    """A running emulator on a free port. It ends with this process, if not stopped before.

    ``args`` are further flags of ``vonage-video emulator``.
    """

    def __init__(self, *args):
        flags = ["--port", "0", "--exit-with-stdin", "--print-env=json"]
        self._process = subprocess.Popen(
            [_program(), "emulator", *flags, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(
                f"the emulator ended before it was ready: status {self._process.wait()}"
            )
        #: Variables with the URL and with credentials of a demo project of each environment.
        self.env = json.loads(line)
        #: The base URL of the API, such as ``http://127.0.0.1:40123``.
        self.url = self.env["VONAGE_VIDEO_BASE_URL"]

    def control(self, method, path, body=None):
        """Calls the control API, such as ``control("POST", "clock/advance", {"seconds": 60})``.

        Raises ``RuntimeError`` unless the status is 2xx.
        """
        request = urllib.request.Request(
            f"{self.url}/_emulator/{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
        )
        # The machine's proxy leads elsewhere.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            message = error.read().decode(errors="replace")
            raise RuntimeError(f"{method} {path}: {error.code} {message}") from None
        return json.loads(text) if text else None

    def reset(self):
        """Forgets requests, faults and webhook targets; sessions and archives stay."""
        for path in ("requests", "faults", "webhooks"):
            self.control("DELETE", path)

    def stop(self):
        """Ends the emulator, and returns when it has ended."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def _program():
    """The path of the program: the one that VONAGE_VIDEO_BINARY names, or this environment's."""
    named = os.environ.get("VONAGE_VIDEO_BINARY")
    if named:
        return named
    places = [sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]
    found = shutil.which("vonage-video", path=os.pathsep.join(places))
    if found is None:
        raise FileNotFoundError(
            "no program vonage-video is installed; set VONAGE_VIDEO_BINARY to use one of your own"
        )
    return found
