"""The built site, crawled as files: links, anchors, languages, titles."""

import posixpath
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from .conftest import HOME

ROOT = "http://127.0.0.1:9000/sub/"
LANGUAGES = {"zh": "", "en": "en/"}
LEADS_ON = re.compile(r"c/|(en/)?myths/[\w-]+/\d{4}-\d\d-\d\d")  # short addresses, and those of versions


@lru_cache(maxsize=None)
def document(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


def pages(site: Path) -> dict[str, Path]:
    """Address below the root → file of every page, the 404 pages left out and those that only lead on to a page."""
    files = (path for path in sorted(site.rglob("index.html")) if not LEADS_ON.match(path.relative_to(site).as_posix()))
    return {path.parent.relative_to(site).as_posix().removeprefix(".") + "/" * (path.parent != site): path for path in files}


def address(site: Path, path: Path) -> str:
    name = path.relative_to(site).as_posix()
    return urljoin(ROOT, name.removesuffix("index.html"))


def test_every_page_is_there_in_both_languages(site: Path) -> None:
    written = {path.relative_to(HOME / "docs/zh").as_posix() for path in (HOME / "docs/zh").rglob("*.md") if path.parent.parent.name != "myths"}
    built = pages(site)
    assert len(built) == 2 * len(written)
    assert {name.removeprefix("en/") for name in built if name.startswith("en/")} == {name for name in built if not name.startswith("en/")}


def targets(site: Path) -> list[tuple[Path, str, str]]:
    """Every link, image, script and style of every page: page, attribute, address."""
    found = []
    for path in sorted(site.rglob("*.html")):
        for element, attribute, link, _ in document(path).iterlinks():
            if attribute in ("href", "src") and not link.startswith(("data:", "mailto:", "javascript:")):
                found.append((path, element.tag, urljoin(address(site, path), link)))
    return found


def test_every_link_inside_leads_to_a_file_and_an_id(site: Path) -> None:
    broken = []
    for path, _, link in targets(site):
        if not link.startswith(ROOT):
            continue
        parts = urlsplit(link)
        name = unquote(parts.path.removeprefix("/sub/"))
        file = site / (posixpath.join(name, "index.html") if name.endswith("/") or not name else name)
        if not file.is_file():
            broken.append((path.relative_to(site).as_posix(), link))
        elif parts.fragment and file.suffix == ".html":
            ids = document(file).xpath("//@id")
            if unquote(parts.fragment) not in ids and not parts.fragment.startswith("__"):
                broken.append((path.relative_to(site).as_posix(), link))
    assert broken == []


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    loaded = [(path.name, link) for path, tag, link in targets(site) if tag in ("script", "img", "iframe", "source") or tag == "link" and ".css" in link]
    assert loaded
    assert [entry for entry in loaded if not entry[1].startswith(ROOT)] == []


def test_no_link_of_ours_leaves_the_sub_path(site: Path) -> None:
    assert [link for _, _, link in targets(site) if link.startswith("http://127.0.0.1:9000") and not link.startswith(ROOT)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_its_language_title_and_description_once(site: Path, language: str) -> None:
    seen: dict[str, set[str]] = {"title": set(), "description": set(), "canonical": set()}
    for name, path in pages(site).items():
        if name.startswith("en/") != (language == "en"):
            continue
        page = document(path)
        assert page.get("lang") == language
        assert len(page.xpath("//h1")) == 1
        said = {
            "title": page.xpath("string(//title)"),
            "description": page.xpath("string(//meta[@name='description']/@content)"),
            "canonical": page.xpath("string(//link[@rel='canonical']/@href)"),
        }
        assert said["canonical"] == urljoin(ROOT, name)
        for what, text in said.items():
            assert text and text not in seen[what], (what, name)
            seen[what].add(text)


def test_every_page_names_its_languages_to_search_engines(site: Path) -> None:
    for name, path in pages(site).items():
        base = name.removeprefix("en/")
        links = document(path).xpath("//link[normalize-space(@rel)='alternate' and @hreflang]")
        named = {link.get("hreflang"): link.get("href") for link in links}
        expected = {"zh-Hans": urljoin(ROOT, base), "en": urljoin(ROOT, f"en/{base}"), "x-default": urljoin(ROOT, base)}
        assert named == expected, name


def test_headings_have_the_same_ids_in_both_languages(site: Path) -> None:
    def ids(path: Path) -> list[tuple[str, str]]:
        return [(heading.tag, heading.get("id")) for heading in document(path).xpath("//article//*[self::h1 or self::h2 or self::h3]")]

    built = pages(site)
    for name, path in built.items():
        if not name.startswith("en/"):
            assert ids(path) == ids(built[f"en/{name}"]), name
            assert all(id_ and id_.isascii() for _, id_ in ids(path)), name


def test_every_fact_of_a_page_leads_to_its_source(site: Path) -> None:
    """From the prose to the evidence row, from there to the page of its figures and to the source."""
    for name, path in pages(site).items():
        if "myths/" not in name:
            continue
        page = document(path)
        rows = {row.xpath("string(td[1]/@id)"): row for row in page.xpath("//table//tr[td/@id[starts-with(., 'fact-')]]")}
        linked = {link.removeprefix("#") for link in page.xpath("//article//a/@href[starts-with(., '#fact-')]")}
        assert linked and linked <= rows.keys(), name
        slug = path.parent.name
        register = document(path.parent.parent.parent / f"figures/{slug}/index.html")
        for id_, row in rows.items():
            fact = id_.removeprefix("fact-")
            assert any(link.endswith(f"figures/{slug}/#{fact}") for link in row.xpath(".//a/@href")), (name, fact)
            (entry,) = register.xpath(f"//tr[td/@id='{fact}']")
            for found, cell in ((row, "td[3]"), (entry, "td[4]")):
                (source,) = found.xpath(f"{cell}//a/@href")
                assert re.search(rf"sources/{slug}/#[a-z0-9-]+$|articles/[a-z0-9-]+/$", source), (name, fact)
                assert re.search(r"\w", "".join(found.xpath(f"{cell}//text()[not(ancestor::a)]"))), f"{name}: {fact} has no locator"


def test_a_sitemap_for_each_language(site: Path) -> None:
    for prefix in LANGUAGES.values():
        found = html.fromstring((site / prefix / "sitemap.xml").read_bytes()).xpath("//loc/text()")
        wanted = {urljoin(ROOT, name) for name in pages(site) if name.startswith("en/") == bool(prefix)}
        assert set(found) == wanted


def test_every_address_of_a_sitemap_names_its_languages(site: Path) -> None:
    for prefix in LANGUAGES.values():
        for entry in html.fromstring((site / prefix / "sitemap.xml").read_bytes()).xpath("//url"):
            named = {link.get("hreflang"): link.get("href") for link in entry.xpath("./*[@hreflang]")}
            path = entry.xpath("string(./loc)").removeprefix(urljoin(ROOT, f"{prefix}/" if prefix else ""))
            chinese, english = urljoin(ROOT, path), urljoin(ROOT, f"en/{path}")
            assert named == {"zh-Hans": chinese, "en": english, "x-default": chinese}


def test_the_404_page_speaks_both_languages(site: Path) -> None:
    for prefix in LANGUAGES.values():
        page = document(site / prefix / "404.html")
        assert {"zh", "en"} <= {value[:2] for value in page.xpath("//main//@lang")} | {page.get("lang")}
        links = {urljoin(ROOT, link) for link in page.xpath("//main//a/@href")}
        assert {ROOT, urljoin(ROOT, "en/")} <= links
