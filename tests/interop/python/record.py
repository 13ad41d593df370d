"""Records what the official Python SDKs send for the intents of the Node recordings: fixtures/wire/recorded_python.json.

Nothing is sent: the transport below the SDKs answers what the same call was answered in the Node recording. The recording goes to standard output; what
an SDK cannot be asked for, to standard error.
"""

import json
import sys
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import opentok
import requests
from opentok.broadcast import BroadcastStreamModes
from vonage_http_client.auth import Auth
from vonage_http_client.http_client import HttpClient, HttpClientOptions
from vonage_video import Video
from vonage_video import models as m

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "wire"
# Any RSA key does: no signature is recorded.
KEY = (FIXTURES / "../../../crates/vonage-video-emulator/src/world/demo/private-key-known-to-all.pem").resolve()


class Transport:
    """Takes the place of the socket."""

    answer = None
    request = None

    def send(self, _adapter, request, **_):
        self.request = request
        response = requests.Response()
        response.status_code = self.answer["status"]
        response.request = request
        response.url = request.url
        response.headers["content-type"] = "application/json"
        body = self.answer.get("body")
        response._content = b"" if body is None else json.dumps(body).encode()
        return response


transport = Transport()
requests.adapters.HTTPAdapter.send = lambda adapter, request, **options: transport.send(adapter, request, **options)


def camel(value):
    """The names of the wire for those of the intents."""
    if isinstance(value, dict):
        words = ((name.split("_"), item) for name, item in value.items())
        return {head + "".join(word.title() for word in tail): camel(item) for (head, *tail), item in words}
    return [camel(item) for item in value] if isinstance(value, list) else value


def layout_of(layout):
    return layout["type"], layout.get("stylesheet"), layout.get("screenshare_type")


class OpenTok:
    """Intents as calls of the `opentok` package."""

    def __init__(self, client):
        self.sdk = client

    def create_session(self, **a):
        if "media_mode" in a:
            a["media_mode"] = opentok.MediaModes[a["media_mode"]]
        if "archive_mode" in a:
            a["archive_mode"] = opentok.ArchiveModes[a["archive_mode"]]
        return self.sdk.create_session(**a)

    def start_archive(self, **a):
        if "output_mode" in a:
            a["output_mode"] = opentok.OutputModes[a["output_mode"]]
        if "stream_mode" in a:
            a["stream_mode"] = opentok.StreamModes[a["stream_mode"]]
        for name in ("layout", "transcription_properties"):
            if name in a:
                a[name] = camel(a[name])
        return self.sdk.start_archive(**a)

    def set_archive_layout(self, archive_id, layout):
        return self.sdk.set_archive_layout(archive_id, *layout_of(layout))

    def set_broadcast_layout(self, broadcast_id, layout):
        return self.sdk.set_broadcast_layout(broadcast_id, *layout_of(layout))

    def start_broadcast(self, session_id, stream_mode=None, **options):
        mode = (BroadcastStreamModes[stream_mode],) if stream_mode else ()
        return self.sdk.start_broadcast(session_id, camel(options), *mode)

    def set_stream_class_lists(self, session_id, items):
        return self.sdk.set_stream_class_lists(session_id, camel(items))

    def signal_session(self, session_id, **payload):
        return self.sdk.send_signal(session_id, payload)

    def signal_connection(self, session_id, connection_id, **payload):
        return self.sdk.send_signal(session_id, payload, connection_id)

    def mute_all(self, session_id, excluded_stream_ids=None):
        return self.sdk.mute_all(session_id, excluded_stream_ids)

    def disable_force_mute(self, session_id, excluded_stream_ids=None):
        return self.sdk.disable_force_mute(session_id)

    def dial(self, session_id, token, sip):
        options = {name: item if name == "headers" else camel(item) for name, item in sip.items() if name != "uri"}
        if "observe_force_mute" in options:
            options["observeForceMute"] = options.pop("observe_force_mute")
        return self.sdk.dial(session_id, token, sip["uri"], options)

    def play_dtmf_session(self, session_id, digits):
        return self.sdk.play_dtmf(session_id, None, digits)

    def play_dtmf_connection(self, session_id, connection_id, digits):
        return self.sdk.play_dtmf(session_id, connection_id, digits)

    def start_render(self, session_id, token, url, status_callback_url=None, **a):
        return self.sdk.start_render(session_id, token, url, **a)

    def start_captions(self, session_id, token, **a):
        return self.sdk.start_captions(session_id, token, **a)

    def connect_websocket(self, session_id, token, websocket):
        options = dict(websocket)
        if "audio_rate" in options:
            options["audioRate"] = options.pop("audio_rate")
        return self.sdk.connect_audio_to_websocket(session_id, token, options)

    def __getattr__(self, operation):
        return getattr(self.sdk, operation)


def page(a):
    if "count" in a:
        a["page_size"] = a.pop("count")
    return a


