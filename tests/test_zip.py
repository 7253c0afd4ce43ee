"""The ZIP, unpacked and opened from a disk."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from scripts.finish.archive import FOLDER
from scripts.site import pack


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("from a disk")
    pack(site, folder / "site.zip")
    with zipfile.ZipFile(folder / "site.zip") as archive:
        archive.extractall(folder)
    return folder / FOLDER


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    """A page that must say no error and ask for nothing but files."""
    context = browser.new_context()
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else faults.append(asked.url))
    page.on("requestfailed", lambda asked: faults.append(f"{asked.url} {asked.failure}"))
    yield page
    context.close()
    assert faults == []


def test_home_page_search_and_the_other_language_work(opened: Page, unpacked: Path) -> None:
    opened.goto((unpacked / "index.html").as_uri())
    opened.locator("a[href='myths/cost/index.html']").first.click()
    expect(opened.locator("h1")).to_contain_text("557.6")
    opened.locator(".search-open").click()
    opened.locator("dialog input[name=q]").fill("爬取 ChatGPT 蒸馏")
    opened.locator("dialog .finder-list a").first.click()
    expect(opened).to_have_url(re.compile(r"/myths/distillation/index\.html"))
    opened.locator("a.language").click()
    expect(opened).to_have_url(re.compile(r"/en/myths/distillation/index\.html"))
    expect(opened.locator("html")).to_have_attribute("lang", "en")


def test_what_is_asked_in_a_page_is_answered_in_it(opened: Page, unpacked: Path) -> None:
    """In English, from the page to check a message, whose box and the dialog's each have an engine of their own."""
    opened.goto((unpacked / "en/check/index.html").as_uri())
    opened.locator("main textarea").fill("It cost only $6 million to train")
    expect(opened.locator("main .finder-list a").first).to_have_attribute("href", re.compile(r"^file:.*/en/myths/cost/index\.html"))


def test_every_link_leads_to_a_file_of_the_zip(unpacked: Path) -> None:
    pages = sorted(unpacked.rglob("*.html"))
    assert len(pages) > 80
    for page in pages:
        for address in html.fromstring(page.read_bytes()).xpath("//@href | //@src | //@action"):
            target = urlsplit(urljoin(page.as_uri(), str(address)))
            assert target.scheme != "file" or Path(url2pathname(target.path)).is_file(), f"{page}: {address}"


def test_the_same_site_gives_the_same_zip(site: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        pack(site, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    names = zipfile.ZipFile(io.BytesIO((tmp_path / "one.zip").read_bytes())).namelist()
    assert f"{FOLDER}/index.html" in names and not [name for name in names if "sw.js" in name or "404" in name]
