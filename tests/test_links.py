"""What a reader takes along: texts, links to sections, facts and passages, short and old addresses, reports; in a browser."""

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Locator, Page, Route, expect

from scripts import addresses, library, replies
from scripts.model import SITE
from scripts.records import Address

from .conftest import HOME, SIZES

ROOT = "http://127.0.0.1:9000/sub/"
PREFIXES = [pytest.param("", id="zh"), pytest.param("en/", id="en")]
CLIPBOARD = ["clipboard-read", "clipboard-write"]
TOUCH = {"viewport": SIZES["phone"], "has_touch": True, "is_mobile": True}
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
NO_COMMAND = f"{NO_CLIPBOARD}; document.execCommand = () => false"
SELECT = """([start, from, end, to]) => {
  const text = element => { const all = document.createTreeWalker(element, NodeFilter.SHOW_TEXT); while (all.nextNode() && !all.currentNode.data.trim()); return all.currentNode }
  const last = element => { const all = document.createTreeWalker(element, NodeFilter.SHOW_TEXT); let found; while (all.nextNode()) if (all.currentNode.data.trim()) found = all.currentNode; return found }
  const range = document.createRange(), first = text(start), final = end ? last(end) : first
  range.setStart(first, from)
  range.setEnd(final, to < 0 ? final.length : to)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
  return getSelection().toString()
}"""


@pytest.fixture
def taking(page: Page) -> Page:
    """A page that may use the clipboard."""
    page.context.grant_permissions(CLIPBOARD)
    return page


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def english(prefix: str, yes: str, no: str) -> str:
    return yes if prefix else no


def select(element: Locator, start: int = 0, end: Locator | None = None, to: int = -1) -> str:
    """Selects from a place in the first text of an element to one in its own or, with `end`, in that one's last."""
    said: str = element.page.evaluate(SELECT, [element.element_handle(), start, end.element_handle() if end else None, to])
    return said


def come(page: Page, path: str) -> None:
    """Opens a page, and waits for the scripts that come when it stands."""
    page.goto(path)
    expect(page.locator("p.copying")).to_be_attached()


def link_to_selection(page: Page) -> str:
    """Presses the button at the selection; the address that it copies."""
    page.locator("button.passage").click()
    expect(page.get_by_role("status").last).to_contain_text(re.compile("Copied: Link to this passage|已复制：这段话的链接"))
    return clipboard(page)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_text_of_the_reply_kit_is_copied_as_it_stands_and_told(taking: Page, prefix: str) -> None:
    taking.clock.install()
    taking.goto(f"{prefix}myths/cost/#reply")
    taking.locator("#reply ~ details").first.locator("summary").click()
    tree, language = library.read(HOME), english(prefix, "en", "zh")
    texts = [text for form in ("plain", "markdown") for text in replies.replies(tree, "cost", language, form).values()]
    blocks = taking.locator("#reply ~ .copyable, #reply ~ details .copyable")
    for index, text in enumerate(texts):
        block = blocks.nth(index)
        button = block.get_by_role("button", name=block.get_attribute("data-copy"), exact=True)
        expect(button).to_have_text(english(prefix, "Copy", "复制"))
        if index % 2:
            button.click()
        else:
            button.focus()
            taking.keyboard.press("Enter")
        expect(taking.get_by_role("status").last).to_have_text(block.get_attribute("data-copied") or "")
        expect(taking.get_by_role("status").last).to_be_visible()
        expect(button).to_have_text(english(prefix, "Copied", "已复制"))
        assert clipboard(taking) == text.replace(SITE, ROOT)
        size = button.bounding_box()
        assert size and size["width"] >= 24 and size["height"] >= 24
    expect(blocks.locator("button", has_text=english(prefix, "Copied", "已复制"))).to_have_count(1)
    taking.clock.fast_forward(60_000)
    expect(blocks.locator("button", has_text=english(prefix, "Copied", "已复制"))).to_have_count(0)
    expect(taking.get_by_role("status").last).to_be_empty()


def test_a_browser_without_a_clipboard_copies_all_the_same(taking: Page) -> None:
    reader = taking.context.new_page()
    taking.add_init_script(NO_CLIPBOARD)
    taking.goto("en/myths/cost/#reply")
    button = taking.locator(".copyable button").first
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_be_focused()
    reader.goto("en/check/")
    assert clipboard(reader).startswith("Misleading: One training run") and clipboard(reader).endswith("/c/cost/")


