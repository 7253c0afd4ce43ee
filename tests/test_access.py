"""The site for everyone: what axe finds (https://www.deque.com/axe), the keyboard, large letters, languages of parts."""

import re
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import HOME, SIZES, laid_out

LANGUAGES = {"zh": "", "en": "en/"}
NAMES = sorted(path.relative_to(HOME / "docs/zh").with_suffix("").as_posix() for path in (HOME / "docs/zh").rglob("*.md") if path.parent.parent.name != "myths")
ADDRESSES = [name.removesuffix("index").rstrip("/") + "/" * (name != "index") for name in NAMES]
EVERY = [*(prefix + name for name in (*ADDRESSES, "404.html") for prefix in LANGUAGES.values()), "c/cost/"]  # both languages are on a short address
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %: https://www.w3.org/TR/WCAG22/#reflow
ALIKE = re.compile("(figures|sources)/(?!cost/)[a-z]")
STOPS = 400  # of the keyboard, more than any page has before its first section ends


def faults(page: Page, context: str | None = None, only: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}} | ({"runOnly": list(only)} if only else {})
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("name", EVERY)
def test_axe_finds_nothing(browser: Browser, server: str, name: str) -> None:
    """In light and dark, on a phone and a desktop, with the search closed and open. What neither colours nor sizes change
    is looked for in two of the four, and those two, with the search open in one, are enough for pages that one template makes
    of records."""
    context = browser.new_context(base_url=server, reduced_motion="reduce")
    context.route("**/short.js", lambda route: route.abort())  # or a short address leads on
    page = context.new_page()
    page.goto(name)
    laid_out(page)
    page.locator("details").evaluate_all("folds => folds.forEach(fold => { fold.open = true })")
    found = {}
    for scheme, size in [("light", "phone"), ("dark", "desktop")] if ALIKE.search(name) else product(("light", "dark"), ("phone", "desktop")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        whole = (scheme == "light") == (size == "phone")
        found[scheme, size] = faults(page, only=() if whole else ("color-contrast", "target-size", "scrollable-region-focusable"))
        if page.locator(".search-open").count() and not (ALIKE.search(name) and found.keys() > {(scheme, size)}):
            page.locator(".search-open").click()
            page.locator(".search input").fill("cuda")
            expect(page.locator(".search .finder-list a").first).to_be_visible()
            found[scheme, size, "search"] = faults(page, ".search")
            page.keyboard.press("Escape")
    assert found == dict.fromkeys(found, [])
    context.close()


@pytest.mark.parametrize("prefix", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("name", ["", "myths/cost/", "figures/", "figures/cost/", "check/"])
@pytest.mark.parametrize("size", SIZES)
def test_the_keyboard_goes_everywhere_and_is_seen(browser: Browser, server: str, prefix: str, name: str, size: str) -> None:
    """Each stop stands in the window, is not covered, and shows that it is the one."""
    context = browser.new_context(base_url=server, viewport=SIZES[size])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{prefix}{name}")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    seen = []
    for _ in range(STOPS):
        stop = page.evaluate(STOP)
        if stop["outside"]:
            break
        assert stop["seen"] and stop["marked"], stop
        seen.append(stop["what"])
        page.keyboard.press("Tab")
    wanted = {"a.brand", "button.search-open", "a.language", "button.scheme", *(("button.menu-open",) if size == "phone" else ())}
    assert wanted <= set(seen)
    context.close()


STOP = """() => {
  const one = document.activeElement
  if (one === document.body) return { outside: true }
  const shown = one.matches("input[type=radio]") ? one.nextElementSibling : one, style = getComputedStyle(shown)
  const box = shown.getClientRects()[0] || shown.getBoundingClientRect(), x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, y = box.top + box.height / 2
  const above = document.elementFromPoint(x, y)
  return {
    outside: false, what: one.localName + (one.className && typeof one.className === "string" ? "." + one.className.split(" ")[0] : ""), html: one.outerHTML.slice(0, 120), at: [x, y],
    seen: box.bottom > 0 && box.top < innerHeight && Boolean(above) && (shown.contains(above) || above.contains(shown) || one.contains(above)),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  }
}"""


def test_the_menu_and_the_contents_open_and_close_by_keyboard(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, viewport=SIZES["phone"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("en/myths/cost/")
    for button, popover in (("Menu", "#menu"), ("Contents", "#contents")):
        opener = page.get_by_role("button", name=button, exact=True)
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.locator(popover)).to_be_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("selector => document.querySelector(selector).contains(document.activeElement)", popover)
        page.keyboard.press("Escape")
        expect(page.locator(popover)).to_be_hidden()
        expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Evidence", exact=True).click()
    page.wait_for_url("**/en/myths/cost/#evidence")
    expect(page.locator("#contents")).to_be_hidden()
    expect(page.locator("#evidence")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("name", EVERY)
def test_at_400_percent_nothing_scrolls_sideways_but_tables(browser: Browser, server: str, name: str) -> None:
    context = browser.new_context(base_url=server, viewport=ZOOMED)  # type: ignore[arg-type]
    context.route("**/short.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(name)
    laid_out(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]
    context.close()


@pytest.mark.parametrize("prefix", LANGUAGES.values(), ids=LANGUAGES)
def test_the_cards_are_filtered_and_the_address_says_how(page: Page, prefix: str) -> None:
    page.goto(prefix)
    cards = page.locator(".cards > ul > li")
    every = cards.count()
    page.locator(".card-filter input[value='unproven']").check()
    page.locator(".card-filter input[value='origins']").check()
    assert cards.locator("visible=true").locator(".verdict-unproven").count() == cards.locator("visible=true").count() > 0
    shown = cards.locator("visible=true").count()
    assert shown < every
    expect(page.locator(".card-filter [role=status]")).to_contain_text(str(shown))
    page.goto(page.url)
    expect(cards.locator("visible=true")).to_have_count(shown)
    expect(page.locator(".card-filter input[value='unproven']")).to_be_checked()


@pytest.mark.parametrize("prefix", LANGUAGES.values(), ids=LANGUAGES)
def test_without_scripts_every_page_is_reached_and_nothing_dead_is_shown(browser: Browser, server: str, prefix: str) -> None:
    context = browser.new_context(base_url=server, viewport=SIZES["phone"], java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(prefix)
    for hidden in (".search-open", ".scheme", ".card-filter", "form.finder", "dialog"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.locator(".menu-open").click()
    expect(page.locator("#menu")).to_be_visible()
    page.locator(".menu a[href$='figures/']").click()
    page.wait_for_url(f"**/{prefix}figures/")
    page.locator("footer a[href$='about/corrections/']").click()
    page.wait_for_url(f"**/{prefix}about/corrections/")
    context.close()
