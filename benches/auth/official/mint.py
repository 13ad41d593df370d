"""Mints tokens with an official Python SDK for some milliseconds and prints the nanoseconds a token took."""

import os
import sys
import time

task, millis = sys.argv[1], int(sys.argv[2])


def env(name):
    return os.environ["BENCH_" + name]


if task == "vonage":
    from vonage_http_client import Auth, HttpClient
    from vonage_video import Video
    from vonage_video.models import TokenOptions

    auth = Auth(application_id=env("APPLICATION"), private_key=env("PRIVATE_KEY"))
    video = Video(HttpClient(auth))

    def mint():
        return video.generate_client_token(
            TokenOptions(
                session_id=env("VONAGE_SESSION"),
                role="publisher",
                connection_data=env("DATA"),
                initial_layout_class_list=env("CLASSES").split(" "),
            )
        )

else:
    from opentok import Client, Roles

    client = Client(env("API_KEY"), env("API_SECRET"))
    jwt = task != "opentok-t1"

    def mint():
        return client.generate_token(
            env("OPENTOK_SESSION"),
            role=Roles.publisher,
            data=env("DATA"),
            initial_layout_class_list=env("CLASSES").split(" "),
            use_jwt=jwt,
        )


def run(span):
    end = time.perf_counter_ns() + span * 1_000_000
    started = time.process_time_ns()
    minted = 0
    while time.perf_counter_ns() < end:
        for _ in range(10):
            assert mint()
        minted += 10
    return (time.process_time_ns() - started) / minted


run(millis)
print(run(millis))
