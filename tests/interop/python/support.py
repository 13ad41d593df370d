"""What the Python drivers share: steps that are reported one JSON object a line, and the emulator's control API."""

import base64
import json
import os
import re
import sys
import traceback

import requests


class Settings:
    """What the test hands over in environment variables."""

    url = os.environ["EMULATOR_URL"]
    mode = os.environ["MODE"]
    api_key = os.environ.get("OPENTOK_API_KEY")
    api_secret = os.environ.get("OPENTOK_API_SECRET")
    application_id = os.environ.get("VONAGE_APPLICATION_ID")
    private_key_path = os.environ.get("VONAGE_PRIVATE_KEY_PATH")


# The control API is asked directly, whatever proxy the SDK is to use.
_control = requests.Session()
_control.trust_env = False
_control.verify = os.environ.get("REQUESTS_CA_BUNDLE", True)
_failed = []


def step(name):
    """Runs the decorated function as one step, reports it, and gives its result.

    The name begins with the operation's id; what follows a slash tells steps of one operation apart.
    """

    def run(function):
        try:
            value = function()
        except Exception:
            _failed.append(name)
            _report(name, False, traceback.format_exc())
            return None
        _report(name, True, "")
        return value

    return run


def bug(name, reason):
    """A step that shows a bug of the SDK. It fails when the bug is gone, so that the list of bugs stays true."""
    return step(f"{name}/known bug: {reason}")


def _report(name, ok, detail):
    print(json.dumps({"step": name, "ok": ok, "detail": detail}), flush=True)


def refused(function, kind=Exception, pattern="."):
    """Expects an exception of this kind whose text fits."""
    try:
        value = function()
    except kind as error:
        assert re.search(pattern, str(error) or type(error).__name__), f"{type(error).__name__}: {error}"
        return error
    raise AssertionError(f"was accepted: {value}")


def control(method, path, body=None):
    """A call of the emulator's control API."""
    response = _control.request(method, f"{Settings.url}/_emulator{path}", json=body, timeout=15)
    assert response.ok, f"{method} {path}: {response.status_code} {response.text}"
    return response.json() if response.content else None


def fetch(url):
    """Downloads a file as anybody would who has its URL."""
    response = _control.get(url, timeout=15)
    assert response.ok, f"{url}: {response.status_code}"
    return response.content


def join(session_id, token, publish=()):
    """Joins a simulated client with a client token; it publishes what is named."""
    text = token.decode() if isinstance(token, bytes) else token
    return control("POST", f"/sessions/{session_id}/clients", {"token": text, "publish": list(publish)})


def until(ask, fits):
    """Asks until the response fits. The emulator's clock is advanced between two requests."""
    for _ in range(20):
        value = ask()
        if fits(value):
            return value
        control("POST", "/clock/advance", {"seconds": 5})
    raise AssertionError("it never came to be")


def fields(session_id):
    """The fields inside a session id."""
    text = session_id[2:]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("~")


class Noted:
    """A client that notes which of its methods are called."""

    def __init__(self, client):
        self._client = client
        self._called = set()

    def __getattr__(self, name):
        self._called.add(name)
        return getattr(self._client, name)

    def every_method(self, inner=()):
        """Every method was called, but those that serve others."""
        names = {name for name in dir(self._client) if not name.startswith("_") and callable(getattr(self._client, name))}

        @step("every method of the SDK")
        def _():
            missing = names - self._called
            assert missing == set(inner), f"{missing} were not called"


def done(room):
    """Ends the process. The test looks at what became of the room."""
    print(json.dumps({"room": vars(room)}))
    sys.exit(1 if _failed else 0)
