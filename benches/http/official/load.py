"""Gets archives with an official Python SDK for some milliseconds and prints what that took:
requests, wall µs, CPU µs, median µs, 99th percentile µs, peak memory kB."""

import os
import re
import resource
import sys
import threading
import time
from urllib.parse import urlsplit

sdk, what, concurrency, millis, base = sys.argv[1:]
env = {name: os.environ[f"BENCH_{name}"] for name in ("API_KEY", "API_SECRET", "APPLICATION", "PRIVATE_KEY", "ARCHIVE")}


def vonage():
    from requests.adapters import HTTPAdapter
    from vonage_http_client.auth import Auth
    from vonage_http_client.http_client import HttpClient, HttpClientOptions
    from vonage_video import Video
    from vonage_video.models import ListArchivesFilter

    class Plain(HTTPAdapter):
        """The package knows only https, and nobody else here does TLS."""

        def send(self, request, **options):
            request.url = request.url.replace("https://", "http://", 1)
            return super().send(request, **options)

    auth = Auth(application_id=env["APPLICATION"], private_key=env["PRIVATE_KEY"])
    client = HttpClient(auth, HttpClientOptions(video_host=urlsplit(base).netloc))
    client._session.mount("https://", Plain(pool_connections=10, pool_maxsize=10))
    video = Video(client)
    return {
        "one": lambda: video.get_archive(env["ARCHIVE"]).size,
        "list": lambda: len(video.list_archives(ListArchivesFilter(page_size=1000))[0]),
    }


def opentok():
    from opentok import Client

    client = Client(env["API_KEY"], env["API_SECRET"], api_url=base)
    return {
        "one": lambda: client.get_archive(env["ARCHIVE"]).size,
        "list": lambda: len(client.list_archives(count=1000).items),
    }


def ask(call, span, threads):
    latencies = []
    until = time.perf_counter() + span

    def worker():
        started = time.perf_counter()
        while started < until:
            assert call() > 0
            ended = time.perf_counter()
            latencies.append((ended - started) * 1e6)
            started = ended

    workers = [threading.Thread(target=worker) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(latencies)


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1e6


api = {"opentok": opentok, "vonage": vonage}[sdk]()
if what == "cold":
    print(api["one"]())
    sys.exit()
span = int(millis) / 1000
ask(api[what], span / 5, 1)
cpu_before, started = cpu(), time.perf_counter()
latencies = ask(api[what], span, int(concurrency))
elapsed, spent = (time.perf_counter() - started) * 1e6, cpu() - cpu_before
quantile = lambda share: latencies[min(len(latencies) - 1, int(len(latencies) * share))]
with open("/proc/self/status") as status:
    peak = re.search(r"VmHWM:\s+(\d+)", status.read())[1]
print(len(latencies), elapsed, spent, quantile(0.5), quantile(0.99), peak)