def test_what_cannot_be_copied_is_selected_and_said(page: Page) -> None:
    page.add_init_script(NO_COMMAND)
    page.goto("en/myths/cost/#reply")
    button = page.locator(".copyable button").first
    button.click()
    expect(page.get_by_role("status").last).to_contain_text("The text is selected")
    expect(button).to_have_text("Copy")
    assert page.evaluate("getSelection().toString().trim()") == page.locator(".copyable code").first.inner_text().strip()
    page.locator("#cite .headerlink").click()
    expect(page.get_by_role("status").last).to_contain_text("/en/myths/cost/#cite")
    assert page.evaluate("getSelection().toString()") == page.url
    page.goto("myths/cost/#reply")
    page.locator(".copyable button").first.click()
    expect(page.get_by_role("status").last).to_contain_text("没能复制")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_link_to_a_section_or_a_fact_leads_there_and_is_copied(taking: Page, prefix: str, server: str) -> None:
    come(taking, f"{prefix}myths/cost/")
    row = taking.locator("td[id^='fact-']").first.get_attribute("id")
    for name, words in (("facts", ["Link to this section", "本节链接"]), (row, ["Link to this fact", "本条的链接"])):
        link = taking.locator(f"[id='{name}']").get_by_role("link", name=re.compile("|".join([*words, "¶"]))).last
        link.focus()
        expect(link).to_have_css("opacity", "1")
        taking.keyboard.press("Enter")
        expect(taking.get_by_role("status").last).to_have_text(english(prefix, f"Copied: {words[0]}", f"已复制：{words[1]}"))
        assert taking.url == clipboard(taking) == f"{server}{prefix}myths/cost/#{name}"
        expect(taking.locator(f"[id='{name}']")).to_be_in_viewport()
    expect(taking.locator("td[id^='fact-']:has(> a.permalink[href^='#fact-'][title])")).to_have_count(taking.locator("td[id^='fact-']").count())


def test_a_link_to_a_fact_forgets_what_the_reader_filtered_for(taking: Page, server: str) -> None:
    come(taking, "figures/cost/?kind=self-report")
    link = taking.locator("#register ~ * tbody tr:not([hidden]) .permalink").first
    link.hover()
    link.click()
    expect(taking.get_by_role("status").last).to_have_text("已复制：本条的链接")
    assert clipboard(taking) == f"{server}figures/cost/{link.get_attribute('href')}"


def test_links_to_facts_are_seen_and_large_enough_on_a_touch_screen(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, permissions=CLIPBOARD, **TOUCH)  # type: ignore[arg-type]
    page = context.new_page()
    come(page, "myths/cost/")
    for link in (page.locator("td .permalink").first, page.locator("#evidence .headerlink")):
        expect(link).to_have_css("opacity", "1")
        link.scroll_into_view_if_needed()
        size = link.bounding_box()
        assert size and size["width"] >= 24 and size["height"] >= 24
        link.tap()
        expect(page.get_by_role("status").last).to_contain_text("已复制")
    context.close()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_links_lead_on_without_scripts(browser: Browser, server: str, prefix: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, viewport=SIZES["phone"])
    page = context.new_page()
    page.goto(f"{prefix}myths/cost/")
    link = page.locator("td .permalink").first
    link.hover()
    link.click()
    assert page.url == f"{server}{prefix}myths/cost/{link.get_attribute('href')}"
    expect(page.locator(".copyable button, button.passage")).to_have_count(0)
    page.locator("a.report").click()
    page.wait_for_url(f"**/{prefix}about/corrections/?*#report")
    given = parse_qs(urlsplit(page.url).query)
    assert given["page"] == [f"{ROOT}{prefix}myths/cost/"] and given["language"] == [english(prefix, "en", "zh")]
    assert "section" not in given and re.fullmatch(r"\d{4}-\d\d-\d\d(-\d+)? [0-9a-f]{12}", given["version"][0])
    expect(page.locator("#report")).to_be_in_viewport()
    expect(page.locator(".report-text")).to_be_hidden()
    context.close()


