"""Pages on paper, as a reader prints them: what the PDF says and what a telephone reads from it; and that nothing of it is
on the screen. Also what readers ask of their system: less motion, few colours."""

import dataclasses
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from jinja2 import Environment
from lxml import html
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from scripts import library
from scripts import printed as making
from scripts.labels import LABELS, day
from scripts.model import LANGUAGES, Library
from scripts.outcome import conclusion, sources_of

from .conftest import HOME
from .test_structured import HOSTILE

ADDRESS = "http://127.0.0.1:9000/sub/"  # for which the site of the tests is built
PREFIX = {"zh": "", "en": "en/"}
LONGEST = "a" * 29 + "-" + "b" * 30  # as long as a slug may be
MOVING = """[...document.querySelectorAll("*")].flatMap(one => ["", "::before", "::after"].map(part => getComputedStyle(one, part || null)))
  .filter(style => /[1-9]/.test(style.transitionDuration + style.animationDuration)).map(style => style.transitionProperty)"""
RESTLESS = "@keyframes turn { to { rotate: 1turn; } } html { animation: turn 1s infinite; transition: color 1s; scroll-behavior: smooth; }"
MYTHS = sorted(path.stem for path in (HOME / "docs/data/myths").glob("*.yml"))
ODD = {"\u2010": "-", "\u2011": "-", "\xad": "-", "\ufffe": "-", "\x02": "-"}  # what a PDF says for a hyphen at the end of a line


