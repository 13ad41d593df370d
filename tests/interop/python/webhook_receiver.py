"""A receiver of webhooks that verifies them by the document alone, with nothing but Python's standard library.

It listens on a free port, prints its URL, and then one JSON object a delivery: the event, and what is wrong with it, if anything is. It answers
200 to what is right, 401 to what is forged, and 500 to what is not signed, so that it comes again.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRET = os.environ["SECRET"].encode()
# Against what is sent again by somebody else.
LONGEST_AGE = 300


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def fault(header, body):
    """What is wrong with a delivery."""
    if header is None:
        return "unsigned"
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer" or token.count(".") != 2:
        return "no bearer token"
    head, claims, signature = token.split(".")
    if json.loads(decoded(head)).get("alg") != "HS256":
        return "another algorithm"
    expected = hmac.new(SECRET, f"{head}.{claims}".encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(expected, decoded(signature)):
        return "another signature"
    claims = json.loads(decoded(claims))
    if claims.get("iss") != "Vonage" or not claims.get("jti") or not claims.get("api_key"):
        return f"claims are missing: {claims}"
    if not -LONGEST_AGE < time.time() - claims["iat"] < LONGEST_AGE:
        return "too old"
    if claims.get("payload_hash") != hashlib.sha256(body).hexdigest():
        return "another body"
    application = os.environ.get("APPLICATION_ID")
    if claims.get("application_id") != application:
        return f"of {claims.get('application_id')}"
    return None


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        wrong = fault(self.headers["authorization"], body)
        event = json.loads(body)["event"] if self.headers["content-type"] == "application/json" else None
        print(json.dumps({"event": event, "fault": wrong}), flush=True)
        self.send_response({None: 200, "unsigned": 500}.get(wrong, 401))
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Receiver)
print(f"http://127.0.0.1:{server.server_port}/hook", flush=True)
server.serve_forever()
