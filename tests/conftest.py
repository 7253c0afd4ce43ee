"""What the tests share: trees to work on, the command, the built site, a browser."""

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.model import SERVED

from .browser import ADVICE, find

HERE = Path(__file__).parent
HOME = HERE.parent
SHARED_ARTICLES = sorted((HOME / "../shared/articles").glob("*.md"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
LEFT = "net::ERR_ABORTED"  # what was still loading when the test went on to the next page


def scripts(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs `python -m scripts` on a tree, as an editor does."""
    command = [sys.executable, "-m", "scripts", "--root", str(root), *map(str, arguments)]
    return subprocess.run(command, cwd=HOME, capture_output=True, text=True, encoding="utf-8")


def put_together(name: str, folder: Path) -> Path:
    """A copy of tests/<name> with the project's own vocabularies, which are stated once."""
    root = folder / name
    shutil.copytree(HERE / name, root)
    shutil.copy(HOME / "docs/data/vocabulary.yml", root / "docs/data/vocabulary.yml")
    return root


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A small tree without a problem."""
    return put_together("good", tmp_path)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A small tree that breaks every rule."""
    return put_together("bad", tmp_path)


def copied(folder: Path) -> Path:
    """A copy of the project itself, without what is built or installed."""
    left_out = shutil.ignore_patterns(".git", ".venv*", "site", "site-*", ".site-*", "__pycache__", ".cache")
    return Path(shutil.copytree(HOME, folder / "project", ignore=left_out))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make build` writes it, for a host that serves it under /sub/."""
    target = tmp_path_factory.mktemp("built") / "sub"
    command = [sys.executable, "-m", "scripts", "build", "--site", str(target)]
    done = subprocess.run(command, cwd=HOME, env={**os.environ, "SITE_URL": "http://127.0.0.1:9000/sub/"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return target


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder that is kept: path → bytes. What is made for the site alone is made anew, and not
    kept."""
    served = {path for pattern in SERVED for path in root.glob(pattern)}
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file() and path not in served}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a log, and the site's own page for what is not there."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory, "sub/404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(missing)))
        self.end_headers()
        self.wfile.write(missing)


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/sub/"
        running.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    assert path, ADVICE
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    """A fresh page; at the end it fails on any console error, failed request or request to another host."""
    context = browser.new_context(viewport=SIZES[request.param], base_url=server)
    opened, faults = context.new_page(), []
    opened.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("requestfailed", lambda asked: None if asked.failure == LEFT else faults.append(f"failed: {asked.url} {asked.failure}"))
    opened.on("response", lambda response: faults.append(f"{response.status}: {response.url}") if response.status >= 400 else None)
    opened.on("request", lambda asked: None if asked.url.startswith((server, "data:", "blob:")) else faults.append(f"elsewhere: {asked.url}"))
    yield opened
    context.close()
    assert faults == []