LONG = "#facts ~ p"
PASSAGES = [
    pytest.param("", LONG, 0, "", 9, id="zh short"), pytest.param("", LONG, 3, LONG, -1, id="zh long"), pytest.param("en/", LONG, 4, LONG, -1, id="en long"),
    pytest.param("en/", LONG, 1, "", 15, id="en within words"), pytest.param("", LONG, 2, "", 8, id="zh within words"),
    pytest.param("", "table:has(th:nth-child(4):last-child) tr:nth-child(9) td:last-child small", 5, "", 11, id="zh said in every row"),
    pytest.param("en/", "table:has(th:nth-child(4):last-child) tr:nth-child(7) td:last-child", 0, "", 4, id="en said in every row"),
    pytest.param("en/", "table:has(th:nth-child(4):last-child) tr:nth-child(3) td", 0, "table:has(th:nth-child(4):last-child) tr:nth-child(3) td:last-child", -1, id="en a whole row"),
    pytest.param("en/", "details.heard li:nth-child(2)", 0, "", -1, id="en in a fold"), pytest.param("", "details.more tr:nth-child(5) td", 0, "", -1, id="zh row in a fold"),
]  # fmt: skip


@pytest.mark.parametrize(("prefix", "start", "offset", "end", "to"), PASSAGES)
def test_a_selected_passage_is_linked_and_found_again(taking: Page, prefix: str, start: str, offset: int, end: str, to: int) -> None:
    """Chromium makes the element around the passage that it finds the target of the page."""
    come(taking, f"{prefix}myths/cost/")
    taking.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    element = taking.locator(start).first
    element.scroll_into_view_if_needed()
    said = select(element, offset, taking.locator(end).first if end else None, to)
    address = link_to_selection(taking)
    assert re.fullmatch(rf"http://[\w.:]+/sub/{prefix}myths/cost/#[\w-]+:~:text=[\w%.,()'!*~-]+", address) and len(address) < 700
    opened = taking.context.new_page()
    opened.goto(address)
    expect(opened.locator(":target").first).to_be_in_viewport()
    assert opened.evaluate("scrollY") > 0
    target = opened.locator(":target").first.evaluate("element => (element.closest('tr, p, li') || element).textContent")
    squeezed = [re.sub(r"\s", "", text) for text in (said, target)]
    assert squeezed[0] in squeezed[1], (said, target, unquote(address))
    own = element.evaluate("element => (element.closest('tr, p, li') || element).textContent")
    assert re.sub(r"\s", "", own.replace("复制这段话的链接", "").replace("Copy link to this passage", "").replace("已复制", "").replace("Copied", "")) == squeezed[1]


def test_what_is_selected_before_the_scripts_have_come_is_linked_and_reported(taking: Page) -> None:
    held: list[Route] = []
    taking.route("**/assets/javascripts/site.*.js", lambda route: held.append(route))
    with taking.expect_request("**/assets/javascripts/site.*.js"):
        taking.goto("en/myths/cost/")
    select(taking.locator("#unknown + *"), 0, None, 9)
    expect(taking.locator("button.passage")).to_have_count(0)
    held.pop().continue_()
    assert "#unknown:~:text=" in link_to_selection(taking)
    taking.locator("a.report").focus()
    assert parse_qs(urlsplit(taking.locator("a.report").get_attribute("href") or "").query)["section"] == ["unknown"]


def test_the_words_of_a_text_fragment_are_whole_and_encoded(taking: Page, server: str) -> None:
    come(taking, "en/myths/cost/")
    words = taking.locator(LONG).first
    select(words, 1, None, 15)
    assert link_to_selection(taking) == f"{server}en/myths/cost/#facts:~:text=The%20sum%20is%20simple"
    hostile = "One-off, at 5 & 6: 100% \u202e😀 \"x\" </script> #:~:text=y"
    taking.locator("#unknown + *").evaluate("(element, said) => { element.textContent = said }", hostile)
    select(taking.locator("#unknown + *"))
    found = link_to_selection(taking).partition("#unknown:~:text=")[2]
    assert unquote(found) == hostile and not set(found) & set('-,&#:"<> ') and found.isascii()
    select(taking.locator("#evidence"), 0, None, 4)
    assert link_to_selection(taking) == f"{server}en/myths/cost/#evidence"


