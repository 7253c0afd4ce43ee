"""Without a network after a first visit; and with one, always the site as it is now."""

import functools
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.finish import offline

from .conftest import Quiet

WHOLE = "await caches.match(new URL('?{}', (await navigator.serviceWorker.ready).scope).href)"  # the list of a language is
KEPT = "await caches.match('{}')"
RENEWED = "(await caches.keys()).every(name => name.endsWith(' {}'))"
PATIENCE = 1200  # looks, twenty a second
VERSION = re.compile(r'"version":"([0-9a-f]+)"')


class Host:
    """A copy of the site at an address of its own, which can go away and come back."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "sub"
        self.port = 0
        self.start()

    def start(self) -> None:
        handler = functools.partial(Quiet, directory=str(self.site.parent))
        self.running = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self.running.server_port
        threading.Thread(target=self.running.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.running.shutdown()
        self.running.server_close()


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    shutil.copytree(site, tmp_path / "sub")
    host = Host(tmp_path)
    yield host
    host.stop()


@pytest.fixture
def reader(browser: Browser, host: Host) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://127.0.0.1:{host.port}/sub/")
    yield context.new_page()
    context.close()


def wait_for(page: Page, condition: str) -> None:
    """Until a condition of JavaScript, which may await, holds."""
    held = page.evaluate(f"(async () => {{ for (let left = {PATIENCE}; left; left--) {{ if ({condition}) return true; await new Promise(done => setTimeout(done, 50)) }} }})()")
    assert held, condition


def test_a_first_visit_keeps_its_page_and_the_home_page_and_no_more(reader: Page, host: Host) -> None:
    reader.goto("myths/cost/")
    home = reader.url.removesuffix("myths/cost/")
    for address in (reader.url, home):
        wait_for(reader, KEPT.format(address))
    assert not reader.evaluate("name => caches.match(name).then(Boolean)", f"{home}myths/ptx-cuda/")
    host.stop()
    reader.reload()
    expect(reader.locator(".offline-copy")).to_be_visible()
    reader.locator("header a.brand").click()
    expect(reader).to_have_url(home)
    expect(reader.locator(".offline-copy")).to_be_visible()
    host.start()


def read_on(page: Page, language: str) -> None:
    """A second page after the first, and time to keep the language."""
    address = page.url
    wait_for(page, KEPT.format(address))
    page.reload()
    wait_for(page, WHOLE.format(language))


def test_what_was_read_and_its_language_are_there_without_a_network(reader: Page, host: Host) -> None:
    reader.goto("myths/cost/")
    title = reader.locator("h1").first.inner_text()
    read_on(reader, "zh")
    host.stop()
    reader.reload()
    assert reader.locator("h1").first.inner_text() == title
    assert re.search(r"20\d\d-\d\d-\d\d", reader.locator(".offline-copy").inner_text())
    assert reader.evaluate("getComputedStyle(document.querySelector('.offline-copy')).textAlign") == "center"
    for path in ("", "?q=x", "myths/ptx-cuda/", "figures/"):
        reader.goto(path)
        expect(reader.locator(".offline-copy")).to_be_visible()
    reader.goto("check/")
    reader.locator("main textarea").fill("训练只花了 558 万美元")
    expect(reader.locator("main form ol a").first).to_have_attribute("href", re.compile("/sub/myths/cost/"))
    host.start()


def test_what_is_not_kept_is_said_in_both_languages_with_a_way_on(reader: Page, host: Host) -> None:
    reader.goto("myths/cost/")
    read_on(reader, "zh")
    host.stop()
    response = reader.goto("en/myths/cost/")
    assert response and response.status == 503
    assert reader.locator("section[lang=en] h1").inner_text() == "No network" and reader.locator("section[lang|=zh] h1").inner_text() == "没有网络"
    assert reader.evaluate("getComputedStyle(document.querySelector('section + section')).borderTopWidth") == "1px"
    reader.locator("section[lang|=zh] a").click()
    expect(reader).to_have_url(re.compile("/sub/$"))
    expect(reader.locator(".offline-copy")).to_be_visible()
    host.start()


def test_whoever_has_a_network_gets_the_page_as_it_is_now(reader: Page, host: Host) -> None:
    page = host.site / "myths/cost/index.html"
    reader.goto("myths/cost/")
    read_on(reader, "zh")
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", " MENDED</h1>", 1), encoding="utf-8")
    reader.reload()
    assert "MENDED" in reader.locator("h1").first.inner_text()
    assert not reader.locator(".offline-copy").count()
    host.stop()
    reader.reload()
    assert "MENDED" in reader.locator("h1").first.inner_text()
    host.start()


def test_a_new_version_takes_the_place_of_the_old_copies(reader: Page, host: Host) -> None:
    worker = host.site / "sw.js"
    old = VERSION.search(worker.read_text(encoding="utf-8"))
    assert old
    reader.goto("en/myths/cost/")
    read_on(reader, "en")
    assert [name.split()[-1] for name in reader.evaluate("caches.keys()")] == [old[1]]
    worker.write_text(worker.read_text(encoding="utf-8").replace(old[1], "0123456789ab"), encoding="utf-8")
    reader.goto("en/")
    wait_for(reader, RENEWED.format("0123456789ab"))
    wait_for(reader, WHOLE.format("en"))
    assert len(reader.evaluate("caches.keys()")) == 1
    host.stop()
    reader.goto("en/myths/cost/")
    expect(reader.locator(".offline-copy")).to_contain_text("Offline")
    host.start()


def test_nothing_is_kept_for_who_saves_data(reader: Page) -> None:
    reader.add_init_script("Object.defineProperty(navigator.connection, 'saveData', { value: true })")
    reader.goto("myths/cost/")
    reader.evaluate("new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))")
    assert reader.evaluate("navigator.serviceWorker.getRegistrations().then(known => known.length)") == 0


def test_what_is_kept_stays_bounded_however_many_pages_there_are() -> None:
    few = {"index.html": 9_000, "search/core.json": 100_000, "myths/a/index.html": 50_000, "myths/a/2026-01-01/index.html": 50_000, "figures/index.html": 90_000, "en/index.html": 9_000}
    many = {**few, **{f"myths/m{number}/index.html": 50_000 for number in range(2000)}}
    kept_of = {name: offline.listed({path: (size, "") for path, size in files.items()}, "zh") for name, files in (("few", few), ("many", many))}
    assert kept_of["few"] == ["index.html", "search/core.json", "myths/a/index.html", "figures/index.html"]
    assert kept_of["many"] == ["index.html", "search/core.json", "figures/index.html"]
