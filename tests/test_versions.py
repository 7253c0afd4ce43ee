"""The log and the kept versions: what was published changes only with an entry, and stays readable."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from scripts.files import digest

from .conftest import scripts

MYTH, KEPT = "docs/data/myths/lamp.yml", "docs/data/versions/lamp"
NEWEST = "changes:\n  - date: 2026-03-01\n"


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def entry(kind: str, day: str = "2026-03-02") -> str:
    return f"changes:\n  - {{date: {day}, kind: {kind}, note: {{zh: 灯厂认错。, en: The maker admits it.}}}}\n  - date: 2026-03-01\n"


def kept(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / KEPT).iterdir()}


def told(root: Path) -> list[str]:
    return [line for line in scripts(root, "check").stdout.splitlines() if " LOG-" in line]


def figure(root: Path) -> None:
    """The lamp's hours cost $4 each, everywhere but in the log."""
    change(root, "docs/data/facts.yml", "value: 2\n", "value: 4\n")
    change(root, "docs/data/facts.yml", "zh: 2 美元", "zh: 4 美元")
    change(root, "docs/data/facts.yml", "en: $2\n", "en: $4\n")


@pytest.mark.parametrize(
    ("old", "new", "said", "kinds"),
    [
        ("verdict: misleading", "verdict: 'false'", f"{MYTH}:10: LOG-1 verdict was 'misleading' in the version of 2026-03-01 of lamp, is 'false': changes of {MYTH} must begin with `- {{date: …, kind: verdict, note: {{zh: …, en: …}}}}`", ("verdict", "withdrawn")),
        ("not of the lamp.", "not of the lamp itself.", f"{MYTH}:13: LOG-1 answer.en was 'That is the cost of burning it, not of the lamp.' in the version of 2026-03-01 of lamp, is 'That is the cost of burning it, not of the lamp itself.': changes of {MYTH} must begin with `- {{date: …, kind: wording, note: {{zh: …, en: …}}}}`", ("verdict", "fact", "withdrawn", "wording")),
        ("  - hour-price\n", "", f"{MYTH}:23: LOG-1 hour-price was '2 美元' in the version of 2026-03-01 of lamp, is gone: changes of {MYTH} must begin with `- {{date: …, kind: fact, note: {{zh: …, en: …}}}}`", ("verdict", "fact", "withdrawn")),
    ],
)  # fmt: skip
def test_a_change_needs_an_entry_of_its_class(good: Path, old: str, new: str, said: str, kinds: tuple[str, ...]) -> None:
    before = kept(good)
    change(good, MYTH, old, new)
    assert told(good) == [said]
    scripts(good, "build")
    assert kept(good) == before, "what was published is no longer known"
    assert told(good) == [said]
    for kind in ("verdict", "fact", "withdrawn", "source-lost", "wording"):
        text = (good / MYTH).read_text(encoding="utf-8")
        change(good, MYTH, NEWEST, entry(kind))
        assert bool(told(good)) == (kind not in kinds), kind
        (good / MYTH).write_text(text, encoding="utf-8")


def test_a_figure_that_changes_in_the_register_needs_an_entry_on_each_page(good: Path) -> None:
    figure(good)
    assert told(good) == [f"docs/data/facts.yml:24: LOG-1 hour-price was '2 美元' in the version of 2026-03-01 of lamp, is '4 美元': changes of {MYTH} must begin with `- {{date: …, kind: fact, note: {{zh: …, en: …}}}}`"]


def test_a_told_change_makes_a_version_and_leaves_the_older_ones(good: Path) -> None:
    before = kept(good)
    change(good, MYTH, "verdict: misleading", "verdict: 'false'")
    change(good, MYTH, NEWEST, entry("verdict"))
    assert scripts(good, "build").returncode == 0
    after = kept(good)
    assert after.keys() - before.keys() == {"2026-03-02.zh.md", "2026-03-02.en.md"}
    assert {name: after[name] for name in before} == before
    page = (good / "docs/en/myths/lamp.md").read_text(encoding="utf-8")
    assert "**Verdict changed**, 2 March 2026: The maker admits it." in page.partition("<!-- /head -->")[0]
    assert "- 1 March 2026 · Facts changed: The maker corrected its report. [the version of that day](lamp/2026-03-01.md)" in page
    assert f", {digest(after['2026-03-02.en.md'].decode())}" in page.partition("{#cite}")[2]
    old = (good / "docs/en/myths/lamp/2026-03-01.md").read_text(encoding="utf-8")
    assert "robots: noindex" in old and "[Burning the lamp cost $2.4 million, the lamp not included](../lamp.md)" in old
    assert f"digest {digest(before['2026-03-01.en.md'].decode())}" in old
    assert 'url=../"' in (good / "docs/en/myths/lamp/2026-03-02/index.html").read_text(encoding="utf-8")