@pytest.fixture(scope="module")
def tree() -> Library:
    return library.read(HOME)


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[Page]:
    """A page on a desktop in the dark, which must not come onto paper."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=server, color_scheme="dark")
    yield context.new_page()
    context.close()


def printed(page: Page, address: str, **paper: object) -> pypdfium2.PdfDocument:
    page.goto(address)
    return pypdfium2.PdfDocument(page.pdf(**{"format": "A4", **paper}))


def squeezed(text: str) -> str:
    """Text without blanks and breaks, which a PDF sets as lines need them."""
    return re.sub(r"\s", "", "".join(ODD.get(char, char) for char in text))


def said(document: pypdfium2.PdfDocument) -> str:
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in document))


def drawn(document: pypdfium2.PdfDocument, number: int = 0) -> Image.Image:
    return document[number].render(scale=2).to_pil()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", MYTHS)
def test_a_page_on_paper_says_all_and_leads_back(reader: Page, tree: Library, slug: str, language: str) -> None:
    document = printed(reader, f"{PREFIX[language]}myths/{slug}/")
    text, myth = said(document), tree.myths[slug]
    _, word, answer = conclusion(tree, myth, language)
    first = squeezed(document[0].get_textpage().get_text_bounded())
    for part in (myth.title[language], word, answer, day(myth.reviewed, language), f"{ADDRESS}c/{slug}/"):
        assert squeezed(part) in first, part
    linked = [source for name, source in tree.sources.items() if slug in tree.citing.get(name, ())]  # in its words alone, some
    for source in (*sources_of(tree, myth).values(), *linked):
        assert text.count(squeezed(source.url)) >= 1 and squeezed(source.title) in text, source.url
    assert squeezed(f"{ADDRESS}{PREFIX[language]}myths/{slug}/") in text and squeezed(myth.phrasings[language][-1]) in text
    assert squeezed(myth.summary["en" if language == "zh" else "zh"]) in text
    assert [code.text for code in zxingcpp.read_barcodes(drawn(document))] == [f"{ADDRESS}c/{slug}/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_leads_nowhere_on_paper_is_left_out(reader: Page, language: str) -> None:
    text, label = said(printed(reader, f"{PREFIX[language]}myths/cost/")), LABELS[language]
    for words in (label["short_address"], label["reply"]["intro"], label["cite"]["sources"], "BibTeX", {"zh": "报告错误", "en": "Report a mistake"}[language]):
        assert squeezed(words) not in text, words
    assert squeezed(label["cite"]["names"]["gbt"]) in text


@pytest.mark.parametrize("name", ["myths/hallucination/", "en/myths/cost/", "figures/cost/"])
def test_paper_is_the_same_from_light_and_dark(reader: Page, name: str) -> None:
    dark = printed(reader, name, page_ranges="1-3")
    reader.emulate_media(color_scheme="light")
    light = printed(reader, name, page_ranges="1-3")
    for number in range(3):
        difference = ImageChops.difference(drawn(dark, number).convert("RGB"), drawn(light, number).convert("RGB"))
        assert difference.getbbox() is None, number
    corner, darkest = drawn(dark).getpixel((0, 0)), drawn(dark).convert("L").getextrema()[0]
    assert corner == (255, 255, 255) and darkest < 32


@pytest.mark.parametrize("name", ["figures/cost/", "en/figures/hallucination/", "en/sources/cost/", "en/myths/ptx-cuda/", "en/timeline/", "about/method/"])
def test_nothing_stands_beyond_the_edge(reader: Page, name: str) -> None:
    """Of A4, the narrower paper: 210 mm without the margins."""
    reader.goto(name)
    reader.set_viewport_size({"width": round((210 - 32) / 25.4 * 96), "height": 900})
    reader.emulate_media(media="print")
    assert reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert reader.locator("article :is(th, td)").evaluate_all("cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length") == 0


def test_each_page_of_a_table_has_its_head(reader: Page) -> None:
    for page in printed(reader, "en/figures/hallucination/", page_ranges="2-4", format="Letter"):
        text = page.get_textpage().get_text_bounded()
        assert re.search(r"Fact\s+Figure\s+Date\s+Source and place", text[:200]), text[:200]


def test_pages_are_numbered(reader: Page) -> None:
    document = printed(reader, "en/myths/cost/")
    for number, page in enumerate(document, 1):
        assert f"{number} / {len(document)}" in page.get_textpage().get_text_bounded()


@pytest.mark.parametrize("prefix", PREFIX.values())
def test_on_screen_there_is_nothing_of_it(page: Page, prefix: str) -> None:
    page.goto(f"{prefix}myths/cost/")
    part = page.locator(".printed")
    assert part.count() == 1 and "/c/cost/" in part.text_content()
    expect(part).to_be_hidden()
    assert "/c/cost/" not in page.locator("article").inner_text().partition("127.0.0.1")[0]
    tree = page.locator("article").aria_snapshot()
    assert "QR" not in tree and "二维码" not in tree and part.locator("strong").text_content() not in tree


def test_an_earlier_version_has_none(page: Page, site: Path) -> None:
    kept = sorted(path for path in site.glob("en/myths/*/*/index.html") if b"notice" in path.read_bytes())
    for path in [*kept[:1], site / "en/figures/index.html"]:
        page.goto(path.parent.relative_to(site).as_posix() + "/")
        assert page.locator(".printed").count() == 0


def test_a_code_is_named_and_carries_no_style(site: Path) -> None:
    for slug in MYTHS:
        for prefix in PREFIX.values():
            (part,) = html.fromstring((site / f"{prefix}myths/{slug}/index.html").read_bytes()).xpath("//div[@class='printed']")
            (image,) = part.xpath(".//*[@role='img']")
            assert image.get("aria-label").endswith(f"{ADDRESS}c/{slug}/") and part.get("hidden") is not None
            assert part.xpath(".//@style | .//style | .//@id") == [] and [path.tag for path in part.xpath(".//svg//*")] == ["path"]


def test_a_hostile_title_and_the_longest_slug(tree: Library, reader: Page) -> None:
    """As the template takes them, what looks like its tags is none; and a telephone reads the longest address."""
    first = tree.myths["cost"].facts[0]
    source = tree.facts[first].source
    hostile = dataclasses.replace(tree, sources={**tree.sources, source: tree.sources[source].model_copy(update={"title": HOSTILE})})
    text = making.make(hostile, hostile.myths)["overrides/printed/en/cost.html"]
    assert Environment(autoescape=False, keep_trailing_newline=True).from_string(text).render() == text
    (part,) = html.fragments_fromstring(f"<ol>{text}</ol>")
    assert [item.tag for item in part] == ["li"] * len(part) and part.xpath(".//script") == [] and squeezed(part[0].text) == squeezed(HOSTILE)

    long = dataclasses.replace(tree, myths={**tree.myths, LONGEST: tree.myths["cost"]}, address="https://off-the-pedestal.example/some/where/")
    reader.set_content(f"<div style='width: 98px; background: #fff'>{making.make(long, long.myths)[f'overrides/printed/{LONGEST}.html']}</div>")
    shot = Image.open(io.BytesIO(reader.locator("svg").screenshot())).resize((392, 392))  # 26 mm at 96 and 384 dots per inch
    assert [code.text for code in zxingcpp.read_barcodes(shot)] == [f"https://off-the-pedestal.example/some/where/c/{LONGEST}/"]


def test_a_long_address_stays_clear_of_the_verdict(reader: Page) -> None:
    reader.goto("myths/cost/")
    reader.emulate_media(media="print")
    reader.locator(".printed figcaption").evaluate(f"caption => caption.textContent = 'https://off-the-pedestal.example/some/where/c/{LONGEST}/'")
    figure, verdict, heading = (reader.locator(name).first.bounding_box() for name in (".printed figure", ".verdict", "article h1"))
    assert figure["y"] >= heading["y"] - 4 and figure["y"] + figure["height"] <= verdict["y"]


def test_who_wants_no_motion_has_none(page: Page) -> None:
    """Neither of what the pages have nor of what they may come to have, for which a sheet stands in."""
    page.goto("myths/cost/")
    page.evaluate("css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }", RESTLESS)
    style = "one => { const style = getComputedStyle(one); return [style.animationDuration, style.transitionDuration, style.scrollBehavior]; }"
    assert page.evaluate(MOVING) != [] and page.locator("html").evaluate(style) == ["1s", "1s", "smooth"]
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == [] and page.locator("html").evaluate(style)[2] == "auto"


@pytest.mark.parametrize("name", ["", "myths/cost/"])
def test_icons_of_verdicts_stay_with_few_colours(page: Page, name: str) -> None:
    """Each is drawn in the colour of the text, on the ground that the system sets."""
    page.emulate_media(forced_colors="active")
    page.goto(name)
    icons = page.locator("article :is(strong.verdict-word, .rating)")
    assert icons.count() > 0
    for icon in icons.all()[:3]:
        colours = icon.evaluate("icon => [getComputedStyle(icon, '::before').backgroundColor, getComputedStyle(icon).color, getComputedStyle(document.body).backgroundColor]")
        assert colours[0] == colours[1] != colours[2]
        icon.evaluate("icon => icon.style.fontSize = '40px'")
        box, size = icon.bounding_box(), 40
        shot = Image.open(io.BytesIO(page.screenshot(full_page=True, clip={"x": box["x"] + 4, "y": box["y"], "width": size, "height": box["height"]}))).convert("L")
        darkest, lightest = shot.getextrema()
        assert lightest - darkest > 150
