"""The pages of figures, sources and events in a real browser: sorted, filtered, worked out, read without scripts, printed."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Locator, Page, expect

from scripts.files import parse_yaml

from .conftest import HOME, SIZES

REGISTERS = ["figures/", "figures/cost/", "sources/", "sources/cost/", "timeline/"]
ROWS = "#register ~ table tbody tr"


def texts(found: Locator, part: str = "") -> list[str]:
    script = "(all, part) => all.filter(one => !one.hidden).map(one => (part ? one.querySelector(part) : one).textContent.trim())"
    said: list[str] = found.evaluate_all(script, part)
    return said


def orders(page: Page, column: int) -> list[str]:
    """What the rows are sorted by, in the order in which they stand."""
    keys: list[str] = page.locator(ROWS).evaluate_all(f"rows => rows.map(row => row.cells[{column}].dataset.sort)")
    return keys


def gather(page: Page, name: str = "Bring") -> None:
    """Brings all facts into one table on the first page."""
    page.get_by_role("button", name=re.compile(name)).click()
    expect(page.locator(".filter output")).not_to_be_empty()


def test_facts_are_filtered_and_the_address_says_how(page: Page) -> None:
    page.goto("en/figures/")
    expect(page.locator("form.filter")).to_be_hidden()
    gather(page)
    every = len(texts(page.locator(ROWS)))
    page.get_by_label("Misconception", exact=True).select_option("cost")
    page.get_by_label("Kind of source", exact=True).select_option("self-report")
    shown = texts(page.locator(ROWS), "td:nth-child(5)")
    assert 0 < len(shown) < every and all(text.startswith("Self-report") for text in shown)
    assert all("Cost" in text for text in texts(page.locator(ROWS), "td:nth-child(6)"))
    expect(page.locator(".filter output")).to_have_text(f"{len(shown)} of {every} facts")
    page.reload()
    expect(page.locator(".filter output")).to_have_text(f"{len(shown)} of {every} facts")
    assert len(texts(page.locator(ROWS))) == len(shown)
    page.get_by_label("Contains", exact=True).fill("no fact says this")
    assert texts(page.locator(ROWS)) == []
    page.locator("form.filter").get_by_role("button", name="Clear").click()
    expect(page.locator(".filter output")).to_have_text(f"{every} of {every} facts")
    assert "?" not in page.url


def test_facts_are_sorted_and_those_without_a_figure_stand_last(page: Page) -> None:
    page.goto("figures/hallucination/")
    listed = orders(page, 2)
    page.get_by_label("排序", exact=True).select_option(label="日期：降序")
    assert orders(page, 2) == sorted(listed, reverse=True) != listed
    page.get_by_label("排序", exact=True).select_option(label="数字：升序")
    keys = orders(page, 1)
    figures = [key for key in keys if key]
    assert keys == [*figures, *[""] * (len(keys) - len(figures))] and 0 < len(figures) < len(keys)
    by_unit = [re.fullmatch(r"(\S+) ([\d.]+)", key) for key in figures]
    assert all(one and two and (one[1] != two[1] or float(one[2]) <= float(two[2])) for one, two in zip(by_unit, by_unit[1:]))


def test_a_heading_sorts_by_keyboard_and_says_so(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport=SIZES["desktop"], base_url=server)
    page = context.new_page()
    page.goto("en/figures/cost/")
    head = page.get_by_role("columnheader", name="Date")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert orders(page, 2) == sorted(orders(page, 2), reverse=True)
    expect(page.get_by_label("Order", exact=True)).to_have_value("2-")
    context.close()


@pytest.mark.parametrize(("prefix", "result", "other", "registered"), [("en/", "5,576,000 US dollars", "8,364,000 US dollars", "As registered"), ("", "5,576,000 美元", "8,364,000 美元", "恢复登记的数")])
def test_a_sum_is_worked_out_with_the_readers_own_figures(page: Page, prefix: str, result: str, other: str, registered: str) -> None:
    page.goto(f"{prefix}figures/cost/")
    form = page.locator("form.sum").first
    expect(form.locator("output")).to_have_text(result)
    form.locator("[name=h800-price-assumed]").fill("3")
    expect(form.locator("output")).to_have_text(other)
    form.locator("[name=h800-price-assumed]").fill("")
    expect(form.locator("output")).to_contain_text("—")
    form.get_by_role("button", name=registered).click()
    expect(form.locator("output")).to_have_text(result)
    expect(page.locator("form.sum").nth(1).locator("output")).to_have_text("545.47%")


def test_a_number_in_a_sum_is_no_field_of_its_form(page: Page) -> None:
    page.route("**/en/figures/cost/", lambda route: route.fulfill(body=route.fetch().text().replace("v3-gpu-hours h800-price-assumed *", "v3-gpu-hours 0 - 1 *"), content_type="text/html"))
    page.goto("en/figures/cost/")
    expect(page.locator("form.sum output").first).to_have_text("2,788,000 US dollars")


def test_a_link_to_a_fact_that_is_filtered_away_shows_it_and_going_back_filters_again(page: Page) -> None:
    page.goto("en/figures/cost/?kind=press&sort=nonsense")
    every = page.locator(ROWS).count()
    away = page.locator(f"{ROWS}[hidden] td[id]").first.get_attribute("id")
    assert len(texts(page.locator(ROWS))) < every and page.url.endswith("figures/cost/?kind=press")
    page.evaluate("id => { location.hash = id }", away)
    expect(page.locator(f"[id='{away}']")).to_be_in_viewport()
    expect(page.locator(".filter output")).to_have_text(f"{every} of {every} facts")
    assert page.url.endswith(f"figures/cost/#{away}")
    page.go_back()
    expect(page.get_by_label("Kind of source", exact=True)).to_have_value("press")
    assert len(texts(page.locator(ROWS))) < every


def test_one_table_has_every_fact_once_and_its_links_lead_on(page: Page) -> None:
    page.goto("figures/")
    gather(page, "放进一张表")
    known = parse_yaml((HOME / "docs/data/facts.yml").read_text(encoding="utf-8")).data
    ids = page.locator("article td[id]").evaluate_all("cells => cells.map(cell => cell.id)")
    assert sorted(ids) == sorted(known) and page.locator("#left, .gather").count() == 0
    links = page.locator("[id='v3-gpu-hours'] ~ td a, [id='v3-gpu-hours'] a").evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    assert {f"/sub/{folder}/cost/" for folder in ("sources", "myths", "figures")} <= set(links)


def test_a_table_that_cannot_be_gathered_says_so(browser: Browser, server: str) -> None:
    page = browser.new_page(base_url=server, service_workers="block")  # which would ask past the route
    page.route("**/en/figures/cost/", lambda route: route.abort())
    page.goto("en/figures/")
    page.get_by_role("button", name=re.compile("Bring")).click()
    expect(page.locator(".gather output")).to_have_text("They could not be fetched. The pages are linked above.")
    page.unroute("**/en/figures/cost/")
    gather(page)
    page.close()


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize(("register", "entry"), [("figures", "//td[@id]"), ("sources", "//p[contains(@class, 'source')]")])
def test_the_list_says_how_many_a_page_has(site: Path, prefix: str, register: str, entry: str) -> None:
    items = html.parse(site / f"{prefix}{register}/index.html").xpath("//*[@id='myths']/following-sibling::ul[1]/li")
    said = {item.xpath("string(a/@href)"): int(re.findall(r"\d+", item.text_content())[-1]) for item in items}
    assert said == {page: len(html.parse(site / prefix / register / page / "index.html").xpath(entry)) for page in said} and len(said) >= 14


@pytest.mark.parametrize(("register", "name"), [("figures", "v3-gpu-hours"), ("sources", "deepseek-v3-report")])
def test_an_id_alone_leads_to_the_page_that_has_it(page: Page, register: str, name: str) -> None:
    page.goto(f"en/{register}/#{name}")
    page.wait_for_url(re.compile(f"/en/{register}/[a-z-]+/#{name}$"))
    expect(page.locator(f"[id='{name}']")).to_be_in_viewport()


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_reads_whole_without_scripts_and_in_print(browser: Browser, server: str, prefix: str, name: str) -> None:
    context = browser.new_context(viewport=SIZES["phone"], base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{prefix}{name}")
    expect(page.locator("article form:visible")).to_have_count(0)
    for id_ in within(name):
        expect(page.locator(f"[id='{id_}']")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("article :is(td, .source, .timeline li, #origins ~ ul li)").last).to_be_visible()
    expect(page.locator("header:visible, footer:visible, .contents:visible")).to_have_count(0)
    context.close()


def within(name: str) -> list[str]:
    """Ids that a register's page must have."""
    cost = parse_yaml((HOME / "docs/data/myths/cost.yml").read_text(encoding="utf-8")).data["facts"]
    return {"timeline/": ["y2017", "y2026"], "figures/cost/": [*cost, "register"], "sources/cost/": ["deepseek-v3-report", "press"]}.get(name, ["myths", "left"])


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_timeline_is_a_list_of_dated_events_in_order(page: Page, prefix: str) -> None:
    page.goto(f"{prefix}timeline/")
    entries = page.locator(".timeline li")
    dates = entries.evaluate_all("all => all.map(one => one.querySelector('time').dateTime)")
    assert len(dates) > 40
    assert all(two[: len(one)] >= one[: len(two)] for one, two in zip(dates, dates[1:]))
    expect(entries.filter(has=page.locator("a[href*='sources/'][href*='#'], a[href*='articles/']"))).to_have_count(len(dates))
    expect(entries.filter(has=page.locator("a[href*='myths/']"))).to_have_count(len(dates))


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, False), (1, True)])
def test_a_page_past_its_day_says_so(browser: Browser, server: str, days: int, told: bool) -> None:
    page = browser.new_page(base_url=server)
    page.goto("en/myths/cost/")
    recheck = date.fromisoformat(page.locator("[data-recheck]").get_attribute("data-recheck") or "")
    page.clock.set_fixed_time(f"{recheck + timedelta(days=days)}T12:00:00Z")
    page.reload()
    expect(page.locator(".overdue")).to_be_visible(visible=told)
    page.close()
