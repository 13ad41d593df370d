"""One probe of an official Python SDK, by its name: what the SDK does where users were hurt. Reads one JSON object, writes one."""

import json
import os
import sys

from opentok import Client
from vonage_http_client.auth import Auth
from vonage_http_client.http_client import HttpClient, HttpClientOptions
from vonage_jwt import verify_signature
from vonage_video import Video
from vonage_video.models import SessionOptions, SignalData

given = json.load(sys.stdin)


def opentok():
    return Client(given["apiKey"], given["apiSecret"], api_url=given["url"], timeout=15)


def video():
    auth = Auth(application_id=given["applicationId"], private_key=given["privateKey"])
    host = given["url"].split("://")[1]
    return Video(HttpClient(auth, HttpClientOptions(video_host=host, timeout=15)))


def outcome(call):
    """What a call says: the name and text of its error, or the text of its value."""
    try:
        return {"error": None, "value": str(call())}
    except Exception as error:
        return {"error": type(error).__name__, "text": str(error)}


def shared_headers():
    """A call with JSON, and then one with a form."""
    client = video()
    client.send_signal(given["vonageSession"], SignalData(type="a", data="b"))
    return outcome(lambda: client.create_session(SessionOptions(media_mode="routed")))


PROBES = {
    "create_session": lambda: outcome(lambda: opentok().create_session()),
    "list_archives": lambda: outcome(lambda: video().list_archives()),
    "mute_all": lambda: outcome(lambda: opentok().mute_all(given["session"], [given["excluded"]])),
    "stop_render": lambda: outcome(lambda: opentok().stop_render(given["render"])),
    "signal": lambda: outcome(lambda: video().send_signal(given["vonageSession"], SignalData(type="a", data="once"))),
    "shared_headers": shared_headers,
    "own_host": lambda: outcome(Client(given["applicationId"], given["privateKeyPath"], api_url=given["url"], timeout=15).create_session),
    # The body is not asked for: it may be any.
    "verify_webhook": lambda: [verify_signature(given["token"], given["secret"]) for _ in range(3)],
}

print(json.dumps(PROBES[os.environ["PROBE"]]()))
