"""The reply kit: three lengths in each language and form, each with its date and short address."""

import re
from pathlib import Path

import pytest
from lxml import html

from scripts import library, replies

from .conftest import HOME, scripts

MYTHS = sorted(path.stem for path in (HOME / "docs/data/myths").glob("*.yml"))
POST = {"zh": 140, "en": 280}
HOSTILE = "<script>alert(1)</script> \"quoted\" `code` *star* [a](b) & 100% \\ \U0001f4a1"


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("myth", MYTHS)
def test_every_page_has_the_kit(site: Path, prefix: str, myth: str) -> None:
    page = html.parse(site / f"{prefix}myths/{myth}/index.html")
    blocks = page.xpath("//h2[@id='reply']/following-sibling::*[following::h2[@id='cite']]//pre/code/text()")
    link = f"http://127.0.0.1:9000/sub/c/{myth}/"
    verdict = page.xpath("string((//article//*[contains(@class, 'verdict-word')])[1])")
    assert len(blocks) == 6
    for text in blocks:
        assert link in text and verdict in text and re.search(r"(截至|As of) .*20\d\d", text)
    line, short, paragraph = (text.rstrip("\n") for text in blocks[:3])
    assert "\n" not in line and "\n" not in short
    assert replies.length(short, "en" if prefix else "zh") <= POST["en" if prefix else "zh"]
    assert len(re.findall(r"(?m)^(?:来源|Source) \d", paragraph)) == 2
    assert len(set(re.findall(r"https?://\S+", paragraph))) == 3, "two sources and the short address"


def test_an_address_counts_as_it_does_where_it_is_posted() -> None:
    assert replies.length("ab https://example.org/a/very/long/address", "en") == 3 + 23
    assert replies.length("灯亮，V3 亮 2.4 倍。 https://example.org/x", "zh") == 8 + 10


def test_a_reply_that_is_no_post_is_told(good: Path) -> None:
    record = good / "docs/data/myths/lamp.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("en: A lamp for only $2.4 million", "en: A lamp" + " and one more lamp" * 12 + " for only $2.4 million"), encoding="utf-8")
    said = [line for line in scripts(good, "check").stdout.splitlines() if "META-9" in line]
    assert len(said) == 1
    assert re.fullmatch(r"docs/data/myths/lamp\.yml:6: META-9 claim\.en and title\.en make a reply that is \d+ over 280, must be shorter", said[0])


def test_any_text_is_said_as_it_is(good: Path) -> None:
    record = good / "docs/data/myths/lamp.yml"
    text = record.read_text(encoding="utf-8")
    quoted = HOSTILE.replace("'", "''")
    record.write_text(re.sub(r"(?m)^(claim:\n  zh: .*\n  en: ).*$", lambda match: f"{match[1]}'{quoted}'", text), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    page = (good / "docs/en/myths/lamp.md").read_text(encoding="utf-8")
    assert f"“{HOSTILE}”? Misleading. Burning the lamp" in page
    assert "“&lt;script&gt;alert(1)&lt;/script&gt; \"quoted\" \\`code\\` \\*star\\* \\[a\\](b) &amp; 100% \\\\ \U0001f4a1”? **Misleading**." in page


def test_sources_of_one_witness_are_named_once() -> None:
    tree = library.read(HOME)
    for slug in tree.myths:
        named = [source for _, source in replies.witnesses(tree, slug)]
        assert len(named) == 2
        assert named[0] is not named[1] and not set(named[0].origins) & set(named[1].origins)


def test_of_a_page_that_is_withdrawn_the_reason_is_said(good: Path) -> None:
    record = good / "docs/data/myths/lamp.yml"
    entry = "changes:\n  - {date: 2026-03-02, kind: withdrawn, note: {zh: 来源撤稿了。, en: The source was retracted.}}\n"
    record.write_text(record.read_text(encoding="utf-8").replace("changes:\n", entry), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    kit = (good / "docs/en/myths/lamp.md").read_text(encoding="utf-8").partition("{#reply}")[2].partition("{#cite}")[0]
    assert "“A lamp for only $2.4 million”? Withdrawn. The source was retracted. As of 1 February 2026: " in kit
    assert "Burning the lamp" not in kit and "covers burning only" not in kit
