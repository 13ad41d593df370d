"""Every operation of the `opentok` package against the emulator, in its OpenTok mode and in its Vonage mode (MODE).

In its Vonage mode the package ignores `api_url` and always asks https://video.api.vonage.com. It is not patched for this test: the proxy of
HTTPS_PROXY leads that name to the emulator, whose certificate authority is trusted by REQUESTS_CA_BUNDLE.
"""

from opentok import ArchiveModes, Client, MediaModes, OutputModes, Roles, StreamModes
from opentok.broadcast import BroadcastStreamModes
from opentok.exceptions import (
    ArchiveError,
    AuthError,
    BroadcastError,
    CaptioningAlreadyInProgressError,
    ForceDisconnectError,
    NotFoundError,
    RequestError,
)

from support import Noted, Settings, bug, done, fetch, fields, join, refused, step, until

VONAGE = Settings.mode == "vonage"
PROJECT = Settings.application_id if VONAGE else Settings.api_key
NOBODY = "00000000-0000-4000-8000-000000000000"

if VONAGE:
    opentok = Noted(Client(Settings.application_id, Settings.private_key_path, timeout=15))
else:
    opentok = Noted(Client(Settings.api_key, Settings.api_secret, api_url=Settings.url, timeout=15))


class Room:
    """What later steps need of earlier ones."""


def sessions_and_tokens(room):
    @step("create_session")
    def session():
        return opentok.create_session(media_mode=MediaModes.routed)

    room.id = session.session_id

    @step("create_session/the id names its project")
    def _():
        assert fields(room.id)[1] == PROJECT

    @step("create_session/archived automatically")
    def _():
        always = opentok.create_session(
            media_mode=MediaModes.routed,
            archive_mode=ArchiveModes.always,
            archive_name='Tägliche & "laute" Runde',
            archive_resolution="1280x720",
            location="192.0.2.1",
        )
        assert always.session_id != room.id

    @step("create_session/end to end encrypted")
    def _():
        opentok.create_session(media_mode=MediaModes.routed, e2ee=True)

    room.publisher = opentok.generate_token(
        room.id, role=Roles.publisher, data="name=Ann & Bö", initial_layout_class_list=["focus", "wide"]
    )
    room.moderator = opentok.generate_token(room.id, role=Roles.moderator)
    # Vonage has no T1 tokens.
    second = room.moderator if VONAGE else opentok.generate_token(room.id, role=Roles.moderator, use_jwt=False)

    @step("join/with a JWT")
    def ann():
        published = [{"name": "camera", "videoType": "camera"}, {"name": "screen", "videoType": "screen"}]
        return join(room.id, room.publisher, published)

    @step(f"join/with {'a JWT' if VONAGE else 'a T1 token'}")
    def bob():
        return join(room.id, second)

    room.ann, room.bob = ann["connectionId"], bob["connectionId"]
    room.camera, room.screen = (stream["id"] for stream in ann["streams"])


def streams(room):
    @step("list_streams")
    def _():
        found = opentok.list_streams(room.id)
        assert found.count == 2
        assert sorted(stream.name for stream in found) == ["camera", "screen"]

    @step("list_streams/nobody publishes")
    def _():
        assert opentok.list_streams(opentok.create_session().session_id).count == 0

    @step("get_stream")
    def _():
        stream = opentok.get_stream(room.id, room.screen)
        assert (stream.id, stream.videoType) == (room.screen, "screen")

    @step("set_stream_class_lists")
    def _():
        opentok.set_stream_class_lists(room.id, [{"id": room.screen, "layoutClassList": ["full", "main"]}])
        assert opentok.get_stream(room.id, room.screen).layoutClassList == ["full", "main"]


def signals(room):
    @step("signal_session")
    def _():
        opentok.send_signal(room.id, {"type": "chat", "data": "to all of you, ✓"})

    @step("signal_connection")
    def _():
        # Its older name.
        opentok.signal(room.id, {"type": "chat", "data": "to Bob"}, room.bob)

    @bug("signal_connection", "every refusal is the same error, its cause is lost")
    def _():
        refused(lambda: opentok.send_signal(room.id, {"data": "x"}, NOBODY), RequestError, "An unexpected error occurred")