def test_the_button_stands_below_the_selection_and_is_reached_by_keyboard(taking: Page) -> None:
    come(taking, "myths/cost/")
    words = taking.locator(LONG).first
    words.scroll_into_view_if_needed()
    select(words, 0, words, 3)
    button = taking.get_by_role("button", name="复制这段话的链接")
    expect(button).to_be_in_viewport(ratio=1)
    size, bottom = button.bounding_box(), taking.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    assert size and size["width"] >= 24 and size["height"] >= 24 and size["y"] >= bottom
    assert taking.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    taking.locator("#short + p").click(click_count=3)  # from there the keyboard goes on
    expect(taking.locator("#short + p button")).to_have_count(1)
    taking.keyboard.press("Tab")
    expect(button).to_be_focused()
    taking.keyboard.press("Enter")
    expect(taking.get_by_role("status").last).to_have_text("已复制：这段话的链接")
    assert "#short:~:text=" in clipboard(taking)
    taking.keyboard.press("Escape")
    expect(button).to_have_count(0)
    select(words, 0, None, 6)
    expect(button).to_have_count(1)
    taking.evaluate("getSelection().removeAllRanges()")
    expect(button).to_have_count(0)
    select(taking.locator("footer a").first)
    taking.evaluate("new Promise(requestAnimationFrame)")
    expect(button).to_have_count(0)