class Vonage:
    """Intents as calls of the `vonage-video` package."""

    def __init__(self, client):
        self.sdk = client

    def create_session(self, **a):
        return self.sdk.create_session(*([m.SessionOptions(**a)] if a else []))

    def start_archive(self, **a):
        return self.sdk.start_archive(m.CreateArchiveRequest(**a))

    def list_archives(self, **a):
        return self.sdk.list_archives(m.ListArchivesFilter(**page(a)))

    def set_archive_layout(self, archive_id, layout):
        return self.sdk.change_archive_layout(archive_id, m.ComposedLayout(**layout))

    def add_archive_stream(self, archive_id, **a):
        return self.sdk.add_stream_to_archive(archive_id, m.AddStreamRequest(**a))

    def remove_archive_stream(self, archive_id, stream_id):
        return self.sdk.remove_stream_from_archive(archive_id, stream_id)

    def start_broadcast(self, **a):
        return self.sdk.start_broadcast(m.CreateBroadcastRequest(**a))

    def list_broadcasts(self, **a):
        return self.sdk.list_broadcasts(m.ListBroadcastsFilter(**page(a)))

    def set_broadcast_layout(self, broadcast_id, layout):
        return self.sdk.change_broadcast_layout(broadcast_id, m.ComposedLayout(**layout))

    def add_broadcast_stream(self, broadcast_id, **a):
        return self.sdk.add_stream_to_broadcast(broadcast_id, m.AddStreamRequest(**a))

    def remove_broadcast_stream(self, broadcast_id, stream_id):
        return self.sdk.remove_stream_from_broadcast(broadcast_id, stream_id)

    def set_stream_class_lists(self, session_id, items):
        return self.sdk.change_stream_layout(session_id, m.StreamLayoutOptions(items=items))

    def signal_session(self, session_id, **payload):
        return self.sdk.send_signal(session_id, m.SignalData(**payload))

    def signal_connection(self, session_id, connection_id, **payload):
        return self.sdk.send_signal(session_id, m.SignalData(**payload), connection_id)

    def force_disconnect(self, session_id, connection_id):
        return self.sdk.disconnect_client(session_id, connection_id)

    def mute_all(self, session_id, excluded_stream_ids=None):
        return self.sdk.mute_all_streams(session_id, *([excluded_stream_ids] if excluded_stream_ids else []))

    def disable_force_mute(self, session_id, excluded_stream_ids=None):
        return self.sdk.disable_mute_all_streams(session_id)

    def dial(self, session_id, token, sip):
        sip = {"from_" if name == "from" else name: item for name, item in sip.items()}
        return self.sdk.initiate_sip_call(m.InitiateSipRequest(session_id=session_id, token=token, sip=sip))

    def play_dtmf_session(self, session_id, digits):
        return self.sdk.play_dtmf(session_id, digits)

    def play_dtmf_connection(self, session_id, connection_id, digits):
        return self.sdk.play_dtmf(session_id, digits, connection_id)

    def start_render(self, **a):
        return self.sdk.start_experience_composer(m.ExperienceComposerOptions(**a))

    def get_render(self, render_id):
        return self.sdk.get_experience_composer(render_id)

    def list_renders(self, **a):
        return self.sdk.list_experience_composers(m.ListExperienceComposersFilter(**page(a)))

    def stop_render(self, render_id):
        return self.sdk.stop_experience_composer(render_id)

    def start_captions(self, **a):
        return self.sdk.start_captions(m.CaptionsOptions(**a))

    def stop_captions(self, captions_id):
        return self.sdk.stop_captions(m.CaptionsData(captions_id=captions_id))

    def connect_websocket(self, **a):
        return self.sdk.start_audio_connector(m.AudioConnectorOptions(**a))

    def __getattr__(self, operation):
        return getattr(self.sdk, operation)


def recorded(request):
    address = urlsplit(request.url)
    body = request.body.decode() if isinstance(request.body, bytes) else request.body
    kind = None
    if body and address.path == "/session/create":
        kind, value = "form", dict(parse_qsl(body, keep_blank_values=True))
    elif body:
        kind, value = "json", json.loads(body)
    return {
        "method": request.method,
        "path": address.path,
        "query": address.query,
        "content_type": request.headers.get("content-type"),
        "accept": request.headers.get("accept"),
        "body_kind": kind,
        "body": value if kind else None,
        "body_raw": body or None,
    }


OPENTOK = version("opentok")
API_KEY, APPLICATION = "123456", "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f"


def vonage():
    auth = Auth(application_id=APPLICATION, private_key=str(KEY))
    return Vonage(Video(HttpClient(auth, HttpClientOptions())))


# Name, environment, SDK, whose intents, and a new client.
SDKS = [
    ("opentok-python", "opentok", f"opentok-python {OPENTOK}", "opentok-node",
     lambda: OpenTok(opentok.Client(API_KEY, "a" * 40))),
    ("opentok-python-on-vonage", "vonage", f"opentok-python {OPENTOK}", "opentok-node-on-vonage",
     lambda: OpenTok(opentok.Client(APPLICATION, str(KEY)))),
    ("vonage-python", "vonage", f"vonage-video {version('vonage-video')}", "vonage-node", vonage),
]


def record(client, intent):
    """The request that comes of an intent; `None` where the SDK cannot be asked for it."""
    operation, variant = intent["operation"], intent["variant"]
    if variant == "after_json_call":
        # One SDK keeps the content type of the call before.
        transport.answer = {"status": 204}
        client.signal_session(session_id="1_MX4", type="a", data="b")
    transport.answer, transport.request = dict(intent["response"]), None
    if operation == "stop_render":
        # The one status that all SDKs take.
        transport.answer["status"] = 200
    try:
        getattr(client, operation)(**deepcopy(intent["args"]))
    except Exception as error:
        if transport.request is None:
            print(f"{operation}/{variant}: {type(error).__name__}: {error}", file=sys.stderr)
            return None
    return recorded(transport.request)


def main():
    cases = []
    for name, api, sdk, like, client in SDKS:
        for intent in json.loads((FIXTURES / "recorded.json").read_text()):
            if not intent["id"].startswith(f"{like}/"):
                continue
            request = record(client(), intent)
            if request:
                operation, variant = intent["operation"], intent["variant"]
                case = {"id": f"{name}/{operation}/{variant}", "api": api, "sdk": sdk, "operation": operation}
                cases.append(case | {"variant": variant, "args": intent["args"], "request": request})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    print(f"[\n{lines}\n]")


if __name__ == "__main__":
    main()
