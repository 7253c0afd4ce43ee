"""The page of changes and its feeds: read by a feed reader, whatever the records say, wherever the site stands."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Iterable

import feedparser
import pytest
from lxml import etree, html
from playwright.sync_api import Page, expect

from scripts import feeds

from .conftest import HOME, scripts

ROOT = "http://127.0.0.1:9000/sub/"
PREFIX = {"zh": "", "en": "en/"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "Quotes \" ' ]]> <script>alert(1)</script> <b>& &amp; &lt; 😀 {#x} [a](b) `c` **d** __e__ | =cmd \\ " + "长" * 200 + "."
RECORD = "docs/data/myths/lamp.yml"


def quoted(text: str) -> str:
    """A text as YAML has it."""
    return json.dumps(text, ensure_ascii=False)


def log(good: Path, entries: Iterable[tuple[date | str, str, str]]) -> None:
    """Gives the misconception of the small tree another log: day, class, note in both languages; newest first."""
    record = good / RECORD
    lines = [f"  - {{date: {day}, kind: {kind}, note: {{zh: {quoted(note)}, en: {quoted(note)}}}}}\n" for day, kind, note in entries]
    record.write_text(record.read_text(encoding="utf-8").partition("changes:\n")[0] + "changes:\n" + "".join(lines), encoding="utf-8")


def titled(good: Path, title: str) -> None:
    record = good / RECORD
    text = re.sub(r"^title:\n  zh: .*\n  en: .*\n", lambda _: f"title:\n  zh: {quoted(title)}\n  en: {quoted(title)}\n", record.read_text(encoding="utf-8"), flags=re.M)
    record.write_text(text, encoding="utf-8")


def build(root: Path, address: str = ROOT) -> None:
    command = [sys.executable, "-m", "scripts", "--root", str(root), "build"]
    done = subprocess.run(command, cwd=HOME, env={**os.environ, "SITE_URL": address}, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def read(file: Path) -> Any:
    feed = feedparser.parse(file.read_bytes())
    assert not feed.bozo, feed.bozo_exception
    return feed


@pytest.mark.parametrize("language", PREFIX)
def test_a_feed_reader_gets_every_word_as_it_is(good: Path, language: str) -> None:
    titled(good, HOSTILE)
    log(good, [(date(2026, 3, 1), "fact", f"{HOSTILE} Note."), (date(2026, 2, 1), "published", "First.")])
    build(good)
    feed = read(good / f"docs/{language}/changes.atom")
    newest, first = feed.entries
    word = {"zh": "事实变更：", "en": "Facts changed: "}[language]
    assert newest.title == word + HOSTILE
    assert newest.summary.startswith(f"{HOSTILE} Note. ") and newest.summary.endswith({"zh": "这是点灯的钱，不是灯的钱。", "en": "That is the cost of burning it, not of the lamp."}[language])
    assert [(tag.term, tag.label) for tag in newest.tags] == [("fact", word.strip("：: "))]
    assert first.summary.startswith("First. ")


@pytest.mark.parametrize("language", PREFIX)
def test_ids_stay_when_the_site_moves_and_links_move_with_it(good: Path, language: str) -> None:
    ids, links = [], []
    for root in (ROOT, "https://elsewhere.example/"):
        build(good, root)
        feed = read(good / f"docs/{language}/changes.atom")
        ids.append([feed.feed.id, *(entry.id for entry in feed.entries)])
        links.append([*(link.href for link in feed.feed.links), *(entry.link for entry in feed.entries)])
        assert all(link.startswith(root + PREFIX[language]) for link in links[-1])
    assert ids[0] == ids[1] and len(set(ids[0])) == len(ids[0]) == 3
    assert links[0] != links[1]
    other = read(good / f"docs/{'zh' if language == 'en' else 'en'}/changes.atom")
    assert not {*ids[0]} & {other.feed.id, *(entry.id for entry in other.entries)}


def test_an_entry_is_dated_by_its_day_and_a_later_one_of_the_day_comes_after(good: Path) -> None:
    day = date(2026, 3, 1)
    log(good, [(day, "verdict", "third"), (day, "fact", "second"), (day, "wording", "first"), (date(2026, 2, 1), "published", "before")])
    build(good)
    entries = read(good / "docs/en/changes.atom").entries
    assert [entry.summary.split()[0] for entry in entries] == ["third", "second", "first", "before"]
    assert [entry.updated for entry in entries] == [entry.published for entry in entries] == [f"2026-03-01T00:00:0{second}+00:00" for second in (2, 1, 0)] + ["2026-02-01T00:00:00+00:00"]
    assert read(good / "docs/en/changes.atom").feed.updated == entries[0].updated
    ids = {entry.summary.split()[0]: entry.id for entry in entries}
    log(good, [(day, "wording", "fourth"), (day, "verdict", "third"), (day, "fact", "second"), (day, "wording", "first"), (date(2026, 2, 1), "published", "before")])
    build(good)
    entries = read(good / "docs/en/changes.atom").entries
    assert entries[0].id not in ids.values() and {entry.summary.split()[0]: entry.id for entry in entries[1:]} == ids


def test_a_long_log_makes_neither_a_long_page_nor_a_long_feed(good: Path) -> None:
    first = date(2025, 1, 1)
    log(good, [*((first + timedelta(days=number), "wording", f"note-{number} told") for number in range(300, 0, -1)), (first, "published", "note-0 told")])
    build(good)
    told = {"page": (good / "docs/en/changes.md").read_text(encoding="utf-8"), "feed": (good / "docs/en/changes.atom").read_text(encoding="utf-8")}
    newest = [f"note-{number}" for number in range(300, -1, -1)]
    assert re.findall(r"note-\d+", told["page"]) == newest[:200] and "101 older ones" in told["page"] and "[myths.json](data.md)" in told["page"]
    assert re.findall(r"note-\d+", told["feed"]) == newest[:100]


def test_a_change_leads_to_the_text_of_its_day_when_there_is_another_now(good: Path) -> None:
    build(good)
    page = (good / "docs/en/changes.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*) \{#(.*)\}$", page, re.M) == [("1 March 2026", "d-2026-03-01"), ("1 February 2026", "d-2026-02-01")]
    assert re.findall(r"myths/lamp/[\d-]+\.md", page) == ["myths/lamp/2026-02-01.md"]


def test_only_a_build_needs_the_feed_library(good: Path) -> None:
    code = "import sys; from scripts.__main__ import main; main(sys.argv[1:]); sys.exit('feedgen' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, "--root", str(good), "check"], cwd=HOME).returncode == 0


@pytest.mark.parametrize("language", PREFIX)
def test_the_feed_of_the_site_is_whole_and_leads_to_its_pages(site: Path, language: str) -> None:
    feed = read(site / PREFIX[language] / "changes.atom")
    root = ROOT + PREFIX[language]
    assert {link.rel: link.href for link in feed.feed.links} == {"self": f"{root}changes.atom", "alternate": f"{root}changes/"}
    assert feed.feed.rights.startswith("CC BY 4.0") and feed.feed.title and feed.feed.subtitle and feed.feed.author
    tree = etree.parse(site / PREFIX[language] / "changes.atom")
    assert tree.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == {"zh": "zh-Hans", "en": "en"}[language]
    for entry in tree.xpath("//a:entry", namespaces=ATOM):  # what RFC 4287 asks of each, section 4.1.2
        assert [len(entry.xpath(f"a:{name}", namespaces=ATOM)) for name in ("id", "title", "updated", "published", "summary", "link")] == [1] * 6
    for entry in feed.entries:
        assert entry.link.startswith(root)
        page = html.parse(site / entry.link.removeprefix(ROOT) / "index.html")
        assert page.xpath("string(//link[@rel='canonical']/@href)") == entry.link
        assert entry.title.endswith(page.xpath("string(//h1/text())").strip())
    assert len(feed.entries) >= 14


@pytest.mark.parametrize("language", PREFIX)
def test_every_page_names_the_feed_and_leads_to_the_changes(site: Path, language: str) -> None:
    for name in ("", "changes/", "myths/cost/"):
        page = html.parse(site / PREFIX[language] / name / "index.html")
        page.getroot().make_links_absolute(f"{ROOT}{PREFIX[language]}{name}")
        assert page.xpath("//link[@type='application/atom+xml' and contains(concat(' ', normalize-space(@rel), ' '), ' alternate ')]/@href") == [f"{ROOT}{PREFIX[language]}changes.atom"]
        assert f"{ROOT}{PREFIX[language]}changes/" in page.xpath("//nav//a/@href")
    page = html.parse(site / PREFIX[language] / "changes/index.html")
    shown = [link.rpartition("/myths/")[2].split("/")[0] for link in page.xpath("//article//li/a[1]/@href")]
    assert shown == [entry.link.rstrip("/").rpartition("/")[2] for entry in read(site / PREFIX[language] / "changes.atom").entries]
    assert page.xpath("//article//a[contains(@href, 'changes.atom')]")


def test_the_theme_takes_neither_feed_nor_text_for_a_language(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("en/changes/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Changes")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if re.search(r"\.(atom|txt|xml)$", url)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    feed = page.get_by_role("link", name="Subscribe").evaluate("link => link.href")
    assert feed.endswith("/sub/en/changes.atom") and page.request.get(feed).text().startswith("<?xml")


@pytest.mark.parametrize("language", PREFIX)
def test_the_feed_is_named_as_the_site_is(language: str) -> None:
    name = re.search(r"^site_name: (.*)$", (HOME / {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}[language]).read_text(encoding="utf-8"), re.M)
    assert name and feeds.LABELS[language]["site"] == name[1]