def moderation(room):
    @step("mute_stream")
    def _():
        assert opentok.mute_stream(room.id, room.camera).json()["status"] == "ACTIVE"

    @step("mute_all")
    def _():
        assert opentok.mute_all(room.id, None).status_code == 200

    @bug("mute_all", "it sends the exclusions under a name that the service does not know")
    def _():
        assert opentok.mute_all(room.id, [room.screen]).status_code == 200

    @step("disable_force_mute")
    def _():
        assert opentok.disable_force_mute(room.id).status_code == 200


def archives(room):
    @step("start_archive")
    def archive():
        layout = {"type": "bestFit", "screenshareType": "pip"}
        started = opentok.start_archive(room.id, name="Weekly", resolution="1280x720", layout=layout)
        assert (started.status, started.name, started.resolution) == ("started", "Weekly", "1280x720")
        assert started.session_id == room.id
        return started

    @step("start_archive/already recording")
    def _():
        refused(lambda: opentok.start_archive(room.id), ArchiveError)

    @step("get_archive")
    def _():
        assert opentok.get_archive(archive.id).status == "started"

    @step("list_archives")
    def _():
        found = opentok.list_archives(offset=0, count=10, session_id=room.id)
        assert (found.count, [it.id for it in found]) == (1, [archive.id])
        # Its older name.
        assert archive.id in [it.id for it in opentok.get_archives()]

    @step("set_archive_layout")
    def _():
        opentok.set_archive_layout(archive.id, "custom", "stream { float: left; }")

    @bug("add_archive_stream", "every refusal is the same error, its cause is lost")
    def _():
        refused(lambda: opentok.add_archive_stream(archive.id, room.camera), RequestError, "An unexpected error occurred")

    @step("stop_archive")
    def _():
        archive.stop()
        assert archive.status == "stopped"

    @step("get_archive/until it is available")
    def _():
        ready = until(lambda: opentok.get_archive(archive.id), lambda it: it.status == "available")
        assert len(fetch(ready.url)) == ready.size > 0

    @step("stop_archive/long after")
    def _():
        refused(lambda: opentok.stop_archive(archive.id), ArchiveError)

    @step("delete_archive")
    def _():
        opentok.delete_archive(archive.id)

    @step("start_archive/manual")
    def manual():
        started = opentok.start_archive(
            room.id, stream_mode=StreamModes.manual, output_mode=OutputModes.individual, has_transcription=True,
            transcription_properties={"primaryLanguageCode": "en-US", "hasSummary": True},
        )
        assert (started.output_mode, started.stream_mode) == (OutputModes.individual, "manual")
        assert started.has_transcription is True
        return started

    @step("add_archive_stream")
    def _():
        opentok.add_archive_stream(manual.id, room.camera, has_video=False)
        [stream] = opentok.get_archive(manual.id).streams
        assert (stream["streamId"], stream["hasAudio"], stream["hasVideo"]) == (room.camera, True, False)

    @step("remove_archive_stream")
    def _():
        opentok.remove_archive_stream(manual.id, room.camera)

    @step("stop_archive/manual")
    def _():
        assert opentok.stop_archive(manual.id).status == "stopped"


