"""The site in a real browser, on a phone and a desktop, in both languages."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from scripts import library

from .conftest import HOME, SIZES, laid_out

BOX, FOUND = ".search input", ".search .finder-list a"
MYTHS = sorted(path.stem for path in (HOME / "docs/data/myths").glob("*.yml"))


def search(page: Page, words: str) -> None:
    """Opens the search as a reader does on this screen, and types."""
    page.locator(".search-open").click()
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.insert_text(words)


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("myth", MYTHS)
def test_the_first_screen_shows_verdict_and_answer(page: Page, prefix: str, myth: str) -> None:
    page.goto(f"{prefix}myths/{myth}/")
    for part in ("h1", ".verdict-word", ".verdict"):
        expect(page.locator(f"article {part}").first).to_be_in_viewport(ratio=1)
    laid_out(page)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width == 0, "the page scrolls sideways"


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("name", ["", "figures/", "sources/", "timeline/", "articles/", "about/", "about/method/"])
def test_every_other_kind_of_page_opens(page: Page, prefix: str, name: str) -> None:
    page.goto(f"{prefix}{name}")
    expect(page.locator("article h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_language_switches_in_place_and_back(page: Page) -> None:
    page.goto("myths/cost/#unknown")
    page.locator("header a[hreflang='en']").click()
    page.wait_for_url("en/myths/cost/#unknown")
    expect(page.locator("#unknown")).to_be_in_viewport()
    page.locator("header a[hreflang='zh-Hans']").click()
    page.wait_for_url("myths/cost/#unknown")


SEARCHES = [
    ("", "绕开CUDA", "ptx-cuda"), ("", "２０２４年 成本", "cost"), ("", "五百五十八万", "cost"), ("", "$5.576M", "cost"), ("", "557.6", "cost"), ("en/", "14.3", "hallucination"), ("", "輝達的護城河沒了", "ptx-cuda"),
    ("", "開源程式碼", "open-source"), ("", "0→1", "zero-to-one"), ("", "幻绝", "hallucination"), ("", "bypass CUDA", "ptx-cuda"),
    ("", "而家唔學DeepSeek係咪會俾人淘汰", "agi-now"), ("en/", "deepseek trainning cots", "cost"), ("", "第一个推理模型", "visible-thinking"), ("en/", "cost", "cost"), ("en/", "hallucinates", "hallucination"), ("en/", "distiled from OpenAI", "distillation"), ("en/", "绕开CUDA", "ptx-cuda"),
    ("", "姐妹们，今天群里都在转：DeepSeek 只花了五百多万美元就做出了世界一流的大模型，不到 OpenAI 的零头！大家怎么看？晚上一起吃火锅吗？", "cost"),
]  # fmt: skip
NOTHING = ["今天晚上吃什么好", "怎么做红烧肉", "12306", "how to cook rice", "<img src=x onerror=alert(1)>", "(?:[", "\\", "*", '"', "\x07\x00", "\ud800", "。。。"]


@pytest.mark.parametrize(("prefix", "words", "myth"), SEARCHES)
def test_a_search_lands_on_the_page(page: Page, prefix: str, words: str, myth: str) -> None:
    page.goto(prefix)
    search(page, words)
    first = page.locator(FOUND).first
    expect(first).to_have_attribute("href", re.compile(f"/myths/{myth}/"))
    expect(first.locator(".verdict-word")).to_be_visible()
    first.click()
    page.wait_for_url(f"**/myths/{myth}/**")
    expect(page.locator("article h1")).to_be_visible()


def test_the_readers_language_comes_first_and_the_other_is_offered_when_it_alone_matches(page: Page) -> None:
    page.goto("")
    search(page, "surrendered overnight")
    links = page.locator(".search .finder-list li").first.locator("a")
    expect(links.first).to_have_attribute("href", re.compile("/sub/en/myths/cloud-giants/"))
    expect(links.nth(1)).to_have_attribute("href", re.compile("/sub/myths/cloud-giants/"))


WORDINGS = """async ([base, wordings]) => {
  const address = new URL(base + "search/", location.href).href, site = await engine.open(address, fetch(address + "core.json"))
  await site.store.later
  const found = []
  for (const wording of wordings) found.push((await site.ranking.rank(wording)).slice(0, 3).map(match => match.record.own.url))
  return found
}"""


@pytest.mark.parametrize(("prefix", "language"), [("", "zh"), ("en/", "en")])
def test_nearly_every_wording_of_a_record_finds_its_page(browser: Browser, server: str, prefix: str, language: str) -> None:
    """Those in a hundred that do not are all function words, or fit another page as well."""
    said = [(wording, slug) for slug, myth in library.read(HOME).myths.items() for wording in (myth.claim[language], *myth.phrasings[language])]
    page = browser.new_page(base_url=server)
    page.goto(prefix)
    page.add_script_tag(url=f"{server}{prefix}search/engine.js")
    found = page.evaluate(WORDINGS, [server + prefix, [wording for wording, _ in said]])
    missed = [wording for (wording, slug), urls in zip(said, found) if f"myths/{slug}/" not in urls]
    assert len(missed) <= len(said) / 100, missed
    page.close()


@pytest.mark.parametrize("words", NOTHING)
def test_what_no_page_treats_finds_nothing(page: Page, words: str) -> None:
    page.goto("")
    search(page, "成本")
    expect(page.locator(FOUND).first).to_be_visible()
    page.locator(BOX).evaluate("(box, words) => { box.value = words; box.dispatchEvent(new Event('input')) }", words)
    expect(page.locator(FOUND)).to_have_count(0)
    expect(page.locator(".search .finder-count a").first).to_have_attribute("href", re.compile("about/#contribute"))


def test_a_very_long_query_freezes_nothing(page: Page) -> None:
    page.goto("")
    search(page, "成本")
    expect(page.locator(FOUND).first).to_be_visible()
    page.evaluate("window.tasks = []; new PerformanceObserver(list => tasks.push(...list.getEntries().map(one => one.duration))).observe({ type: 'longtask' })")
    page.locator(BOX).evaluate("box => { box.value = '绕开CUDA，DeepSeek 只花了 558 万美元。(?:[*'.repeat(400); box.dispatchEvent(new Event('input')) }")
    expect(page.locator(FOUND).first).to_be_visible()
    assert max(page.evaluate("tasks"), default=0) < 200


def test_a_shared_search_opens_with_its_results(page: Page) -> None:
    page.goto("en/?q=bypass+CUDA")
    expect(page.locator(FOUND).first).to_have_attribute("href", re.compile("en/myths/ptx-cuda/"))


def test_the_search_is_used_by_keyboard_and_told_by_name(page: Page) -> None:
    page.goto("en/")
    dialog = page.get_by_role("dialog", name="Search")
    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("moat")
    page.wait_for_load_state("networkidle")  # the sections of the pages have come
    expect(dialog.get_by_role("list").locator("a").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(FOUND).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/myths/**")


def test_nothing_of_the_search_is_fetched_before_it_is_wanted(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("myths/cost/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url] == []
    with page.expect_request("**/search/core.json"):
        search(page, "")


@pytest.mark.parametrize(("prefix", "message"), [("", "搜索的索引没有取到"), ("en/", "could not load its index")])
@pytest.mark.parametrize("fault", ["missing", "corrupt"])
def test_an_index_that_does_not_come_is_told_and_tried_again(browser: Browser, server: str, prefix: str, message: str, fault: str) -> None:
    context = browser.new_context(base_url=server)
    page, broken = context.new_page(), [True]

    def answer(route: Route) -> None:
        if not broken:
            route.continue_()
        elif fault == "missing":
            route.fulfill(status=404)
        else:
            route.fulfill(body='{"language": "zh", "pages": [', content_type="application/json")

    context.route("**/search/core.json", answer)
    page.goto(prefix)
    search(page, "cuda")
    expect(page.locator(".search .finder-count")).to_contain_text(message)
    broken.clear()
    page.locator(".search .finder-again").click()
    expect(page.locator(FOUND).first).to_have_attribute("href", re.compile("myths/ptx-cuda/"))
    expect(page.locator(".search .finder-again")).to_be_hidden()
    context.close()


def test_the_search_answers_offline_after_its_first_use(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server)
    page = context.new_page()
    page.goto("")
    search(page, "成本")
    expect(page.locator(FOUND).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.locator(BOX).evaluate("box => { box.value = '幻觉'; box.dispatchEvent(new Event('input')) }")
    expect(page.locator(FOUND).first).to_have_attribute("href", re.compile("myths/hallucination/"))
    context.close()


@pytest.mark.parametrize(
    ("prefix", "message", "myth", "none"),
    [
        ("", "震惊！DeepSeek 用 PTX 绕开了 CUDA，英伟达的护城河没了！", "ptx-cuda", "还没有一页讲这件事"),
        ("en/", "OMG they say DeepSeek is nothing but a stolen copy of ChatGPT, distilled from OpenAI!!", "distillation", "None of our pages"),
    ],
)
def test_a_pasted_message_is_checked_on_its_page(page: Page, prefix: str, message: str, myth: str, none: str) -> None:
    page.goto(f"{prefix}check/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    box = page.locator("#message")
    box.fill(message)
    expect(page.locator("article .finder-list a").first).to_have_attribute("href", re.compile(f"{prefix}myths/{myth}/"))
    box.fill("<b onclick=alert(1)>dinner</b> 今天晚饭吃什么")
    expect(page.locator("article .finder-count")).to_contain_text(none)
    expect(page.locator("article .finder-list li")).to_have_count(0)
    assert sent == []


@pytest.mark.parametrize(("locale", "prefix"), [("zh-CN", ""), ("zh-TW", ""), ("en-GB", "en/"), ("fr-FR", "")])
def test_a_short_address_leads_to_the_browsers_language(browser: Browser, server: str, locale: str, prefix: str) -> None:
    context = browser.new_context(base_url=server, locale=locale)
    page = context.new_page()
    page.goto("c/cost/#evidence")
    page.wait_for_url(f"{server}{prefix}myths/cost/#evidence")
    context.close()


def test_a_short_address_goes_by_the_language_chosen_last(page: Page) -> None:
    page.goto("myths/cost/")
    page.locator("header a.language").click()
    page.wait_for_url("**/en/myths/cost/")
    page.goto("c/ptx-cuda/")
    page.wait_for_url("**/en/myths/ptx-cuda/")
    page.locator("header a.language").click()
    page.wait_for_url("**/sub/myths/ptx-cuda/")
    page.locator("article .short-address").click()
    page.wait_for_url("**/sub/myths/ptx-cuda/")


def test_a_short_address_tells_both_answers_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("c/cost/")
    expect(page.locator("section[lang='zh-Hans'] strong")).to_be_visible()
    expect(page.locator("section[lang='en'] strong")).to_be_visible()
    page.get_by_role("link", name="Read the page").click()
    page.wait_for_url("**/en/myths/cost/")
    context.close()


def test_a_reader_chooses_dark_and_keeps_it(page: Page) -> None:
    page.goto("myths/cost/")
    page.locator("header .scheme").click()
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


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_where_a_link_leads_stays_in_sight_while_what_is_above_it_is_laid_out(page: Page, prefix: str) -> None:
    page.goto(f"{prefix}myths/cost/#cite")
    laid_out(page)
    assert page.locator(".part > h2:first-child").count() == page.locator("article h2").count() > 5
    expect(page.locator("#cite")).to_be_in_viewport(ratio=1)
    expect(page.locator("#contents [aria-current]")).to_have_attribute("href", "#cite")


def test_without_idle_time_what_comes_near_is_laid_out(browser: Browser, server: str) -> None:
    """As where no script runs, or the browser never has nothing else to do."""
    page = browser.new_page(base_url=server, viewport=SIZES["phone"])  # type: ignore[arg-type]
    page.add_init_script("delete window.requestIdleCallback")
    page.goto("myths/cost/")
    page.locator("#contents a[href='#related']").evaluate("link => link.click()")
    expect(page.locator("#related")).to_be_in_viewport(ratio=1)
    assert page.locator("#related").evaluate("heading => heading.checkVisibility({ contentVisibilityAuto: true })")
    assert not page.locator("#articles").evaluate("heading => heading.checkVisibility({ contentVisibilityAuto: true })")
    page.close()


def test_an_address_that_is_not_there_gets_the_404_page(browser: Browser, server: str) -> None:
    page = browser.new_page(base_url=server)
    response = page.goto("nowhere/at/all/")
    assert response is not None and response.status == 404
    page.locator("main a[href$='/sub/en/']").first.click()
    page.wait_for_url("en/")
    page.close()
