"""A folder served over HTTP as a good static host does, compressed and cacheable, if wanted as slowly as a phone gets it."""

import gzip
import mimetypes
import threading
import time
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Iterator
from urllib.parse import unquote, urlsplit

import brotli

SLOW_4G = (0.15, 1_600_000 / 8)  # seconds of latency, bytes a second: Lighthouse's simulated slow 4G
CHUNK = 4096
ENCODINGS = {"gzip": lambda data: gzip.compress(data, 9), "br": brotli.compress}


@lru_cache(maxsize=None)
def compressed(path: Path, encoding: str) -> bytes:
    """A file as it is sent, worked out once."""
    return bytes(ENCODINGS[encoding](path.read_bytes()))


class Line:
    """A connection that all requests share: so much latency each, so many bytes a second together."""

    def __init__(self, latency: float, rate: float):
        self.latency, self.rate, self.free_at, self.lock = latency, rate, 0.0, threading.Lock()

    def wait(self, size: int) -> None:
        with self.lock:
            self.free_at = max(self.free_at, time.monotonic()) + size / self.rate
            until = self.free_at
        time.sleep(max(0.0, until - time.monotonic()))


@contextmanager
def serving(root: Path, slow: tuple[float, float] | None = None, encoding: str = "gzip") -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Serves a folder; gives its address and a list that grows by each request's path and bytes sent."""
    sent: list[tuple[str, int]] = []
    line = Line(*slow) if slow else None

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            path = root / unquote(urlsplit(self.path).path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            found = path.is_file()
            data = compressed(path, encoding) if found else b""
            if line:
                time.sleep(line.latency)
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "max-age=600")
            if found:
                self.send_header("Content-Encoding", encoding)
            self.end_headers()
            sent.append((self.path, len(data)))
            for at in range(0, len(data), CHUNK):
                if line:
                    line.wait(len(data[at : at + CHUNK]))
                self.wfile.write(data[at : at + CHUNK])

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A browser that goes on to the next page drops what it was loading."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", sent
        finally:
            server.shutdown()
