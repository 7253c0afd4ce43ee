"""`build`: writes what the records say, only where it changed, and never over a good site."""

import re
import shutil
from pathlib import Path

import pytest

from .conftest import HERE, scripts, tree


def test_building_a_current_tree_writes_nothing(good: Path) -> None:
    before = tree(good)
    done = scripts(good, "build")
    assert (done.returncode, done.stdout) == (0, "")
    assert tree(good) == before


def test_a_stale_tree_is_found_then_written(good: Path) -> None:
    facts = good / "docs/data/facts.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("en: all trials", "en: every trial"), encoding="utf-8")
    found = scripts(good, "build", "--check")
    assert found.returncode == 1
    assert [line.split(" says ")[0].rsplit(":", 2)[0] for line in found.stdout.splitlines()] == ["docs/en/figures.md", "docs/en/myths/lamp.md"]
    written = scripts(good, "build")
    assert sorted(written.stdout.split()) == ["docs/en/figures.md", "docs/en/myths/lamp.md", "wrote", "wrote"]
    assert scripts(good, "build", "--check").returncode == 0


def test_everything_generated_can_be_made_from_nothing(good: Path) -> None:
    before = tree(good)
    for path in good.rglob("docs/*/figures.md"):
        path.unlink()
    for path in good.rglob("docs/*/sources.md"):
        path.unlink()
    for path in good.glob("docs/*/articles/*.md"):
        path.unlink()
    assert scripts(good, "build").returncode == 0
    assert tree(good) == before


def test_a_chart_is_drawn_again_to_the_same_bytes(good: Path) -> None:
    drawing = good / "docs/en/assets/charts/lamp-layers.svg"
    before = drawing.read_bytes()
    drawing.unlink()
    assert scripts(good, "build").stdout.splitlines() == ["wrote docs/en/assets/charts/lamp-layers.svg"]
    assert drawing.read_bytes() == before


def test_broken_records_write_nothing(bad: Path) -> None:
    before = tree(bad)
    done = scripts(bad, "build")
    assert done.returncode == 1
    assert "docs/data/glossary.yml:4: FILE-1 YAML is broken (found unexpected end of stream), must be valid" in done.stdout
    assert tree(bad) == before


def test_a_problem_leaves_the_last_good_site_alone(good: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site", encoding="utf-8")
    page = good / "docs/en/myths/lamp.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Power is another matter.", "Power is $9."), encoding="utf-8")
    done = scripts(good, "build", "--site", site)
    assert done.returncode == 1
    assert "FACT-2 '$9' is no figure of this page's facts" in done.stdout
    assert tree(site) == {"index.html": b"the last good site"}


def test_a_failure_of_mkdocs_leaves_the_last_good_site_alone(good: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site", encoding="utf-8")
    (good / "mkdocs.yml").write_text("site_name: lamp\ndocs_dir: nowhere\n", encoding="utf-8")
    done = scripts(good, "build", "--site", site)
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert tree(site) == {"index.html": b"the last good site"}
    assert not list(tmp_path.glob(".site-*"))


def test_a_new_misconception_is_a_draft_that_check_refuses(good: Path) -> None:
    assert scripts(good, "new", "bulb").returncode == 0
    done = scripts(good, "check")
    assert done.returncode == 1
    assert "docs/data/myths/bulb.yml:10: META-2 verdict is 'TODO', must be one of false, misleading, partly-true, mostly-true, true, unproven, outdated" in done.stdout
    assert "docs/zh/myths/bulb.md:2: META-6 says TODO, must be filled in" in done.stdout


def test_a_draft_never_overwrites(good: Path) -> None:
    before = tree(good)
    done = scripts(good, "new", "lamp")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "docs/data/myths/lamp.yml:1: NEW-2 is there already, must not be overwritten"
    assert scripts(good, "new", "../lamp").stdout == "../lamp:1: NEW-1 is no slug, must be at most 60 lower-case letters and digits joined by hyphens\n"
    assert tree(good) == before


def test_the_good_tree_needs_the_vocabulary(tmp_path: Path) -> None:
    root = Path(shutil.copytree(HERE / "good", tmp_path / "good"))
    done = scripts(root, "check")
    assert "docs/data/vocabulary.yml:1: META-1 is missing, must say the vocabularies in words\n" in done.stdout


@pytest.mark.parametrize("place", [".", "docs/en", "mkdocs.yml"])
def test_a_site_never_replaces_what_is_no_site(good: Path, place: str) -> None:
    (good / "mkdocs.yml").write_text("site_name: lamp\n", encoding="utf-8")
    before = tree(good)
    done = scripts(good, "build", "--site", good / place)
    assert (done.returncode, tree(good)) == (1, before)
    assert "SITE-1 is no earlier site, must be a new folder or one that a build made" in done.stdout


def test_a_page_that_cannot_be_made_is_told(good: Path) -> None:
    facts = good / "docs/data/facts.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("source: lamp-report", "source: nowhere", 1), encoding="utf-8")
    for verb in (["build", "--check"], ["build"]):
        done = scripts(good, *verb)
        assert done.returncode == 1
        assert "docs/en/myths/lamp.md:1: BLOCK-1 cannot be made, every record that it names must be there and whole" in done.stdout.splitlines()


def test_building_tells_an_unknown_fact_of_a_misconception(good: Path) -> None:
    record = good / "docs/data/myths/lamp.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("  - hour-price", "  - hour-prize"), encoding="utf-8")
    done = scripts(good, "build")
    said = [line for line in done.stdout.splitlines() if not line.startswith("wrote ")]
    cannot = [f"docs/{language}/myths/lamp.md:1: BLOCK-1 cannot be made, every record that it names must be there and whole" for language in ("en", "zh")]
    assert said == ["docs/data/myths/lamp.yml:26: META-3 facts names 'hour-prize', must be one of facts.yml", *cannot]
    assert done.returncode == 1


def test_what_cannot_be_written_is_told(good: Path) -> None:
    assert scripts(good, "new", "l" * 300).stdout == f"{'l' * 300}:1: NEW-1 is no slug, must be at most 60 lower-case letters and digits joined by hyphens\n"
    shutil.rmtree(good / "docs/en/myths")
    (good / "docs/en/myths").write_text("no folder", encoding="utf-8")
    done = scripts(good, "new", "bulb")
    assert done.stdout.splitlines()[-1] == "docs/en/myths/bulb.md:1: WRITE-1 cannot be written (File exists), its folder must be one that takes files"
    assert done.returncode == 1


@pytest.mark.parametrize("said", ["It cost $2 billion.", "It cost $2bn.", "It cost [$2 billion](#fact-hour-price).", "It cost [$2, not $99](#fact-hour-price)."])
def test_a_longer_figure_does_not_pass_for_a_shorter_one(good: Path, said: str) -> None:
    page = good / "docs/en/myths/lamp.md"
    page.write_text(page.read_text(encoding="utf-8").replace("Power is another matter.", said), encoding="utf-8")
    assert any("FACT-" in line for line in scripts(good, "check").stdout.splitlines())


def test_every_fact_of_a_source_stands_on_the_figures_page(good: Path) -> None:
    for language in ("zh", "en"):
        sources, figures = ((good / f"docs/{language}/{name}.md").read_text(encoding="utf-8") for name in ("sources", "figures"))
        linked = re.findall(r"\(figures\.md#([a-z-]+)\)", sources)
        assert "lamp-audit" in linked
        assert [name for name in linked if f"{{#{name}}}" not in figures] == []
