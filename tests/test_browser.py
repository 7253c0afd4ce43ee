"""The site in a real browser, on a phone and a desktop, in both languages."""

import functools
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .browser import ADVICE, find

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
LEFT = "net::ERR_ABORTED"  # what was still loading when the test went on to the next page
MYTHS = ("cost", "zero-to-one", "ptx-cuda", "open-source", "hallucination")


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


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/sub/"
        running.shutdown()


@pytest.fixture(scope="module")
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


def search(page: Page, words: str) -> None:
    """Opens the search as a reader does on this screen, and types."""
    box, button = page.locator("input.md-search__input"), page.locator("label.md-header__button[for='__search']")
    (button if button.is_visible() else box).click()
    expect(box).to_be_focused()
    page.keyboard.insert_text(words)
    page.keyboard.press("Shift")


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("myth", MYTHS)
def test_the_first_screen_shows_verdict_and_answer(page: Page, prefix: str, myth: str) -> None:
    page.goto(f"{prefix}myths/{myth}/")
    for part in ("h1", ".verdict-word", ".verdict"):
        expect(page.locator(f"article {part}").first).to_be_in_viewport(ratio=1)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width == 0, "the page scrolls sideways"


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("name", ["", "figures/", "sources/", "articles/", "about/", "about/method/"])
def test_every_other_kind_of_page_opens(page: Page, prefix: str, name: str) -> None:
    page.goto(f"{prefix}{name}")
    expect(page.locator("article h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_language_switches_in_place_and_back(page: Page) -> None:
    page.goto("myths/cost/#unknown")
    page.locator("header a[hreflang='en']").click()
    page.wait_for_url("en/myths/cost/#unknown")
    expect(page.locator("#unknown")).to_be_in_viewport()
    page.locator("header a[hreflang='zh-Hans'], header a[hreflang='zh']").first.click()
    page.wait_for_url("myths/cost/#unknown")


@pytest.mark.parametrize(
    ("prefix", "words", "myth"),
    [("", "成本", "cost"), ("", "２０２４年 成本", "cost"), ("", "绕开CUDA", "ptx-cuda"), ("en/", "cost", "cost"), ("en/", "hallucination", "hallucination")],
)
def test_a_search_lands_on_the_page(page: Page, prefix: str, words: str, myth: str) -> None:
    page.goto(prefix)
    search(page, words)
    first = page.locator("a.md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(f"{prefix}myths/{myth}/"))
    first.click()
    page.wait_for_url(f"{prefix}myths/{myth}/**")
    expect(page.locator("article h1")).to_be_visible()


def test_a_reader_chooses_dark_and_keeps_it(page: Page) -> None:
    page.goto("myths/cost/")
    page.locator("form[data-md-component='palette'] label:not([hidden])").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto("en/myths/cost/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_charts_are_drawn_and_told(page: Page) -> None:
    for myth in ("cost", "hallucination", "ptx-cuda"):
        page.goto(f"myths/{myth}/")
        images = page.locator("figure.chart img")
        assert images.count() >= 1
        for image in images.all():
            image.scroll_into_view_if_needed()
            assert len(image.get_attribute("alt") or "") > 20
            assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_a_link_to_a_figure_leads_to_its_row(page: Page) -> None:
    """Also when the row is in a closed fold."""
    page.goto("en/myths/cost/")
    folded = page.locator("details.more tr td[id^='fact-']").first
    expect(folded).to_be_hidden()
    for row in (page.locator("table tr td[id^='fact-']").first, folded):
        page.locator(f"article a[href='#{row.get_attribute('id')}']").first.click()
        expect(row).to_be_in_viewport()


def test_an_address_that_is_not_there_gets_the_404_page(browser: Browser, server: str) -> None:
    page = browser.new_page(base_url=server)
    response = page.goto("nowhere/at/all/")
    assert response is not None and response.status == 404
    page.locator("main a[href$='/sub/en/']").first.click()
    page.wait_for_url("en/")
    page.close()