def test_two_changes_of_a_day_are_two_versions(good: Path) -> None:
    change(good, MYTH, NEWEST, entry("wording", "2026-03-01"))
    assert scripts(good, "build").returncode == 0
    assert {"2026-03-01.en.md", "2026-03-01-2.en.md"} <= kept(good).keys()
    assert (good / "docs/zh/myths/lamp/2026-03-01.md").is_file() and (good / "docs/zh/myths/lamp/2026-03-01-2/index.html").is_file()


def test_an_entry_never_leaves_the_log(good: Path) -> None:
    change(good, MYTH, "  - date: 2026-03-01\n    kind: fact\n    note:\n      zh: 灯厂更正了报告。\n      en: The maker corrected its report.\n", "")
    assert told(good)[-1:] == [f"{MYTH}:32: LOG-2 {KEPT}/2026-03-01.zh.md was published on 2026-03-01, changes must have its entry; if it never was, delete it from {KEPT}"]


def test_a_published_page_is_not_made_a_draft_again(good: Path) -> None:
    change(good, MYTH, "label:\n", "draft: true\nlabel:\n")
    assert "docs/data/addresses.yml:2: ADDR-1 lamp leads nowhere, must have its record not be a draft again" in scripts(good, "check").stdout.splitlines()


def test_what_was_published_stays_among_the_addresses(good: Path) -> None:
    (good / "docs/data/versions/wick").mkdir()
    for language in ("zh", "en"):
        shutil.copy(good / KEPT / f"2026-02-01.{language}.md", good / "docs/data/versions/wick")
    assert "docs/data/addresses.yml:1: ADDR-1 lacks wick, which was published, must have it as it was" in scripts(good, "check").stdout.splitlines()
    (good / "docs/data/addresses.yml").write_text("lamp: {}\nwick: {moved: lamp}\n", encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    old = (good / "docs/en/myths/wick/2026-02-01.md").read_text(encoding="utf-8")
    assert "$2.5 million" in old and "](../lamp.md)" in old


def test_an_older_version_is_a_page_that_no_search_finds(project: Path, tmp_path: Path) -> None:
    """In the whole site: built strictly, so that no link of the old text leads nowhere."""
    entry = "changes:\n- {date: '2026-11-26', kind: fact, note: {zh: 补了一条。, en: Added one.}}\n"
    change(project, "docs/data/myths/cost.yml", "changes:\n", entry)
    site, address = tmp_path / "site", "https://example.org/"
    command = [sys.executable, "-m", "scripts", "build", "--site", str(site)]
    done = subprocess.run(command, cwd=project, env={**os.environ, "SITE_URL": address}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for prefix, words in (("", "这是旧版"), ("en/", "This is an older version")):
        old = html.parse(site / f"{prefix}myths/cost/2026-11-22/index.html").getroot()
        assert old.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert old.xpath("//article//div[@class='notice']")[0].text_content().strip().startswith(words)
        assert old.xpath("//div[@class='notice']//a/@href") == ["../"]
        assert old.xpath("//td[@id='fact-v3-final-run-cost']") and not old.xpath("//article//*[@id='reply']")
        assert old.xpath("//link[@hreflang]/@href") == []
    assert "2026-11-22" not in re.sub("<lastmod>.*?</lastmod>", "", (site / "sitemap.xml").read_text(encoding="utf-8"))
    assert "cost/2026-11-22" not in (site / "search/core.json").read_text(encoding="utf-8")
    assert html.parse(site / "myths/cost/index.html").xpath("//h2[@id='changes']/following-sibling::ul[1]//a/@href") == ["2026-11-22/"]
