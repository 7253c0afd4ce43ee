"""A misconception in the making: started by `new`, kept out of the site, told what it lacks, published by one line."""

import re
from pathlib import Path

import pytest

from .conftest import HOME, scripts, tree

BASE = "mkdocs.base.yml"


@pytest.fixture
def with_base(good: Path) -> Path:
    """The small tree with the configuration that lists drafts, and with a navigation."""
    for name in (BASE, "mkdocs.yml", "mkdocs.en.yml"):
        (good / name).write_text((HOME / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    assert scripts(good, "check").stdout == ""
    return good


def filled(root: Path) -> None:
    """A draft `bulb` with everything that it needs, made of the lamp's pages."""
    for path in ("docs/data/myths/{}.yml", "docs/zh/myths/{}.md", "docs/en/myths/{}.md"):
        text = (root / path.format("lamp")).read_text(encoding="utf-8")
        (root / path.format("bulb")).write_text(("draft: true\n" if path.endswith("yml") else "") + text, encoding="utf-8")
    scripts(root, "build")


def test_a_new_misconception_fails_nothing_and_is_told_what_it_lacks(with_base: Path) -> None:
    before = tree(with_base)
    assert scripts(with_base, "new", "bulb").returncode == 0
    done = scripts(with_base, "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert "docs/data/myths/bulb.yml:3: META-6 says TODO, must be filled in" in done.stderr.splitlines()
    assert re.fullmatch(r"draft bulb: \d+ left to do", done.stderr.splitlines()[-1])
    changed = {path for path, content in tree(with_base).items() if before.get(path) != content}
    assert changed == {BASE, "docs/data/myths/bulb.yml", "docs/zh/myths/bulb.md", "docs/en/myths/bulb.md"}
    assert "\n  /myths/bulb.md\n" in (with_base / BASE).read_text(encoding="utf-8")


def test_a_draft_that_is_complete_is_published_by_deleting_one_line(with_base: Path) -> None:
    filled(with_base)
    done = scripts(with_base, "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == ["draft bulb: complete: delete `draft: true` from docs/data/myths/bulb.yml, and it is published"]
    assert "bulb" not in (with_base / "mkdocs.yml").read_text(encoding="utf-8")
    record = with_base / "docs/data/myths/bulb.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    assert scripts(with_base, "build").returncode == 0
    assert scripts(with_base, "check").stderr == ""
    assert "myths/bulb.md" in (with_base / "mkdocs.yml").read_text(encoding="utf-8")
    assert "bulb" not in (with_base / BASE).read_text(encoding="utf-8")
    assert "(myths/bulb.md)" in (with_base / "docs/en/index.md").read_text(encoding="utf-8")


def test_a_draft_has_its_passages_to_look_at(with_base: Path) -> None:
    filled(with_base)
    record = with_base / "docs/data/myths/bulb.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("This is", "That is").replace("That is the cost of burning it", "A bulb is a bulb"), encoding="utf-8")
    assert scripts(with_base, "build").returncode == 0
    assert "A bulb is a bulb" in (with_base / "docs/en/myths/bulb.md").read_text(encoding="utf-8")
    assert "A bulb is a bulb" not in (with_base / "docs/en/index.md").read_text(encoding="utf-8")


def test_the_evidence_of_a_draft_leads_to_what_is_published(with_base: Path) -> None:
    """Its own pages of figures and sources are made when it is."""
    filled(with_base)
    evidence = "| [$2.4 million](../figures/{}.md#lamp-cost) "
    assert evidence.format("lamp") in (with_base / "docs/en/myths/bulb.md").read_text(encoding="utf-8")
    record = with_base / "docs/data/myths/bulb.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    assert scripts(with_base, "build").returncode == 0
    assert evidence.format("bulb") in (with_base / "docs/en/myths/bulb.md").read_text(encoding="utf-8")
    assert "{#lamp-cost " in (with_base / "docs/en/figures/bulb.md").read_text(encoding="utf-8")


def test_nothing_published_leads_to_a_draft(with_base: Path) -> None:
    filled(with_base)
    record = with_base / "docs/data/myths/lamp.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("related: []", "related: [bulb]"), encoding="utf-8")
    assert "docs/data/myths/lamp.yml:27: META-3 related names 'bulb', must be one of the other misconceptions" in scripts(with_base, "check").stdout.splitlines()


def test_a_fact_of_a_draft_is_used(with_base: Path) -> None:
    filled(with_base)
    facts = with_base / "docs/data/facts.yml"
    text = facts.read_text(encoding="utf-8")
    start = text.index("lamp-audit:")
    audit = text[start : text.index("lamp-lit:")].replace("lamp-audit:", "bulb-audit:").replace("没有人审计过", "无人看过").replace("has audited", "has read")
    facts.write_text(text + audit, encoding="utf-8")
    scripts(with_base, "build")
    assert "bulb-audit is used nowhere" in scripts(with_base, "check").stdout
    record = with_base / "docs/data/myths/bulb.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("  - lamp-cost\n", "  - lamp-cost\n  - bulb-audit\n"), encoding="utf-8")
    assert scripts(with_base, "check").stdout == ""


def test_the_site_is_built_without_the_draft(project: Path) -> None:
    """The words of the draft stand in no file of the site: neither page, nor search index, nor sitemap."""
    assert scripts(project, "new", "made-in-a-test").returncode == 0
    done = scripts(project, "build", "--site", project / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    named = [path for path, content in tree(project / "site").items() if b"made-in-a-test" in content or "made-in-a-test" in path]
    assert named == []
    assert (project / "site/en/myths/cost/index.html").is_file()


@pytest.mark.parametrize("line", ["draft: True", "draft:  true", "'draft': true"])
def test_a_draft_is_one_however_its_line_is_written(with_base: Path, line: str) -> None:
    filled(with_base)
    record = with_base / "docs/data/myths/bulb.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("draft: true", line), encoding="utf-8")
    assert scripts(with_base, "build").returncode == 0
    assert "bulb" not in (with_base / "mkdocs.yml").read_text(encoding="utf-8")
    assert scripts(with_base, "check").stderr.startswith("draft bulb: complete")