def broadcasts(room):
    @step("start_broadcast")
    def broadcast():
        rtmp = [{"id": "tube", "serverUrl": "rtmp://example.com/live", "streamName": "key-1"}]
        options = {
            "layout": {"type": "pip"},
            "maxDuration": 3600,
            "maxBitrate": 1000000,
            "resolution": "1280x720",
            "outputs": {"hls": {"dvr": True}, "rtmp": rtmp},
        }
        started = opentok.start_broadcast(room.id, options, BroadcastStreamModes.manual)
        assert (started.status, started.maxDuration) == ("started", 3600)
        assert started.broadcastUrls["rtmp"][0]["id"] == "tube"
        return started

    @step("start_broadcast/already on air")
    def _():
        refused(lambda: opentok.start_broadcast(room.id, {"outputs": {"hls": {}}}), BroadcastError)

    @step("get_broadcast")
    def _():
        live = until(lambda: opentok.get_broadcast(broadcast.id), lambda it: it.broadcastUrls["hlsStatus"] == "live")
        assert live.broadcastUrls["hls"].startswith("http")

    @step("set_broadcast_layout")
    def _():
        opentok.set_broadcast_layout(broadcast.id, "bestFit", screenshare_type="pip")

    @step("add_broadcast_stream")
    def _():
        opentok.add_broadcast_stream(broadcast.id, room.camera, has_audio=False)
        [stream] = opentok.get_broadcast(broadcast.id).streams
        assert (stream["streamId"], stream["hasAudio"]) == (room.camera, False)

    @step("remove_broadcast_stream")
    def _():
        opentok.remove_broadcast_stream(broadcast.id, room.camera)

    @step("stop_broadcast")
    def _():
        assert opentok.stop_broadcast(broadcast.id).status == "stopped"


def sip(room):
    @step("dial")
    def call():
        options = {
            "from": "15550100@example.com",
            "headers": {"X-Topic": "weather"},
            "auth": {"username": "ann", "password": "secret"},
            "secure": True,
            "video": True,
            "observeForceMute": True,
        }
        answer = opentok.dial(room.id, room.publisher, "sip:bob@example.com", options)
        assert answer.id and answer.connectionId and answer.streamId
        return answer

    @step("play_dtmf_session")
    def _():
        assert opentok.play_dtmf(room.id, None, "1p2#") is not None

    @step("play_dtmf_connection")
    def _():
        assert opentok.play_dtmf(room.id, call.connectionId, "123") is not None


def composer(room):
    @step("start_render")
    def render():
        started = opentok.start_render(
            room.id, room.publisher, "https://example.com/composition", 900, "1920x1080", {"name": "Composed"}
        )
        assert started.status == "starting"
        return started

    @step("get_render")
    def _():
        assert until(lambda: opentok.get_render(render.id), lambda it: it.status == "started").streamId

    @step("list_renders")
    def _():
        assert render.id in [it.id for it in opentok.list_renders(count=10).items]

    @step("stop_render")
    def _():
        opentok.stop_render(render.id)


def captions(room):
    @step("start_captions")
    def started():
        return opentok.start_captions(room.id, room.moderator, language_code="de-DE", max_duration=1800)

    @step("start_captions/they are on already")
    def _():
        refused(lambda: opentok.start_captions(room.id, room.moderator), CaptioningAlreadyInProgressError)

    @step("stop_captions")
    def _():
        opentok.stop_captions(started.captions_id)


def audio_connector(room):
    @step("connect_websocket")
    def _():
        options = {
            "uri": "wss://example.com/audio",
            "streams": [room.camera],
            "headers": {"topic": "weather"},
            "audioRate": 16000,
            "bidirectional": True,
            "audio_transport": {"transport": "json", "encoding": "base64", "audio_field": "chunk"},
        }
        answer = opentok.connect_audio_to_websocket(room.id, room.publisher, options)
        assert answer.id and answer.connectionId


def leaving(room):
    @step("force_disconnect")
    def _():
        opentok.force_disconnect(room.id, room.ann)

    @step("force_disconnect/nobody there")
    def _():
        refused(lambda: opentok.force_disconnect(room.id, room.ann), ForceDisconnectError)


def refusals(room):
    @step("get_archive/no such archive")
    def _():
        refused(lambda: opentok.get_archive(NOBODY), NotFoundError)

    if not VONAGE:

        @step("list_archives/wrong secret")
        def _():
            stranger = Client(Settings.api_key, "f" * 40, api_url=Settings.url, timeout=15)
            refused(stranger.list_archives, AuthError)


INNER = ("append_to_user_agent", "get_headers", "get_json_headers", "headers", "json_headers", "validate_websocket_options")
room = Room()
PARTS = (sessions_and_tokens, streams, signals, moderation, archives, broadcasts, sip, composer, captions)
for part in PARTS + (audio_connector, leaving, refusals):
    part(room)
opentok.every_method(INNER)
done(room)
