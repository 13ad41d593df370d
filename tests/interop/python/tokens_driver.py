"""Verifies tokens with what the official SDKs verify with, and mints some with them. Reads one JSON object, writes one."""

import base64
import hashlib
import hmac
import json
import sys
from urllib.parse import parse_qsl

import jwt  # The library that `opentok` signs with.
from opentok import Client, Roles
from vonage_http_client.auth import Auth
from vonage_http_client.http_client import HttpClient
from vonage_video import Video
from vonage_video.models import TokenOptions

given = json.load(sys.stdin)


def verify_t1(token):
    """T1 has no library that reads it: its signature is computed again from the text that was signed."""
    head, _, signed = base64.b64decode(token.removeprefix("T1==")).decode().partition(":")
    fields = dict(parse_qsl(head))
    assert fields["partner_id"] == given["apiKey"], fields
    expected = hmac.new(given["apiSecret"].encode(), signed.encode(), hashlib.sha1).hexdigest()
    assert hmac.compare_digest(fields["sig"], expected), "the signature is wrong"
    return dict(parse_qsl(signed, keep_blank_values=True))


VERIFIERS = {
    "hs256": lambda token: jwt.decode(token, given["apiSecret"], algorithms=["HS256"]),
    "rs256": lambda token: jwt.decode(token, given["publicKey"], algorithms=["RS256"]),
    "t1": verify_t1,
}


def mint():
    opentok = Client(given["apiKey"], given["apiSecret"])
    vonage_mode = Client(given["applicationId"], given["privateKeyPath"])
    video = Video(HttpClient(Auth(application_id=given["applicationId"], private_key=given["privateKey"])))
    options = {"role": Roles(given["role"]), "data": given["data"], "initial_layout_class_list": given["classes"]}
    typed = TokenOptions(
        session_id=given["vonageSession"],
        role=given["role"],
        connection_data=given["data"],
        initial_layout_class_list=given["classes"],
    )
    rows = [
        ("opentok JWT", "opentok", "client", opentok.generate_token(given["opentokSession"], **options)),
        ("opentok T1", "opentok", "client", opentok.generate_token(given["opentokSession"], use_jwt=False, **options)),
        ("opentok on Vonage", "vonage", "client", vonage_mode.generate_token(given["vonageSession"], **options)),
        ("vonage-video", "vonage", "client", video.generate_client_token(typed).decode()),
        ("opentok REST", "opentok", "rest", opentok.get_headers()["X-OPENTOK-AUTH"]),
        ("opentok on Vonage REST", "vonage", "rest", vonage_mode.get_headers()["Authorization"].removeprefix("Bearer ")),
        ("vonage-http-client REST", "vonage", "rest", video.http_client.auth.create_jwt_auth_string().decode().removeprefix("Bearer ")),
    ]
    return [dict(zip(("name", "project", "kind", "token"), row)) for row in rows]


print(json.dumps({"verified": [VERIFIERS[it["kind"]](it["token"]) for it in given["verify"]], "minted": mint()}))
