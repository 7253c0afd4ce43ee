"""What a first visit costs, from the built files: a reader on a cheap phone gets any page for little. Bytes
are those of brotli at its highest level, 11, as a host that compresses beforehand sends them. What is fetched only when
the page stands and nothing else is to do (the service worker's copies) is not of the visit."""

import functools
import posixpath
import re
from pathlib import Path

import brotli
import pytest
from lxml import html

from scripts.model import LANGUAGES

MOST_BYTES, MOST_REQUESTS = 60 * 1024, 8
LOADED = "//link[@rel='stylesheet' or @rel='icon' or @rel='preload' or @rel='modulepreload']/@href | //script/@src | //script/@data-src | //img/@src | //img/@srcset | //source/@srcset | //iframe/@src | //object/@data | //video/@src | //audio/@src"
THEIRS = ("javascripts", "stylesheets", "images")


@functools.cache
def weight(path: Path) -> int:
    return len(brotli.compress(path.read_bytes(), quality=11))


def misconceptions(site: Path) -> list[Path]:
    return sorted(page for language in LANGUAGES for page in (site / ("en" if language == "en" else "") / "myths").glob("*/index.html"))


def loaded(site: Path, page: Path) -> list[Path]:
    """The files that a browser asks for to show a page, itself first."""
    found = [page]
    for address in dict.fromkeys(map(str, html.fromstring(page.read_bytes()).xpath(LOADED))):
        assert not re.match(r"[a-z]+:|/", address), f"{page} asks elsewhere: {address}"
        found.append(site / posixpath.normpath((page.parent / address).relative_to(site).as_posix()))
    return found


def test_a_first_visit_is_light(site: Path) -> None:
    pages = sorted(site.rglob("index.html"))
    costs = {page.relative_to(site).as_posix(): (sum(map(weight, files)), len(files)) for page in pages if (files := loaded(site, page))}
    assert costs.keys() >= {page.relative_to(site).as_posix() for page in misconceptions(site)}
    assert {page: cost for page, cost in costs.items() if cost[0] > MOST_BYTES or cost[1] > MOST_REQUESTS} == {}


def test_pages_have_their_styles_in_them_and_what_runs_at_once_and_share_what_runs_later(site: Path) -> None:
    """So that nothing stands between a page and its first paint, or between that and its search."""
    for page in misconceptions(site):
        assert html.fromstring(page.read_bytes()).xpath("//script[@src]") == []
    shared = {frozenset(path for path in loaded(site, page) if path.suffix in (".css", ".js")) for page in misconceptions(site)}
    assert len(shared) == 1
    names = sorted(path.relative_to(site).as_posix() for path in shared.pop())
    assert [re.sub(r"\.[0-9a-f]{8}\.", ".*.", name) for name in names] == ["assets/javascripts/site.*.js"]


@pytest.mark.parametrize("folder", [f"{language}assets/{name}" for language in ("", "en/") for name in THEIRS])
def test_the_site_holds_no_file_that_nothing_names(site: Path, folder: str) -> None:
    files = [path for path in site.rglob("*") if path.suffix in (".html", ".css", ".js", ".atom")]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    for path in (site / folder).rglob("*"):
        assert path.is_dir() or any(path.name in text for other, text in texts.items() if other != path), path