def test_a_passage_is_selected_with_the_mouse(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, viewport=SIZES["desktop"], permissions=CLIPBOARD)
    page = context.new_page()
    come(page, "en/myths/cost/")
    words = page.locator("#short + p")
    words.click(click_count=3)
    page.locator("button.passage").click()
    expect(page.locator("button.passage")).to_have_text("Copied")
    assert "#short:~:text=" in clipboard(page)
    words.click()
    expect(page.locator("button.passage")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("path", ["c/cost/", "myths/cost/2026-11-22/"])
@pytest.mark.parametrize(("locale", "prefix", "words"), [("zh-CN", "", "理论日收入"), ("en-GB", "en/", "Theoretical revenue of inference per day")])
def test_a_passage_and_a_section_survive_short_and_dated_addresses(browser: Browser, server: str, path: str, locale: str, prefix: str, words: str) -> None:
    context = browser.new_context(base_url=server, locale=locale)
    path = path if path.startswith("c/") else prefix + path
    for section in ("evidence", ""):
        page = context.new_page()
        page.goto(f"{path}#{section}:~:text={quote(words)}")
        page.wait_for_url(re.compile(rf"/sub/{prefix}myths/cost/(#.*)?$"))
        expect(page.locator(":target").first).to_be_in_viewport()
        expect(page.locator(":target").first).to_contain_text(re.compile(words, re.I))
    page = context.new_page()
    page.goto(f"{path}#unknown")
    page.wait_for_url(f"{server}{prefix}myths/cost/#unknown")
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("prefix", PREFIXES)
def test_old_addresses_lead_to_the_page(browser: Browser, server: str, prefix: str, scripts: bool) -> None:
    tree = library.read(HOME)
    made = addresses.make(dataclasses.replace(tree, addresses={**tree.addresses, "old-cost": Address(moved="cost")}))
    context = browser.new_context(base_url=server, java_script_enabled=scripts)
    page = context.new_page()
    page.route("**/myths/old-cost/", lambda route: route.fulfill(body=made[f"docs/{english(prefix, 'en', 'zh')}/myths/old-cost/index.html"], content_type="text/html"))
    for old in ("old-cost/", "cost/2026-11-22/"):
        page.goto(f"{prefix}myths/{old}#unknown")
        page.wait_for_url(f"{server}{prefix}myths/cost/#unknown" if scripts else f"{server}{prefix}myths/cost/")
        expect(page.locator("article h1")).to_be_visible()
    context.close()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_report_takes_page_section_language_and_version_along(taking: Page, prefix: str) -> None:
    come(taking, f"{prefix}myths/cost/#why")
    version = re.search(r"^version: (.+)$", (HOME / f"docs/{english(prefix, 'en', 'zh')}/myths/cost.md").read_text(encoding="utf-8"), re.M)
    taking.get_by_role("link", name=english(prefix, "Report a mistake", "报告错误")).click()
    taking.wait_for_url(f"**/{prefix}about/corrections/?*#report")
    assert version and parse_qs(urlsplit(taking.url).query) == {"page": [f"{ROOT}{prefix}myths/cost/"], "section": ["why"], "language": [english(prefix, "en", "zh")], "version": [version[1]]}
    block = taking.locator(".report-text")
    expect(block).to_be_in_viewport()
    block.get_by_role("button").click()
    lines = clipboard(taking).splitlines()
    assert [line.split(english(prefix, ": ", "："), 1)[1] for line in lines[:4]] == [f"{ROOT}{prefix}myths/cost/", "why", english(prefix, "en", "zh"), version[1]]
    assert len(lines) == 7


def test_a_report_is_of_the_section_in_which_something_was_selected(page: Page) -> None:
    come(page, "en/myths/cost/#why")
    fact = page.locator("td[id^='fact-']").nth(1)
    select(fact)
    expect(page.locator("button.passage")).to_have_count(1)
    page.locator("a.report").click()
    page.wait_for_url("**/en/about/corrections/?*")
    assert parse_qs(urlsplit(page.url).query)["section"][0].startswith("fact-")
    come(page, "en/about/")
    page.locator("a.report").focus()
    assert "section=&" in (page.locator("a.report").get_attribute("href") or "")


def test_whatever_a_link_to_the_report_says_is_shown_as_text(page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)> \"'$& {version} \u202e 😀 </script>"
    page.goto(f"about/corrections/?page={quote(hostile)}&section={'x' * 300}#report")
    expect(page.locator(".report-text code")).to_contain_text(hostile)
    expect(page.locator(".report-text img")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.goto("about/corrections/")
    expect(page.locator(".report-text")).to_be_hidden()


def test_every_page_has_one_link_to_report_it(site: Path) -> None:
    files = [path for path in site.rglob("index.html") if "a class=\"report\"" in path.read_text(encoding="utf-8")]
    canonical = [path for path in site.rglob("index.html") if path.parent.parent.name != "c" and b'rel="canonical"' in path.read_bytes()]
    assert files == canonical and len(files) > 50
    for path in files:
        page = html.fromstring(path.read_bytes())
        (link,) = page.xpath("//article//a[@class='report']")
        given = parse_qs(urlsplit(link.get("href")).query)
        assert given["page"] == page.xpath("//link[@rel='canonical']/@href") and given["language"] == [page.get("lang")]
        assert ("version" in given) == (re.search(r"/myths/[\w-]+/$", given["page"][0]) is not None)


@pytest.fixture(scope="module")
def configured(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The English site of a house that takes reports at an address."""
    target = tmp_path_factory.mktemp("configured") / "sub"
    address = "https://example.org/new?title={page}&body={section}%0A{version}%20({language})"
    command = [sys.executable, "-m", "scripts", "build", "--site", str(target)]
    done = subprocess.run(command, cwd=HOME, env={**os.environ, "REPORT_URL": address, "SITE_URL": ROOT}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    yield target / "en"


def test_a_report_goes_to_the_address_of_the_configuration(page: Page, configured: Path) -> None:
    text = (configured / "myths/cost/index.html").read_text(encoding="utf-8")
    page.route("**/en/myths/cost/", lambda route: route.fulfill(body=text, content_type="text/html"))
    come(page, "en/myths/cost/#facts")
    link = page.locator("a.report")
    address = urlsplit(link.get_attribute("href") or "")
    assert (address.netloc, parse_qs(address.query)["title"]) == ("example.org", [f"{ROOT}en/myths/cost/"])
    assert re.fullmatch(r"\n\d{4}-\d\d-\d\d [0-9a-f]{12} \(en\)", parse_qs(address.query)["body"][0])
    link.focus()
    assert parse_qs(urlsplit(link.get_attribute("href") or "").query)["body"][0].startswith("facts\n")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", PREFIXES)
def test_axe_finds_nothing_while_a_reader_copies(browser: Browser, server: str, prefix: str, scheme: str) -> None:
    for size in ({"viewport": SIZES["desktop"]}, TOUCH):
        context = browser.new_context(base_url=server, color_scheme=scheme, reduced_motion="reduce", permissions=CLIPBOARD, **size)  # type: ignore[arg-type]
        page = context.new_page()
        come(page, f"{prefix}myths/cost/#reply")
        page.locator(".copyable button").first.click()
        select(page.locator(LONG).first)
        expect(page.locator("button.passage")).to_be_visible()
        expect(page.get_by_role("status").last).not_to_be_empty()
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"], len(one["nodes"])) for one in found] == []
        come(page, f"{prefix}about/corrections/?page=x#report")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"], len(one["nodes"])) for one in found] == []
        context.close()
