"""`make serve`: a browser that shows a page shows each change to what the page is made from."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from .conftest import HOME, copied, scripts

DEADLINE = 120  # seconds, on a machine with much else to do
KINDS = {  # what is changed: the file, what stands in it, what takes its place, the page that shows it
    "a Chinese page": ("docs/zh/about/index.md", "\n\n", "\n\n{}\n\n", "about/"),
    "an English page": ("docs/en/about/index.md", "\n\n", "\n\n{}\n\n", "en/about/"),
    "a record": ("docs/data/events.yml", "en: ", "en: {} ", "en/timeline/"),
    "a template": ("overrides/partials/report.html", "<p class", "<p>{}</p><p class", "en/about/"),
}


class Running:
    """A preview of a copy of the project."""

    def __init__(self, root: Path, address: str, log: Path) -> None:
        self.root, self.address, self.log = root, address, log

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=DEADLINE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def put(self, path: str, old: str, new: str) -> str:
        """Changes a file of the copy; what it said."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
        return text

    def until(self, path: str, status: int, text: str) -> None:
        end = time.monotonic() + DEADLINE
        while not ((answer := self.get(path))[0] == status and text in answer[1]):
            assert time.monotonic() < end, f"{path} still says {answer}\n{self.log.read_text()}"

    def tells(self, text: str) -> None:
        end = time.monotonic() + DEADLINE
        while text not in self.log.read_text():
            assert time.monotonic() < end, self.log.read_text()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root, log = copied(tmp_path_factory.mktemp("previewed")), tmp_path_factory.mktemp("log") / "log"
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{bound.getsockname()[1]}"
    command = [sys.executable, "-m", "scripts", "--root", str(root), "serve", "--host", host]
    environment = {**os.environ, "SITE_URL": f"http://{host}/sub/", "NO_MKDOCS_2_WARNING": "1"}
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=HOME, env=environment, stdout=output, stderr=output)
    try:
        end = time.monotonic() + DEADLINE
        while not log.read_text().startswith("serving at") or not _connects(host):
            assert process.poll() is None and time.monotonic() < end, log.read_text()
        yield Running(root, f"http://{host}/sub/", log)
    finally:
        process.terminate()
        process.wait()


def _connects(host: str) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", int(host.rpartition(":")[2]))) == 0


@pytest.fixture
def tab(browser: Browser, preview: Running) -> Iterator[Page]:
    context = browser.new_context(base_url=preview.address)
    opened = context.new_page()
    opened.set_default_timeout(DEADLINE * 1000)
    yield opened
    context.close()


def test_a_page_says_what_the_built_one_says(preview: Running, site: Path) -> None:
    for path in ("", "en/", "en/sources/", "myths/cost/", "en/figures/", "c/cost/"):
        built, shown = (site / path / "index.html").read_text(encoding="utf-8"), preview.get(path)[1].replace(preview.address, "http://127.0.0.1:9000/sub/")
        assert _said(shown) == _said(built), path


def _said(page: str) -> str:
    root = html.document_fromstring(page.encode(), html.HTMLParser(encoding="utf-8"))
    main = (root.xpath("//article") or root.xpath("//main"))[0]
    return " ".join("".join(main.itertext()).split())


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_page_shows_a_change_by_itself(preview: Running, tab: Page, kind: str) -> None:
    file, old, new, path = KINDS[kind]
    mark = "changed " + kind
    tab.goto(path)
    assert mark not in tab.content()
    preview.put(file, old, new.format(mark))
    tab.wait_for_function("mark => document.readyState === 'complete' && document.body.innerText.includes(mark)", arg=mark)


def test_what_is_made_for_the_site_alone_follows_a_record(preview: Running) -> None:
    preview.put("docs/data/sources.yml", "publisher: ", "publisher: Followed ")
    preview.until("data/sources.json", 200, "Followed")


def test_a_mistake_is_told_and_can_be_mended(preview: Running) -> None:
    record, template = "docs/data/origins.yml", "overrides/partials/report.html"
    said = preview.put(record, "\n", "\nbroken: [\n")
    preview.tells("docs/data/origins.yml:")
    assert preview.get("en/about/")[0] == 200
    (preview.root / record).write_text(said, encoding="utf-8")
    said = preview.put(template, "<p class", "{% nonsense %}<p class")
    preview.until("en/about/", 500, "")
    (preview.root / template).write_text(said, encoding="utf-8")
    preview.until("en/about/", 200, "</html>")
    said = preview.put("mkdocs.en.yml", "\n", "\nnav: [\n")
    preview.tells("the site stays as it was")
    assert preview.get("en/about/")[0] == 200
    (preview.root / "mkdocs.en.yml").write_text(said, encoding="utf-8")


def test_a_page_comes_and_goes(preview: Running) -> None:
    assert preview.get("about/new/")[0] == 404
    (preview.root / "docs/zh/about/new.md").write_text("# 新的\n", encoding="utf-8")
    preview.until("about/new/", 200, "新的")
    (preview.root / "docs/zh/about/new.md").unlink()
    preview.until("about/new/", 404, "没有这个页面")


def test_a_draft_is_shown(preview: Running) -> None:
    assert scripts(preview.root, "new", "drafted").returncode == 0
    for path in ("myths/drafted/", "en/myths/drafted/"):
        preview.until(path, 200, "TODO")
